//! The envelope of JSON-RPC as the vendor documents it: what is asked, and results and errors with their mnemonics.

use serde_json::{Map, Value, json};

pub struct Question {
    pub id: Value,
    pub method: String,
    pub params: Map<String, Value>,
}

/// An error: its group and mnemonic, and the parameter it is about.
#[derive(Clone, Debug)]
pub struct Fault {
    pub code: i32,
    pub mnemonic: &'static str,
    pub field: Option<String>,
}

impl Fault {
    pub fn new(code: i32, mnemonic: &'static str) -> Fault {
        Fault { code, mnemonic, field: None }
    }

    /// About a parameter: -32602.
    pub fn of(mnemonic: &'static str, field: &str) -> Fault {
        Fault { code: -32602, mnemonic, field: Some(field.to_owned()) }
    }

    /// Those of parsing, the envelope, authentication and the address tell no limits.
    fn tells_limits(&self) -> bool {
        !matches!(self.code, -32700 | -32600 | -32601 | -32001 | -32003 | -32099)
    }
}

impl Question {
    /// The error comes with the id to answer it under, as far as one was read.
    pub fn read(body: &[u8]) -> Result<Question, (Value, Fault)> {
        let fault = |code, mnemonic| (Value::Null, Fault::new(code, mnemonic));
        let parsed: Value = serde_json::from_slice(body).map_err(|_| fault(-32700, "parse_error"))?;
        let Value::Object(mut envelope) = parsed else {
            return Err(match parsed.is_array() {
                true => fault(-32099, "batch_opreations_not_supported"),
                false => fault(-32600, "invalid_request"),
            });
        };
        let Some(id) = envelope.remove("id").filter(|id| id.is_string() || id.is_number()) else {
            return Err(fault(-32099, "notifications_not_supported"));
        };
        let version = envelope.remove("jsonrpc");
        let (method, params) = (envelope.remove("method"), envelope.remove("params"));
        match (method, params) {
            (Some(Value::String(method)), Some(Value::Object(params)))
                if version == Some(json!("2.0")) && envelope.is_empty() =>
            {
                Ok(Question { id, method, params })
            }
            _ => Err((id, Fault::new(-32600, "invalid_request"))),
        }
    }
}

pub fn reply(id: &Value, result: Result<Value, Fault>, limits: Option<Value>) -> Value {
    match result {
        Ok(mut result) => {
            if let (Some(limits), Some(result)) = (limits, result.as_object_mut().filter(|r| !r.is_empty())) {
                let metadata = result.entry("metadata").or_insert_with(|| json!({}));
                metadata["limits"] = limits;
            }
            json!({"jsonrpc": "2.0", "id": id, "result": result})
        }
        Err(fault) => json!({"jsonrpc": "2.0", "id": id, "error": error(&fault, limits)}),
    }
}

fn error(fault: &Fault, limits: Option<Value>) -> Value {
    let mut data = json!({"mnemonic": fault.mnemonic});
    if let Some(field) = &fault.field {
        data["field"] = json!(field);
    }
    if let Some(limits) = limits.filter(|_| fault.tells_limits()) {
        data["metadata"] = json!({"limits": limits});
    }
    json!({"code": fault.code, "message": format!("The request was refused: {}", fault.mnemonic), "data": data})
}
