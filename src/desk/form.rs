//! The wrap-up form, «Комментарий к разговору»: which call is written about, what its fields hold, which field
//! has the keys and what list is unfolded under it.
//!
//! Pure data and its transitions; what is asked of the engine when something changes is decided in `update`.

mod candidates;
mod choice;
mod comment;
mod draw;

use crate::domain::desk::{BoardCall, OpenCall, Recognition};
use crate::domain::directory::Directories;
use crate::domain::id::{CallId, PersonId};
use crate::domain::person::PersonBrief;
use crate::domain::wrapup::{Fields, Missing};

pub use candidates::{caller_types, people, topics};
pub use choice::{Candidate, Choice, Value};
pub use comment::Comment;
pub use draw::{draw, field_at, label_key, list_row_at};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Field {
    #[default]
    Who,
    About,
    CallerType,
    Topic,
    Comment,
}

impl Field {
    pub const ALL: [Field; 5] = [Field::Who, Field::About, Field::CallerType, Field::Topic, Field::Comment];

    fn place(self) -> usize {
        Field::ALL.iter().position(|field| *field == self).unwrap_or(0)
    }

    /// Round and round.
    pub fn next(self) -> Field {
        Field::ALL[(self.place() + 1) % Field::ALL.len()]
    }

    pub fn previous(self) -> Field {
        Field::ALL[(self.place() + Field::ALL.len() - 1) % Field::ALL.len()]
    }

    pub fn names_person(self) -> bool {
        matches!(self, Field::Who | Field::About)
    }
}

impl From<Missing> for Field {
    fn from(missing: Missing) -> Field {
        match missing {
            Missing::CallerType => Field::CallerType,
            Missing::Topic => Field::Topic,
        }
    }
}

/// What the store has of the opened call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Standing {
    #[default]
    New,
    Draft,
    Saved,
}

#[derive(Debug, Default)]
pub struct Form {
    id: Option<CallId>,
    /// As last heard of; `None` until the engine answers for a call that is not on the board.
    call: Option<BoardCall>,
    pub fields: Fields,
    /// The fields before anybody touched them: recognised, or saved.
    clean: Fields,
    pub comment: Comment,
    pub field: Field,
    /// The list under `field`, when it is unfolded.
    pub choice: Option<Choice>,
    /// «Кто» as it was when the list was unfolded.
    before: (Option<PersonId>, String),
    standing: Standing,
}

impl Form {
    /// Begins with what the number tells; the store's word follows with `settle`.
    pub fn open(&mut self, id: CallId, call: Option<BoardCall>, directories: &Directories) {
        let clean = call.as_ref().map(|call| recognised(call, directories)).unwrap_or_default();
        *self = Form { id: Some(id), call, fields: clean.clone(), clean, ..Form::default() };
    }

    /// The store's word on the opened call. `unsent` is what it has not heard yet, and what was typed while
    /// it was asked stands above all.
    pub fn settle(&mut self, open: OpenCall, unsent: Option<Fields>, directories: &Directories) {
        let clean = match &open.wrapup {
            Some(wrapup) => wrapup.fields.clone(),
            None => recognised(&open.call, directories),
        };
        self.standing = match (&open.draft, &unsent, &open.wrapup) {
            (Some(_), ..) | (_, Some(_), _) => Standing::Draft,
            (None, None, Some(_)) => Standing::Saved,
            (None, None, None) => Standing::New,
        };
        let kept = unsent.or(open.draft).unwrap_or_else(|| clean.clone());
        self.fill(merge(&self.fields, &self.clean, kept));
        self.clean = clean;
        self.call = Some(open.call);
    }

    fn fill(&mut self, fields: Fields) {
        if fields.comment != self.fields.comment {
            self.comment = Comment::of(&fields.comment);
        }
        self.fields = fields;
    }

    /// The newest word of the call itself. Recognised later, an untouched form fills.
    pub fn follow(&mut self, call: BoardCall, directories: &Directories) {
        if !self.touched() && self.standing == Standing::New {
            self.clean = recognised(&call, directories);
            self.fields = self.clean.clone();
        }
        self.call = Some(call);
    }

    pub fn close(&mut self) {
        *self = Form::default();
    }

    pub fn id(&self) -> Option<CallId> {
        self.id
    }

    pub fn call(&self) -> Option<&BoardCall> {
        self.call.as_ref()
    }

    /// Whether a person has worked on it.
    pub fn touched(&self) -> bool {
        self.fields != self.clean || self.choice.as_ref().is_some_and(|choice| !choice.entry.is_empty())
    }

    /// After a save: what stands is what is saved.
    pub fn saved(&mut self, fields: &Fields) {
        self.clean = fields.clone();
        self.standing = Standing::Saved;
    }

    pub fn is_empty(&self, field: Field) -> bool {
        match field {
            Field::Who => self.fields.who.is_none() && self.fields.who_text.is_empty(),
            Field::About => self.fields.about.is_none(),
            Field::CallerType => self.fields.caller_type.is_none(),
            Field::Topic => self.fields.topic.is_none(),
            Field::Comment => self.fields.comment.is_empty(),
        }
    }

    pub fn erase(&mut self, field: Field) {
        match field {
            Field::Who => {
                self.fields.who = None;
                self.fields.who_text.clear();
            }
            Field::About => self.fields.about = None,
            Field::CallerType => self.fields.caller_type = None,
            Field::Topic => self.fields.topic = None,
            Field::Comment => {}
        }
    }

    /// The first field that still wants an answer, from the beginning or after `after`; «О ком» is a
    /// question only now and then, so it is passed over, and so is the topic where the type needs none.
    pub fn first_wanting(&self, after: Option<Field>, directories: &Directories) -> Field {
        let start = after.map_or(0, |field| field.place() + 1);
        let missing = self.fields.missing(directories);
        let wants = |field: &&Field| match field {
            Field::Who => self.is_empty(Field::Who),
            Field::CallerType | Field::Topic => {
                missing.iter().any(|missing| Field::from(*missing) == **field)
            }
            Field::About | Field::Comment => false,
        };
        Field::ALL[start..].iter().find(wants).copied().unwrap_or(Field::Comment)
    }

    /// People the number may be of.
    pub fn choices(&self) -> &[PersonBrief] {
        match self.call.as_ref().map(|call| &call.recognition) {
            Some(Recognition::Several(people)) => people,
            Some(Recognition::One(person)) => std::slice::from_ref(person),
            _ => &[],
        }
    }

    pub fn is_ambiguous(&self) -> bool {
        self.choices().len() > 1 && self.is_empty(Field::Who)
    }

    pub fn pick(&mut self, value: Value, directories: &Directories) {
        match (self.field, value) {
            (Field::Who, Value::Person(person)) => {
                self.fields.who = Some(person.id);
                self.fields.who_text.clear();
                if let Some(caller_type) = directories.type_set_by(person.kind) {
                    self.fields.caller_type = Some(caller_type.id);
                }
            }
            (Field::About, Value::Person(person)) => self.fields.about = Some(person.id),
            (_, Value::CallerType(id)) => self.fields.caller_type = Some(id),
            (_, Value::Topic(id)) => self.fields.topic = Some(id),
            (_, Value::Person(_)) => {}
        }
        self.choice = None;
    }

    /// Unfolds a list over `field`; what the field held comes back if the list is folded unpicked.
    pub fn unfold(&mut self, candidates: Vec<Candidate>) {
        self.choice = Some(Choice::of(candidates));
        self.before = (self.fields.who, self.fields.who_text.clone());
    }

    /// Folds the list unpicked; `false` when none was unfolded.
    pub fn fold(&mut self) -> bool {
        let unfolded = self.choice.take().is_some();
        if unfolded && self.field == Field::Who {
            (self.fields.who, self.fields.who_text) = self.before.clone();
        }
        unfolded
    }

    /// A name typed for somebody without a card.
    pub fn name_caller(&mut self, text: &str) {
        self.fields.who = None;
        self.fields.who_text = text.to_owned();
    }

    /// Puts a line before what the comment says.
    pub fn mention(&mut self, line: &str) {
        let said = self.comment.text();
        self.comment = Comment::of(&[line, &said].map(str::trim_end).join("\n"));
        self.take_comment();
    }

    pub fn take_comment(&mut self) {
        self.fields.comment = self.comment.text();
    }

    pub fn standing(&self) -> Standing {
        match (self.standing, self.touched()) {
            (_, true) => Standing::Draft,
            (standing, false) => standing,
        }
    }
}

/// Exactly one person behind the number fills «Кто»; an employee's or counterparty's number sets the type.
fn recognised(call: &BoardCall, directories: &Directories) -> Fields {
    match &call.recognition {
        Recognition::One(person) => Fields {
            who: Some(person.id),
            caller_type: directories.type_set_by(person.kind).map(|caller_type| caller_type.id),
            ..Fields::default()
        },
        _ => Fields::default(),
    }
}

/// `kept` with what was changed since `base` laid over it; a comment begun here follows the one kept.
fn merge(mine: &Fields, base: &Fields, kept: Fields) -> Fields {
    let comment = match (mine.comment == base.comment, kept.comment.is_empty()) {
        (true, _) => kept.comment,
        (false, true) => mine.comment.clone(),
        (false, false) => format!("{}\n{}", kept.comment, mine.comment),
    };
    let (who, who_text) = match (mine.who, &mine.who_text) == (base.who, &base.who_text) {
        true => (kept.who, kept.who_text),
        false => (mine.who, mine.who_text.clone()),
    };
    let newer = |mine, base, kept| if mine == base { kept } else { mine };
    Fields {
        who,
        who_text,
        about: newer(mine.about, base.about, kept.about),
        caller_type: if mine.caller_type == base.caller_type { kept.caller_type } else { mine.caller_type },
        topic: if mine.topic == base.topic { kept.topic } else { mine.topic },
        comment,
    }
}
