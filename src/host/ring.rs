//! How a terminal is asked to ring. Never a name or a number: notifications show on locked screens.

use crate::desk::{Language, RingKind};

/// Bytes that ring; empty when ringing is off.
pub fn bytes(kind: RingKind, language: Language) -> Vec<u8> {
    let text = match language {
        Language::Ru => "pult: входящий звонок",
        Language::En => "pult: incoming call",
    };
    match kind {
        RingKind::Off => String::new(),
        RingKind::Bell => "\x07".into(),
        RingKind::Osc9 => format!("\x1b]9;{text}\x07"),
        RingKind::Osc99 => format!("\x1b]99;i=pult:o=unfocused;{text}\x1b\\"),
    }
    .into_bytes()
}
