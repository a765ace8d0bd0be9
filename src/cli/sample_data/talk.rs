//! What is said and done in a call: the row of the call, its wrap-up, and what it changes in the schedule.

use chrono::{NaiveDateTime, TimeDelta};
use rand::RngExt;
use rand::seq::IndexedRandom;

use super::calls::{Aim, Attempt, Party, line};
use super::chance;
use super::clinic::Clinic;
use super::house::{ADMINISTRATORS, DOCTORS, OTHER_TOPICS};
use super::rows::Call;
use super::schedule::subject;
use crate::domain::call::{CallResult, Direction, TransferKind};
use crate::domain::visit::Stage;

/// What the operator writes down.
struct Said {
    topic: &'static str,
    comment: String,
}

const REFUSALS: [&str; 12] = [
    "Подумает, перезвонит.",
    "Сравнивает цены, пока дорого.",
    "Нужен вечер субботы, времени нет.",
    "Хочет только к своему врачу, врач в отпуске.",
    "Уточнит график на работе.",
    "Живёт далеко, ищет клинику ближе.",
    "Спрашивает про рассрочку, решит позже.",
    "Цена не подошла, предложила консультацию – отказ.",
    "Просит перезвонить после зарплаты.",
    "Посоветуется дома.",
    "Не готовы ждать до конца недели.",
    "Только по ДМС, полиса нашей компании нет.",
];
const QUESTIONS: [&str; 8] = [
    "Справка для налогового вычета, готовим.",
    "Спрашивает остаток на счёте.",
    "Просит прислать снимок на почту.",
    "Уточняет, принимаем ли по полису.",
    "Напомнить о долге: обещает оплатить на приёме.",
    "После удаления ноет, врач передал рекомендации.",
    "Забыли вещи в холле, заберут завтра.",
    "Благодарность врачу, передала.",
];
const ABOUT_VISIT: [&str; 6] = [
    "Уточняет время и адрес.",
    "Спрашивает, как пройти и где оставить машину.",
    "Можно ли есть перед приёмом, ответила.",
    "Опоздает на 10 минут, врача предупредила.",
    "Просит счёт заранее.",
    "Спрашивает, сколько займёт приём.",
];
const REASONS: [&str; 6] = [
    "Отмена: болеет.",
    "Отмена: командировка.",
    "Отмена: ребёнок приболел.",
    "Отмена: лечится в другой клинике.",
    "Отмена: дорого.",
    "Отмена без причины.",
];
const BUSINESS: [&str; 7] = [
    "По графику.",
    "Опоздает на смену.",
    "По поставке.",
    "Счёт на оплату.",
    "Готовы работы лаборатории.",
    "",
    "",
];

impl Clinic {
    pub fn answered(&mut self, attempt: &Attempt, agent: usize) {
        let wait = self.dice.random_range(4..34) + if chance(&mut self.dice, 8) { 40 } else { 0 };
        let talk = self.talk_length(attempt.aim);
        let ended = attempt.at + TimeDelta::seconds(wait + talk);
        self.busy[agent] = ended + TimeDelta::seconds(20);
        let done_at = ended - TimeDelta::seconds(self.dice.random_range(-240..talk.min(40)));
        let said = self.act(attempt, agent, done_at);
        let mut call = self.row(attempt, CallResult::Answered, wait);
        (call.talk_s, call.agent) = (talk, ADMINISTRATORS[agent].extension);
        call.recording = format!("{}.mp3", call.id);
        self.hold_and_transfer(&mut call);
        if chance(&mut self.dice, if attempt.aim == Aim::Business { 55 } else { 90 }) {
            call.wrapped_at = Some(ended + TimeDelta::seconds(self.dice.random_range(3..70)));
            call.employee = format!("e{:02}", agent + 1);
            (call.topic, call.comment) = (said.topic, said.comment);
            self.name_the_caller(attempt, &mut call);
        }
        self.calls.push(call);
    }

    pub fn unanswered(&mut self, attempt: &Attempt, agent: Option<usize>) {
        let result = match (attempt.outgoing, self.dice.random_range(0..10)) {
            (false, _) => CallResult::Missed,
            (true, 0..7) => CallResult::NoAnswer,
            (true, 7..9) => CallResult::Busy,
            (true, _) => CallResult::Failed,
        };
        let wait = if result == CallResult::Failed { 2 } else { self.dice.random_range(6..75) };
        let mut call = self.row(attempt, result, wait);
        if attempt.outgoing {
            call.agent = agent.map_or("", |agent| ADMINISTRATORS[agent].extension);
        }
        self.calls.push(call);
        self.follow_up(attempt);
    }

    fn row(&mut self, attempt: &Attempt, result: CallResult, wait_s: i64) -> Call {
        let (direction, line) = match attempt.outgoing {
            true => (Direction::Outgoing, ""),
            false => (Direction::Incoming, line(attempt.party, &mut self.dice)),
        };
        Call {
            id: format!("c{:05}", self.calls.len() + 1),
            direction,
            number: attempt.number.clone(),
            line,
            result,
            agent: "",
            started_at: attempt.at,
            wait_s,
            talk_s: 0,
            hold_s: 0,
            transfer: None,
            transfer_to: "",
            transfer_talk_s: None,
            recording: String::new(),
            wrapped_at: None,
            employee: String::new(),
            who: String::new(),
            about: String::new(),
            caller_type: "",
            topic: "",
            comment: String::new(),
        }
    }

    fn talk_length(&mut self, aim: Aim) -> i64 {
        let (short, long) = match aim {
            Aim::Book => (70, 390),
            Aim::OwnVisit(_) | Aim::Question => (35, 200),
            Aim::Business => (25, 260),
            Aim::Confirm(_) => (18, 80),
            Aim::Fill | Aim::OfferSlot => (45, 240),
        };
        self.dice.random_range(short..long).min(self.dice.random_range(short..long * 2))
    }

    fn hold_and_transfer(&mut self, call: &mut Call) {
        if chance(&mut self.dice, 9) {
            call.hold_s = self.dice.random_range(4..call.talk_s.max(6)).min(60);
        }
        if chance(&mut self.dice, 4) {
            call.transfer =
                Some(if chance(&mut self.dice, 60) { TransferKind::Attended } else { TransferKind::Blind });
            call.transfer_to = DOCTORS.choose(&mut self.dice).map_or("", |doctor| doctor.extension);
            call.transfer_talk_s = Some(self.dice.random_range(20..200));
        }
    }

    /// «Кто», «О ком», «Тип».
    fn name_the_caller(&mut self, attempt: &Attempt, call: &mut Call) {
        match attempt.party {
            Party::Patient(place) => self.name_the_patient(place, call),
            Party::Employee(place) | Party::Counterparty(place) => call.who = self.others[place].id.clone(),
            Party::Stranger => {}
        }
        call.caller_type = match (attempt.party, attempt.aim) {
            (Party::Employee(_), _) => "Сотрудник",
            (Party::Counterparty(_), _) => "Прочие и контрагенты",
            (_, Aim::Fill) => "Пациент. Наполнение",
            (_, Aim::OfferSlot) => "Пациент. Лист ожидания",
            (_, Aim::OwnVisit(_)) if !attempt.outgoing => "Пациент. Уже записан",
            _ if attempt.outgoing => "Пациент. Задача CRM",
            _ => "Пациент. Хочет записаться",
        };
    }

    /// A parent speaks for a child.
    fn name_the_patient(&self, place: usize, call: &mut Call) {
        let patient = &self.people[place];
        if patient.is_child() {
            (call.who, call.about) = (patient.parent.clone(), patient.id.clone());
        } else {
            call.who = patient.id.clone();
        }
    }

    fn act(&mut self, attempt: &Attempt, agent: usize, at: NaiveDateTime) -> Said {
        match (attempt.aim, attempt.party) {
            (Aim::Book | Aim::OfferSlot, Party::Patient(place)) => self.try_to_book(place, agent, at, 100),
            (Aim::Fill, Party::Patient(place)) => self.try_to_book(place, agent, at, 30),
            (Aim::OwnVisit(visit), _) => self.about_visit(visit, at, (14, 34)),
            (Aim::Confirm(visit), _) => self.confirm(visit, at),
            (Aim::Question, _) => self.say(OTHER_TOPICS[self.calls.len() % 4], &QUESTIONS),
            (Aim::Business, _) => self.say("Прочее", &BUSINESS),
            (Aim::Book | Aim::Fill | Aim::OfferSlot, _) => {
                let topic = subject(false, &mut self.dice).topic;
                self.say(topic, &REFUSALS)
            }
        }
    }

    fn try_to_book(&mut self, place: usize, agent: usize, at: NaiveDateTime, of_skill: u32) -> Said {
        let patient = &self.people[place];
        let subject = subject(patient.is_child(), &mut self.dice);
        if !chance(&mut self.dice, ADMINISTRATORS[agent].skill * of_skill / 100) {
            return self.say(subject.topic, &REFUSALS);
        }
        let days = if subject.topic == "Острая боль" { 1 } else { self.dice.random_range(1..16) };
        let visit = self.schedule.book((place, &patient.id), subject, at, days, &mut self.dice);
        let visit = &self.schedule.visits[visit];
        let comment = format!("Записала на {}, {}", visit.starts_at.format("%H:%M"), visit.doctor);
        Said { topic: subject.topic, comment }
    }

    /// Out of a hundred: so many cancel, the next so many move, the others only ask.
    fn about_visit(&mut self, visit: usize, at: NaiveDateTime, (cancel, moved): (u32, u32)) -> Said {
        let topic = self.schedule.visits[visit].topic;
        let planned = matches!(self.schedule.visits[visit].stage, Stage::Booked | Stage::Confirmed);
        match self.dice.random_range(0..100) {
            point if planned && point < cancel => {
                self.schedule.cancel(visit, at);
                self.say(topic, &REASONS)
            }
            point if planned && point < moved => {
                self.schedule.move_later(visit, at, &mut self.dice);
                let starts_at = self.schedule.visits[visit].starts_at.format("%H:%M");
                Said { topic, comment: format!("Перенесла, новое время {starts_at}.") }
            }
            _ => self.say(topic, &ABOUT_VISIT),
        }
    }

    fn confirm(&mut self, visit: usize, at: NaiveDateTime) -> Said {
        if self.schedule.visits[visit].stage != Stage::Booked || chance(&mut self.dice, 14) {
            return self.about_visit(visit, at, (45, 100));
        }
        self.schedule.visits[visit].stage = Stage::Confirmed;
        self.say(self.schedule.visits[visit].topic, &["Подтвердили приём.", "Придут, адрес напомнила."])
    }

    fn say(&mut self, topic: &'static str, comments: &[&str]) -> Said {
        Said { topic, comment: (*comments.choose(&mut self.dice).unwrap_or(&"")).to_owned() }
    }
}
