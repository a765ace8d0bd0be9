//! The player's drawing. While it plays, only the time, the sign of the place and the column it reached change.

mod status;
mod wave;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::place::{self, Places};
use super::{Deck, Player};
use crate::desk::action::Action;
use crate::desk::format;
use crate::desk::hints::key_cap;
use crate::desk::keymap::Context;
use crate::desk::layer::frame;
use crate::desk::layout::page_start;
use crate::desk::refused;
use crate::desk::state::State;
use crate::desk::strip::{Strip, visible};
use crate::desk::theme::Meaning;
use crate::domain::desk::Refusal;
use crate::domain::recording::Sound;

impl Player {
    pub fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let look = &state.look;
        let places = place::places(body);
        frame(look, &self.subject.said(&state.directories, look), places.frame, buf);
        status::draw(self, look, places.status, buf);
        match &self.deck {
            Deck::Loaded(tape) => wave::draw(self, tape, look, &places, buf),
            Deck::Opening | Deck::Refused(_) => {
                let (said, meaning) = self.why(state);
                Paragraph::new(said)
                    .style(look.style(meaning))
                    .wrap(Wrap { trim: true })
                    .render(places.wave, buf);
            }
        }
        self.draw_marks(state, &places, buf);
        None
    }

    /// Why there is nothing to be seen yet, or ever.
    fn why(&self, state: &State) -> (String, Meaning) {
        let look = &state.look;
        let known = self.known.as_ref().map(|known| &known.state);
        match (known, &self.deck) {
            (Some(Sound::Silent), _) => (look.say("player-silent").into_owned(), Meaning::Warning),
            (Some(Sound::Lost { reason }), _) => {
                let reason = visible(&refused::absence(reason, look));
                (look.say_with("player-lost", &[("reason", reason.into())]), Meaning::Warning)
            }
            (Some(Sound::Deleted { at }), _) => {
                let day = format::date(look.day(*at), look);
                (look.say_with("player-deleted", &[("day", day.into())]), Meaning::Warning)
            }
            (Some(Sound::Awaited), Deck::Opening) => {
                (look.say("player-awaited").into_owned(), Meaning::Muted)
            }
            (_, Deck::Refused(Refusal::NotFound)) => (look.say("player-none").into_owned(), Meaning::Warning),
            (_, Deck::Refused(refusal)) => (visible(&refused::said(refusal, look)), Meaning::Warning),
            (_, Deck::Opening | Deck::Loaded(_)) => (look.say("player-opening").into_owned(), Meaning::Muted),
        }
    }

    /// Whether another way than this machine's own sound is wanted.
    fn wants_another_way(&self) -> bool {
        match &self.deck {
            Deck::Loaded(tape) => tape.unheard.is_some(),
            Deck::Refused(_) => true,
            Deck::Opening => false,
        }
    }

    fn draw_marks(&self, state: &State, places: &Places, buf: &mut Buffer) {
        let offers = u16::from(self.wants_another_way());
        if offers > 0 {
            draw_offers(state, self.is_open(), places.marks, buf);
        }
        let area = Rect {
            y: places.marks.y + offers,
            height: places.marks.height.saturating_sub(offers),
            ..places.marks
        };
        if self.marks().is_empty() && self.is_open() {
            draw_no_marks(state, area, buf);
        }
        let look = &state.look;
        let first = page_start(self.mark, area.height);
        for (row, (nth, mark)) in (0..area.height).zip(self.marks().iter().enumerate().skip(first)) {
            let mut strip = Strip::new(buf, area, row, look.signs.ellipsis);
            let chosen = nth == self.mark;
            strip.put_within(if chosen { look.signs.cursor } else { " " }, 1, look.style(Meaning::Focus));
            strip.put_within(look.signs.mark, 2, look.style(Meaning::Key));
            strip.put(&format::duration(mark.at), look.style(Meaning::Name)).gap(1);
            if chosen && self.marks().len() > usize::from(area.height) {
                let of = [("at", (nth + 1).into()), ("all", self.marks().len().into())];
                strip.put_right(&look.say_with("report-place", &of), look.style(Meaning::Muted)).gap_right(1);
            }
            strip.put(&mark.note, look.style(Meaning::Text));
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.deck, Deck::Loaded(_))
    }
}

/// What else can be done with a recording that is not heard here.
fn draw_offers(state: &State, copied: bool, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let ways =
        [(Action::PlayOnPhone, state.rings_phone), (Action::SaveCopy, copied), (Action::PlayPause, true)];
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1);
    for (action, _) in ways.into_iter().filter(|(_, offered)| *offered) {
        let Some(key) = state.keymap.keys(Context::Player, action).first().copied() else { continue };
        let name = match action {
            Action::PlayPause => look.say("player-again").into_owned(),
            _ => look.text().action(action).into_owned(),
        };
        strip.put(&key_cap(key), look.style(Meaning::Key)).gap(1);
        strip.put(&name, look.style(Meaning::Text)).gap(3);
    }
}

fn draw_no_marks(state: &State, area: Rect, buf: &mut Buffer) {
    let keys = state.keymap.keys(Context::Player, Action::MarkPlace);
    let Some(key) = keys.first().copied().map(key_cap) else { return };
    let said = state.look.say_with("player-no-marks", &[("key", key.into())]);
    Strip::new(buf, area, 0, state.look.signs.ellipsis)
        .gap(1)
        .put(&said, state.look.style(Meaning::Placeholder));
}
