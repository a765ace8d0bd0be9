//! What things look like by what they mean. Widgets name a [`Meaning`], never a colour; a theme gives each
//! meaning a style, and one it does not name takes the style of a wider meaning.
//!
//! Themes are TOML: `inherits` names a shipped one (`themes/*.toml`), `[meanings]` changes it.

use std::collections::BTreeMap;
use std::fmt;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

macro_rules! meanings {
    ($($meaning:ident = $name:literal => $wider:ident,)+) => {
        /// Each with the meaning it falls back to; `Text` is the last.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Meaning {
            $($meaning,)+
        }

        impl Meaning {
            pub const ALL: &[Meaning] = &[$(Meaning::$meaning,)+];

            pub fn name(self) -> &'static str {
                match self {
                    $(Meaning::$meaning => $name,)+
                }
            }

            fn wider(self) -> Meaning {
                match self {
                    $(Meaning::$meaning => Meaning::$wider,)+
                }
            }
        }
    };
}

meanings! {
    Text = "text" => Text,
    Muted = "muted" => Text,
    Placeholder = "placeholder" => Muted,
    Border = "border" => Muted,
    Title = "title" => Text,
    Focus = "focus" => Title,
    Name = "name" => Title,
    Label = "label" => Text,
    Selected = "selected" => Text,
    Bar = "bar" => Text,
    Key = "key" => Title,
    Ringing = "ringing" => Success,
    Talking = "talking" => Success,
    Waiting = "waiting" => Warning,
    Missed = "missed" => Danger,
    Debt = "debt" => Danger,
    Advance = "advance" => Success,
    Insured = "insured" => Success,
    Success = "success" => Text,
    Warning = "warning" => Text,
    Danger = "danger" => Text,
}

const PRESETS: [(&str, &str); 4] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
    ("monochrome", include_str!("../../themes/monochrome.toml")),
];

/// Shipped themes inherit once; more is a circle.
const DEEPEST: usize = 4;

#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("theme: {0}")]
    Syntax(#[from] Box<toml::de::Error>),
    #[error("theme {0:?}: there is no such theme; there are dark, light, high-contrast, monochrome")]
    Unknown(String),
    #[error("theme: {0:?} is no meaning; `pult print theme` lists them")]
    Meaning(String),
    #[error("theme: {meaning}: {colour:?} is no colour; use a name like light-green, an index or #rrggbb")]
    Colour { meaning: &'static str, colour: String },
    #[error("theme: inherits in a circle")]
    Circle,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    inherits: Option<String>,
    #[serde(default)]
    meanings: BTreeMap<String, RawStyle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct RawStyle {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

/// The default gives nothing a style.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Theme {
    styles: BTreeMap<Meaning, Style>,
}

impl Theme {
    pub fn preset(name: &str) -> Result<Theme, ThemeError> {
        Theme::from_toml(preset_text(name)?)
    }

    /// A user's theme: `inherits` names a preset, and what is not said stays as it is there.
    pub fn from_toml(text: &str) -> Result<Theme, ThemeError> {
        let mut theme = Theme { styles: BTreeMap::new() };
        theme.overlay(text, DEEPEST)?;
        Ok(theme)
    }

    fn overlay(&mut self, text: &str, depth: usize) -> Result<(), ThemeError> {
        let raw: RawTheme = toml::from_str(text).map_err(Box::new)?;
        if let Some(parent) = raw.inherits {
            let deeper = depth.checked_sub(1).ok_or(ThemeError::Circle)?;
            self.overlay(preset_text(&parent)?, deeper)?;
        }
        for (name, style) in raw.meanings {
            let meaning = Meaning::ALL.iter().copied().find(|meaning| meaning.name() == name);
            let meaning = meaning.ok_or(ThemeError::Meaning(name))?;
            self.styles.insert(meaning, style.validate(meaning)?);
        }
        Ok(())
    }

    pub fn style(&self, meaning: Meaning) -> Style {
        match self.styles.get(&meaning) {
            Some(style) => *style,
            None if meaning == meaning.wider() => Style::new(),
            None => self.style(meaning.wider()),
        }
    }
}

fn preset_text(name: &str) -> Result<&'static str, ThemeError> {
    let found = PRESETS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text).ok_or_else(|| ThemeError::Unknown(name.to_owned()))
}

impl RawStyle {
    fn validate(&self, meaning: Meaning) -> Result<Style, ThemeError> {
        let mut style = Style::new();
        style.fg = colour(self.fg.as_deref(), meaning)?;
        style.bg = colour(self.bg.as_deref(), meaning)?;
        for (wanted, modifier) in self.modifiers() {
            if wanted {
                style = style.add_modifier(modifier);
            }
        }
        Ok(style)
    }

    fn modifiers(&self) -> [(bool, Modifier); 5] {
        [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underline, Modifier::UNDERLINED),
            (self.reverse, Modifier::REVERSED),
        ]
    }
}

fn colour(name: Option<&str>, meaning: Meaning) -> Result<Option<Color>, ThemeError> {
    let Some(name) = name else { return Ok(None) };
    let wrong = |_| ThemeError::Colour { meaning: meaning.name(), colour: name.to_owned() };
    name.parse().map(Some).map_err(wrong)
}

/// As TOML that `from_toml` reads back, every meaning named.
impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "[meanings]")?;
        for meaning in Meaning::ALL {
            writeln!(f, "{} = {{{}}}", meaning.name(), written(self.style(*meaning)))?;
        }
        Ok(())
    }
}

fn written(style: Style) -> String {
    let colours = [("fg", style.fg), ("bg", style.bg)];
    let colours = colours.iter().filter_map(|(side, colour)| {
        colour.map(|colour| format!(" {side} = \"{}\"", colour.to_string().to_lowercase()))
    });
    let modifiers = [
        (Modifier::BOLD, " bold = true"),
        (Modifier::DIM, " dim = true"),
        (Modifier::ITALIC, " italic = true"),
        (Modifier::UNDERLINED, " underline = true"),
        (Modifier::REVERSED, " reverse = true"),
    ];
    let modifiers = modifiers.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    let parts: Vec<String> = colours.chain(modifiers.map(|(_, text)| (*text).to_owned())).collect();
    if parts.is_empty() { String::new() } else { format!("{} ", parts.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_opens_and_prints_itself() {
        for (name, _) in PRESETS {
            let theme = Theme::preset(name).unwrap();
            let again = Theme::from_toml(&theme.to_string()).unwrap();
            for meaning in Meaning::ALL {
                assert_eq!(again.style(*meaning), theme.style(*meaning), "{name} {}", meaning.name());
            }
        }
    }

    #[test]
    fn what_a_theme_does_not_name_falls_back() {
        let theme = Theme::from_toml("[meanings]\ndanger = { fg = \"red\" }").unwrap();
        assert_eq!(theme.style(Meaning::Missed), Style::new().fg(Color::Red));
        assert_eq!(theme.style(Meaning::Border), Style::new());
    }

    #[test]
    fn a_users_theme_inherits_a_preset() {
        let theme = Theme::from_toml("inherits = \"light\"\n[meanings]\nname = { fg = \"blue\" }").unwrap();
        let light = Theme::preset("light").unwrap();
        assert_eq!(theme.style(Meaning::Name), Style::new().fg(Color::Blue));
        assert_eq!(theme.style(Meaning::Ringing), light.style(Meaning::Ringing));
    }

    #[test]
    fn monochrome_has_no_colour() {
        let theme = Theme::preset("monochrome").unwrap();
        for meaning in Meaning::ALL {
            let style = theme.style(*meaning);
            assert_eq!((style.fg, style.bg), (None, None), "{}", meaning.name());
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |text: &str| Theme::from_toml(text).unwrap_err().to_string();
        assert!(error("inherits = \"drak\"").contains("drak"));
        assert!(error("[meanings]\nmised = {}").contains("mised"));
        assert!(error("[meanings]\nmissed = { fg = \"redd\" }").contains("redd"));
        assert!(error("[meanings]\nmissed = { colour = \"red\" }").contains("colour"));
    }
}
