//! Names of the variables that a template can hold, as far as they are known: to tell a value from a name that was
//! never filled in, and one field from the next where the vendor's own template forgets what stands between.

/// Sorted.
const VARIABLES: [&str; 91] = [
    "answered_employee_full_names",
    "app_id",
    "attributes",
    "call_record_duration",
    "call_session_id",
    "call_source",
    "call_status",
    "called_phone_number",
    "calling_phone_number",
    "campaign_id",
    "campaign_name",
    "channel",
    "chat_channel_name",
    "chat_id",
    "communication_id",
    "communication_number",
    "communication_type",
    "contact_full_name",
    "contact_fullname",
    "contact_group_ids",
    "contact_id",
    "contact_phone_number",
    "crm_contact_link",
    "direction",
    "employee_email",
    "employee_full_name",
    "employee_full_names",
    "employee_id",
    "employee_ids",
    "employee_phone_number",
    "entrance_page",
    "eq_utm_campaign",
    "eq_utm_content",
    "eq_utm_medium",
    "eq_utm_source",
    "eq_utm_term",
    "event_id",
    "event_log_id",
    "event_name",
    "event_type",
    "extension_phone_number",
    "external_id",
    "file_duration",
    "file_link",
    "full_record_file_link",
    "goal_name",
    "group_ids",
    "is_internal",
    "is_transfer",
    "last_talked_employee_id",
    "leg_id",
    "leg_ids",
    "lost_reason",
    "messages",
    "notification_mnemonic",
    "notification_name",
    "notification_time",
    "notification_timestamp",
    "offline_message_id",
    "operator_rating",
    "postprocess_time_duration",
    "record_file_link",
    "record_file_links",
    "referrer_domain",
    "scenario_id",
    "scenario_name",
    "search_engine",
    "search_query",
    "segment_ids",
    "session_id",
    "sip_line_id",
    "sip_line_login",
    "site_domain_name",
    "source_group",
    "start_time",
    "tag_id",
    "tag_ids",
    "tag_name",
    "tag_names",
    "talk_time_duration",
    "total_time_duration",
    "ua_client_id",
    "utm_campaign",
    "utm_content",
    "utm_medium",
    "utm_source",
    "utm_term",
    "virtual_phone_number",
    "visitor_id",
    "visitor_name",
    "wait_time_duration",
];

pub fn is_variable(name: &str) -> bool {
    VARIABLES.binary_search(&name).is_ok()
}

/// The longest name that `text` ends with.
pub fn at_end_of(text: &str) -> Option<&'static str> {
    VARIABLES.iter().copied().filter(|name| text.ends_with(name)).max_by_key(|name| name.len())
}

/// The vendor's own templates do not always agree with themselves.
pub fn usual(name: &str) -> &str {
    match name {
        "contact_fullname" => "contact_full_name",
        "call_record_duration" => "file_duration",
        name => name,
    }
}

/// Whether the platform put a value where the template had a variable: an unknown one stays as it was written, or
/// leaves its bare name.
pub fn is_filled_in(value: &str, name: &str) -> bool {
    let value = value.trim();
    let unresolved = value.starts_with("{{") && value.ends_with("}}");
    !(value.is_empty() || value == "null" || value == name || unresolved || is_variable(value))
}

#[cfg(test)]
mod tests {
    use super::VARIABLES;

    #[test]
    fn the_names_are_sorted() {
        assert!(VARIABLES.is_sorted());
    }
}
