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
    /// What right statistics still want: the type always, the topic unless the type
    /// says it may be left out.
    pub fn missing(&self, directories: &Directories) -> Vec<Missing> {
        let Some(caller_type) = self.caller_type.and_then(|id| directories.caller_type(id)) else {
            return match self.topic {
                Some(_) => vec![Missing::CallerType],
                None => vec![Missing::CallerType, Missing::Topic],
            };
        };
        match self.topic {
            None if caller_type.needs_topic => vec![Missing::Topic],
            _ => vec![],
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Fields::default()
    }
}
