//! Orders to the telephony: who may place one, and what comes of it.

use std::time::Duration;

use tokio::sync::oneshot;

use super::{Engine, Operator};
use crate::domain::call::CallKey;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::id::CallId;
use crate::store::calls;
use crate::telephony::{Order, OrderError, Placed};

/// How long a provider may think about an order.
const PATIENCE: Duration = Duration::from_secs(10);

/// An order as a desk words it: calls by our id, the provider's key still to be found.
pub(super) enum Wish {
    Dial(Order),
    HangUp(CallId),
    Transfer { call: CallId, to: String },
}

/// `None` when the request is no order.
pub(super) fn from(request: &Request, operator: &Operator) -> Option<Result<Wish, Refusal>> {
    match request {
        Request::Dial(number) => Some(match operator.extension.clone() {
            Some(extension) => Ok(Wish::Dial(Order::Dial { extension, number: *number })),
            None => Err(Refusal::NoExtension),
        }),
        Request::HangUp(call) => Some(Ok(Wish::HangUp(*call))),
        Request::Transfer { call, to } => Some(Ok(Wish::Transfer { call: *call, to: to.clone() })),
        _ => None,
    }
}

impl Engine {
    pub(super) async fn place(&self, wish: Wish) -> Result<Reply, Refusal> {
        let orders = self.orders.as_ref().ok_or(Refusal::ProviderDown)?;
        let order = match wish {
            Wish::Dial(order) => order,
            Wish::HangUp(call) => Order::HangUp(self.key_of(call).await?),
            Wish::Transfer { call, to } => Order::Transfer { call: self.key_of(call).await?, to },
        };
        let taken = match order {
            Order::Dial { .. } => Reply::Dialling,
            Order::HangUp(_) | Order::Transfer { .. } => Reply::Done,
        };
        let (done, result) = oneshot::channel();
        let placed = async {
            orders.send(Placed { order, done }).await.map_err(|_| Refusal::ProviderDown)?;
            result.await.map_err(|_| Refusal::ProviderDown)?.map_err(refusal)
        };
        let silent = || Err(Refusal::ProviderRefused(format!("no answer within {} s", PATIENCE.as_secs())));
        tokio::time::timeout(PATIENCE, placed).await.unwrap_or_else(|_| silent())?;
        Ok(taken)
    }

    async fn key_of(&self, call: CallId) -> Result<CallKey, Refusal> {
        let store = self.figures.store.clone();
        tokio::task::spawn_blocking(move || store.read(|conn| calls::board_call(conn, call)))
            .await
            .map_err(|_| Refusal::NotFound)?
            .map_err(|error| Refusal::Store(error.to_string()))?
            .map(|call| call.snapshot.key)
            .ok_or(Refusal::NotFound)
    }
}

fn refusal(error: OrderError) -> Refusal {
    match error {
        OrderError::NotConnected => Refusal::ProviderDown,
        other => Refusal::ProviderRefused(other.to_string()),
    }
}
