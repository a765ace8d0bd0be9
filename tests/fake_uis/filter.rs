//! Filters of `get.*`, simple and as trees, with the documented operators that need no other language.

use serde_json::{Map, Value};

use super::fields::Field;
use super::rpc::Fault;

type Row = Map<String, Value>;

/// Whether a row passes.
pub fn passes(filter: &Value, row: &Row, fields: &[Field]) -> Result<bool, Fault> {
    if let Some(filters) = filter.get("filters") {
        let each = filters.as_array().ok_or_else(|| Fault::of("data_type_error", "filter.filters"))?;
        let each = each.iter().map(|one| passes(one, row, fields)).collect::<Result<Vec<_>, _>>()?;
        return match filter["condition"].as_str() {
            Some("and") => Ok(each.into_iter().all(|passed| passed)),
            Some("or") => Ok(each.into_iter().any(|passed| passed)),
            _ => Err(Fault::of("invalid_parameter_value", "filter.condition")),
        };
    }
    let name =
        filter["field"].as_str().ok_or_else(|| Fault::of("required_parameter_missed", "filter.field"))?;
    if !fields.iter().any(|field| field.name == name && field.filtered) {
        return Err(Fault::of("filter_prohibited", name));
    }
    compare(
        filter["operator"].as_str().unwrap_or_default(),
        row.get(name).unwrap_or(&Value::Null),
        &filter["value"],
    )
}

fn compare(operator: &str, found: &Value, wanted: &Value) -> Result<bool, Fault> {
    let among = |list: &Value| list.as_array().is_some_and(|list| list.contains(found));
    Ok(match operator {
        "=" => found == wanted,
        "!=" => found != wanted,
        "<" => number(found) < number(wanted),
        ">" => number(found) > number(wanted),
        "<=" => number(found) <= number(wanted),
        ">=" => number(found) >= number(wanted),
        "in" => among(wanted),
        "not_in" => !among(wanted),
        "is_null" => found.is_null(),
        "is_not_null" => !found.is_null(),
        "like" | "ilike" => like(found, wanted),
        "not_like" | "not_ilike" => !like(found, wanted),
        _ => return Err(Fault::of("invalid_parameter_value", "filter.operator")),
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// With `%` at either end.
fn like(found: &Value, wanted: &Value) -> bool {
    let (found, wanted) = (found.as_str().unwrap_or_default(), wanted.as_str().unwrap_or_default());
    let middle = wanted.trim_matches('%');
    match (wanted.starts_with('%'), wanted.ends_with('%')) {
        (true, true) => found.contains(middle),
        (true, false) => found.ends_with(middle),
        (false, true) => found.starts_with(middle),
        (false, false) => found == wanted,
    }
}
