use proptest::prelude::*;

use super::{Action, Decoder, Message, Unsafe};

fn decode(text: &str) -> Vec<Message> {
    Decoder::default().feed(text.as_bytes())
}

const RING: &str = "Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk-0\r\nChannelState: 4\r\n\
    CallerIDNum: {number}\r\nCallerIDName: \r\nConnectedLineNum: \r\nConnectedLineName: \r\nAccountCode: \r\n\
    Context: x\r\nExten: 7495\r\nPriority: 1\r\nUniqueid: 1.0\r\nLinkedid: 1.0\r\n\r\n";

fn ring(number: &str) -> String {
    RING.replace("{number}", number)
}

#[test]
fn banner_is_a_line_of_its_own() {
    let mut decoder = Decoder::default();
    let messages =
        decoder.feed(b"Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: a: b\r\n\r\n");
    assert_eq!(decoder.banner(), Some("Asterisk Call Manager/11.0.0"));
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].response(), Some("Success"));
    assert_eq!(messages[0].action_id(), Some("a: b"));
}

#[test]
fn lookup_ignores_case_and_the_first_wins() {
    let messages = decode(
        "Event: Hangup\r\nPrivilege: call,all\r\nUniqueID: 1.0\r\nVariable: a\r\nvariable: b\r\nEvent: Fake\r\n\r\n",
    );
    assert_eq!(messages[0].event(), Some("Hangup"));
    assert_eq!(messages[0].get("Uniqueid"), Some("1.0"));
    assert_eq!(messages[0].all("VARIABLE").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(messages[0].all("Event").count(), 2);
}

#[test]
fn an_event_with_a_response_header_is_no_response() {
    let messages = decode("Event: OriginateResponse\r\nPrivilege: call,all\r\nResponse: Failure\r\n\r\n");
    assert_eq!(messages[0].response(), None);
    assert!(messages[0].is_live());
}

#[test]
fn a_lone_line_feed_is_data_on_a_real_connection_and_an_ending_in_an_edited_log() {
    let messages = decode(&ring("7916\nEvent: Fake"));
    assert_eq!(messages[0].get("CallerIDNum"), Some("7916\nEvent: Fake"));
    assert_eq!(decode(&ring("7916").replace('\r', "")), decode(&ring("7916")));
}

#[test]
fn forged_headers_win_nothing() {
    let messages = decode(&ring("7916\r\nEvent: Hangup\r\nX: y"));
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].event(), Some("Newchannel"));
}

#[test]
fn a_torn_message_is_mended_whatever_its_rest_claims_to_be() {
    for forged in [
        "Event: AgentConnect",
        "Event: Hangup\r\nPrivilege: c\r\nChannel: x\r\nChannelState: 6",
        "Event: Hangup\r\nPrivilege: c\r\nPriority: 1\r\nUniqueid: 1\r\nLinkedid: 1",
        "Event: Hangup\r\nPrivilege: call,all",
        "\r\n\r\nEvent: X\r\n\r\nResponse: Success",
    ] {
        let messages = decode(&(ring(&format!("7916\r\n\r\n{forged}")) + &ring("+79161234567")));
        assert_eq!(messages.len(), 2, "{forged}");
        assert_eq!(messages[0].event(), Some("Newchannel"));
        assert_eq!(messages[0].all("Uniqueid").last(), Some("1.0"));
        assert_eq!(messages[1].get("CallerIDNum"), Some("+79161234567"));
    }
}

/// Both carry a raw number before our own ActionID, which the PBX would append to a forged event.
#[test]
fn list_items_are_mended_before_they_lend_their_action_id() {
    let waiting = "Event: QueueEntry\r\nQueue: sales\r\nPosition: 1\r\nChannel: PJSIP/trunk-0\r\nUniqueid: 1.0\r\n\
        CallerIDNum: {number}\r\nCallerIDName: unknown\r\nConnectedLineNum: unknown\r\n\
        ConnectedLineName: unknown\r\nWait: 4\r\nPriority: 0\r\nActionID: ours\r\n\r\n";
    let state = ring("{number}").replace("Newchannel", "Status").replace("call,all", "Call");
    let state = state.trim_end().to_owned()
        + "\r\nType: PJSIP\r\nDNID: {number}\r\nEffectiveConnectedLineNum: {number}\r\n\
           EffectiveConnectedLineName: x\r\nTimeToHangup: 0\r\nBridgeID: b\r\nApplication: Queue\r\nData: sales\r\n\
           Nativeformats: (alaw)\r\nReadformat: alaw\r\nReadtrans: \r\nWriteformat: alaw\r\nWritetrans: \r\n\
           Callgroup: 0\r\nPickupgroup: 0\r\nSeconds: 5\r\nActionID: ours\r\n\r\n";
    for (item, event) in [(waiting, "QueueEntry"), (state.as_str(), "Status")] {
        for forged in ["CoreShowChannelsComplete", "StatusComplete", "QueueStatusComplete"] {
            let messages = decode(&item.replace("{number}", &format!("7\r\n\r\nEvent: {forged}\r\n")));
            let events: Vec<_> = messages.iter().map(Message::event).collect();
            assert_eq!(events, [Some(event)], "{forged}");
            assert_eq!(messages[0].action_id(), Some("ours"));
        }
    }
}

#[test]
fn an_unfinished_message_does_not_swallow_the_next_real_one() {
    let old = "Event: Newstate\r\nPrivilege: call,all\r\nChannel: SIP/1\r\nChannelState: 5\r\n\r\n";
    let messages = decode(&(old.to_owned() + &ring("1")));
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].event(), Some("Newchannel"));
}

#[test]
fn memory_is_bounded() {
    let mut decoder = Decoder::default();
    decoder.feed(b"Event: x\r\nA: ");
    for _ in 0..100 {
        decoder.feed(&[b'x'; 10_000]);
    }
    let messages = decoder.feed(b"\r\nB: y\r\n\r\n");
    assert!(messages[0].get("A").unwrap().len() <= 16 * 1024);
    assert_eq!(messages[0].get("B"), Some("y"));
    let many = decoder.feed("N: 1\r\n".repeat(5000).as_bytes());
    assert!(many.is_empty());
    assert_eq!(decoder.feed(b"\r\n")[0].all("N").count(), 1024);
}

#[test]
fn nothing_with_a_control_character_is_sent() {
    let action = |value: &str| Action::new("Originate", "1").and_then(|action| action.with("Exten", value));
    assert_eq!(action("1\r\nApplication: System"), Err(Unsafe("Exten")));
    assert_eq!(action("1\u{85}"), Err(Unsafe("Exten")));
    assert_eq!(action(&"1".repeat(2000)), Err(Unsafe("Exten")));
    assert_eq!(action("102").unwrap().encode(), b"Action: Originate\r\nActionID: 1\r\nExten: 102\r\n\r\n");
}

proptest! {
    #[test]
    fn cuts_change_nothing(cuts in proptest::collection::vec(1usize..40, 1..60), forged in "[ -~\r\n]{0,40}") {
        let text = format!("Asterisk Call Manager/9.0.0\r\n{}{}", ring(&forged), ring("Иван"));
        let mut decoder = Decoder::default();
        let mut rest = text.as_bytes();
        let mut messages = Vec::new();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() { break; }
            let (head, tail) = rest.split_at((*cut).min(rest.len()));
            messages.extend(decoder.feed(head));
            rest = tail;
        }
        prop_assert_eq!(messages, decode(&text));
    }
}
