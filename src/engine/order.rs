//! Orders to the telephony: who may place one, and what comes of it.

use std::time::Duration;

use tokio::sync::oneshot;

use super::{Engine, Operator};
use crate::domain::call::{CallKey, Snapshot};
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::id::CallId;
use crate::store::calls;
use crate::telephony::{Order, OrderError, Placed};

/// How long a provider may think about an order.
const PATIENCE: Duration = Duration::from_secs(10);

/// An order as a desk words it: calls by our id, the provider's key still to be found.
pub(super) enum Wish {
    Dial(Order),
    /// Of a call, by what the provider calls it.
    Of(CallId, Box<dyn FnOnce(CallKey) -> Order + Send>),
    Play {
        call: CallId,
        extension: String,
    },
}

/// `None` when the request is no order.
pub(super) fn from(request: &Request, operator: &Operator) -> Option<Result<Wish, Refusal>> {
    let own = || operator.extension.clone().ok_or(Refusal::NoExtension);
    Some(match request.clone() {
        Request::Dial(number) => own().map(|extension| Wish::Dial(Order::Dial { extension, number })),
        Request::PlayOnPhone(call) => own().map(|extension| Wish::Play { call, extension }),
        Request::HangUp(call) => of(call, Order::HangUp),
        Request::Hold(call) => of(call, Order::Hold),
        Request::Unhold(call) => of(call, Order::Unhold),
        Request::HandOver(call) => of(call, Order::HandOver),
        Request::TakeBack(call) => of(call, Order::TakeBack),
        Request::Transfer { call, to } => of(call, |call| Order::Transfer { call, to }),
        Request::Consult { call, to } => of(call, |call| Order::Consult { call, to }),
        Request::Tag { call, tag } => of(call, |call| Order::Tag { call, tag }),
        _ => return None,
    })
}

fn of(call: CallId, order: impl FnOnce(CallKey) -> Order + Send + 'static) -> Result<Wish, Refusal> {
    Ok(Wish::Of(call, Box::new(order)))
}

impl Engine {
    pub(super) async fn place(&self, wish: Wish) -> Result<Reply, Refusal> {
        let orders = self.orders.as_ref().ok_or(Refusal::ProviderDown)?;
        let order = match wish {
            Wish::Dial(order) => order,
            Wish::Of(call, order) => order(self.snapshot_of(call).await?.key),
            Wish::Play { call, extension } => {
                let recording = self.snapshot_of(call).await?.recording.ok_or(Refusal::NotFound)?;
                Order::PlayOnPhone { extension, recording }
            }
        };
        let taken = match order {
            Order::Dial { .. } => Reply::Dialling,
            _ => Reply::Done,
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

    async fn snapshot_of(&self, call: CallId) -> Result<Snapshot, Refusal> {
        let store = self.figures.store.clone();
        tokio::task::spawn_blocking(move || store.read(|conn| calls::board_call(conn, call)))
            .await
            .map_err(|_| Refusal::NotFound)?
            .map_err(|error| Refusal::Store(error.to_string()))?
            .map(|call| call.snapshot)
            .ok_or(Refusal::NotFound)
    }
}

fn refusal(error: OrderError) -> Refusal {
    match error {
        OrderError::NotConnected => Refusal::ProviderDown,
        other => Refusal::ProviderRefused(other.to_string()),
    }
}
