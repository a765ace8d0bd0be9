use proptest::prelude::*;

use super::{Phone, Remote};

fn read(raw: &str) -> Option<String> {
    Phone::parse(raw).map(|phone| phone.to_string())
}

/// The reference implementation's answers, where it takes the text for a real number.
#[test]
fn agrees_with_the_reference_implementation() {
    let same = [
        ("8 (495) 123-45-67", "+74951234567"),
        ("+78121234567", "+78121234567"),
        ("8 (812) 123-45-67", "+78121234567"),
        ("88121234567", "+78121234567"),
        ("78121234567", "+78121234567"),
        ("812 123-45-67", "+78121234567"),
        ("+78005553535", "+78005553535"),
        ("88005553535", "+78005553535"),
        ("8(8332)12-34-56", "+78332123456"),
        ("8812-0000-111", "+78120000111"),
        ("8 (495) 123-45-67 доб. 123", "+74951234567"),
        ("8 (495) 123-45-67 доб 12", "+74951234567"),
        ("+7 495 123-45-67;ext=99", "+74951234567"),
        ("+74951234567,,12", "+74951234567"),
        ("tel:+7-495-123-45-67;ext=5", "+74951234567"),
        ("＋７４９５１２３４５６７", "+74951234567"),
        ("87011234567", "+77011234567"),
        ("+380441234567", "+380441234567"),
        ("810375291234567", "+375291234567"),
        ("8~10 380 44 123 4567", "+380441234567"),
        ("+375291234567", "+375291234567"),
        ("+78613361234", "+78613361234"),
        ("+78432001122", "+78432001122"),
    ];
    for (raw, number) in same {
        assert_eq!(read(raw).as_deref(), Some(number), "{raw}");
    }
}

#[test]
fn reads_what_the_library_alone_refuses() {
    assert_eq!(read("8 (495) 123-45-67 вн. 7").as_deref(), Some("+74951234567"));
    assert_eq!(read("sip:+74951234567@host").as_deref(), Some("+74951234567"));
    assert_eq!(read("+89110001122").as_deref(), Some("+79110001122"));
    assert_eq!(read("8103804412345678").as_deref(), Some("+3804412345678"));
    assert_eq!(read("380441234567").as_deref(), Some("+380441234567"));
    assert_eq!(read("9161234567").as_deref(), Some("+79161234567"));
    assert_eq!(read("+7(916)123-45-67").as_deref(), Some("+79161234567"));
}

#[test]
fn what_is_no_full_number_is_none() {
    let none = [
        "112",
        "03",
        "123-45-67",
        "101",
        "Anonymous",
        "",
        "+7 999 123 45 6",
        "+7 495 O23 45 67",
        "+",
        "7916",
    ];
    for raw in none.into_iter().chain([
        "8 495 123 45 67 и 8 916 000 00 00",
        "<script>79161234567",
        "99999999999999999999",
    ]) {
        assert_eq!(read(raw), None, "{raw}");
    }
}

#[test]
fn withheld_is_neither_number_nor_text() {
    let words =
        ["", " ", "anonymous", "Anonymous", "<unknown>", "unavailable", "Restricted", "private", "unknown"];
    for raw in words.into_iter().chain(["sip:anonymous@anonymous.invalid", "+7916@anonymous.invalid", "0"]) {
        assert_eq!(Remote::parse(raw), Remote::Withheld, "{raw}");
    }
}

#[test]
fn forged_lines_are_not_read() {
    assert_eq!(Remote::parse("7916\r\nEvent: Fake 1234567"), Remote::Other("7916".into()));
    assert_eq!(Remote::parse("101"), Remote::Other("101".into()));
    assert_eq!(Phone::parse("7916\n1234567"), None);
    assert_eq!(Remote::parse("\r\n79161234567"), Remote::Withheld);
}

#[test]
fn shows_groups_and_tails() {
    assert_eq!(Phone(79161234567).international(), "+7 916 123-45-67");
    assert_eq!(Phone(375291234567).international(), "+375 29 123-45-67");
    assert_eq!(Phone(79161234567).tail(4), "4567");
    assert_eq!(Phone(1).tail(4), "1");
}

proptest! {
    #[test]
    fn any_way_of_writing_is_one_number(area in 300u64..1000, rest in 0u64..10_000_000) {
        let (a, b, c) = (rest / 10_000, rest / 100 % 100, rest % 100);
        let expected = Some(Phone(70_000_000_000 + area * 10_000_000 + rest));
        for raw in [
            format!("+7{area}{a:03}{b:02}{c:02}"),
            format!("8 ({area}) {a:03}-{b:02}-{c:02}"),
            format!("{area}{a:03}{b:02}{c:02}"),
            format!("sip:7{area}{a:03}{b:02}{c:02}@trunk;user=phone"),
            format!("8{area}{a:03}{b:02}{c:02} доб. 7"),
        ] {
            prop_assert_eq!(Phone::parse(&raw), expected, "{}", raw);
        }
    }

    #[test]
    fn what_is_shown_reads_back(area in 300u64..1000, rest in 0u64..10_000_000) {
        let phone = Phone(70_000_000_000 + area * 10_000_000 + rest);
        prop_assert_eq!(Phone::parse(&phone.international()), Some(phone));
        prop_assert_eq!(Phone::parse(&phone.to_string()), Some(phone));
    }

    #[test]
    fn no_text_breaks_it(raw in any::<String>()) {
        if let Remote::Other(text) = Remote::parse(&raw) {
            prop_assert!(!text.chars().any(char::is_control));
        }
    }
}
