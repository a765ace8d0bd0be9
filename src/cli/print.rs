//! `pult print`: the shipped tables, as a user would write their own.

use std::path::Path;

use clap::Subcommand;

use super::{Failure, existing, launch, output};
use crate::config::Language;
use crate::desk::{Text, Theme};

/// Print the key table, a theme, the words or the configuration, ready to be copied and changed
///
/// A theme that starts with inherits = "dark" needs only what differs. `pult print theme light > my-theme.toml` beside the configuration, then own_theme = "my-theme.toml" under [desk];
/// keys and words likewise with keys = "my-keys.toml", words = "my-words.ftl", where a file needs only what differs.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The keys in force, with the user's own laid over the shipped ones
    Keys,
    /// A theme: dark, light, high-contrast or monochrome; without a name, the one in force
    Theme {
        /// Of a shipped theme
        name: Option<String>,
    },
    /// The shipped words of the desk, in Fluent
    Words {
        /// Of this language
        #[arg(default_value = "ru")]
        language: Language,
    },
    /// A configuration with every setting and what it means
    Config,
}

/// Every setting with its default, for people to start from.
pub const CONFIG_TEMPLATE: &str = include_str!("print/config.toml");

pub fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    // The tables can be printed before anything is set up.
    let desk = || Ok::<_, Failure>(existing(config)?.map(|config| config.desk).unwrap_or_default());
    let text = match &args.what {
        What::Keys => launch::keymap(&desk()?)?.to_string(),
        What::Theme { name: Some(name) } => Theme::preset(name)?.to_string(),
        What::Theme { name: None } => launch::theme(&desk()?)?.to_string(),
        What::Words { language } => Text::shipped(launch::language(*language)).to_owned(),
        What::Config => CONFIG_TEMPLATE.to_owned(),
    };
    output::print(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Keeping, Report};

    /// A configuration of nothing but a section of the template, with every commented setting in it taken at its word.
    fn told(section: &str, next: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let text = CONFIG_TEMPLATE.split(section).nth(1).unwrap().split(next).next().unwrap();
        let setting = |line: &&str| line.contains(" = ") || line.starts_with("# [report.topics");
        let lines: Vec<&str> = text.lines().filter(setting).map(|line| &line[2..]).collect();
        let store = "[store]\npath = \"pult.db\"";
        std::fs::write(&path, format!("{section}\n{}\n{store}\n", lines.join("\n"))).unwrap();
        let read = Config::read(&path).unwrap();
        std::fs::write(&path, store).unwrap();
        assert_eq!(Config { report: read.report.clone(), ..Config::read(&path).unwrap() }, read);
        read
    }

    #[test]
    fn the_template_tells_the_true_defaults_of_the_report() {
        let report = told("[report]", "[store]").report;
        assert_eq!(report.topics["Имплантация"].long_wait, Report::default().usual.long_wait);
        assert_eq!(Report { topics: Report::default().topics, ..report }, Report::default());
    }

    #[test]
    fn the_template_tells_the_true_defaults_of_the_recordings() {
        let Keeping { fetch, folder, keep_days, .. } = told("[recordings]", "[log]").recordings;
        assert_eq!((fetch, keep_days), (true, 90));
        assert!(folder.ends_with("pult.db.recordings"));
    }
}
