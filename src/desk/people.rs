//! The people this desk has in hand: briefs that passed by, cards that came. A form keeps ids; names and cards
//! are found here.

use crate::domain::id::PersonId;
use crate::domain::person::{Card, PersonBrief};

/// More are not looked at while one call is written up.
const REMEMBERED: usize = 64;

#[derive(Debug, Default)]
pub struct People {
    briefs: Vec<PersonBrief>,
    cards: Vec<Card>,
}

impl People {
    pub fn meet(&mut self, person: &PersonBrief) {
        self.briefs.retain(|known| known.id != person.id);
        self.briefs.push(person.clone());
        let extra = self.briefs.len().saturating_sub(REMEMBERED);
        self.briefs.drain(..extra);
    }

    pub fn learn(&mut self, card: Card) {
        card.relatives.iter().chain(&card.parent).for_each(|person| self.meet(person));
        self.cards.retain(|known| known.id != card.id);
        self.cards.push(card);
        let extra = self.cards.len().saturating_sub(REMEMBERED);
        self.cards.drain(..extra);
    }

    pub fn card(&self, id: PersonId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    fn brief(&self, id: PersonId) -> Option<&PersonBrief> {
        self.briefs.iter().find(|person| person.id == id)
    }

    pub fn name(&self, id: PersonId) -> Option<&str> {
        let card = self.card(id).map(|card| card.name.as_str());
        card.or_else(|| self.brief(id).map(|person| person.name.as_str()))
    }
}
