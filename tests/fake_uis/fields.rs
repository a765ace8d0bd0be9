//! The columns of each method as documented: a name, its type (`n`umber, `s`tring or enum, `t`ime, `b`oolean, `a`rray,
//! `o`bject), then `f` where it can be filtered by, `s` where sorted by, `d` where it comes without being asked for.
//! What lies inside an array or object is not listed.
//! What is not here does not exist, and asking for it is an error as at the vendor's.

pub struct Field {
    pub name: &'static str,
    pub form: char,
    pub filtered: bool,
    pub sorted: bool,
    pub by_default: bool,
}

/// The columns of `get.*`; `None` for methods that have none.
pub fn of(method: &str) -> Option<Vec<Field>> {
    let table = match method {
        "get.calls_report" => CALLS,
        "get.call_legs_report" => LEGS,
        "get.offline_messages_report" => MESSAGES,
        "get.employees" => EMPLOYEES,
        "get.virtual_numbers" => NUMBERS,
        "get.campaigns" => CAMPAIGNS,
        "get.tags" => TAGS,
        _ => return None,
    };
    Some(table.lines().filter_map(field).collect())
}

fn field(line: &'static str) -> Option<Field> {
    let mut words = line.split_whitespace();
    let (name, form) = (words.next()?, words.next()?.chars().next()?);
    let flags = words.next().unwrap_or_default();
    let has = |flag| flags.contains(flag);
    Some(Field { name, form, filtered: has('f'), sorted: has('s'), by_default: has('d') })
}

const CALLS: &str = "
id n fd
start_time t sd
finish_time t d
finish_reason s fsd
direction s fsd
cpn_region_id n fsd
cpn_region_name s fsd
cpn_country_name s fsd
cpn_country_id s fsd
properties s
scenario_operations a f
source s fsd
is_lost b fsd
communication_number n fs
communication_page_url s
contact_phone_number s fd
communication_id n fd
communication_type s d
wait_duration n fd
total_wait_duration n fd
lost_call_processing_duration n fs
talk_duration n fd
clean_talk_duration n fd
total_duration n fd
postprocess_duration n f
call_records a d
wav_call_records a d
full_record_file_link s d
voice_mail_records a
virtual_phone_number s fsd
ua_client_id s
ym_client_id s
sale_date t fs
sale_cost n fs
is_transfer b fs
search_query s f
search_engine s f
referrer_domain s f
referrer s f
entrance_page s f
gclid s f
yclid s f
ymclid s
ef_id s f
channel s f
tags a f
employees a f
last_answered_employee_id n f
last_answered_employee_full_name s f
last_answered_employee_rating n f
first_answered_employee_id n f
first_answered_employee_full_name s f
last_talked_employee_id n f
last_talked_employee_full_name s f
first_talked_employee_id n f
first_talked_employee_full_name s f
operator_phone_number s f
scenario_name s f
scenario_id n fs
site_domain_name s f
site_id n fs
campaign_name s f
campaign_id n fs
visit_other_campaign b
auto_call_campaign_name s fs
visitor_id n fs
person_id n f
visitor_type s fs
visitor_session_id n f
visits_count n f
visitor_first_campaign_id n f
visitor_first_campaign_name s f
visitor_city s f
visitor_region s f
visitor_country s f
visitor_device s fs
visitor_custom_properties a f
segments a f
call_api_request_id n f
call_api_external_id s f
contact_id n f
contact_full_name s f
utm_source s f
utm_medium s f
utm_term s f
utm_content s f
utm_campaign s f
openstat_ad s f
openstat_campaign s f
openstat_service s f
openstat_source s f
attributes a f
eq_utm_source s f
eq_utm_medium s f
eq_utm_term s f
eq_utm_content s f
eq_utm_campaign s f
eq_utm_referrer s f
eq_utm_expid s f
source_id n fs
source_name s fs
source_new s fs
channel_new s fs
channel_code s fs";

const LEGS: &str = "
id n fd
call_session_id n fsd
call_records a d
wav_call_records a d
start_time t sd
connect_time t d
duration n fsd
total_duration n fsd
finish_reason s fsd
finish_reason_description s fs
virtual_phone_number s fsd
calling_phone_number s fsd
called_phone_number s fsd
direction s fsd
is_transfered b fsd
is_operator b fsd
employee_id n fsd
employee_full_name s fs
employee_phone_number s fs
employee_rating n fsd
scenario_id n fsd
scenario_name s fs
is_coach b fsd
release_cause_code n fsd
release_cause_description s fsd
is_failed b fsd
is_talked b fs
contact_id n
contact_full_name s
contact_phone_number s
action_id n fd
action_name s fd
group_id n fd
group_name s fd";

const MESSAGES: &str = "
id n fd
date_time t
text s d
communication_number n fs
communication_page_url s
communication_type s
communication_id n fd
is_agree_to_process_personal_data b d
is_agree_to_mailing b d
ua_client_id s
ym_client_id s
sale_date t fs
sale_cost n fs
status s fsd
process_time t
form_type s fsd
form_name s fs
search_query s f
search_engine s f
referrer_domain s f
referrer s f
entrance_page s f
gclid s f
yclid s f
ymclid s f
ef_id s f
channel s f
properties s d
group_id n fs
group_name s fs
employee_id n fsd
employee_full_name s fs
employee_answer_message s
employee_comment s
tags a f
site_id n fsd
site_domain_name s f
campaign_id n fsd
campaign_name s f
visit_other_campaign b
visitor_phone_number n fd
visitor_email s fd
visitor_name s fd
visitor_id n fsd
person_id n fs
visitor_type s fs
visitor_session_id n fd
visits_count n f
visitor_first_campaign_id n f
visitor_first_campaign_name s f
visitor_city s f
visitor_country s f
visitor_region s f
visitor_device s fs
visitor_custom_properties a f
segments a f
utm_source s f
utm_medium s f
utm_term s f
utm_content s f
utm_campaign s f
openstat_ad s f
openstat_campaign s f
openstat_service s f
openstat_source s f
attributes a f
eq_utm_source s f
eq_utm_medium s f
eq_utm_term s f
eq_utm_content s f
eq_utm_campaign s f
eq_utm_referrer s f
eq_utm_expid s f
source_id n fs
source_name s fs
source_new s fs
channel_new s fs
channel_code s fs";

const EMPLOYEES: &str = "
id n fd
login s fsd
first_name s fsd
last_name s fsd
patronymic s sd
full_name s fsd
status s fd
status_id n fd
calls_available b fsd
allowed_in_call_types a fd
in_external_allowed_call_directions a fd
in_internal_allowed_call_directions a fd
allowed_out_call_types a fd
out_external_allowed_call_directions a fd
out_internal_allowed_call_directions a fd
email s fd
call_recording s fd
schedule_id n fd
schedule_name s fd
coach o fd
groups a fd
phone_numbers a fd
extension o fd
operator o d";

const NUMBERS: &str = "
id n fd
child_customer_id n fsd
virtual_phone_number s fd
redirection_phone_number s fd
activation_date t fd
status s fsd
category s fsd
type s fsd
comment s fsd
name s fsd
campaigns a fd
scenarios a fd";

const CAMPAIGNS: &str = "
id n fd
name s fsd
description s d
status s fd
creation_time t fsd
campaign_conditions o d
engine s fsd
type s fsd
costs n fsd
cost_ratio n d
cost_ratio_operator s d
site_id n fsd
site_domain_name s fd
site_blocks a fd
static_utm_source s fd
static_utm_medium s fd
static_utm_campaign s fd
static_utm_term s fd
static_utm_content s fd
static_utm_referrer s fd
static_utm_expid s fd
dynamic_call_tracking_enabled b d
dynamic_call_tracking o fd
coverage_visitors n d
group_conditions a d";

const TAGS: &str = "
id n fd
name s fsd
is_system b fsd";
