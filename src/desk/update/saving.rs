//! The end of a wrap-up: kept as a draft, saved, refused while incomplete, taken back.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::form::{self, Field};
use crate::desk::hints;
use crate::desk::keymap::Context;
use crate::desk::notice::Notice;
use crate::desk::state::{Focus, State};
use crate::domain::desk::Request;
use crate::domain::id::CallId;
use crate::domain::wrapup::{Missing, WrapUp};

impl State {
    pub(super) fn keep_draft(&mut self, now: DateTime<Utc>) {
        if let Some(call) = self.form.id() {
            self.drafts.keep(call, self.form.fields.clone(), now);
        }
    }

    pub(super) fn save(&mut self, now: DateTime<Utc>) {
        let Some(call) = self.form.id() else {
            return self
                .tell(Notice::warning(self.look.say("save-nothing"), self.look.say("save-nothing-hint")));
        };
        self.settle_typed(now);
        let missing = self.form.fields.missing(&self.directories);
        if let Some(first) = missing.first() {
            self.tell_missing(&missing);
            return self.enter_field(Field::from(*first), now);
        }
        let saving =
            self.asking.awaits(|asked| matches!(asked, Request::Save { call: saved, .. } if *saved == call));
        if !saving {
            let fields = self.form.fields.clone();
            self.drafts.save(call, fields.clone());
            self.asking.ask(Request::Save { call, fields });
        }
    }

    fn tell_missing(&mut self, missing: &[Missing]) {
        let name = |missing: &Missing| self.look.say(form::label_key(Field::from(*missing))).into_owned();
        let names = missing.iter().map(name).collect::<Vec<_>>().join(", ");
        let text = self.look.say_with("save-missing", &[("fields", names.into())]);
        self.tell(Notice::warning(text, self.look.say("save-missing-hint")));
    }

    /// The store has it. The form is free unless something was typed meanwhile.
    pub(super) fn saved(&mut self, wrapup: &WrapUp, now: DateTime<Utc>) {
        self.last_saved = Some(wrapup.call);
        self.drafts.saved(wrapup.call);
        let name = wrapup.fields.who.and_then(|who| self.people.name(who)).unwrap_or(&wrapup.fields.who_text);
        let text = match name {
            "" => self.look.say("saved").into_owned(),
            name => self.look.say_with("saved-for", &[("name", name.into())]),
        };
        let key = self.keymap.keys(Context::Board, Action::UndoSave).first().copied();
        let hint = key.map(|key| hints::hint(key, Action::UndoSave, &self.look));
        self.tell(Notice::info(text, hint.unwrap_or_default(), now));
        if self.form.id() != Some(wrapup.call) {
            return;
        }
        if self.form.fields == wrapup.fields {
            self.form.close();
            self.focus = Focus::Board;
            self.open_waiting(now);
        } else {
            self.form.saved(&wrapup.fields);
            self.keep_draft(now);
        }
    }

    pub(super) fn undo_save(&mut self) {
        match self.last_saved {
            // One press, one save taken back.
            Some(_) if self.asking.awaits(|request| matches!(request, Request::UndoSave(_))) => {}
            Some(call) => self.asking.ask(Request::UndoSave(call)),
            None => self.tell(Notice::warning(self.look.say("undo-nothing"), "")),
        }
    }

    /// Taken back: the fields are the call's draft, and the form takes them up unless it is being worked at.
    pub(super) fn undone(&mut self, call: CallId, now: DateTime<Utc>) {
        self.last_saved = None;
        let busy = self.form.touched() && self.form.id() != Some(call);
        let hint = if busy { "undone-waits" } else { "undone-hint" };
        self.tell(Notice::info(self.look.say("undone"), self.look.say(hint), now));
        if !busy {
            self.form.close();
            self.work_on(call, now);
        }
    }
}
