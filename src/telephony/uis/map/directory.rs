//! Who works in the account and which numbers it has: ids to what people know, and all of it as an [`Office`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::office::{Office, OfficeEmployee, OfficeLine};
use crate::domain::phone::Phone;
use crate::domain::text;
use crate::telephony::uis::NAME;
use crate::telephony::uis::wire::{Campaign, Employee, VirtualNumber};

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Directory {
    employees: HashMap<i64, Employee>,
    numbers: Vec<VirtualNumber>,
    campaigns: Vec<Campaign>,
}

impl Directory {
    pub fn new(employees: Vec<Employee>, numbers: Vec<VirtualNumber>, campaigns: Vec<Campaign>) -> Directory {
        let employees = employees.into_iter().map(|employee| (employee.id, employee)).collect();
        Directory { employees, numbers, campaigns }
    }

    /// The extension of an employee, else their first number in service: what stands as
    /// [`Snapshot::agent`](crate::domain::call::Snapshot).
    pub fn agent(&self, employee: i64) -> Option<String> {
        agent(self.employees.get(&employee)?)
    }

    /// Ids of employees, as the live side has them, with where they are reached.
    pub fn staff(&self) -> HashMap<String, String> {
        let known = self.employees.values().filter_map(|one| Some((one.id.to_string(), agent(one)?)));
        known.collect()
    }

    /// Whether somebody of ours answers there.
    pub fn is_ours(&self, number: &str) -> bool {
        self.employees.values().any(|one| own_extension(one) == Some(number))
    }

    pub fn office(&self) -> Office {
        let mut employees: Vec<OfficeEmployee> = self.employees.values().map(office_employee).collect();
        employees.sort_by(|a, b| a.code.cmp(&b.code));
        let campaigns = self.campaigns_by_number();
        let lines = self.numbers.iter().filter_map(|number| line(number, &campaigns)).collect();
        Office { lines, employees }
    }

    /// Names of the campaigns that show a number, told by the number and by the campaign.
    fn campaigns_by_number(&self) -> BTreeMap<String, BTreeSet<String>> {
        let own_name =
            |id: Option<i64>| self.campaigns.iter().find(|one| id.is_some() && one.id == id)?.name.clone();
        let of_numbers = self.numbers.iter().flat_map(|number| {
            let named = number
                .campaigns
                .iter()
                .map(|one| one.campaign_name.clone().or_else(|| own_name(one.campaign_id)));
            named.map(|name| (number.virtual_phone_number.clone(), name))
        });
        let active = self.campaigns.iter().filter(|campaign| campaign.status.as_deref() != Some("inactive"));
        let of_campaigns = active.flat_map(|campaign| {
            campaign.site_blocks.iter().map(|block| (block.phone_number.clone(), campaign.name.clone()))
        });
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (number, campaign) in of_numbers.chain(of_campaigns) {
            if let (Some(number), Some(campaign)) = (number, campaign) {
                found.entry(digits(&number)).or_default().insert(text::clean(&campaign));
            }
        }
        found
    }
}

/// A number of ours, the way it stands in calls and in the directory of lines.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn agent(employee: &Employee) -> Option<String> {
    own_extension(employee).or_else(|| active_numbers(employee).next()).map(text::clean)
}

fn own_extension(employee: &Employee) -> Option<&str> {
    employee.extension.as_ref()?.extension_phone_number.as_deref()
}

fn active_numbers(employee: &Employee) -> impl Iterator<Item = &str> {
    let active = employee.phone_numbers.iter().filter(|phone| phone.status.as_deref() != Some("inactive"));
    active.filter_map(|phone| phone.phone_number.as_deref())
}

fn office_employee(employee: &Employee) -> OfficeEmployee {
    let phones =
        employee.phone_numbers.iter().filter_map(|phone| Phone::parse(phone.phone_number.as_deref()?));
    OfficeEmployee {
        code: format!("{NAME}:{}", employee.id),
        name: text::clean(employee.full_name.as_deref().unwrap_or_default()),
        extension: agent(employee),
        phones: phones.collect(),
    }
}

fn line(number: &VirtualNumber, campaigns: &BTreeMap<String, BTreeSet<String>>) -> Option<OfficeLine> {
    let own = digits(number.virtual_phone_number.as_deref()?);
    let name = text::clean(number.name.as_deref().unwrap_or_default());
    let campaign =
        campaigns.get(&own).filter(|names| names.len() == 1).and_then(|names| names.first().cloned());
    let name = if name.is_empty() { own.clone() } else { name };
    (!own.is_empty()).then_some(OfficeLine { number: own, name, campaign })
}
