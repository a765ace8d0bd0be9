//! The clinic itself: branches, staff, lines, topics, suppliers. The same for every seed.

/// What people call about, who treats it and what a visit brings.
pub struct Subject {
    pub topic: &'static str,
    pub speciality: &'static str,
    /// How often people call about it.
    pub weight: u32,
    /// Roubles, the cheapest and the dearest visit.
    pub price: (i64, i64),
    /// Half-hours of the doctor's time.
    pub slots: u32,
}

const fn subject(
    topic: &'static str,
    speciality: &'static str,
    weight: u32,
    price: (i64, i64),
    slots: u32,
) -> Subject {
    Subject { topic, speciality, weight, price, slots }
}

pub const SUBJECTS: [Subject; 14] = [
    subject("Лечение кариеса", "Терапевт", 20, (5_200, 16_000), 2),
    subject("Профессиональная гигиена", "Гигиенист", 16, (4_500, 8_500), 2),
    subject("Острая боль", "Терапевт", 12, (4_800, 14_000), 2),
    subject("Имплантация", "Хирург-имплантолог", 9, (38_000, 96_000), 3),
    subject("Детский приём", "Детский стоматолог", 11, (2_800, 9_500), 1),
    subject("Удаление зуба", "Хирург-имплантолог", 8, (3_500, 13_000), 2),
    subject("Протезирование", "Ортопед", 8, (18_000, 120_000), 2),
    subject("Брекеты и элайнеры", "Ортодонт", 7, (6_000, 65_000), 2),
    subject("Консультация", "Терапевт", 8, (0, 2_500), 1),
    subject("Лечение каналов", "Терапевт", 5, (9_000, 24_000), 3),
    subject("Профосмотр", "Терапевт", 4, (0, 3_000), 1),
    subject("Отбеливание", "Гигиенист", 3, (14_000, 29_000), 3),
    subject("Снимок и КТ", "Хирург-имплантолог", 3, (1_200, 4_200), 1),
    subject("Виниры", "Ортопед", 2, (32_000, 140_000), 3),
];

/// Topics nobody is booked for.
pub const OTHER_TOPICS: [&str; 4] = ["Справки и документы", "Оплата и долг", "Жалоба", "Прочее"];

pub const CHILDREN: &str = "Детский приём";

pub struct Doctor {
    pub name: &'static str,
    /// As schedules write it.
    pub short: &'static str,
    pub speciality: &'static str,
    pub branch: &'static str,
    pub extension: &'static str,
}

pub const CENTRE: &str = "Центр";
pub const RIVER: &str = "Заречье";

pub const DOCTORS: [Doctor; 7] = [
    Doctor {
        name: "Орлов Алексей Викторович",
        short: "Орлов А. В.",
        speciality: "Хирург-имплантолог",
        branch: CENTRE,
        extension: "111",
    },
    Doctor {
        name: "Седых Марина Юрьевна",
        short: "Седых М. Ю.",
        speciality: "Терапевт",
        branch: CENTRE,
        extension: "112",
    },
    Doctor {
        name: "Ткачук Роман Ильич",
        short: "Ткачук Р. И.",
        speciality: "Терапевт",
        branch: RIVER,
        extension: "211",
    },
    Doctor {
        name: "Щёголева Ксения Львовна",
        short: "Щёголева К. Л.",
        speciality: "Ортодонт",
        branch: CENTRE,
        extension: "113",
    },
    Doctor {
        name: "Каменский Денис Олегович",
        short: "Каменский Д. О.",
        speciality: "Ортопед",
        branch: RIVER,
        extension: "212",
    },
    Doctor {
        name: "Королёва Яна Артёмовна",
        short: "Королёва Я. А.",
        speciality: "Детский стоматолог",
        branch: CENTRE,
        extension: "114",
    },
    Doctor {
        name: "Мельник Вера Семёновна",
        short: "Мельник В. С.",
        speciality: "Гигиенист",
        branch: RIVER,
        extension: "213",
    },
];

pub struct Administrator {
    pub name: &'static str,
    pub branch: &'static str,
    pub extension: &'static str,
    /// Of a hundred talks with somebody who wants an appointment, how many end with one.
    pub skill: u32,
}

pub const ADMINISTRATORS: [Administrator; 5] = [
    Administrator {
        name: "Смирнова Анна Павловна", branch: CENTRE, extension: "101", skill: 92
    },
    Administrator {
        name: "Белоусова Вера Игоревна", branch: CENTRE, extension: "102", skill: 81
    },
    Administrator {
        name: "Фролова Алёна Сергеевна", branch: CENTRE, extension: "103", skill: 68
    },
    Administrator {
        name: "Дубровская Ирина Львовна", branch: RIVER, extension: "201", skill: 77
    },
    Administrator {
        name: "Черных Полина Фёдоровна", branch: RIVER, extension: "202", skill: 52
    },
];

pub const COUNTERPARTIES: [&str; 8] = [
    "ООО «ДентСнаб», материалы",
    "Зуботехническая лаборатория «Эмаль»",
    "«Медстрах», отдел ДМС",
    "ИП Кравцов, ремонт установок",
    "Типография «Оттиск»",
    "Клининг «Белый халат»",
    "«Водовоз», доставка воды",
    "Агентство «Витрина», реклама",
];

pub struct Line {
    pub number: &'static str,
    pub name: &'static str,
    pub channel: &'static str,
    pub branch: &'static str,
    pub weight: u32,
    pub script: &'static str,
}

pub const ADDRESSES: [(&str, &str); 2] =
    [(CENTRE, "ул. Садовая, 12, вход со двора"), (RIVER, "Набережная, 40, 1 этаж")];

pub const LINES: [Line; 7] = [
    Line {
        number: "74950000001",
        name: "Главный номер",
        channel: "Сайт",
        branch: CENTRE,
        weight: 30,
        script: "Клиника «Ромашка», администратор …, здравствуйте!\nКак я могу к Вам обращаться?\n\
                 Что Вас беспокоит? Вы у нас уже были?\nПредложить два времени на выбор.",
    },
    Line {
        number: "74950000002",
        name: "Карты, Центр",
        channel: "Яндекс Карты",
        branch: CENTRE,
        weight: 22,
        script: "Человек видел отзывы и рейтинг: поблагодарить за выбор.\n\
                 Рассказать, как пройти: вход со двора, первый подъезд.\nПервый приём: осмотр и план лечения.",
    },
    Line {
        number: "74950000003",
        name: "Реклама в поиске",
        channel: "Яндекс Директ",
        branch: CENTRE,
        weight: 16,
        script: "Спросить, какое объявление увидели.\nЦену называть вместе с тем, что в неё входит.\n\
                 Имплантация: консультация хирурга и снимок в один визит.",
    },
    Line {
        number: "74950000004",
        name: "Вывеска, Заречье",
        channel: "Вывеска",
        branch: RIVER,
        weight: 14,
        script: "",
    },
    Line {
        number: "74950000005",
        name: "2ГИС, Заречье",
        channel: "2ГИС",
        branch: RIVER,
        weight: 10,
        script: "Назвать филиал: Набережная, 40.\nПарковка перед входом, первые два часа бесплатно.",
    },
    Line {
        number: "74950000006",
        name: "Листовки",
        channel: "Листовки",
        branch: RIVER,
        weight: 4,
        script: "Акция: гигиена со скидкой для новых пациентов.\nСпросить, где взяли листовку.",
    },
    Line {
        number: "74950000007",
        name: "Для поставщиков",
        channel: "",
        branch: CENTRE,
        weight: 4,
        script: "",
    },
];
