//! The import rules of ARCHITECTURE.md, held by reading the `use` lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// Part, and the parts it may name besides itself.
const RULES: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("ledger", &["domain"]),
    ("telephony", &["domain"]),
    ("clinic", &["domain"]),
    ("engine", &["domain", "store", "ledger", "telephony"]),
    ("desk", &["domain"]),
    ("export", &["domain", "desk"]),
    ("host", &["domain", "engine", "desk", "export"]),
    ("config", &["domain"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The parts a file names: every `crate::part` outside comments.
fn named(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn every_part_imports_only_what_the_map_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = vec![];
    for path in sources(&root) {
        let inside = path.strip_prefix(&root).unwrap();
        let part = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some((_, allowed)) = RULES.iter().find(|(name, _)| *name == part) else { continue };
        for other in named(&fs::read_to_string(&path).unwrap()) {
            if other != part && !allowed.contains(&other.as_str()) {
                broken.push(format!("{} names crate::{other}", inside.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn nothing_below_the_edges_asks_for_a_clock_or_the_environment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = vec![];
    for part in ["domain", "desk", "export", "store", "ledger", "clinic", "telephony", "engine"] {
        for path in sources(&root.join(part)).into_iter().chain([root.join(part).with_extension("rs")]) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for call in
                ["Utc::now", "Local::now", "SystemTime::now", "env::var", "thread_local!", "static mut"]
            {
                if code.contains(call) {
                    broken.push(format!("{} says {call}", path.strip_prefix(&root).unwrap().display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
