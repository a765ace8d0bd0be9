//! The form's fields as columns: drafts and wrap-ups have the same ones.

use rusqlite::{Row, Statement, params};

use crate::domain::id::{CallId, CallerTypeId, PersonId, TopicId};
use crate::domain::wrapup::Fields;

use super::{Author, Error};

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

/// Executes a statement whose parameters are the call, the fields in the order above, when and by whom.
pub(super) fn write(
    statement: &mut Statement,
    call: CallId,
    fields: &Fields,
    author: &Author,
) -> Result<(), Error> {
    statement.execute(params![
        call.0,
        fields.who.map(|id| id.0),
        fields.who_text,
        fields.about.map(|id| id.0),
        fields.caller_type.map(|id| id.0),
        fields.topic.map(|id| id.0),
        fields.comment,
        author.when(),
        author.by(),
    ])?;
    Ok(())
}
