//! A recording played on the operator's own phone: what the PBX is told, and what it is never told.

use pult::telephony::asterisk::recordings::Shelf;
use pult::telephony::asterisk::{Asterisk, Settings};
use pult::telephony::{Event, Order, OrderError, Provider};

use crate::live::{desk_with, is_up, pace, settings};
use crate::pbx::{Pbx, SECRET};

const NAME: &str = "q600-79161234567-20261121-194907-1795290547.0.wav";

fn playing(port: u16, pbx_folder: Option<&str>) -> Settings {
    let shelf = Shelf::new("{year}/{month}/{day}/{file}", pbx_folder).unwrap();
    Settings { shelf: Some(shelf), ..settings(port, SECRET) }
}

fn play(extension: &str, recording: &str) -> Order {
    Order::PlayOnPhone { extension: extension.into(), recording: recording.into() }
}

#[tokio::test]
async fn the_pbx_rings_the_phone_and_plays_its_own_file() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk_with(playing(pbx.port, Some("/var/spool/asterisk/monitor")), pace(), 64);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    desk.until(is_up).await;
    let done = desk.order(play("101", NAME)).await;
    let action = line.order().await;
    let fields = ["Action", "Channel", "Application", "Data", "Async"].map(|name| action[name].as_str());
    let file = "/var/spool/asterisk/monitor/2026/11/21/q600-79161234567-20261121-194907-1795290547.0";
    assert_eq!(fields, ["Originate", "PJSIP/101", "Playback", file, "true"]);
    assert!(!action.contains_key("Exten") && !action.contains_key("Context"));
    let leg = &action["ChannelId"];
    let snapshot = format!(
        "Privilege: call,all\r\nChannel: PJSIP/101-00000001\r\nChannelState: 0\r\nCallerIDNum: 101\r\n\
         CallerIDName: \r\nConnectedLineNum: \r\nConnectedLineName: \r\nAccountCode: \r\nContext: from-internal\r\n\
         Exten: s\r\nPriority: 1\r\nUniqueid: {leg}\r\nLinkedid: {leg}\r\n"
    );
    line.send(&format!("Event: Newchannel\r\n{snapshot}\r\nEvent: Hangup\r\n{snapshot}Cause: 16\r\n\r\n"))
        .await;
    assert_eq!(done.await.unwrap(), Ok(()));
    drop(line);
    let next = desk.until(|event| !matches!(event, Event::Live { .. })).await;
    assert!(matches!(next, Event::Link(_)), "listening is no call: {next:?}");
}

#[tokio::test]
async fn nothing_but_a_plain_file_of_the_folder_is_named_to_the_pbx() {
    let mut pbx = Pbx::listen().await;
    let mut desk = desk_with(playing(pbx.port, Some("/var/spool/asterisk/monitor")), pace(), 64);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    desk.until(is_up).await;
    let hostile = [
        "x-20261121,/etc/passwd.wav",
        "x-20261121&tt-monkeys.wav",
        "../../etc/x-20261121.wav",
        "x-20261121\r\nApplication: System.wav",
        "x-20261121|y.wav",
        "${SHELL(id)}-20261121.wav",
        "/etc/x-20261121.wav/../y",
        "no-day.wav",
        "",
    ];
    for recording in hostile {
        let done = desk.order(play("101", recording)).await;
        assert_eq!(done.await.unwrap(), Err(OrderError::Unsafe("recording")), "{recording:?}");
    }
    let done = desk.order(play("101&102", NAME)).await;
    assert_eq!(done.await.unwrap(), Err(OrderError::Unsafe("extension")));
    let done = desk.order(play("104", NAME)).await;
    assert!(matches!(done.await.unwrap(), Err(OrderError::Refused(_))));
    let _last = desk.order(play("102", NAME)).await;
    assert_eq!(line.order().await["Channel"], "PJSIP/102", "nothing was sent before");
}

#[test]
fn without_the_pbx_folder_nothing_is_promised() {
    let able = |folder| Asterisk::new(playing(1, folder), chrono::Utc::now).abilities().play_on_phone;
    assert!(able(Some("/var/spool/asterisk/monitor")) && !able(None));
}
