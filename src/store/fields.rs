//! The form's fields as columns: drafts and wrap-ups have the same ones.

use rusqlite::Row;

use crate::domain::id::{CallerTypeId, PersonId, TopicId};
use crate::domain::wrapup::Fields;

/// Reads the columns `who, who_text, about, caller_type, topic, comment` by their names.
pub(super) fn read(row: &Row) -> rusqlite::Result<Fields> {
    Ok(Fields {
        who: row.get::<_, Option<_>>("who")?.map(PersonId),
        who_text: row.get("who_text")?,
        about: row.get::<_, Option<_>>("about")?.map(PersonId),
        caller_type: row.get::<_, Option<_>>("caller_type")?.map(CallerTypeId),
        topic: row.get::<_, Option<_>>("topic")?.map(TopicId),
        comment: row.get("comment")?,
    })
}
