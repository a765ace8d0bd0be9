//! What a notification is about: by the mnemonic where the template has it, else by our own address, else by which
//! fields there are. Never by `notification_name`: that is the user's own word.

use super::Fields;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A call came to one of our numbers.
    Arrived,
    /// An employee began a call.
    Placed,
    /// Caller to platform.
    LegIn,
    /// Platform to whoever is called.
    LegOut,
    /// The called one's phone rings.
    Rings,
    PickedUp,
    LegOver,
    TalkBegan,
    /// `status` is `on` or `off`.
    Hold,
    TalkOver,
    Tagged,
    Untagged,
    Lost,
    /// Over for everybody.
    Over,
    /// The sound of a talk is ready.
    Recorded,
    /// Known, and nothing that a desk shows of a call.
    Aside,
}

/// The provider's names, of which those without a call are [`Kind::Aside`].
const MNEMONICS: [(&str, Kind); 24] = [
    ("in_call_session", Kind::Arrived),
    ("out_call_session", Kind::Placed),
    ("in_call", Kind::LegIn),
    ("out_call", Kind::LegOut),
    ("call_proceeding", Kind::Rings),
    ("call_connected", Kind::PickedUp),
    ("call_disconnected", Kind::LegOver),
    ("talk_started", Kind::TalkBegan),
    ("call_hold_control", Kind::Hold),
    ("talk_finished", Kind::TalkOver),
    ("set_mark", Kind::Tagged),
    ("unset_mark", Kind::Untagged),
    ("lost_call_session", Kind::Lost),
    ("call_session_finished", Kind::Over),
    ("CALL_END", Kind::Over),
    ("talk_record_file", Kind::Recorded),
    ("talk_record_control", Kind::Aside),
    ("voice_message", Kind::Aside),
    ("fax_receive_finished", Kind::Aside),
    ("offline_message", Kind::Aside),
    ("chat_finished", Kind::Aside),
    ("lost_chat", Kind::Aside),
    ("event", Kind::Aside),
    ("sip_line_unregister", Kind::Aside),
];

/// Names of fields that tell a template of the vendor from the others, the first that fits: all of the first list are
/// there and none of the second. Those whose templates are alike (the legs', the tags') are told by nothing.
const SHAPES: [(&[&str], &[&str], Kind); 13] = [
    (&["offline_message_id"], &[], Kind::Aside),
    (&["chat_id"], &[], Kind::Aside),
    (&["event_log_id"], &[], Kind::Aside),
    (&["sip_line_id"], &[], Kind::Aside),
    (&["total_time_duration"], &[], Kind::Over),
    (&["employee_ids", "wait_time_duration"], &["talk_time_duration"], Kind::Lost),
    (&["file_link", "file_duration", "employee_full_name"], &[], Kind::Recorded),
    (&["file_link"], &[], Kind::Aside),
    (&["status", "leg_id"], &["leg_ids"], Kind::Hold),
    (&["leg_ids", "talk_time_duration"], &[], Kind::TalkOver),
    (&["leg_ids", "call_source"], &["talk_time_duration", "status"], Kind::TalkBegan),
    (&["employee_phone_number"], &["leg_id", "leg_ids", "status", "call_source"], Kind::Placed),
    (
        &["virtual_phone_number", "contact_id", "scenario_name"],
        &["employee_id", "leg_id", "leg_ids", "tag_id", "wait_time_duration"],
        Kind::Arrived,
    ),
];

impl Kind {
    pub fn named(mnemonic: &str) -> Option<Kind> {
        MNEMONICS.iter().find(|(name, _)| *name == mnemonic).map(|(_, kind)| *kind)
    }

    pub(super) fn told(address: Option<&str>, fields: &Fields) -> Option<Kind> {
        let value = |name: &str| fields.get(name).and_then(|values| values.first());
        let field = |name: &str| value(name).and_then(|mnemonic| Kind::named(mnemonic.trim()));
        let by_name = field("notification_mnemonic").or_else(|| address.and_then(Kind::named));
        by_name.or_else(|| field("event")).or_else(|| Kind::shaped(fields))
    }

    fn shaped(fields: &Fields) -> Option<Kind> {
        let has = |name: &&str| fields.contains_key(*name);
        let fits = |(there, absent): (&[&str], &[&str])| there.iter().all(has) && !absent.iter().any(has);
        SHAPES.iter().find(|(there, absent, _)| fits((there, absent))).map(|(_, _, kind)| *kind)
    }
}
