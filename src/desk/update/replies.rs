//! What the engine answered, each to the one who asked.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::event::Ticket;
use crate::desk::history::History;
use crate::desk::notice::Notice;
use crate::desk::refused;
use crate::desk::state::{State, View};
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::id::PersonId;
use crate::domain::phone::Phone;

impl State {
    pub(super) fn hear(&mut self, ticket: Ticket, reply: Result<Reply, Refusal>, now: DateTime<Utc>) {
        let Some((asker, request)) = self.asking.settle(ticket) else { return };
        match (asker, reply) {
            (View::Report, reply) => {
                self.with_report(now, |report, around| report.hear(request, reply, around));
                self.seek_on(now);
            }
            (View::Desk, Ok(reply)) => self.accept(request, reply, now),
            (View::Desk, Err(refusal)) => self.refuse(request, &refusal, now),
        }
    }

    fn accept(&mut self, request: Request, reply: Reply, now: DateTime<Utc>) {
        match (request, reply) {
            (_, Reply::Board(calls)) => self.lay_out(calls, now),
            (_, Reply::Directories(directories)) => self.learn(*directories, now),
            (_, Reply::Opened(open)) => self.opened(*open, now),
            (_, Reply::Card(card)) => self.people.learn(*card),
            (Request::Search { text }, Reply::Found(people)) => self.found(&text, &people, now),
            (_, Reply::DraftKept) => self.drafts.kept(),
            (_, Reply::Saved(wrapup)) => self.saved(&wrapup, now),
            (Request::UndoSave(call), Reply::Undone { .. }) => self.undone(call, now),
            (_, Reply::Logged(call)) => self.work_on(call, now),
            (_, Reply::Dialling) => {
                self.tell(Notice::info(self.look.say("dialling"), self.look.say("dialling-hint"), now));
            }
            (Request::History(person), Reply::Calls { rows, .. }) => {
                self.heard_history(History { person, rows });
            }
            (Request::Leads(phone), Reply::Leads(leads)) => self.leads.learn(phone, leads),
            (_, Reply::Sources(sources)) => self.ask_week(sources, now),
            (Request::Gaps(period), Reply::Gaps(gaps)) => self.heard_gaps(period, gaps, now),
            (Request::Report(_), Reply::Report(table)) => self.heard_today(&table, now),
            (Request::HangUp(_), Reply::Done) => {
                self.tell(Notice::info(self.look.say("hanging-up"), "", now));
            }
            (Request::Transfer { to, .. }, Reply::Done) => {
                let text = self.look.say_with("transferring", &[("to", to.into())]);
                self.tell(Notice::info(text, "", now));
            }
            (
                request @ (Request::Hold(_)
                | Request::Unhold(_)
                | Request::Consult { .. }
                | Request::HandOver(_)
                | Request::TakeBack(_)
                | Request::Tag { .. }),
                Reply::Done,
            ) => self.tell(Notice::info(self.done_with_talk(&request), "", now)),
            (Request::AddPhone { person, phone, primary }, Reply::Done) => {
                self.phone_added(person, phone, primary, now);
            }
            (_, Reply::Recording(recording)) => self.learn_recording(*recording),
            (request, _) => self.follow_player(&request, now),
        }
    }

    fn done_with_talk(&self, request: &Request) -> String {
        match request {
            Request::Hold(_) => self.look.say_with("held", &[]),
            Request::Unhold(_) => self.look.say_with("unheld", &[]),
            Request::Consult { to, .. } => self.look.say_with("consulting", &[("to", to.as_str().into())]),
            Request::HandOver(_) => self.look.say_with("handed-over", &[]),
            Request::Tag { tag, .. } => self.look.say_with("tagged", &[("tag", tag.as_str().into())]),
            _ => self.look.say_with("taken-back", &[]),
        }
    }

    fn phone_added(&mut self, person: PersonId, phone: Phone, primary: bool, now: DateTime<Utc>) {
        let name = self.people.name(person).unwrap_or_default().to_owned();
        let say = |key| self.look.say_with(key, &[("name", name.as_str().into())]);
        let notice = if primary {
            Notice::info(say("phone-main"), "", now)
        } else {
            let key = self.key_cap(Action::AddPhone);
            let hint = self.look.say_with("phone-added-hint", &[("key", key.into())]);
            let main = Request::AddPhone { person, phone, primary: true };
            Notice::info(say("phone-added"), hint, now).offering(main)
        };
        self.tell(notice);
        self.asking.ask_latest(View::Desk, Request::Card(person));
    }

    /// What was not done, with what to do about it; a draft that could not be kept is tried again.
    fn refuse(&mut self, request: Request, refusal: &Refusal, now: DateTime<Utc>) {
        match request {
            Request::KeepDraft { .. } => self.drafts.refused(now),
            Request::Save { call, .. } => self.drafts.not_saved(call, now),
            Request::Report(_) => return self.today.answered(),
            Request::Open(call) => self.not_opened(call),
            // Nobody waits for the status line's own question.
            Request::Gaps(_) | Request::Leads(_) => return,
            // What is not known of a recording, opening it tells.
            Request::Recording(_) => return,
            _ => {}
        }
        self.tell(self.refused(refusal));
    }

    pub(super) fn refused(&self, refusal: &Refusal) -> Notice {
        let hint = self.look.say(&format!("{}-hint", refused::key(refusal))).into_owned();
        Notice::error(refused::said_beside(refusal, &self.link, &self.look), hint)
    }
}
