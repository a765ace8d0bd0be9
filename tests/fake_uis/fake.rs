//! UIS on loopback, for tests and for trying pult by hand: Data API v2.0, Call API v4.0, notifications and recordings,
//! built from the documented shapes alone. It knows nothing of pult and takes no field that the vendor has not: a client
//! that invents one fails. What it tells follows from its [`World`] and the clock it is given.
//!
//! Shared by several test binaries: `#[path = "fake_uis/fake.rs"] mod fake;`.

mod call_api;
mod data_api;
pub mod faults;
mod fields;
mod filter;
mod limits;
pub mod media;
pub mod notices;
pub mod orders;
mod params;
mod rows;
mod rpc;
pub mod templates;
mod wire;
pub mod world;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::net::TcpListener;

use faults::{Faults, Target};
use limits::Desk;
use rpc::{Fault, Question};
use world::World;

pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// A question that reached us whole, for tests that count them. Holds no token and no password.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub params: Value,
    /// The mnemonic of the error it was answered with.
    pub refused: Option<&'static str>,
}

/// A handle; clones share one server, which stops with its runtime.
#[derive(Clone)]
pub struct Fake {
    pub address: SocketAddr,
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    world: Mutex<World>,
    /// Who is logged in and how much they may still ask.
    desk: Mutex<Desk>,
    faults: Faults,
    asked: Mutex<Vec<Asked>>,
}

impl Fake {
    pub async fn start(world: World, clock: Clock) -> Fake {
        Fake::listen("127.0.0.1:0".parse().unwrap(), world, clock).await
    }

    pub async fn listen(address: SocketAddr, mut world: World, clock: Clock) -> Fake {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        world.media = format!("http://{address}");
        let faults = Faults::default();
        let inner = Arc::new(Inner {
            clock,
            world: Mutex::new(world),
            desk: Mutex::default(),
            faults: faults.clone(),
            asked: Mutex::default(),
        });
        let routes = Router::new()
            .route("/v2.0", post(data_api))
            .route("/v4.0", post(call_api))
            .route("/system/media/talk/{id}/{hash}/", get(media::talk))
            .route("/system/media/wav/{id}/{hash}/", get(media::talk))
            .route("/{id}/{hash}", get(media::talk))
            .with_state(inner.clone());
        let served = axum::serve(wire::Gate { listener, faults }, routes);
        tokio::spawn(served.into_future());
        Fake { address, inner }
    }

    /// `http://127.0.0.1:PORT`, without a slash; the Data API is at `/v2.0`, the Call API at `/v4.0`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Looks at the world, or changes it.
    pub fn world<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        change(&mut self.inner.world.lock().unwrap())
    }

    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// What is left of the day's and the minute's questions from now on.
    pub fn limit(&self, day: u32, minute: u32) {
        self.inner.desk.lock().unwrap().limit(day, minute);
    }

    /// Every token given by `login.user` so far is worth nothing any more; the permanent key stays.
    pub fn expire_tokens(&self) {
        self.inner.desk.lock().unwrap().expire();
    }

    /// Every token given by `login.user` so far stops being worth anything after so many more questions.
    pub fn expire_tokens_after(&self, questions: u32) {
        self.inner.desk.lock().unwrap().expire_after(questions);
    }

    /// What was asked until now, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.inner.asked.lock().unwrap().clone()
    }

    /// How often a method was asked, refusals included.
    pub fn times_asked(&self, method: &str) -> usize {
        self.inner.asked.lock().unwrap().iter().filter(|asked| asked.method == method).count()
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.inner.clock)()
    }
}

async fn data_api(State(inner): State<Arc<Inner>>, body: Bytes) -> Response {
    inner.answer(Target::Data, &body, data_api::answer).await
}

async fn call_api(State(inner): State<Arc<Inner>>, body: Bytes) -> Response {
    inner.answer(Target::Call, &body, call_api::answer).await
}

/// One API's methods.
type Methods = fn(&Question, &mut World, DateTime<Utc>) -> Result<Value, Fault>;

impl Inner {
    async fn answer(&self, target: Target, body: &[u8], methods: Methods) -> Response {
        let now = (self.clock)();
        let (method, reply) = match Question::read(body) {
            Ok(question) => {
                let result = self.admit(&question, now).and_then(|admitted| match admitted {
                    Some(result) => Ok(result),
                    None => methods(&question, &mut self.world.lock().unwrap(), now),
                });
                self.note(&question, result.as_ref().err());
                let limits = self.desk.lock().unwrap().charge(result.is_ok(), now);
                let reply = rpc::reply(&question.id, result, limits);
                (question.method, reply)
            }
            Err((id, fault)) => (String::new(), rpc::reply(&id, Err(fault), None)),
        };
        let typed = [(header::CONTENT_TYPE, "application/json; charset=UTF-8")];
        let whole = |body| (typed, body).into_response();
        self.faults.spoil((target, &method), reply.to_string().into_bytes(), whole).await
    }

    /// Logins are answered here; anything else only with a token that is worth something.
    fn admit(&self, question: &Question, now: DateTime<Utc>) -> Result<Option<Value>, Fault> {
        let world = self.world.lock().unwrap();
        self.desk.lock().unwrap().admit(question, &world, now)
    }

    fn note(&self, question: &Question, refused: Option<&Fault>) {
        let mut params = question.params.clone();
        for secret in ["access_token", "login", "password"] {
            params.remove(secret);
        }
        let refused = refused.map(|fault| fault.mnemonic);
        let method = question.method.clone();
        self.asked.lock().unwrap().push(Asked { method, params: Value::Object(params), refused });
    }
}

/// The parts of a path as they stand in it.
fn parts(uri: &Uri) -> Vec<&str> {
    uri.path().split('/').filter(|part| !part.is_empty()).collect()
}
