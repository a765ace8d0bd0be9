//! Calls of the past with their wrap-ups. A call that is here already is put together with what the file knows,
//! like any provider's news; its wrap-up is saved when it is newer than the one that stands.

use super::find::{At, Noun};
use super::{Done, Intake};
use crate::domain::clinic::{CallRecord, Numbered, WrapUpRecord};
use crate::domain::id::{CallId, CallerTypeId, PersonId, TopicId};
use crate::domain::wrapup::{Fields, WrapUp};
use crate::store::{Author, Error, Millis, calls, wrapups};

impl<'d> Intake<'d> {
    pub(super) fn put_call(&mut self, row: &'d Numbered<CallRecord>) -> Result<Done, Error> {
        let said = row.record.wrapup.as_ref().map(|wrapup| self.said(wrapup, row.line)).transpose()?;
        let known = calls::id_of(self.transaction, &row.record.snapshot.key)?;
        if known.is_none() {
            let call = CallId(self.ids.next());
            calls::insert(self.transaction, call, &row.record.snapshot, self.author).map_err(|error| {
                match error {
                    Error::OutOfTime(_) => {
                        At { line: row.line, column: "started_at" }.refused(&error.to_string())
                    }
                    other => other,
                }
            })?;
            self.wrap_up_new(call, said)?;
            return Ok(Done::Added);
        }
        let recorded = calls::record(self.transaction, &row.record.snapshot, self.author)?;
        let saved = self.wrap_up(recorded.id, said)?;
        Ok(Done::changed_if(recorded.changed || saved))
    }

    fn said(&mut self, wrapup: &'d WrapUpRecord, line: u64) -> Result<(Fields, Author), Error> {
        let mut entry = |noun, name, column| self.finder.find_given(noun, name, At { line, column });
        let employee = entry(Noun::Employee, &wrapup.employee, "employee")?.map(PersonId);
        let who = entry(Noun::Person, &wrapup.who, "who")?.map(PersonId);
        let about = entry(Noun::Person, &wrapup.about, "about")?.map(PersonId);
        let fields = Fields {
            who,
            who_text: wrapup.who_text.clone(),
            about,
            caller_type: entry(Noun::CallerType, &wrapup.caller_type, "caller_type")?.map(CallerTypeId),
            topic: entry(Noun::Topic, &wrapup.topic, "topic")?.map(TopicId),
            comment: wrapup.comment.clone(),
        };
        Ok((fields, Author { employee, at: wrapup.saved_at }))
    }

    /// The first wrap-up of a call that was not here: what a save does, without looking for what cannot be there.
    fn wrap_up_new(&self, call: CallId, said: Option<(Fields, Author)>) -> Result<(), Error> {
        let Some((fields, author)) = said else { return Ok(()) };
        // A name without a card may be a counterparty to remember: that is for a full save.
        if !fields.who_text.is_empty() {
            return wrapups::save(self.transaction, call, &fields, &author).map(drop);
        }
        wrapups::write(self.transaction, call, &fields, &author)?;
        match fields.who {
            Some(who) => calls::attribute(self.transaction, call, Some(who), &author),
            None => Ok(()),
        }
    }

    fn wrap_up(&self, call: CallId, said: Option<(Fields, Author)>) -> Result<bool, Error> {
        let Some((fields, author)) = said else { return Ok(false) };
        let newer =
            |standing: WrapUp| standing.saved_at < Millis::rounded(author.at) && standing.fields != fields;
        let wanted = wrapups::get(self.transaction, call)?.is_none_or(newer);
        if wanted {
            wrapups::save(self.transaction, call, &fields, &author)?;
        }
        Ok(wanted)
    }
}
