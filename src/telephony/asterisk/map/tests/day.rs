//! A day of thousands of calls leaves nothing behind.

use chrono::{DateTime, TimeDelta};

use crate::domain::phone::Phone;
use crate::telephony::asterisk::map::{List, Map};
use crate::telephony::asterisk::wire::Decoder;

/// What begins every id in the recordings.
const EPOCH: i64 = 1_795_290;

/// Legs, calls, merged calls, orders and lists that the map holds.
fn sizes(map: &Map) -> [usize; 5] {
    [map.legs.len(), map.calls.len(), map.merged.len(), map.ordered.len(), map.listing.open()]
}

/// Plays this so many times through one map, each time with other ids and an hour later. The most it ever held.
fn most_held(recorded: &str, times: i64) -> [usize; 5] {
    let mut map = Map::new(vec!["trunk".to_owned()]);
    let mut most = [0; 5];
    for round in 0..times {
        let now = DateTime::UNIX_EPOCH + TimeDelta::hours(round);
        map.tick(now);
        map.ordered(format!("click-{round}"), Phone(79161234567));
        for list in List::ALL {
            map.expect_list(&format!("{}{round}", list.action()), list);
        }
        let text = recorded.replace(&EPOCH.to_string(), &(EPOCH + round).to_string());
        for message in Decoder::default().feed(text.as_bytes()) {
            map.apply(&message, now);
        }
        let ends = List::ALL.map(List::action).map(|list| {
            format!("Event: {list}Complete\r\nActionID: {list}{round}\r\nEventList: Complete\r\n\r\n")
        });
        for message in Decoder::default().feed(ends.concat().as_bytes()) {
            map.apply(&message, now);
        }
        sizes(&map).into_iter().zip(&mut most).for_each(|(size, most)| *most = size.max(*most));
    }
    most
}

#[test]
fn thousands_of_calls_leave_nothing_behind() {
    let plumbing = "Event: Newchannel\r\nPrivilege: call,all\r\nChannel: Local/7@x-1;1\r\nChannelState: 0\r\n\
        CallerIDNum: \r\nCallerIDName: \r\nConnectedLineNum: \r\nConnectedLineName: \r\nAccountCode: \r\n\
        Context: x\r\nExten: 7\r\nPriority: 1\r\nUniqueid: 1795290001.1\r\nLinkedid: 1795290001.1\r\n\r\n";
    let gone = plumbing.replace("Newchannel", "Hangup");
    let transferred = include_str!("../../../../../tests/data/ami/min/h_attended_transfer.txt");
    let unanswered = include_str!("../../../../../tests/data/ami/min/f3_click_agent_silent.txt");
    assert_eq!(most_held(&format!("{plumbing}{gone}"), 2_000), [1, 1, 0, 0, 0]);
    assert_eq!(most_held(unanswered, 2_000), [1, 1, 0, 0, 0]);
    assert_eq!(most_held(transferred, 200), [4, 1, 1, 0, 0]);
}
