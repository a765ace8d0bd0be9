//! What the engine tells unasked: calls come, change and go. None of it moves the keys' focus, and none takes
//! the form from somebody who works at it.

use chrono::{DateTime, Utc};

use crate::desk::event::Effect;
use crate::desk::notice::Notice;
use crate::desk::state::{Focus, State, View};
use crate::desk::status;
use crate::domain::call::{Direction, Phase};
use crate::domain::desk::{BoardCall, Change, Link, Request, Trouble};
use crate::domain::directory::Directories;
use crate::domain::id::{CallId, PersonId};

impl State {
    pub(super) fn follow(&mut self, change: Change, now: DateTime<Utc>) {
        match change {
            Change::Call(call) => self.follow_call(*call, now),
            Change::Gone(call) => self.lose_call(call),
            Change::Link(link) => self.follow_link(link, now),
            Change::Gap(gap) => self.gaps.follow(*gap),
            Change::Directories => self.asking.ask_latest(View::Desk, Request::Directories),
            Change::Resync => {
                self.ask_board();
                self.follow_figures(now);
                self.played().into_iter().for_each(|call| self.follow_recording(call));
            }
            Change::Person(person) => self.follow_person(person),
            Change::Reading { done, total } => self.report.reading(done, total),
            Change::Figures => self.follow_figures(now),
            Change::Recording(call) => self.follow_recording(call),
            Change::Sounds(trouble) => self.follow_sounds(trouble, now),
        }
    }

    /// Lost and found again, both are worth one word, however many tries lie between; the first connection is
    /// what everybody expects.
    fn follow_link(&mut self, mut link: Link, now: DateTime<Utc>) {
        match (&self.link, &mut link) {
            // A try is not a connection: the link is still lost since it was.
            (Link::Down { .. }, Link::Connecting) => return,
            (Link::Down { since: first, .. }, Link::Down { since, .. }) => *since = *first,
            (_, Link::Down { .. }) => self.warn_of_link(&link),
            (Link::Down { .. }, Link::Up { .. }) => {
                self.tell(Notice::info(self.look.say("link-up"), "", now));
            }
            _ => {}
        }
        self.link = link;
    }

    fn follow_sounds(&mut self, trouble: Option<Trouble>, now: DateTime<Utc>) {
        let say = |key| self.look.say(key).into_owned();
        self.tell(match trouble {
            None => Notice::info(say("sounds-room"), "", now),
            Some(Trouble::NoRoom { waiting }) => {
                let said = self.look.say_with("sounds-no-room", &[("waiting", waiting.into())]);
                Notice::warning(said, say("sounds-no-room-hint"))
            }
        });
    }

    fn warn_of_link(&mut self, link: &Link) {
        let said = status::link_said(link, &self.look).unwrap_or_default();
        self.tell(Notice::warning(said, self.look.say("link-down-hint")));
    }

    fn follow_call(&mut self, call: BoardCall, now: DateTime<Utc>) {
        let known = self.board.call(call.id);
        let begins = rings(&call) && !known.is_some_and(rings);
        let answered_here = self.is_mine(&call) && !known.is_some_and(|known| self.is_mine(known));
        if begins && self.rings {
            self.asking.tell(Effect::Ring);
        }
        let id = call.id;
        if self.form.id() == Some(id) {
            self.form.follow(call.clone(), &self.directories);
            self.meet_choices();
            self.look_up_people();
        }
        self.board.put(call);
        if begins && self.form_is_free() || answered_here && self.form_is_idle() {
            self.open_call(id, now);
        }
    }

    /// At the start, after too many changes at once, and on a new day.
    pub(in crate::desk) fn ask_board(&mut self) {
        self.board.expect();
        self.asking.ask_latest(View::Desk, Request::Board);
    }

    /// The whole board anew.
    pub(super) fn lay_out(&mut self, calls: Vec<BoardCall>, now: DateTime<Utc>) {
        self.board.replace(calls);
        self.look_again(now);
        self.ask_today(now);
        self.ask_gaps(now);
    }

    /// The directories tell whose phone this is and which types set themselves; they may come after the board.
    pub(super) fn learn(&mut self, directories: Directories, now: DateTime<Utc>) {
        self.directories = directories;
        self.meet_operator();
        self.look_again(now);
    }

    /// The first start knows nobody: employees come with the provider's own, while the desk is open.
    fn meet_operator(&mut self) {
        let extension = self.operator.extension.as_deref().filter(|_| self.operator.person.is_none());
        if let Some(employee) = extension.and_then(|extension| self.directories.employee_at(extension)) {
            self.operator.person = Some(employee.id);
            self.operator.name = employee.name.clone();
        }
    }

    fn look_again(&mut self, now: DateTime<Utc>) {
        let opened = self.form.id().and_then(|id| self.board.call(id)).cloned();
        if let Some(call) = opened {
            self.form.follow(call, &self.directories);
        }
        self.open_waiting(now);
    }

    /// The call this operator talks in, else the one that has rung longest, unless it is wrapped up; when the
    /// form is free for it.
    pub(super) fn open_waiting(&mut self, now: DateTime<Utc>) {
        let wants = |call: &&BoardCall| !call.wrapped && self.last_saved != Some(call.id);
        let mut calls = self.board.calls().iter().rev().filter(wants);
        let mine = calls.clone().find(|call| self.is_mine(call));
        let next = mine.or_else(|| calls.find(|call| rings(call))).map(|call| call.id);
        if let Some(call) = next.filter(|_| self.form_is_free()) {
            self.open_call(call, now);
        }
    }

    /// Nobody works at it, and its call is not one this operator may be busy with.
    fn form_is_free(&self) -> bool {
        let busy = self.form.call().is_some_and(|call| self.may_be_mine(call));
        self.form_is_idle() && !busy
    }

    /// Nobody has typed in it or gone into it.
    fn form_is_idle(&self) -> bool {
        self.form.id().is_none() || self.focus == Focus::Board && !self.form.touched()
    }

    /// Held by this operator's phone.
    fn is_mine(&self, call: &BoardCall) -> bool {
        let holder = call.snapshot.holder.as_deref();
        call.snapshot.is_live() && holder.is_some() && holder == self.extension()
    }

    /// Rings or waits for whoever takes it, or is held by this operator's phone, as far as that is known.
    fn may_be_mine(&self, call: &BoardCall) -> bool {
        match call.snapshot.phase {
            Phase::Ringing | Phase::Waiting => true,
            Phase::Talking | Phase::OnHold => match (self.extension(), &call.snapshot.holder) {
                (Some(mine), Some(holder)) => mine == holder,
                _ => true,
            },
            Phase::Ended => false,
        }
    }

    /// Part of another call now: an untouched form lets it go.
    fn lose_call(&mut self, call: CallId) {
        self.board.remove(call);
        if self.form.id() == Some(call) && self.focus == Focus::Board && !self.form.touched() {
            self.form.close();
        }
    }

    fn follow_person(&mut self, person: PersonId) {
        let fields = &self.form.fields;
        if fields.who == Some(person) || fields.about == Some(person) {
            self.asking.ask_latest(View::Desk, Request::Card(person));
        }
    }

    fn follow_figures(&mut self, now: DateTime<Utc>) {
        self.ask_today(now);
        self.refresh_history();
        self.report.outdated();
    }
}

fn rings(call: &BoardCall) -> bool {
    call.snapshot.phase == Phase::Ringing && call.snapshot.direction == Direction::Incoming
}
