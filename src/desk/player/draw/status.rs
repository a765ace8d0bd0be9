//! The player's line of state: plays or not, where, how fast, and what is otherwise than usual.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::player::tape::Tape;
use crate::desk::player::{Deck, Player};
use crate::desk::sound::Mute;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

pub fn draw(player: &Player, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    if let Deck::Loaded(tape) = &player.deck {
        let (sign, meaning) = match tape.playing {
            true => (look.signs.playing, Meaning::Success),
            false => (look.signs.paused, Meaning::Key),
        };
        strip.put_within(sign, 2, look.style(meaning));
        strip.put(&format::duration(tape.at), look.style(Meaning::Name));
        strip.put(&format!(" / {}", format::duration(tape.length())), look.style(Meaning::Text)).gap(2);
        strip.put(&format!("{} %", player.manner.percent), look.style(Meaning::Text)).gap(2);
    }
    if let Deck::Loaded(Tape { unheard: Some(why), .. }) = &player.deck {
        let said = look.say_with("player-unheard", &[("reason", mute(why, look).into())]);
        strip.put(&said, look.style(Meaning::Warning)).gap(2);
    }
    for flag in flags(player, look) {
        strip.put(&flag, look.style(Meaning::Key)).gap(2);
    }
}

fn mute(why: &Mute, look: &Look) -> String {
    match why {
        Mute::NoServer => look.say("mute-no-server").into_owned(),
        Mute::Elsewhere => look.say("mute-elsewhere").into_owned(),
        Mute::Failed(reason) => look.say_with("mute-failed", &[("reason", reason.as_str().into())]),
    }
}

fn flags(player: &Player, look: &Look) -> Vec<String> {
    let say = |key: &str| look.say(key).into_owned();
    let at = |at| format::duration(at).into();
    let begun = match &player.deck {
        Deck::Loaded(tape) => tape.begun,
        Deck::Opening | Deck::Refused(_) => None,
    };
    let part = match (player.manner.part, begun) {
        (Some((from, to)), _) => Some(look.say_with("player-part", &[("from", at(from)), ("to", at(to))])),
        (None, Some(from)) => Some(look.say_with("player-part-from", &[("from", at(from))])),
        (None, None) => None,
    };
    let skips = player.manner.skip_silence.then(|| say("player-skips"));
    let held = player.is_held().then(|| say("player-held"));
    [skips, part, held].into_iter().flatten().collect()
}
