//! The seam between the desk and its player: what is opened, what the player asks for, what it is told.

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

use crate::desk::event::Effect;
use crate::desk::keymap::Context;
use crate::desk::layer::{Help, Layer, Prompt};
use crate::desk::notice::Notice;
use crate::desk::player::{self, Player, Sought, Subject, Way, Wish};
use crate::desk::sound::{SoundNews, SoundOrder};
use crate::desk::state::{State, View};
use crate::domain::call::CallResult;
use crate::domain::desk::{BoardCall, Request};
use crate::domain::id::CallId;
use crate::domain::recording::Recording;

impl State {
    fn player(&self) -> Option<&Player> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::Player(player) => Some(player.as_ref()),
            _ => None,
        })
    }

    fn player_mut(&mut self) -> Option<&mut Player> {
        self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Player(player) => Some(player.as_mut()),
            _ => None,
        })
    }

    /// The call whose recording is in the player.
    pub(in crate::desk) fn played(&self) -> Option<CallId> {
        self.player().map(Player::call)
    }

    pub(in crate::desk) fn plays(&self) -> bool {
        self.player().is_some_and(Player::plays)
    }

    /// The body without the player: what it was opened from stays in sight.
    pub(in crate::desk) fn room(&self) -> Rect {
        let body = self.body();
        let taken = self.player().map_or(0, |_| player::height(body));
        Rect { height: body.height.saturating_sub(taken), ..body }
    }

    /// With no cursor on the board the newest, as it is taken.
    fn heard_of(&self) -> Option<&BoardCall> {
        self.meant().or_else(|| self.board.calls().first())
    }

    /// Whether the call that is meant on the desk may have a recording.
    pub(in crate::desk) fn listens(&self) -> bool {
        self.heard_of().is_some_and(|call| call.snapshot.result == Some(CallResult::Answered))
    }

    /// What a provider says of a recording may come minutes after the talk: the player tells what there is.
    pub(super) fn listen(&mut self) {
        match self.heard_of() {
            Some(call) if call.snapshot.is_live() => self.warn("listen-live"),
            Some(call) if call.snapshot.result == Some(CallResult::Answered) => {
                let subject = call.into();
                self.listen_to(subject);
            }
            _ => self.warn("listen-none"),
        }
    }

    pub(super) fn listen_in_report(&mut self) {
        if let Some(subject) = self.report.chosen().map(Subject::from) {
            self.listen_to(subject);
        }
    }

    /// Another recording goes into the player that is open.
    pub(super) fn listen_to(&mut self, subject: Subject) {
        let call = subject.call;
        match self.player_mut() {
            Some(player) => player.turn_to(subject),
            None => self.layers.push(Layer::Player(Box::new(Player::of(subject)))),
        }
        self.order(Some(SoundOrder::Open(call)));
        self.asking.ask_latest(View::Desk, Request::Recording(call));
    }

    fn order(&mut self, order: Option<SoundOrder>) {
        order.into_iter().for_each(|order| self.asking.tell(Effect::Sound(order)));
    }

    /// With the player the sound goes.
    pub(super) fn close_layer(&mut self) {
        if let Some(Layer::Player(_)) = self.layers.pop() {
            self.order(Some(SoundOrder::Close));
        }
    }

    pub(super) fn grant(&mut self, wish: Wish, now: DateTime<Utc>) {
        match wish {
            Wish::Sound(order) => self.order(Some(order)),
            Wish::Ask(request) => self.asking.ask(*request),
            Wish::Turn(way) => self.turn(way, now),
            Wish::Note { call, at } => self.layers.push(Layer::Prompt(Prompt::note(call, at))),
            Wish::RingMe(call) if self.rings_phone => self.asking.ask(Request::PlayOnPhone(call)),
            Wish::RingMe(_) => self.warn("player-no-phone"),
            Wish::Help => self.layers.push(Layer::Help(Help::of(Context::Player))),
        }
    }

    /// To the next recording of the list the player was opened from.
    fn turn(&mut self, way: Way, now: DateTime<Utc>) {
        let sought = self.seek(way, now);
        let coming = (sought == Sought::Coming).then_some(way);
        self.player_mut().into_iter().for_each(|player| player.seeking = coming);
        match sought {
            Sought::Found(subject) => self.listen_to(*subject),
            Sought::Coming => {}
            Sought::Nothing => self.warn("player-no-more"),
        }
    }

    fn seek(&mut self, way: Way, now: DateTime<Utc>) -> Sought {
        let beneath = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Past(past) => Some(past.seek(way)),
            _ => None,
        });
        match beneath {
            Some(sought) => sought,
            None if self.view == View::Report => {
                self.with_report(now, |report, around| report.seek_recording(way, around))
            }
            None => Sought::Nothing,
        }
    }

    /// More calls of the list came: the recording may be among them.
    pub(super) fn seek_on(&mut self, now: DateTime<Utc>) {
        if let Some(way) = self.player().and_then(|player| player.seeking) {
            self.turn(way, now);
        }
    }

    pub(super) fn hear_sound(&mut self, news: SoundNews) {
        if let SoundNews::Ways { phone } = news {
            self.rings_phone = phone;
            return;
        }
        let order = self.player_mut().and_then(|player| player.hear(news));
        self.order(order);
    }

    pub(super) fn follow_recording(&mut self, call: CallId) {
        if self.played() == Some(call) {
            self.asking.ask_latest(View::Desk, Request::Recording(call));
        }
    }

    pub(super) fn learn_recording(&mut self, recording: Recording) {
        let order = self.player_mut().and_then(|player| player.learn(recording));
        self.order(order);
    }

    /// What was asked for the player was done.
    pub(super) fn follow_player(&mut self, request: &Request, now: DateTime<Utc>) {
        match (request, self.played()) {
            (Request::PlayOnPhone(_), _) => {
                self.tell(Notice::info(
                    self.look.say("player-rings"),
                    self.look.say("player-rings-hint"),
                    now,
                ));
            }
            (
                Request::MarkRecording { .. } | Request::UnmarkRecording(_) | Request::HoldRecording { .. },
                Some(call),
            ) => self.follow_recording(call),
            _ => {}
        }
    }
}
