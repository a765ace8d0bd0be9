//! Times in which nobody told of calls: what is said of them, for how long, and in what words.

use chrono::{DateTime, TimeDelta, Utc};
use pult::desk::{Event, Language, Setup};
use pult::domain::desk::{Change, Link, Refusal};
use pult::domain::gap::{Cause, Gap, Restored, Source};

use super::clinic::{from, noon, ringing};
use super::fixture::{Desk, setup};

fn ago(minutes: i64) -> DateTime<Utc> {
    noon() - TimeDelta::minutes(minutes)
}

/// From 12:02 to 12:31.
fn gap(restored: Restored) -> Gap {
    Gap {
        source: "asterisk".into(),
        cause: Cause::Provider,
        reason: "соединение отвергнуто".into(),
        began_at: ago(29),
        ended_at: Some(ago(0)),
        restored,
    }
}

fn whole(whole: u32, found: u32) -> Restored {
    Restored::Counted { whole, found }
}

fn status(desk: &Desk) -> String {
    desk.screen().lines().next().unwrap_or_default().to_owned()
}

fn told(gap: &Gap) -> Desk {
    let mut desk = Desk::of(Setup { size: (120, 30), ..setup() }, vec![]);
    desk.event(Event::Change(Change::Gap(Box::new(gap.clone()))));
    desk
}

#[test]
fn what_was_restored_is_said_for_an_hour() {
    let mut desk = told(&gap(Restored::Pending));
    assert!(status(&desk).contains("12:02–12:31 восстанавливается"), "{}", status(&desk));
    desk.event(Event::Change(Change::Gap(Box::new(gap(whole(11, 11))))));
    assert!(status(&desk).contains("✓ 12:02–12:31 восстановлено 11 из 11"), "{}", status(&desk));
    desk.now = noon() + TimeDelta::minutes(61);
    desk.event(Event::Wake);
    assert!(!status(&desk).contains("восстановлено"), "{}", status(&desk));
}

#[test]
fn what_is_lost_is_said_all_day_with_a_sign() {
    for (restored, said) in [
        (whole(10, 11), "! 12:02–12:31 восстановлено 10 из 11"),
        (Restored::Unknown, "! 12:02–12:31 не восстановить"),
    ] {
        let mut desk = told(&gap(restored));
        desk.now = noon() + TimeDelta::hours(5);
        desk.event(Event::Wake);
        assert!(status(&desk).contains(said), "{}", status(&desk));
    }
}

#[test]
fn a_gap_in_which_nothing_happened_is_no_news() {
    assert!(!status(&told(&gap(whole(0, 0)))).contains("12:02"));
}

#[test]
fn while_the_link_is_lost_the_link_is_what_is_said() {
    let mut desk = told(&gap(Restored::Unknown));
    let reason = "нет маршрута".into();
    desk.event(Event::Change(Change::Link(Link::Down { since: noon(), reason })));
    assert!(!status(&desk).contains("не восстановить"));
    let deaf = Gap { cause: Cause::Listener, ended_at: None, ..gap(Restored::Pending) };
    assert!(status(&told(&deaf)).contains("! уведомлений нет с 12:02"));
}

#[test]
fn narrow_it_is_said_in_short() {
    let mut desk = Desk::of(setup(), vec![]);
    desk.event(Event::Change(Change::Gap(Box::new(gap(whole(10, 11))))));
    assert!(status(&desk).contains("! 12:02–12:31 10/11"), "{}", status(&desk));
}

fn listed(language: Language) -> Desk {
    let mut desk = Desk::of(Setup { language, ..setup() }, vec![]);
    let night = Gap {
        cause: Cause::Ourselves,
        reason: "".into(),
        began_at: ago(15 * 60),
        ended_at: Some(ago(4 * 60)),
        ..gap(whole(0, 0))
    };
    let deaf = Gap {
        source: "uis".into(),
        cause: Cause::Listener,
        reason: "5 минут ни одного уведомления".into(),
        began_at: ago(9),
        ended_at: None,
        restored: Restored::Pending,
    };
    desk.clinic.gaps = vec![night, gap(whole(10, 11)), deaf];
    desk.clinic.sources = vec![
        Source { name: "asterisk.cdr".into(), read_until: Some(ago(1)), trouble: None },
        Source {
            name: "uis.calls".into(), read_until: None, trouble: Some("ключ не подходит".into())
        },
    ];
    desk.press("o");
    desk
}

#[test]
fn all_of_them_are_a_key_away() {
    insta::assert_snapshot!("gaps", listed(Language::Ru).screen());
    insta::assert_snapshot!("gaps_en", listed(Language::En).screen());
}

#[test]
fn good_news_that_was_looked_at_is_not_said_again() {
    let mut desk = told(&gap(whole(11, 11)));
    desk.clinic.gaps = vec![gap(whole(11, 11))];
    desk.press("o esc");
    assert!(!status(&desk).contains("восстановлено"), "{}", status(&desk));
}

#[test]
fn a_call_that_cannot_be_placed_says_since_when_and_why() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[])]);
    let reason = "соединение отвергнуто".into();
    desk.event(Event::Change(Change::Link(Link::Down { since: ago(29), reason })));
    desk.clinic.refusal = Some(Refusal::ProviderDown);
    desk.press("f5");
    assert!(desk.screen().contains("Связи с АТС нет с 12:02: соединение отвергнуто"), "{}", desk.screen());
}
