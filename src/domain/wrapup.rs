//! «Комментарий к разговору»: what the operator says about a call.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::directory::Directories;
use super::id::{CallId, CallerTypeId, PersonId, TopicId};

/// The fields of the form; a draft and a saved wrap-up have the same ones.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Fields {
    /// «Кто»: who calls.
    pub who: Option<PersonId>,
    /// Name typed for somebody who has no card.
    pub who_text: String,
    /// «О ком»: about whom, when not the caller.
    pub about: Option<PersonId>,
    /// «Тип»
    pub caller_type: Option<CallerTypeId>,
    /// «Тема разговора»
    pub topic: Option<TopicId>,
    pub comment: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WrapUp {
    pub call: CallId,
    pub fields: Fields,
    /// Who wrote it: «Сотрудник» of the report.
    pub employee: Option<PersonId>,
    pub saved_at: DateTime<Utc>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    CallerType,
    Topic,
}

impl Fields {
    /// What right statistics still want: the type always, the topic unless the type says it may be left out, or the
    /// clinic has named none yet.
    pub fn missing(&self, directories: &Directories) -> Vec<Missing> {
        let caller_type = self.caller_type.and_then(|id| directories.caller_type(id));
        let wants_topic = caller_type.is_none_or(|caller_type| caller_type.needs_topic);
        let no_type = caller_type.is_none().then_some(Missing::CallerType);
        let no_topic = self.topic.is_none() && wants_topic && !directories.topics.is_empty();
        no_type.into_iter().chain(no_topic.then_some(Missing::Topic)).collect()
    }

    pub fn is_empty(&self) -> bool {
        *self == Fields::default()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::directory::{CallerType, Topic};

    #[test]
    fn a_clinic_without_topics_can_save_all_the_same() {
        let id = CallerTypeId(Uuid::from_u128(1));
        let wants_topic = CallerType {
            id,
            name: "Пациент".into(),
            direction: None,
            sets_itself_for: None,
            counts: true,
            needs_topic: true,
        };
        let mut directories = Directories { caller_types: vec![wants_topic], ..Directories::default() };
        let typed = Fields { caller_type: Some(id), ..Fields::default() };
        assert_eq!(typed.missing(&directories), []);
        assert_eq!(Fields::default().missing(&directories), [Missing::CallerType]);
        directories.topics.push(Topic { id: TopicId(Uuid::from_u128(2)), name: "Терапия".into() });
        assert_eq!(typed.missing(&directories), [Missing::Topic]);
        assert_eq!(Fields::default().missing(&directories), [Missing::CallerType, Missing::Topic]);
    }
}
