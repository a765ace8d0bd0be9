//! The token of an endpoint: the key itself, or what a login bought. Bought when it is first needed and again when it
//! has run out, once for all who wait.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;

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
    bought: Mutex<Option<Token>>,
}

/// `expire_at` (or `expire`) stands there too: a token that has run out is noticed by its refusal, which costs nothing
/// and needs no two clocks to agree.
#[derive(Deserialize)]
struct Session {
    access_token: String,
}

impl Keeper {
    pub fn new(credentials: Credentials) -> Keeper {
        Keeper { credentials, bought: Mutex::new(None) }
    }

    pub async fn token(&self, rpc: &Rpc) -> Result<Token, RpcError> {
        match &self.credentials {
            Credentials::Key(key) => Ok(Token(key.as_str().into())),
            Credentials::Login { login, password } => {
                let mut bought = self.bought.lock().await;
                match &*bought {
                    Some(token) => Ok(token.clone()),
                    None => Ok(bought.insert(buy(rpc, login, password).await?).clone()),
                }
            }
        }
    }

    /// Another one than `stale`, which was refused with `error`.
    pub async fn renewed(&self, rpc: &Rpc, stale: &Token, error: RpcError) -> Result<Token, RpcError> {
        if matches!(self.credentials, Credentials::Key(_)) {
            return Err(error);
        }
        self.bought.lock().await.take_if(|token| token == stale);
        self.token(rpc).await
    }
}

async fn buy(rpc: &Rpc, login: &str, password: &str) -> Result<Token, RpcError> {
    let params = json!({ "login": login, "password": password });
    let answer = rpc.post("login.user", params).await.map_err(|error| error.without(password))?;
    let Session { access_token } = answer.data;
    Ok(Token(access_token.into()))
}
