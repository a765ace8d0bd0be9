//! The live path over loopback TCP: a small PBX that replays recordings, breaks off, restarts and lies.

use std::time::Duration;

use chrono::{DateTime, Utc};
use pult::domain::call::{CallKey, CallResult, Direction, Phase};
use pult::domain::desk::Link;
use pult::domain::phone::{Phone, Remote};
use pult::domain::reason::Trouble;
use pult::telephony::asterisk::client::{Found, Loss, Pace, probe};
use pult::telephony::asterisk::{Asterisk, Settings};
use pult::telephony::{Event, Order, OrderError, Placed, Provider};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::pbx::{Pbx, SECRET};
use crate::recorded::{Recorded, replay};

/// The desk's side of a connection.
pub struct Desk {
    events: mpsc::Receiver<Event>,
    orders: mpsc::Sender<Placed>,
    calls: Vec<pult::domain::call::Snapshot>,
}

pub fn pace() -> Pace {
    Pace {
        first_pause: Duration::from_millis(10),
        longest_pause: Duration::from_millis(50),
        refused_pause: Duration::from_millis(20),
        patience: Duration::from_secs(2),
        silence: Duration::from_millis(300),
        recheck: Duration::from_secs(60),
    }
}

pub fn settings(port: u16, secret: &str) -> Settings {
    let settings = Settings {
        host: "127.0.0.1".into(),
        port,
        username: "pult".into(),
        secret: secret.into(),
        trunks: vec!["trunk".into()],
        extensions: vec!["101".into(), "102".into(), "103".into()],
        context: "from-internal".into(),
        technology: "PJSIP".into(),
        shelf: None,
    };
    settings.checked().unwrap()
}

fn desk(port: u16, secret: &str) -> Desk {
    desk_with(settings(port, secret), pace(), 64)
}

/// `room`: how many events wait until the provider must.
pub fn desk_with(settings: Settings, pace: Pace, room: usize) -> Desk {
    let (send, events) = mpsc::channel(room);
    let (orders, receive) = mpsc::channel(4);
    tokio::spawn(Asterisk::new(settings, Utc::now).with_pace(pace).run(send, receive));
    Desk { events, orders, calls: Vec::new() }
}

impl Desk {
    async fn next(&mut self) -> Event {
        let event =
            timeout(Duration::from_secs(10), self.events.recv()).await.expect("an event").expect("open");
        match &event {
            Event::Call(news) => match self.calls.iter_mut().find(|call| call.key == news.key) {
                Some(call) => {
                    assert!(call.is_live() || !news.is_live(), "a call came back to life");
                    *call = *news.clone();
                }
                None => self.calls.push(*news.clone()),
            },
            Event::Merged { gone, .. } => self.calls.retain(|call| call.key != *gone),
            Event::Live { calls: keys, .. } => {
                let ghosts = self.calls.iter().filter(|call| call.is_live() && !keys.contains(&call.key));
                assert_eq!(ghosts.count(), 0);
            }
            _ => {}
        }
        event
    }

    pub async fn until(&mut self, mut wanted: impl FnMut(&Event) -> bool) -> Event {
        loop {
            let event = self.next().await;
            if wanted(&event) {
                return event;
            }
        }
    }

    async fn until_down(&mut self) -> (DateTime<Utc>, String) {
        match self.until(|event| matches!(event, Event::Link(Link::Down { .. }))).await {
            Event::Link(Link::Down { since, reason }) => (since, reason.details),
            _ => unreachable!(),
        }
    }

    async fn until_calls(&mut self, ended: usize) {
        while self.calls.iter().filter(|call| !call.is_live()).count() < ended {
            self.next().await;
        }
    }

    pub async fn order(&self, order: Order) -> oneshot::Receiver<Result<(), OrderError>> {
        let (done, result) = oneshot::channel();
        self.orders.send(Placed { order, done }).await.ok().unwrap();
        result
    }
}

pub fn is_up(event: &Event) -> bool {
    matches!(event, Event::Link(Link::Up { .. }))
}

#[tokio::test]
async fn recordings_come_out_live_as_they_do_from_a_file() {
    for (name, speed) in
        [("a3_queue_local_members", 40.0), ("d_two_calls", f64::INFINITY), ("h_attended_transfer", 100.0)]
    {
        let recorded = Recorded::open(name);
        let wanted = replay(&[Recorded::open(name)], usize::MAX);
        let mut pbx = Pbx::listen().await;
        let mut desk = desk(pbx.port, SECRET);
        let mut line = pbx.accept().await;
        line.answer_lists(&[]).await;
        line.play(&recorded, speed).await;
        desk.until_calls(wanted.len()).await;
        desk.calls.sort_by_key(|call| call.started_at);
        for (call, wanted) in desk.calls.iter().zip(&wanted) {
            let transfers = |call: &pult::domain::call::Snapshot| {
                call.transfers.iter().map(|t| t.to.clone()).collect::<Vec<_>>()
            };
            assert_eq!(
                (&call.key, call.result, &call.agent),
                (&wanted.key, wanted.result, &wanted.agent),
                "{name}"
            );
            assert_eq!(
                (&call.remote, &call.queue, transfers(call)),
                (&wanted.remote, &wanted.queue, transfers(wanted))
            );
        }
    }
}

#[tokio::test]
async fn a_break_in_mid_call_keeps_what_runs_and_ends_what_does_not() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("k_reconnect").until(4.0), f64::INFINITY).await;
    while desk.calls.iter().filter(|call| call.phase == Phase::Talking).count() < 2 {
        desk.next().await;
    }
    drop(line);
    desk.until_down().await;
    let mut line = pbx.accept().await;
    let newclient = Recorded::open("k_reconnect.newclient");
    line.answer_lists(&newclient.lists()).await;
    let Event::Live { calls: keys, .. } = desk.until(|event| matches!(event, Event::Live { .. })).await
    else {
        panic!()
    };
    assert_eq!(keys.len(), 3);
    line.play(&newclient.from(2.0), f64::INFINITY).await;
    desk.until_calls(3).await;
    let results: Vec<_> =
        desk.calls.iter().map(|call| (call.direction, call.result, call.agent.as_deref())).collect();
    assert!(results.contains(&(Direction::Incoming, Some(CallResult::Answered), Some("101"))), "{results:?}");
    assert!(results.contains(&(Direction::Incoming, Some(CallResult::Missed), None)));
    assert!(results.contains(&(Direction::Outgoing, Some(CallResult::Answered), Some("103"))));
}

#[tokio::test]
async fn a_restart_leaves_no_ghost() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("k_reconnect").until(4.0), f64::INFINITY).await;
    while desk.calls.len() < 3 {
        desk.next().await;
    }
    drop(line);
    let (lost, _) = desk.until_down().await;
    pbx.refuse().await;
    pbx.accept().await.answer_lists(&[]).await;
    desk.until_calls(3).await;
    for call in &desk.calls {
        assert!(call.result.is_some() && call.ended_at == Some(lost), "{call:#?}");
    }
}

#[tokio::test]
async fn an_outage_is_one_from_its_first_loss_to_the_next_connection() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    assert_eq!(desk.next().await, Event::Link(Link::Connecting));
    drop(pbx.accept().await);
    assert!(is_up(&desk.next().await));
    let (since, reason) = desk.until_down().await;
    pbx.refuse().await;
    let Event::Link(Link::Down { since: still, reason: other }) = desk.next().await else { panic!() };
    assert_eq!(still, since);
    assert_ne!(reason, other.details);
    assert_eq!(other.trouble, Trouble::Login);
    pbx.refuse().await;
    let _line = pbx.accept().await;
    let Event::Link(Link::Up { since: again }) = desk.next().await else { panic!() };
    assert!(again > since);
}

#[tokio::test]
async fn a_peer_that_trickles_does_not_hold_the_login() {
    let mut pbx = Pbx::listen().await;
    let hurried = Pace { patience: Duration::from_millis(200), ..pace() };
    let mut desk = desk_with(settings(pbx.port, SECRET), hurried, 64);
    let mut line = pbx.pick_up().await;
    let trickling = tokio::spawn(async move {
        while line.try_send("Event: Newstate\r\n\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let (_, reason) = timeout(Duration::from_secs(3), desk.until_down()).await.unwrap();
    assert_eq!(reason, "what answers is not an Asterisk manager interface");
    trickling.await.unwrap();
}

#[tokio::test]
async fn a_peer_that_floods_does_not_hold_the_login() {
    let mut pbx = Pbx::listen().await;
    let mut desk =
        desk_with(settings(pbx.port, SECRET), Pace { patience: Duration::from_secs(60), ..pace() }, 64);
    let mut line = pbx.pick_up().await;
    line.send(&"Event: Newstate\r\n\r\n".repeat(1_000)).await;
    assert_eq!(desk.until_down().await.1, "what answers is not an Asterisk manager interface");
}

#[tokio::test]
async fn a_slow_store_is_not_taken_for_a_silent_pbx() {
    let mut pbx = Pbx::listen().await;
    let hurried = Pace { silence: Duration::from_millis(100), ..pace() };
    let mut desk = desk_with(settings(pbx.port, SECRET), hurried, 1);
    let mut line = pbx.accept().await;
    desk.until(is_up).await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("min/b3_direct_missed"), f64::INFINITY).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (tell, mut told) = oneshot::channel::<()>();
    let answering = tokio::spawn(async move {
        tokio::select! { _ = line.order() => {}, _ = &mut told => {} }
    });
    while let Ok(Some(event)) = timeout(Duration::from_millis(300), desk.events.recv()).await {
        assert!(!matches!(event, Event::Link(_)), "{event:?}");
    }
    tell.send(()).unwrap();
    answering.await.unwrap();
}

#[tokio::test]
async fn a_user_who_may_not_list_still_gets_no_ghosts() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.refuse_lists().await;
    line.play(&Recorded::open("k_reconnect").until(4.0), f64::INFINITY).await;
    while desk.calls.len() < 3 {
        desk.next().await;
    }
    drop(line);
    let mut line = pbx.accept().await;
    line.refuse_lists().await;
    let live = desk.until(|event| matches!(event, Event::Live { .. })).await;
    assert_eq!(live, Event::Live { provider: "asterisk".into(), calls: vec![] });
    assert!(desk.calls.iter().all(|call| !call.is_live()));
}

#[tokio::test]
async fn a_refused_login_is_said_and_tried_again_without_the_secret_in_it() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, "wrong-secret");
    pbx.refuse().await;
    let (_, reason) = desk.until_down().await;
    assert!(reason.contains("refuses the login") && !reason.contains("wrong-secret"), "{reason}");
    pbx.refuse().await;
}

#[tokio::test]
async fn a_probe_says_who_answers_or_why_nobody() {
    let mut pbx = Pbx::listen().await;
    let (good, bad) = (settings(pbx.port, SECRET), settings(pbx.port, "wrong"));
    let silent = tokio::spawn(probing(good.clone()));
    drop(pbx.accept().await);
    let banner = "Asterisk Call Manager/11.0.0".to_owned();
    assert_eq!(silent.await.unwrap(), Ok(Found { banner: banner.clone(), missing: vec![] }));
    // As a PBX answers a user with `write = reporting`, and one who may do what we need.
    for (more, missing) in [("", vec!["originate", "call"]), ("Originate: x\r\nRedirect: x\r\n", vec![])] {
        let telling = tokio::spawn(probing(good.clone()));
        let mut line = pbx.accept().await;
        let action = line.action().await;
        assert_eq!(action["Action"], "ListCommands");
        line.send(&format!(
            "Response: Success\r\nActionID: {}\r\n{more}\
             CoreShowChannels: List currently active channels.  (Priv: system,reporting,all)\r\n\
             Ping: Keepalive command.  (Priv: <none>)\r\n\r\n",
            action["ActionID"]
        ))
        .await;
        assert_eq!(telling.await.unwrap(), Ok(Found { banner: banner.clone(), missing }));
    }
    let refused = tokio::spawn(probing(bad));
    pbx.refuse().await;
    assert_eq!(refused.await.unwrap(), Err(Loss::Refused));
}

async fn probing(settings: Settings) -> Result<Found, Loss> {
    probe(&settings, &pace()).await
}

#[tokio::test]
async fn silence_is_a_loss() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    assert_eq!(line.any_action().await["Action"], "Ping");
    let (_, reason) = desk.until_down().await;
    assert_eq!(reason, "the PBX does not answer");
}

#[tokio::test]
async fn nothing_listening_is_said_and_orders_are_refused() {
    let pbx = Pbx::listen().await;
    let port = pbx.port;
    drop(pbx);
    let mut desk = desk(port, SECRET);
    desk.until_down().await;
    let order = desk.order(Order::Dial { extension: "101".into(), number: Phone(79161234567) }).await;
    assert_eq!(order.await.unwrap(), Err(OrderError::NotConnected));
}

#[tokio::test]
async fn forged_lists_and_responses_are_nobodys() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    desk.until(|event| matches!(event, Event::Live { .. })).await;
    line.play(&Recorded::open("k_reconnect").until(4.0), f64::INFINITY).await;
    line.send("Event: CoreShowChannelsComplete\r\nActionID: 1\r\nEventList: Complete\r\n\r\n").await;
    line.send("Response: Success\r\nActionID: 1\r\nMessage: x\r\n\r\n").await;
    line.send("Event: CoreShowChannel\r\nActionID: 1\r\nChannel: PJSIP/trunk-9\r\nChannelState: 6\r\nUniqueid: 9.9\r\nLinkedid: 9.9\r\n\r\n").await;
    line.send("Event: Hangup\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk-000000a0\r\nUniqueid: 1795290371.548\r\n\r\n").await;
    line.play(&Recorded::open("k_reconnect").from(4.0).until(7.9), f64::INFINITY).await;
    desk.until_calls(1).await;
    assert_eq!(desk.calls.len(), 3);
    let answered = desk.calls.iter().find(|call| !call.is_live()).unwrap();
    assert_eq!((answered.result, answered.agent.as_deref()), (Some(CallResult::Answered), Some("101")));
}

#[tokio::test]
async fn click_to_call_goes_round() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    desk.until(is_up).await;
    let done = desk.order(Order::Dial { extension: "101".into(), number: Phone(79161234567) }).await;
    let action = line.order().await;
    let fields = ["Action", "Channel", "Exten", "Context", "Async"].map(|name| action[name].as_str());
    assert_eq!(fields, ["Originate", "PJSIP/101", "79161234567", "from-internal", "true"]);
    line.send(&format!("Response: Success\r\nActionID: {}\r\n\r\n", action["ActionID"])).await;
    let mut recorded = Recorded::open("e_click_to_call");
    recorded.replace("click-7f3a-a", &action["ChannelId"]);
    recorded.replace("ConnectedLineNum: 79161234567", "ConnectedLineNum: <unknown>");
    line.play(&recorded, f64::INFINITY).await;
    assert_eq!(done.await.unwrap(), Ok(()));
    let first = desk.until(|event| matches!(event, Event::Call(_))).await;
    let Event::Call(first) = first else { panic!() };
    assert_eq!((first.direction, &first.remote), (Direction::Outgoing, &Remote::Number(Phone(79161234567))));
    desk.until_calls(1).await;
    assert_eq!(desk.calls[0].key, CallKey { provider: "asterisk".into(), id: action["ChannelId"].clone() });
    assert_eq!(desk.calls[0].result, Some(CallResult::Answered));
}

#[tokio::test]
async fn a_phone_that_cannot_be_reached_is_said() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    desk.until(is_up).await;
    let done = desk.order(Order::Dial { extension: "103".into(), number: Phone(79161234567) }).await;
    let id = line.order().await["ActionID"].clone();
    line.send(&format!("Response: Success\r\nActionID: {id}\r\n\r\n")).await;
    line.send(&format!(
        "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: {id}\r\nResponse: Failure\r\nReason: 0\r\nUniqueid: <unknown>\r\n\r\n"
    ))
    .await;
    assert!(matches!(done.await.unwrap(), Err(OrderError::Refused(_))));
}

#[tokio::test]
async fn a_running_call_is_handed_on_and_hung_up_and_nothing_unsafe_is_sent() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk(pbx.port, SECRET);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("q_hangup_action").until(2.0), f64::INFINITY).await;
    desk.until(|event| matches!(event, Event::Call(call) if call.phase == Phase::Talking)).await;
    let call = desk.calls[0].key.clone();
    let bad = desk.order(Order::Transfer { call: call.clone(), to: "102\r\nAction: Command".into() }).await;
    assert_eq!(bad.await.unwrap(), Err(OrderError::Unsafe("number")));
    let bad = desk.order(Order::Dial { extension: "101&102".into(), number: Phone(7) }).await;
    assert_eq!(bad.await.unwrap(), Err(OrderError::Unsafe("extension")));
    let done = desk.order(Order::Transfer { call: call.clone(), to: "102".into() }).await;
    let action = line.order().await;
    let fields = ["Action", "Channel", "Exten", "Context", "Priority"].map(|name| action[name].as_str());
    assert_eq!(fields, ["Redirect", "PJSIP/trunk-000000af", "102", "from-internal", "1"]);
    line.send(&format!("Response: Success\r\nActionID: {}\r\n\r\n", action["ActionID"])).await;
    assert_eq!(done.await.unwrap(), Ok(()));
    let done = desk.order(Order::HangUp(call)).await;
    let action = line.order().await;
    assert_eq!((action["Action"].as_str(), action["Channel"].as_str()), ("Hangup", "PJSIP/trunk-000000af"));
    line.send(&format!(
        "Response: Error\r\nActionID: {}\r\nMessage: No such channel\r\n\r\n",
        action["ActionID"]
    ))
    .await;
    assert_eq!(done.await.unwrap(), Err(OrderError::Refused("No such channel".into())));
}
