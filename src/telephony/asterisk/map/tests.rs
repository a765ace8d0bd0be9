//! Stories the recordings in `tests/data` do not tell, on the facts known of this PBX.

mod day;
mod hostile;
mod scene;

use super::List;
use crate::domain::call::{CallResult, Direction, Phase, Snapshot, TransferKind};
use crate::domain::phone::{Phone, Remote};
use crate::telephony::Event;
use scene::Scene;

fn talk_s(call: &Snapshot) -> u64 {
    call.talk.as_secs()
}

fn transfers(call: &Snapshot) -> Vec<(TransferKind, &str, u64)> {
    call.transfers.iter().map(|t| (t.kind, t.to.as_str(), t.talk.as_secs())).collect()
}

#[test]
fn missed_at_the_hang_up_and_never_alive_again() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000001");
    scene.made("2", "PJSIP/101-2", "1").dials("1", "2", "PJSIP/101");
    assert_eq!((scene.call().phase, scene.call().ringing), (Phase::Ringing, vec!["101".to_owned()]));
    scene.at(5).dial_ends("1", "2", "CANCEL").dial_ends("1", "2", "CANCEL").hangs_up(&["1"], "127");
    let missed = scene.call();
    assert_eq!(
        (missed.result, missed.phase, missed.wait.as_secs()),
        (Some(CallResult::Missed), Phase::Ended, 5)
    );
    scene.at(6).say("NewConnectedLine", &[("", "2")], &[]).say("Newstate", &[("", "1")], &[]);
    scene.hangs_up(&["2"], "26").made("3", "PJSIP/102-3", "1").dials("1", "3", "x").enters("b", &["1", "3"]);
    assert_eq!(scene.call(), missed);
}

#[test]
fn a_late_record_adds_the_recording_to_an_answered_call_only() {
    let mut scene = Scene::talk("1", "2");
    scene.at(7).leaves("a", &["1", "2"]).hangs_up(&["2", "1"], "16");
    assert_eq!((scene.call().recording, talk_s(&scene.call())), (None, 5));
    scene.at(8).hears(
        "Event: Cdr\r\nPrivilege: cdr,all\r\nChannel: PJSIP/trunk-1\r\nUniqueID: 1\r\nRecordingFile: a.wav\r\n\r\n",
    );
    assert_eq!(scene.call().recording.as_deref(), Some("a.wav"));
}

#[test]
fn a_pickup_is_one_call_answered_by_who_took_it() {
    let mut scene = Scene::new();
    scene.at(0).arrives("46", "PJSIP/trunk-1", "+79161234567", "74950000002");
    scene.made("47", "PJSIP/101-2", "46").dials("46", "47", "PJSIP/101");
    scene.at(2).arrives("48", "PJSIP/103-3", "103", "*8").say("Newstate", &[("", "48")], &[]);
    scene.relinks("48", "46").say("Pickup", &[("", "48"), ("Target", "47")], &[]);
    scene.dial_ends("46", "48", "ANSWER").hangs_up(&["47"], "26").enters("a", &["48", "46"]);
    assert_eq!((scene.call().phase, scene.call().agent.as_deref()), (Phase::Talking, Some("103")));
    scene.at(6).leaves("a", &["46", "48"]).hangs_up(&["48", "46"], "16");
    let call = scene.call();
    assert_eq!((call.result, call.wait.as_secs(), talk_s(&call)), (Some(CallResult::Answered), 2, 4));
    assert_eq!(transfers(&call), []);
}

#[test]
fn a_forwarded_phone_rings_through_local_halves_that_vanish() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000002");
    scene.made("2", "PJSIP/101-2", "1").dials("1", "2", "PJSIP/101");
    scene.at(1).say("DialEnd", &[("", "1"), ("Dest", "2")], &[("DialStatus", "CANCEL"), ("Forward", "103")]);
    scene.made("3", "Local/103@from-internal-0;1", "1").made("4", "Local/103@from-internal-0;2", "1");
    scene.dials("1", "3", "Local/103@from-internal").hangs_up(&["2"], "23");
    scene.made("5", "PJSIP/103-5", "1").dials("4", "5", "PJSIP/103");
    scene.at(3).dial_ends("4", "5", "ANSWER").enters("b", &["5", "4"]).dial_ends("1", "3", "ANSWER");
    scene.enters("a", &["3", "1"]);
    assert_eq!(scene.call().agent.as_deref(), Some("103"));
    // The Local pair is optimised away: the phone moves over, the halves go.
    scene
        .leaves("b", &["5"])
        .enters("a", &["5"])
        .leaves("a", &["3"])
        .leaves("b", &["4"])
        .hangs_up(&["3", "4"], "16");
    scene.at(8).leaves("a", &["1", "5"]).hangs_up(&["1", "5"], "16");
    let call = scene.call();
    assert_eq!((call.agent.as_deref(), call.wait.as_secs(), talk_s(&call)), (Some("103"), 3, 5));
    assert_eq!((call.result, transfers(&call)), (Some(CallResult::Answered), vec![]));
}

#[test]
fn a_phone_that_forwards_to_itself_is_one_missed_call() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000002");
    scene.made("2", "Local/101@x-0;1", "1").made("3", "Local/101@x-0;2", "1").dials("1", "2", "Local/101@x");
    scene.made("4", "PJSIP/101-4", "1").dials("3", "4", "PJSIP/101").dial_ends("3", "4", "CANCEL");
    scene.made("5", "Local/101@x-1;1", "1").made("6", "Local/101@x-1;2", "1").dials("3", "5", "Local/101@x");
    scene.at(1).hangs_up(&["4", "6", "5", "3", "2", "1"], "0");
    assert_eq!(
        (scene.call().result, scene.call().direction),
        (Some(CallResult::Missed), Direction::Incoming)
    );
}

#[test]
fn a_redirect_is_a_blind_transfer_answered_or_not() {
    for answered in [true, false] {
        let mut scene = Scene::talk("1", "2");
        scene.at(5).leaves("a", &["1", "2"]).made("3", "PJSIP/102-3", "1").dials("1", "3", "PJSIP/102");
        scene.hangs_up(&["2"], "16");
        assert_eq!(scene.call().phase, Phase::Ringing);
        scene.at(7);
        if answered {
            scene.dial_ends("1", "3", "ANSWER").enters("b", &["3", "1"]).at(10).leaves("b", &["1", "3"]);
        }
        scene.hangs_up(&["3", "1"], "16");
        let call = scene.call();
        assert_eq!((call.agent.as_deref(), talk_s(&call)), (Some("101"), 3));
        assert_eq!(transfers(&call), [(TransferKind::Blind, "102", if answered { 3 } else { 0 })]);
        assert_eq!(call.holder.as_deref(), Some(if answered { "102" } else { "101" }));
    }
}

#[test]
fn a_caller_who_hangs_up_on_hold_ends_the_hold() {
    let mut scene = Scene::talk("1", "2");
    scene.at(4).say("Unhold", &[("", "2")], &[]).say("Hold", &[("", "2")], &[]);
    assert_eq!(scene.call().phase, Phase::OnHold);
    scene.at(7).leaves("a", &["1", "2"]).hangs_up(&["1", "2"], "16");
    let call = scene.call();
    assert_eq!((talk_s(&call), call.hold.as_secs()), (5, 3));
}

/// As in a queue of Local members: the event names a Local half as the transferee.
#[test]
fn an_attended_transfer_through_local_halves_merges_the_consultation() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000004");
    scene.say("QueueCallerJoin", &[("", "1")], &[("Queue", "support")]);
    scene.made("2", "Local/101@q-0;1", "1").made("3", "Local/101@q-0;2", "1").dials("1", "2", "Local/101@q");
    scene.made("4", "PJSIP/101-4", "1").dials("3", "4", "PJSIP/101");
    scene.at(2).dial_ends("3", "4", "ANSWER").enters("b", &["4", "3"]).enters("a", &["2", "1"]);
    scene.at(4).say("Hold", &[("", "4")], &[]);
    scene.arrives("5", "PJSIP/101-5", "101", "102").made("6", "PJSIP/102-6", "5").dials(
        "5",
        "6",
        "PJSIP/102",
    );
    assert_eq!(scene.calls().len(), 2);
    scene.at(5).dial_ends("5", "6", "ANSWER").enters("c", &["6", "5"]);
    scene.at(8).say("Unhold", &[("", "4")], &[]).leaves("b", &["3"]).leaves("c", &["5"]).enters("c", &["3"]);
    let sides =
        [("OrigTransferer", "4"), ("SecondTransferer", "5"), ("Transferee", "3"), ("TransferTarget", "6")];
    scene.leaves("b", &["4"]).say("AttendedTransfer", &sides, &[("Result", "Success")]);
    scene.hangs_up(&["4", "5"], "16").relinks("6", "1");
    assert!(scene.events.iter().any(|event| matches!(event, Event::Merged { .. })));
    scene.at(14).leaves("a", &["1", "2"]).leaves("c", &["3", "6"]).hangs_up(&["6", "2", "3", "1"], "16");
    let call = scene.call();
    assert_eq!((call.agent.as_deref(), talk_s(&call), call.hold.as_secs()), (Some("101"), 2, 4));
    assert_eq!(
        (call.queue.as_deref(), transfers(&call)),
        (Some("support"), vec![(TransferKind::Attended, "102", 6)])
    );
}

#[test]
fn a_blind_transfer_that_nobody_takes_stays_written() {
    let mut scene = Scene::talk("1", "2");
    let sides = [("Transferer", "2"), ("Transferee", "1")];
    scene.at(5).say("BlindTransfer", &sides, &[("Result", "Success"), ("Extension", "102")]);
    scene.leaves("a", &["2", "1"]).hangs_up(&["2"], "16").made("3", "PJSIP/102-3", "1").dials(
        "1",
        "3",
        "PJSIP/102",
    );
    scene.at(9).dial_ends("1", "3", "NOANSWER").hangs_up(&["3", "1"], "16");
    assert_eq!(transfers(&scene.call()), [(TransferKind::Blind, "102", 0)]);
    assert_eq!(talk_s(&scene.call()), 3);
}

#[test]
fn a_number_dialled_on_a_phone_is_an_outgoing_call() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/103-1", "103", "79031234567");
    assert!(scene.calls().is_empty());
    scene.made("2", "PJSIP/trunk-2", "1").dials("1", "2", "79031234567@trunk");
    assert_eq!(scene.call().phase, Phase::Ringing);
    scene
        .at(3)
        .dial_ends("1", "2", "ANSWER")
        .say("Newstate", &[("", "2")], &[("ChannelState", "6")])
        .enters("a", &["2", "1"]);
    scene.at(8).leaves("a", &["2", "1"]).hangs_up(&["2", "1"], "16");
    let call = scene.call();
    assert_eq!(
        (call.direction, call.remote.clone()),
        (Direction::Outgoing, Remote::Number(Phone(79031234567)))
    );
    assert_eq!((call.agent.as_deref(), call.wait.as_secs(), talk_s(&call)), (Some("103"), 3, 5));
}

#[test]
fn why_nobody_was_reached_outside() {
    for (status, cause, result) in [
        ("BUSY", "17", CallResult::Busy),
        ("NOANSWER", "17", CallResult::Busy),
        ("NOANSWER", "1", CallResult::Failed),
        ("CONGESTION", "34", CallResult::Failed),
        ("CHANUNAVAIL", "20", CallResult::Failed),
        ("NOANSWER", "19", CallResult::NoAnswer),
        ("CANCEL", "0", CallResult::NoAnswer),
    ] {
        let mut scene = Scene::new();
        scene.at(0).made("click-1", "PJSIP/101-1", "click-1").say("DialBegin", &[("Dest", "click-1")], &[]);
        scene.at(1).say("DialEnd", &[("Dest", "click-1")], &[("DialStatus", "ANSWER")]).say(
            "Newstate",
            &[("", "click-1")],
            &[("ChannelState", "6")],
        );
        scene.made("2", "PJSIP/trunk-2", "click-1").dials("click-1", "2", "79161234567@trunk");
        scene
            .at(3)
            .dial_ends("click-1", "2", status)
            .hangs_up(&["2"], cause)
            .at(9)
            .hangs_up(&["click-1"], cause);
        let call = scene.call();
        assert_eq!((call.result, call.wait.as_secs()), (Some(result), 2), "{status} {cause}");
        assert_eq!((call.direction, call.agent.as_deref()), (Direction::Outgoing, Some("101")));
    }
}

#[test]
fn a_second_trunk_after_the_first_failed_is_the_same_call() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/101-1", "101", "79031234567");
    scene.made("2", "PJSIP/trunk-2", "1").dials("1", "2", "79031234567@trunk").dial_ends(
        "1",
        "2",
        "CONGESTION",
    );
    scene.hangs_up(&["2"], "34").made("3", "PJSIP/trunk-3", "1").dials("1", "3", "79031234567@trunk");
    scene.at(2).say("Newstate", &[("", "3")], &[("ChannelState", "6")]).enters("a", &["1", "3"]);
    scene.at(4).hangs_up(&["3", "1"], "16");
    assert_eq!((scene.call().result, talk_s(&scene.call())), (Some(CallResult::Answered), 2));
}

#[test]
fn another_programs_originate_counts_once_it_reaches_somebody() {
    let mut scene = Scene::new();
    scene.at(0).made("7.1", "PJSIP/101-1", "7.1").say("DialBegin", &[("Dest", "7.1")], &[]);
    scene.made("7.2", "PJSIP/trunk-2", "7.1").dials("7.1", "7.2", "79161234567@trunk");
    assert!(scene.calls().is_empty());
    scene.at(2).enters("a", &["7.1", "7.2"]);
    assert_eq!((scene.call().direction, scene.call().phase), (Direction::Outgoing, Phase::Talking));
}

#[test]
fn feature_codes_and_applications_are_no_calls() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/101-1", "101", "*97").at(3).hangs_up(&["1"], "16");
    scene.made("2", "PJSIP/101-2", "2").say("DialBegin", &[("Dest", "2")], &[]);
    scene.say("DialEnd", &[("Dest", "2")], &[("DialStatus", "ANSWER")]).hangs_up(&["2"], "0");
    assert!(scene.calls().is_empty());
}

#[test]
fn names_that_are_none_and_numbers_that_may_not_be_shown() {
    for (number, name) in [
        ("+79161234567", "+7 916 123-45-67"),
        ("101", "101"),
        ("79161234567", "\u{fffd}\u{fffd}"),
        ("anonymous", "Anonymous"),
    ] {
        let mut scene = Scene::new();
        scene.hears(&format!(
            "Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk-1\r\nChannelState: 4\r\nCallerIDNum: {number}\r\n\
             CallerIDName: {name}\r\nConnectedLineNum: \r\nConnectedLineName: \r\nAccountCode: \r\nContext: x\r\n\
             Exten: 74950000001\r\nPriority: 1\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n"
        ));
        assert_eq!(scene.call().name, None, "{name}");
    }
    let mut scene = Scene::talk("1", "2");
    scene.say(
        "NewCallerid",
        &[("", "1")],
        &[("CID-CallingPres", "32 (Presentation Prohibited, Not Screened)")],
    );
    assert_eq!(scene.call().remote, Remote::Withheld);
}

#[test]
fn a_user_who_may_not_list_is_told_what_runs_and_loses_nothing_of_it() {
    let mut scene = Scene::new();
    scene.connects(0).refuses_lists();
    assert_eq!(scene.live(), Some(vec![]));
    scene.at(1).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000001").at(300).refuses_lists();
    assert_eq!(scene.live(), Some(vec![scene.call().key]));
    assert!(scene.call().is_live());
    scene.connects(400).refuses_lists();
    assert_eq!((scene.live(), scene.call().is_live()), (Some(vec![]), false));
    // What the second list tells is as good as the first.
    scene.at(401).arrives("2", "PJSIP/trunk-2", "+79161234567", "74950000001").asks("c", List::Channels);
    scene.refuses("c").asks("s", List::States).hears("Event: StatusComplete\r\nActionID: s\r\n\r\n");
    assert_eq!(scene.live(), Some(vec![]));
}

#[test]
fn a_call_of_plumbing_ends_and_so_does_one_that_lost_its_legs() {
    let mut scene = Scene::new();
    scene.made("1", "Local/7@x-0;1", "1").made("2", "Local/7@x-0;2", "1").dials("1", "2", "Local/7@x");
    scene.at(3).hangs_up(&["1"], "16");
    assert!(scene.map.calls.values().all(|call| call.ended.is_none()));
    scene.at(4).hangs_up(&["2"], "16");
    assert_eq!(scene.map.calls["1"].ended.map(|at| at.timestamp()), Some(4));
    // A phone rung by an Originate is taken over by another call as soon as it is up.
    let mut scene = Scene::talk("1", "2");
    scene.map.ordered("9".to_owned(), Phone(79035556677));
    scene.at(5).made("9", "PJSIP/102-9", "9");
    assert_eq!(scene.calls().len(), 2);
    scene.at(6).relinks("9", "1").say("Newstate", &[("", "9")], &[]);
    let left: Vec<Snapshot> = scene.calls().into_iter().filter(|call| call.key.id == "9").collect();
    assert_eq!(left[0].ended_at.map(|at| at.timestamp()), Some(6));
}

#[test]
fn two_callers_joined_by_an_agent_stay_two_calls() {
    let mut scene = Scene::talk("1", "2");
    scene.at(3).arrives("3", "PJSIP/trunk-3", "+79261112233", "74950000001");
    scene.made("4", "PJSIP/101-4", "3").dials("3", "4", "PJSIP/101").at(4).enters("b", &["4", "3"]);
    scene.at(6).leaves("a", &["2"]).leaves("b", &["3"]).relinks("3", "1").enters("a", &["3"]);
    scene.at(9).hangs_up(&["2", "4", "1", "3"], "16");
    let calls = scene.calls();
    assert_eq!(calls.len(), 2);
    assert!(
        calls
            .iter()
            .all(|call| call.result == Some(CallResult::Answered) && call.agent.as_deref() == Some("101"))
    );
}

#[test]
fn a_call_forwarded_to_a_mobile_is_answered_there() {
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000002");
    scene.made("2", "PJSIP/trunk-2", "1").dials("1", "2", "79035556677@trunk");
    scene.at(3).dial_ends("1", "2", "ANSWER").enters("a", &["2", "1"]).at(5).hangs_up(&["1", "2"], "16");
    let call = scene.call();
    assert_eq!((call.direction, call.result), (Direction::Incoming, Some(CallResult::Answered)));
    assert_eq!(call.agent.as_deref(), Some("+79035556677"));
}

/// By feature code or AMI: one call throughout; the agent leaves the bridge, dials through Local halves, and the
/// bridges merge.
#[test]
fn an_attended_transfer_by_feature_code() {
    let mut scene = Scene::talk("1", "2");
    scene.at(4).leaves("a", &["2"]).made("3", "Local/102@i-0;1", "1").made("4", "Local/102@i-0;2", "1");
    scene.dials("2", "3", "Local/102@i").made("5", "PJSIP/102-5", "1").dials("4", "5", "PJSIP/102");
    assert_eq!(transfers(&scene.call()), []);
    scene.at(5).enters("c", &["5", "4"]).enters("b", &["3", "2"]);
    let sides =
        [("OrigTransferer", "2"), ("SecondTransferer", "2"), ("Transferee", "1"), ("TransferTarget", "3")];
    scene.at(8).leaves("b", &["2"]).say("AttendedTransfer", &sides, &[("Result", "Success")]);
    scene
        .say("BridgeMerge", &[], &[("FromBridgeUniqueid", "b"), ("ToBridgeUniqueid", "a")])
        .hangs_up(&["2"], "16");
    scene.at(12).hangs_up(&["1", "3", "4", "5"], "16");
    let call = scene.call();
    assert_eq!((talk_s(&call), transfers(&call)), (2, vec![(TransferKind::Attended, "102", 4)]));
}

#[test]
fn a_consultation_that_leads_nowhere_is_no_transfer() {
    let mut scene = Scene::talk("1", "2");
    scene.at(4).say("Hold", &[("", "2")], &[]).arrives("3", "PJSIP/101-3", "101", "102");
    scene.made("4", "PJSIP/102-4", "3").dials("3", "4", "PJSIP/102").at(6).dial_ends("3", "4", "NOANSWER");
    scene.hangs_up(&["4", "3"], "17").at(7).say("Unhold", &[("", "2")], &[]);
    scene.at(9).leaves("a", &["1", "2"]).hangs_up(&["2", "1"], "16");
    let calls = scene.calls();
    assert_eq!(
        calls.iter().map(|call| call.direction).collect::<Vec<_>>(),
        [Direction::Internal, Direction::Incoming]
    );
    assert_eq!(calls[0].result, Some(CallResult::Busy));
    assert_eq!((talk_s(&calls[1]), calls[1].hold.as_secs(), transfers(&calls[1])), (7, 3, vec![]));
}

#[test]
fn a_dialplan_that_refuses_is_told_from_one_that_finds_nobody() {
    for (cause, result) in [
        ("0", CallResult::Rejected),
        ("21", CallResult::Rejected),
        ("16", CallResult::Missed),
        ("20", CallResult::Missed),
    ] {
        let mut scene = Scene::new();
        scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000009").hangs_up(&["1"], cause);
        assert_eq!(scene.call().result, Some(result), "{cause}");
    }
    let mut scene = Scene::new();
    scene.at(0).arrives("1", "PJSIP/trunk-1", "+79161234567", "74950000009");
    scene.say("HangupRequest", &[("", "1")], &[]).hangs_up(&["1"], "0");
    assert_eq!(scene.call().result, Some(CallResult::Missed));
}

#[test]
fn of_several_phones_a_redirect_rings_the_one_that_takes_it_counts() {
    let mut scene = Scene::talk("1", "2");
    scene.at(5).leaves("a", &["1", "2"]).hangs_up(&["2"], "16");
    scene
        .made("3", "PJSIP/102-3", "1")
        .made("4", "PJSIP/103-4", "1")
        .dials("1", "3", "x")
        .dials("1", "4", "x");
    scene.at(6).enters("b", &["4", "1"]).hangs_up(&["3"], "26").at(8).hangs_up(&["1", "4"], "16");
    assert_eq!(transfers(&scene.call()), [(TransferKind::Blind, "103", 2)]);
}
