//! Which key means which action, by context. The shipped table is `keys.toml`; a user's overlay of the same
//! form changes single keys of it. Help, hints and `pult print keys` read this table and no other.

use std::collections::BTreeMap;
use std::fmt;

use super::action::Action;
use super::key::Key;

const SHIPPED: &str = include_str!("keys.toml");

/// Takes a key's action away.
const NONE: &str = "none";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Context {
    Global,
    Board,
    Form,
    /// Everything that stands over the desk: help, palette, lists, questions.
    Layer,
    Report,
    /// What lies over the report: filter, reports by name, a line being typed.
    Filter,
    /// The player: it hides the keys of what is under it, as a layer does.
    Player,
}

impl Context {
    pub const ALL: [Context; 7] = [
        Context::Global,
        Context::Board,
        Context::Form,
        Context::Layer,
        Context::Report,
        Context::Filter,
        Context::Player,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::Board => "board",
            Context::Form => "form",
            Context::Layer => "layer",
            Context::Report => "report",
            Context::Filter => "filter",
            Context::Player => "player",
        }
    }

    /// A layer hides what is under it; everywhere else the global keys work.
    fn falls_through(self) -> bool {
        !matches!(self, Context::Layer | Context::Player)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum KeymapError {
    #[error("keys: {0}")]
    Syntax(#[from] Box<toml::de::Error>),
    #[error("keys: there is no context [{0}]; there are global, board, form, layer, report, filter, player")]
    Context(String),
    #[error("keys: [{context}] {key:?} is no key; write it like f2, ctrl+p, alt+t, j, enter, space")]
    Key { context: &'static str, key: String },
    #[error("keys: [{context}] {key} = {action:?} is no action; `pult print keys` lists them")]
    Action { context: &'static str, key: String, action: String },
}

type Tables = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Clone, PartialEq, Debug)]
pub struct Keymap {
    bindings: Vec<(Context, Key, Action)>,
}

impl Keymap {
    pub fn from_toml(overlay: Option<&str>) -> Result<Keymap, KeymapError> {
        let mut keymap = Keymap { bindings: Vec::new() };
        keymap.overlay(SHIPPED)?;
        if let Some(text) = overlay {
            keymap.overlay(text)?;
        }
        Ok(keymap)
    }

    fn overlay(&mut self, text: &str) -> Result<(), KeymapError> {
        let tables: Tables = toml::from_str(text).map_err(Box::new)?;
        for (name, bindings) in &tables {
            let context = Context::ALL
                .into_iter()
                .find(|context| context.name() == name)
                .ok_or_else(|| KeymapError::Context(name.clone()))?;
            for (key, action) in bindings {
                self.bind(context, key, action)?;
            }
        }
        Ok(())
    }

    fn bind(&mut self, context: Context, name: &str, action: &str) -> Result<(), KeymapError> {
        let key: Key =
            name.parse().map_err(|()| KeymapError::Key { context: context.name(), key: name.into() })?;
        self.bindings.retain(|(at, bound, _)| (*at, *bound) != (context, key));
        if action != NONE {
            let action = Action::named(action).ok_or_else(|| KeymapError::Action {
                context: context.name(),
                key: name.into(),
                action: action.into(),
            })?;
            self.bindings.push((context, key, action));
        }
        Ok(())
    }

    /// The key as it is, then by its place on the Latin layout.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let key = key.canonical();
        self.bound(context, key).or_else(|| self.bound(context, key.latin()))
    }

    fn bound(&self, context: Context, key: Key) -> Option<Action> {
        let at = |wanted: Context| {
            self.bindings.iter().find(|(at, bound, _)| (*at, *bound) == (wanted, key)).map(|found| found.2)
        };
        at(context).or_else(|| if context.falls_through() { at(Context::Global) } else { None })
    }

    /// Keys that mean `action` in `context`, function keys first: those work while typing too.
    pub fn keys(&self, context: Context, action: Action) -> Vec<Key> {
        let mut keys: Vec<Key> = self
            .bindings
            .iter()
            .filter(|(at, key, bound)| {
                *bound == action && (*at == context || self.bound(context, *key) == Some(action))
            })
            .map(|found| found.1)
            .collect();
        keys.sort_by_key(|key| (rank(key), *key));
        keys.dedup();
        keys
    }

    pub fn bindings(&self) -> &[(Context, Key, Action)] {
        &self.bindings
    }
}

fn rank(key: &Key) -> u8 {
    use super::key::KeyCode::{Char, F};
    match key.code {
        F(_) => 0,
        Char(_) if key.ctrl || key.alt => 2,
        Char(_) => 1,
        _ => 0,
    }
}

/// As TOML that `from_toml` reads back.
impl fmt::Display for Keymap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, context) in Context::ALL.into_iter().enumerate() {
            if nth > 0 {
                writeln!(f)?;
            }
            writeln!(f, "[{}]", context.name())?;
            for (_, key, action) in self.bindings.iter().filter(|(at, ..)| *at == context) {
                writeln!(f, "{} = {:?}", toml_key(&key.to_string()), action.name())?;
            }
        }
        Ok(())
    }
}

fn toml_key(name: &str) -> String {
    let bare = name.chars().all(|char| char.is_ascii_alphanumeric());
    if bare { name.to_owned() } else { toml::Value::String(name.to_owned()).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        name.parse().unwrap()
    }

    #[test]
    fn the_context_is_asked_before_the_global_keys() {
        let keymap = Keymap::from_toml(None).unwrap();
        assert_eq!(keymap.action(Context::Board, key("j")), Some(Action::Next));
        assert_eq!(keymap.action(Context::Board, key("f2")), Some(Action::Save));
        assert_eq!(keymap.action(Context::Layer, key("f6")), None);
    }

    #[test]
    fn the_russian_layout_means_the_same_keys() {
        let keymap = Keymap::from_toml(None).unwrap();
        assert_eq!(keymap.action(Context::Board, key("о")), Some(Action::Next));
        assert_eq!(keymap.action(Context::Form, key("ctrl+з")), Some(Action::Palette));
        assert_eq!(keymap.action(Context::Board, key("Ж")), Some(Action::Palette));
        assert_eq!(keymap.action(Context::Board, key(",")), Some(Action::Help));
    }

    #[test]
    fn an_overlay_changes_single_keys_and_frees_them() {
        let keymap = Keymap::from_toml(Some("[board]\nj = \"none\"\nz = \"next\"")).unwrap();
        assert_eq!(keymap.action(Context::Board, key("j")), None);
        assert_eq!(keymap.action(Context::Board, key("z")), Some(Action::Next));
        assert_eq!(keymap.action(Context::Board, key("k")), Some(Action::Previous));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |text: &str| Keymap::from_toml(Some(text)).unwrap_err().to_string();
        assert!(error("[bord]\nj = \"next\"").contains("[bord]"));
        assert!(error("[board]\nnokey = \"next\"").contains("nokey"));
        assert!(error("[board]\nj = \"nxt\"").contains("nxt"));
        assert!(error("[board").contains("keys"));
    }

    #[test]
    fn the_table_prints_itself_and_reads_back() {
        let keymap = Keymap::from_toml(None).unwrap();
        let again = Keymap::from_toml(Some(&keymap.to_string())).unwrap();
        for (context, key, action) in keymap.bindings() {
            assert_eq!(again.action(*context, *key), Some(*action));
        }
    }

    #[test]
    fn every_action_has_a_key() {
        let keymap = Keymap::from_toml(None).unwrap();
        for action in Action::ALL {
            assert!(keymap.bindings().iter().any(|bound| bound.2 == *action), "{}", action.name());
        }
    }
}
