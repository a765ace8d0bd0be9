//! Raw TOML to a validated configuration; nothing below looks up a path, HOME or the environment.
