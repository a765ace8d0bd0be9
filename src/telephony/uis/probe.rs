//! One look at an account: whether it lets us in, and what we may see there. Changes nothing, and costs a few points.

use serde_json::{Value, json};

use super::account::Account;
use super::limits::Limits;
use super::rpc::{Rpc, RpcError};

/// What needs a right or a component of its own.
const DIRECTORIES: [&str; 4] = ["get.employees", "get.virtual_numbers", "get.campaigns", "get.tags"];

#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// As the account names it, else as we read its dates.
    pub zone: String,
    /// Questions left.
    pub limits: Limits,
    /// Directories that are not shown to us, each with why.
    pub hidden: Vec<(&'static str, RpcError)>,
    /// Why no call could be placed or seen.
    pub calls: Option<RpcError>,
}

/// Why an account was not reached.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Unreached {
    #[error("{0}")]
    Settings(String),
    #[error("{0}")]
    Answer(RpcError),
}

/// `Err`: the account does not let us in.
pub async fn probe(account: &Account) -> Result<Found, RpcError> {
    let zone = account.zone().await?;
    let mut hidden = vec![];
    for method in DIRECTORIES {
        if let Err(error) = account.data.call::<_, Value>(method, json!({ "limit": 1 })).await {
            hidden.push((method, error));
        }
    }
    Ok(Found {
        zone: zone.name().into(),
        limits: account.data.meter().limits(),
        hidden,
        calls: listed(&account.calls).await.err(),
    })
}

async fn listed(calls: &Rpc) -> Result<(), RpcError> {
    calls.call::<_, Value>("list.calls", json!({})).await.map(|_| ())
}
