//! The Call API and the Data API as far as orders and lists need them: answers as told, remembers what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use serde_json::{Value, json};

type Answer = Box<dyn FnMut(&Value) -> Value + Send>;

#[derive(Clone, Default)]
pub struct Api(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    asked: Vec<(String, Value)>,
    answers: HashMap<String, Answer>,
}

impl Api {
    /// `result` or `error` of an answer.
    pub fn on(&self, method: &str, answer: impl FnMut(&Value) -> Value + Send + 'static) {
        self.0.lock().unwrap().answers.insert(method.to_owned(), Box::new(answer));
    }

    pub fn data(&self, method: &str, data: Value) {
        self.on(method, move |_| json!({ "result": { "data": data.clone(), "metadata": {} } }));
    }

    pub fn success(&self, method: &str) {
        self.data(method, json!({ "success": "true" }));
    }

    pub fn refuses(&self, method: &str, code: i64, mnemonic: &str) {
        let error = json!({ "code": code, "message": "no", "data": { "mnemonic": mnemonic } });
        self.on(method, move |_| json!({ "error": error.clone() }));
    }

    /// What was asked of `methods`, in order.
    pub fn asked(&self, methods: &[&str]) -> Vec<(String, Value)> {
        let told = self.0.lock().unwrap();
        told.asked.iter().filter(|(method, _)| methods.contains(&method.as_str())).cloned().collect()
    }

    pub async fn open(&self) -> String {
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v", socket.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(socket, app).await });
        url
    }
}

async fn answer(State(api): State<Api>, body: String) -> String {
    let question: Value = serde_json::from_str(&body).unwrap();
    let method = question["method"].as_str().unwrap().to_owned();
    let mut told = api.0.lock().unwrap();
    told.asked.push((method.clone(), question["params"].clone()));
    let none = json!({ "error": { "code": -32601, "message": "no such method", "data": { "mnemonic": "method_not_found" } } });
    let mut answer = told.answers.get_mut(&method).map_or(none, |answer| answer(&question["params"]));
    answer["jsonrpc"] = "2.0".into();
    answer["id"] = question["id"].clone();
    answer.to_string()
}
