//! Values that the vendor types in more than one way: ids and phone numbers as numbers or strings, truth as a word.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Text, or a number as text; empty is nothing.
pub fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A whole number; a fraction loses what is behind the point.
pub fn number<'de, D: Deserializer<'de>>(value: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::Number(number) => whole(&number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "as of a fraction: it saturates")]
    let cut = |fraction: f64| fraction as i64;
    number.as_i64().or_else(|| number.as_f64().map(cut))
}

pub fn truth<'de, D: Deserializer<'de>>(value: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::Bool(truth) => Some(truth),
        Value::String(word) => word.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    })
}

/// Entries that can be read; `null` and anything that is no list are an empty one.
pub fn list<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(value: D) -> Result<Vec<T>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::Array(entries) => {
            entries.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
        }
        _ => vec![],
    })
}

/// An object that can be read; `{}` where nothing in it is required.
pub fn object<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    value: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(value)?).ok())
}
