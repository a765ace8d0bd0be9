setup-what = Что подключить?
    {"  "}1 ничего, попробовать на примере
    {"  "}2 Asterisk
    {"  "}3 UIS, CoMagic, Novofon, CallGear
    {"  "}4 пока ничего: звонки записываются вручную
setup-host = Адрес АТС
setup-port = Порт AMI
setup-port-wrong = Порт — число от 1 до 65535.
setup-username = Пользователь AMI
setup-secret = Секрет (не показывается)
setup-secret-again = Секрет (не показывается; пусто — прежний)
setup-secret-empty = Нужен секрет этого пользователя из manager.conf.
setup-trunks = Транки через запятую
setup-extensions = Внутренние номера через запятую; пусто — все, кроме транков
setup-context = Контекст, в котором звонить
setup-extension = Внутренний номер этого рабочего места; пусто — без телефона
setup-uis-host = Сайт, на котором ваш кабинет (uiscom.ru, comagic.ru, novofon.ru, callgear.com)
setup-uis-host-wrong = сайт «{ $host }» не из перечисленных; нужен тот, где вы входите в кабинет
setup-uis-key = Ключ API из кабинета (не показывается)
setup-uis-key-again = Ключ API (не показывается; пусто — прежний)
setup-uis-key-empty = Нужен ключ: «Аккаунт → Управление пользователями».
setup-uis-number = Свой номер, который видят при обратном звонке, например 74950000001; пусто — не звонить
setup-trying = Проверяю связь…
setup-connected = Связь есть.
setup-failed = Связи нет: { $reason }
setup-after-failure = Что дальше?
    {"  "}1 исправить
    {"  "}2 сохранить как есть
    {"  "}3 выйти, ничего не сохраняя
setup-left = вопросы остались без ответа; ничего не записано
setup-written = Настройки записаны: { $path }
doctor-broken = неполадок: { $count }
doctor-config = Настройки: { $path }
doctor-config-absent = Настроек ещё нет: { $path }
doctor-config-absent-hint = запустите pult и ответьте на вопросы; pult demo работает и без настроек
doctor-config-wrong = Настройки не читаются: { $error }
doctor-config-wrong-hint = исправьте файл; pult print config показывает все настройки
doctor-look-wrong = Клавиши, цвета или слова: { $error }
doctor-look-wrong-hint = исправьте keys, theme, own_theme или words в разделе [desk]; что бывает, показывают pult print keys, theme и words
doctor-store = База: { $path }, людей { $people }, звонков { $calls }
doctor-store-absent = Базы ещё нет: { $path }
doctor-store-absent-hint = она появится при первом запуске; людей загрузит pult import people ФАЙЛ.csv
doctor-store-wrong = База не открывается: { $error }
doctor-store-wrong-hint = сделайте копию файла, прежде чем что-либо с ним делать
doctor-no-extension = Номер этого рабочего места не задан
doctor-no-extension-hint = впишите extension в раздел [operator]: без него нельзя позвонить одной клавишей
doctor-operator = Рабочее место: номер { $extension }, сотрудник найден
doctor-nobody = Рабочее место: за номером { $extension } не числится сотрудник
doctor-nobody-hint = укажите этот номер сотруднику и загрузите его: pult import people ФАЙЛ.csv
doctor-no-telephony = Телефония не подключена
doctor-no-telephony-hint = добавьте раздел [asterisk] или [uis]; pult print config показывает пример
doctor-telephony = Asterisk { $address }: связь есть
telephony-lacks = пользователю AMI не хватает прав: добавьте в его write в manager.conf: { $classes }
doctor-behind = { $minutes ->
    [one] { $minutes } минуту назад
    [few] { $minutes } минуты назад
   *[other] { $minutes } минут назад
}
doctor-source-hint = pult попробует снова сам; пока это не прочитано, перерывы не восстанавливаются
doctor-gap-lasts-hint = закончится, когда связь вернётся; пока звонки можно вносить вручную
doctor-gap-unknown-hint = подключите журнал звонков АТС: без него перерыв не восстановить
doctor-gap-hint = перечитывается раз в час трое суток; чего журнал так и не отдал, того в отчёте нет
doctor-unread = Непонятых уведомлений телефонии за неделю: { $n }
doctor-unread-hint = сверьте шаблоны уведомлений в кабинете телефонии с тем, что печатает pult uis templates
doctor-telephony-wrong = Asterisk { $address }: { $reason }
doctor-telephony-wrong-hint = проверьте адрес, порт, пользователя и секрет, и что manager.conf разрешает этот адрес
doctor-no-record = Журнал АТС не подключён
doctor-no-record-hint = добавьте раздел [asterisk.history]: без него звонки за время обрыва не восстановить
doctor-record = Журнал АТС читается, последняя запись { $newest }
doctor-record-empty = Журнал АТС читается, но в нём пусто
doctor-record-stale-hint = проверьте, что АТС пишет журнал сюда, и часовой пояс zone в разделе [asterisk.history]
doctor-record-wrong = Журнал АТС: { $reason }
doctor-record-wrong-hint = исправьте раздел [asterisk.history]; пользователю базы нужно право SELECT на эти таблицы
doctor-record-no-events = В журнале АТС нет событий каналов (CEL)
doctor-record-no-events-hint = по одним CDR не узнать удержаний, а разговор и ожидание после меню, очереди или перевода — только примерно; включите cel.conf и назовите cel
doctor-record-no-linkedid = В CDR нет столбца linkedid
doctor-record-no-linkedid-hint = без него переводы и очереди с участниками Local распадаются на части; добавьте столбец
doctor-record-no-recording = В журнале АТС нет имени файла записи (recordingfile)
doctor-record-no-recording-hint = записи пропущенных за время обрыва звонков не найти; добавьте столбец recordingfile в CDR
doctor-no-sounds = Записи разговоров не подключены
doctor-no-sounds-hint = добавьте раздел [asterisk.recordings]; pult print config показывает пример
doctor-sounds = Папка записей разговоров читается
doctor-sounds-web = Записи разговоров берутся с веб-сервера АТС
doctor-sounds-wrong = Записи разговоров: { $reason }
doctor-sounds-wrong-hint = исправьте раздел [asterisk.recordings]; папка должна быть доступна этому пользователю
doctor-recordings-off = Записи разговоров здесь не хранятся: fetch = false
doctor-recordings-none = Записей разговоров пока нет
doctor-recordings = Записи разговоров: { $here }, всего { $size } МБ, самая старая от { $oldest }, бережётся { $held }
doctor-recordings-absent = Записи, которых здесь нет: ждут { $waiting }, потеряны { $lost }
doctor-recordings-closed = В папку записей нельзя писать: { $path }
doctor-recordings-closed-hint = отдайте её пользователю, который запускает pult, или назовите другую: folder в разделе [recordings]
doctor-recordings-open = Папку записей могут читать другие: { $path }
doctor-recordings-open-hint = закройте её: chmod 700 { $path }
doctor-recordings-room = На диске записей свободно { $free } МБ, из них { $reserve } МБ не занимаются
doctor-recordings-no-room = На диске записей свободно { $free } МБ, а { $reserve } МБ не занимаются: ждут записей { $waiting }
doctor-recordings-no-room-hint = освободите место: записи дойдут сами, новые первыми; или уменьшите reserve_mb в разделе [recordings]
doctor-uis = { $host }: связь есть, часовой пояс { $zone }
doctor-uis-wrong = { $host }: { $reason }
doctor-uis-points = Запросов к API осталось { $left } из { $limit } до { $until }
doctor-uis-hidden = Не видно { $what }: { $reason }
doctor-uis-no-calls = Идущие звонки не видны и позвонить нельзя: { $reason }
doctor-uis-number = Перезванивать одной клавишей нельзя: не назван свой номер
doctor-uis-number-hint = укажите number в разделе [uis], например number = "74950000001"
doctor-uis-settings-hint = исправьте раздел [uis]; pult print config показывает пример
doctor-uis-network = проверьте интернет, имя сервера и сертификаты на этом компьютере
doctor-uis-garbled = отвечает не API: проверьте data_url и call_url в разделе [uis] и прокси, через который идёт интернет; у поставщика может быть авария
doctor-uis-listener = Уведомления: порт { $address } свободен, откроется вместе с пультом
doctor-uis-listener-open = Уведомления: { $address } слушает открытый пульт
doctor-uis-listener-taken = Уведомления не дойдут: порт { $address } занят другой программой
doctor-uis-listener-taken-hint = закройте её (ss -ltnp покажет, кто это) или назовите другой address в разделе [uis.listener] и в обратном прокси
doctor-uis-listener-wrong = Уведомления не дойдут: { $address } нельзя открыть
doctor-uis-listener-wrong-hint = в разделе [uis.listener] назовите address этого компьютера с портом выше 1023
doctor-uis-token = ключ не подходит: создайте ключ в кабинете «Аккаунт → Управление пользователями»; ключ одного сайта на другом не работает
doctor-uis-key-over = ключ истёк или заблокирован: создайте новый в кабинете «Аккаунт → Управление пользователями»
doctor-uis-login = логин или пароль неверны
doctor-uis-address = добавьте адрес этого компьютера в кабинете «Аккаунт → Правила и настройки безопасности → API»
doctor-uis-rights = у пользователя ключа нет права: дайте его в кабинете «Аккаунт → Управление пользователями»
doctor-uis-component = у аккаунта не подключена услуга: она подключается в кабинете
doctor-uis-account = аккаунт отключён: проверьте баланс в кабинете
doctor-uis-limit = запросов почти не осталось: звонки важнее прошлого, отчёты догонят потом; лимит расширяется в кабинете
doctor-uis-server = сбой у поставщика: pult попробует снова сам
doctor-uis-unknown = такого ответа pult не знает: сообщите о нём разработчикам
doctor-size = Терминал { $size }
doctor-size-small-hint = нужно хотя бы 60x20, удобно от 80x24
doctor-size-tight-hint = удобно от 80x24
doctor-no-terminal = Это не терминал: размер неизвестен
doctor-no-terminal-hint = запустите doctor там, где будет открыт pult
doctor-term = Вид терминала: { $term }
doctor-term-dumb = Терминал не умеет рисовать экран
doctor-term-dumb-hint = задайте TERM, например xterm-256color
doctor-utf8 = Кодировка UTF-8
doctor-no-locale = Кодировка не названа: LANG пуст
doctor-not-utf8 = Кодировка не UTF-8: «{ $locale }»
doctor-not-utf8-hint = задайте LANG, например ru_RU.UTF-8, или рамки из ASCII: ascii = true в разделе [desk]
doctor-no-colour = NO_COLOR задан: тема без цвета
import-done = записей { $count }: новых { $added }, изменено { $changed }, без изменений { $same }
