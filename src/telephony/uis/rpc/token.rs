//! The token of an endpoint: the key itself, or what a login bought. Bought when it is first needed and again when it
//! has run out, once for all who wait.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{Rpc, RpcError};
use crate::telephony::uis::Credentials;

/// Never shown.
#[derive(Clone, PartialEq)]
pub struct Token(Arc<str>);

impl Token {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

pub struct Keeper {
    credentials: Credentials,
    bought: Mutex<Bought>,
}

#[derive(Default)]
enum Bought {
    #[default]
    Nothing,
    Good(Token),
    /// The same for all who waited for it.
    Failed(RpcError, Instant),
}

/// `expire_at` (or `expire`) stands there too: a token that has run out is noticed by its refusal, which costs nothing
/// and needs no two clocks to agree.
#[derive(Deserialize)]
struct Session {
    access_token: String,
}

impl Keeper {
    pub fn new(credentials: Credentials) -> Keeper {
        Keeper { credentials, bought: Mutex::default() }
    }

    pub async fn token(&self, rpc: &Rpc) -> Result<Token, RpcError> {
        self.other_than(None, rpc).await
    }

    /// Another one than `stale`, which was refused with `error`.
    pub async fn renewed(&self, rpc: &Rpc, stale: &Token, error: RpcError) -> Result<Token, RpcError> {
        match self.credentials {
            Credentials::Key(_) => Err(error),
            Credentials::Login { .. } => self.other_than(Some(stale), rpc).await,
        }
    }

    async fn other_than(&self, stale: Option<&Token>, rpc: &Rpc) -> Result<Token, RpcError> {
        let (login, password) = match &self.credentials {
            Credentials::Key(key) => return Ok(Token(key.as_str().into())),
            Credentials::Login { login, password } => (login, password),
        };
        let mut bought = self.bought.lock().await;
        match &*bought {
            Bought::Good(token) if Some(token) != stale => return Ok(token.clone()),
            Bought::Failed(error, at) if at.elapsed() < shared_for(error) => return Err(error.clone()),
            _ => {}
        }
        let told = buy(rpc, login, password).await;
        *bought = match &told {
            Ok(token) => Bought::Good(token.clone()),
            Err(error) => Bought::Failed(error.clone(), Instant::now()),
        };
        told
    }
}

/// Whoever tries a wrong password again and again is locked out. By a clock that nobody sets back: a wrong time must not
/// keep us out.
fn shared_for(error: &RpcError) -> Duration {
    match error.refusal() {
        Some(refusal) if refusal.trouble().is_lasting() => Duration::from_secs(60),
        _ => Duration::from_secs(1),
    }
}

async fn buy(rpc: &Rpc, login: &str, password: &str) -> Result<Token, RpcError> {
    let params = json!({ "login": login, "password": password });
    let answer = rpc.post("login.user", params).await.map_err(|error| error.without(password))?;
    let Session { access_token } = answer.data;
    Ok(Token(access_token.into()))
}
