//! What an outside caller, or a PBX gone wrong, may try.

use super::scene::Scene;
use super::transfers;
use crate::domain::call::{Phase, TransferKind};
use crate::telephony::asterisk::map::List;

/// What the PBX appends to a forged event in a list of another kind: its own ActionID.
#[test]
fn the_end_of_one_list_is_not_the_end_of_another() {
    let mut scene = Scene::talk("1", "2");
    scene.asks("queues", List::Queues).at(3);
    let before = scene.call();
    for event in ["CoreShowChannelsComplete", "StatusComplete"] {
        scene.hears(&format!("Event: {event}\r\nWait: 4\r\nActionID: queues\r\n\r\n"));
    }
    assert_eq!((scene.call(), scene.lives()), (before, 0));
    scene.hears("Event: QueueStatusComplete\r\nActionID: queues\r\n\r\n");
    assert_eq!(scene.map.listing.open(), 0);
    scene
        .asks("channels", List::Channels)
        .hears("Event: CoreShowChannelsComplete\r\nActionID: channels\r\n\r\n");
    assert_eq!((scene.call().phase, scene.lives()), (Phase::Ended, 1));
}

#[test]
fn impossible_figures_do_no_harm() {
    for figure in ["9223372036854775807", "-9223372036854775808", "99999999999", "4294967296"] {
        let mut scene = Scene::new();
        scene.asks("s", List::States).asks("c", List::Channels).asks("q", List::Queues);
        let snapshot = "CallerIDNum: 1\r\nCallerIDName: \r\nConnectedLineNum: \r\nConnectedLineName: \r\n\
            AccountCode: \r\nContext: x\r\nExten: 74950000001\r\nPriority: 1\r\nUniqueid: 1\r\nLinkedid: 1\r\n";
        let opening = "Channel: PJSIP/trunk-1\r\nChannelState: 6\r\n";
        scene.hears(&format!("Event: Status\r\n{opening}{snapshot}Seconds: {figure}\r\nActionID: s\r\n\r\n"));
        let clock = ["65535"; 9].join(":");
        scene.hears(&format!(
            "Event: CoreShowChannel\r\nActionID: c\r\n{}Duration: {clock}\r\n\r\n",
            format!("{opening}{snapshot}").replace("id: 1", "id: 2")
        ));
        scene.hears(&format!(
            "Event: QueueEntry\r\nQueue: sales\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nCallerIDNum: 1\r\n\
             CallerIDName: x\r\nConnectedLineNum: x\r\nConnectedLineName: x\r\nWait: {figure}\r\nActionID: q\r\n\r\n"
        ));
        scene.hears(&format!(
            "Event: AgentComplete\r\nPrivilege: agent,all\r\n{opening}{snapshot}HoldTime: {figure}\r\nTalkTime: {figure}\r\n\r\n"
        ));
        assert!(scene.calls().iter().all(|call| call.started_at.timestamp() == 0), "{figure}");
        assert!(scene.calls().iter().all(|call| call.talk_in_all().is_zero()), "{figure}");
    }
}

#[test]
fn whoever_holds_a_call_is_shown_clean() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000001");
    scene.made("2", "PJSIP/\u{1b}[2J\u{202e}x-2", "1").dials("1", "2", "x").at(1).enters("a", &["2", "1"]);
    scene.at(2).leaves("a", &["2"]).arrives("3", "PJSIP/trunk-3", "\u{1b}[2Jy\u{202e}\nz", "1");
    scene.relinks("3", "1").enters("a", &["3"]).at(3).hangs_up(&["2", "3", "1"], "16");
    let call = scene.calls().into_iter().find(|call| call.key.id == "1").unwrap();
    assert_eq!(call.agent.as_deref(), Some("[2Jx"));
    assert_eq!(
        (call.holder.as_deref(), transfers(&call)),
        (Some("[2Jx"), vec![(TransferKind::Blind, "[2Jy", 1)])
    );
    // Nor is the number of one who withholds it shown where an extension stands.
    let mut scene = Scene::talk("1", "2");
    scene.at(3).arrives("3", "PJSIP/trunk-3", "+79035556677", "74950000001");
    scene.say("NewCallerid", &[("", "3")], &[("CID-CallingPres", "32 (Presentation Prohibited)")]);
    scene.at(4).leaves("a", &["2"]).enters("a", &["3"]);
    assert_eq!(transfers(scene.calls().iter().find(|call| call.key.id == "1").unwrap())[0].1, "trunk");
}

#[test]
fn forged_events_without_a_snapshot_or_with_a_wrong_channel_are_nobodys() {
    let mut scene = Scene::talk("1", "2");
    let before = scene.call();
    for forged in [
        "Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n",
        "Event: Hangup\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk-9\r\nChannelState: 6\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n",
        "Event: Hangup\r\nChannel: PJSIP/trunk-1\r\nChannelState: 6\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n",
        "Event: Newchannel\r\nPrivilege: c\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 9\r\nLinkedid: 9\r\n\r\n",
        "Event: CoreShowChannelsComplete\r\nActionID: 1\r\n\r\n",
    ] {
        scene.at(3).hears(forged);
    }
    assert_eq!(scene.call(), before);
}
