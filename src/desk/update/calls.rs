//! What an operator does with a call and its number: dial, hang up, transfer, copy, write to a card, look back.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::event::Effect;
use crate::desk::history::History;
use crate::desk::layer::{Layer, Manual, Past, Prompt, Reading, Row};
use crate::desk::layout;
use crate::desk::leads;
use crate::desk::notice::Notice;
use crate::desk::sidebar;
use crate::desk::state::{Focus, State, View};
use crate::domain::call::Phase;
use crate::domain::desk::{BoardCall, Request};
use crate::domain::phone::Phone;

impl State {
    /// The call meant by a command: on the board the one under the cursor, in the form the one written about.
    pub(super) fn meant(&self) -> Option<&BoardCall> {
        let (selected, opened) = (self.board.selected(), self.form.call());
        match self.focus {
            Focus::Board => selected.or(opened),
            Focus::Form => opened.or(selected),
        }
    }

    fn meant_phone(&self) -> Option<Phone> {
        self.meant().and_then(|call| call.snapshot.remote.phone())
    }

    /// A live call to end or to hand over: the one meant, or the only one that can be meant.
    fn meant_live(&self) -> Option<&BoardCall> {
        let live = |call: &&BoardCall| call.snapshot.is_live();
        self.meant().filter(live).or_else(|| self.form.call().filter(live))
    }

    pub(super) fn warn(&mut self, key: &str) {
        let hint = format!("{key}-hint");
        self.tell(Notice::warning(self.look.say(key), self.look.say(&hint)));
    }

    pub(super) fn dial(&mut self) {
        match self.meant_phone() {
            Some(phone) => self.dial_phone(phone),
            None => self.layers.push(Layer::Prompt(Prompt::number())),
        }
    }

    pub(super) fn dial_phone(&mut self, phone: Phone) {
        // A second press before the phone rings is impatience, not another call.
        if !self.asking.awaits(|request| matches!(request, Request::Dial(_))) {
            self.asking.ask(Request::Dial(phone));
        }
    }

    pub(super) fn hang_up(&mut self) {
        match self.meant_live().map(|call| call.id) {
            Some(call) => self.asking.ask(Request::HangUp(call)),
            None => self.warn("no-live-call"),
        }
    }

    pub(super) fn transfer(&mut self) {
        match self.meant_live().map(|call| call.id) {
            Some(call) => self.layers.push(Layer::Prompt(Prompt::extension(call))),
            None => self.warn("no-live-call"),
        }
    }

    /// Whether the call meant is one to do this with: a talk to hold, a held one to come back to.
    pub(in crate::desk) fn suits(&self, action: Action) -> bool {
        let phase = self.meant_live().map(|call| call.snapshot.phase);
        match action {
            Action::HandOver | Action::TakeBack => phase == Some(Phase::OnHold),
            _ => matches!(phase, Some(Phase::Talking | Phase::OnHold)),
        }
    }

    /// The other side of a talk: held, asked about, handed over, taken back, marked.
    fn act_on_talk(&mut self, action: Action) {
        let Some((call, phase)) = self.meant_live().map(|call| (call.id, call.snapshot.phase)) else {
            return self.warn("no-live-call");
        };
        match action {
            Action::Hold if phase == Phase::OnHold => self.asking.ask(Request::Unhold(call)),
            Action::Hold => self.asking.ask(Request::Hold(call)),
            Action::Consult => self.layers.push(Layer::Prompt(Prompt::colleague(call))),
            Action::HandOver => self.asking.ask(Request::HandOver(call)),
            Action::TakeBack => self.asking.ask(Request::TakeBack(call)),
            _ => self.layers.push(Layer::Prompt(Prompt::tag(call))),
        }
    }

    pub(super) fn copy_number(&mut self, now: DateTime<Utc>) {
        match self.meant_phone() {
            Some(phone) => {
                self.asking.tell(Effect::Copy(phone.to_string()));
                let text = self.look.say_with("copied", &[("number", phone.international().into())]);
                self.tell(Notice::info(text, "", now));
            }
            None => self.warn("no-number"),
        }
    }

    /// An extra number of the card; the same key once more, while that is offered, makes it the main one.
    pub(super) fn add_phone(&mut self) {
        let phone = self.form.call().and_then(|call| call.snapshot.remote.phone());
        match (phone, self.form.fields.who) {
            (None, _) => self.warn("no-number"),
            (_, None) => self.warn("no-card"),
            (Some(phone), Some(person)) => {
                let main = Request::AddPhone { person, phone, primary: true };
                let offered = self.notice.as_ref().and_then(|notice| notice.offer.as_ref());
                let primary = offered == Some(&main);
                let mut known = self.people.card(person).into_iter().flat_map(|card| &card.phones);
                match known.any(|known| known.phone == phone && known.primary) {
                    true => self.warn("phone-known"),
                    false => self.asking.ask(Request::AddPhone { person, phone, primary }),
                }
            }
        }
    }

    pub(super) fn log_by_hand(&mut self, now: DateTime<Utc>) {
        self.layers.push(Layer::Manual(Manual::at(now, &self.look)));
    }

    pub(super) fn read_script(&mut self) {
        let channel = self.form.call().and_then(|call| self.directories.channel(call.channel?));
        match channel.filter(|channel| !channel.script.is_empty()) {
            Some(channel) => {
                let title = format!("{}: {}", self.look.say("side-script"), channel.name);
                self.layers.push(Layer::Reading(Reading::of(title, Row::lines(&channel.script))));
            }
            None => self.warn("no-script"),
        }
    }

    pub(super) fn read_details(&mut self, now: DateTime<Utc>) {
        let card = sidebar::shown(self).and_then(|person| self.people.card(person));
        let call = self.form.call().map(|call| leads::rows(&call.snapshot, &self.leads, &self.look, now));
        let call = call.filter(|rows| !rows.is_empty());
        let title = match (card, &call) {
            (Some(card), _) => card.name.clone(),
            (None, Some(_)) => self.look.say("side-title").into_owned(),
            (None, None) => return self.warn("no-card"),
        };
        let card = card.map(|card| sidebar::details(card, &self.look, now));
        let rows: Vec<Vec<Row>> = card.into_iter().chain(call).collect();
        self.layers.push(Layer::Reading(Reading::of(title, rows.join(&Row::default()))));
    }

    pub(super) fn swap_card(&mut self) {
        self.side = self.side.other();
        self.look_up_history();
    }

    pub(super) fn open_history(&mut self) {
        let Some(person) = sidebar::shown(self) else { return self.warn("no-card") };
        let known = self.history.as_ref().filter(|history| history.person == person);
        let rows = known.map(|history| history.rows.clone());
        let name = self.people.name(person).unwrap_or_default().to_owned();
        self.layers.push(Layer::Past(Past::of(person, name, rows)));
        self.asking.ask_latest(View::Desk, Request::History(person));
    }

    /// On a wide screen the history stands beside the card without being asked for.
    pub(super) fn look_up_history(&mut self) {
        let wide = layout::areas(self.area()).is_some_and(|areas| areas.history.is_some());
        let fresh = self.history.as_ref().filter(|_| !self.history_stale);
        let known = fresh.map(|history| history.person);
        if let Some(person) = sidebar::shown(self).filter(|person| wide && known != Some(*person)) {
            let request = Request::History(person);
            if !self.asking.awaits(|asked| *asked == request) {
                self.history_stale = false;
                self.asking.ask_latest(View::Desk, request);
            }
        }
    }

    /// Calls came to an end somewhere: the history beside the card may have one more.
    pub(super) fn refresh_history(&mut self) {
        self.history_stale = self.history.is_some();
        self.look_up_history();
    }

    pub(super) fn heard_history(&mut self, history: History) {
        if let Some(Layer::Past(past)) = self.layers.last_mut() {
            past.fill(&history);
        }
        self.history = Some(history);
    }

    /// Actions on calls; `false` for any other.
    pub(super) fn act_on_call(&mut self, action: Action, now: DateTime<Utc>) -> bool {
        match action {
            action if !self.can(action) => self.warn("not-able"),
            Action::Dial => self.dial(),
            Action::DialNumber => self.layers.push(Layer::Prompt(Prompt::number())),
            Action::HangUp => self.hang_up(),
            Action::Transfer => self.transfer(),
            Action::Hold | Action::Consult | Action::HandOver | Action::TakeBack | Action::Tag => {
                self.act_on_talk(action);
            }
            Action::AddPhone => self.add_phone(),
            Action::LogByHand => self.log_by_hand(now),
            Action::CopyNumber => self.copy_number(now),
            Action::History => self.open_history(),
            Action::Details => self.read_details(now),
            Action::Script => self.read_script(),
            Action::Listen => self.listen(),
            Action::SwapCard => self.swap_card(),
            _ => return false,
        }
        true
    }
}
