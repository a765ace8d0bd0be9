//! One account, asked by everybody who needs it: its zone and its directory are learnt once and kept.

use std::sync::{Arc, PoisonError, RwLock};

use chrono_tz::Tz;
use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::map::Directory;
use super::rpc::{Patience, Rpc, RpcError};
use super::settings::Settings;
use super::{Clock, wire};

/// The most a directory gives at once.
const PAGE: usize = 10_000;

/// Questions for one directory at most: an account has no hundred thousand employees.
const MOST_PAGES: usize = 10;

/// Where an account's zone is not told and cannot be read.
pub const USUAL_ZONE: Tz = Tz::Europe__Moscow;

pub struct Account {
    pub settings: Settings,
    /// The Data API.
    pub data: Arc<Rpc>,
    /// The Call API.
    pub calls: Arc<Rpc>,
    zone: OnceCell<Tz>,
    directory: RwLock<Option<Arc<Directory>>>,
}

impl Account {
    /// `settings` are [checked](Settings::checked).
    pub fn new(settings: Settings, clock: Clock, patience: Patience) -> Result<Account, RpcError> {
        let rpc = |url: &str| {
            let unusable = |reason: String| RpcError::Unreachable { host: url.into(), reason };
            let at = Url::parse(url).map_err(|error| unusable(error.to_string()))?;
            let rpc = Rpc::new(at, settings.credentials.clone(), clock.clone());
            Ok(Arc::new(rpc.map_err(|error| unusable(error.to_string()))?.with_patience(patience)))
        };
        let (data, calls) = (rpc(&settings.data_url)?, rpc(&settings.call_url)?);
        Ok(Account { settings, data, calls, zone: OnceCell::new(), directory: RwLock::new(None) })
    }

    /// In which the platform tells dates: it is said nowhere, so the account's own is taken, or the setting's.
    pub async fn zone(&self) -> Result<Tz, RpcError> {
        match self.settings.zone {
            Some(zone) => Ok(zone),
            None => self.zone.get_or_try_init(|| self.ask_zone()).await.copied(),
        }
    }

    async fn ask_zone(&self) -> Result<Tz, RpcError> {
        let told = self.get_account().await?.and_then(|account| account.timezone);
        let zone = told.as_deref().and_then(|name| name.trim().parse().ok());
        if zone.is_none() {
            tracing::warn!("the account names no time zone we know: its dates are read as Moscow's");
        }
        Ok(zone.unwrap_or(USUAL_ZONE))
    }

    /// Proves that the account lets us in. `data` is a list of one, or that one itself.
    pub async fn get_account(&self) -> Result<Option<wire::Account>, RpcError> {
        let told: Value = self.data.call("get.account", json!({})).await?.data;
        let one = if told.is_array() { told.get(0).cloned() } else { Some(told) };
        Ok(one.and_then(|one| serde_json::from_value(one).ok()))
    }

    /// As last read; read now when it never was.
    pub async fn directory(&self) -> Result<Arc<Directory>, RpcError> {
        let known = self.directory.read().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some(directory) => Ok(directory),
            None => self.read_directory().await,
        }
    }

    pub async fn read_directory(&self) -> Result<Arc<Directory>, RpcError> {
        // Each is a right of its own: an account that shows us nobody still has calls.
        let employees = self.shown("get.employees").await?;
        let numbers = self.shown("get.virtual_numbers").await?;
        let campaigns = self.shown("get.campaigns").await?;
        let directory = Arc::new(Directory::new(employees, numbers, campaigns));
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Some(directory.clone());
        Ok(directory)
    }

    /// Names and ids of the account's tags.
    pub async fn tags(&self) -> Result<Vec<wire::Tag>, RpcError> {
        self.entries("get.tags").await
    }

    /// As [`entries`](Account::entries), none where we may not see them.
    async fn shown<T: DeserializeOwned>(&self, method: &str) -> Result<Vec<T>, RpcError> {
        match self.entries(method).await {
            Err(error) if error.refusal().is_some_and(|refusal| refusal.trouble().hides()) => {
                tracing::warn!(method, reason = %error, "a directory is not shown to us");
                Ok(vec![])
            }
            read => read,
        }
    }

    /// All entries of a directory that can be read.
    async fn entries<T: DeserializeOwned>(&self, method: &str) -> Result<Vec<T>, RpcError> {
        let mut found = vec![];
        for page in 0..MOST_PAGES {
            let params = json!({ "limit": PAGE, "offset": page * PAGE });
            let rows: Vec<Value> = self.data.call(method, params).await?.data;
            let full = rows.len() == PAGE;
            found.extend(rows.into_iter().filter_map(|row| serde_json::from_value(row).ok()));
            if !full {
                break;
            }
        }
        Ok(found)
    }
}
