//! Which rows belong together: those of one Linkedid, and of all Linkedids that share a leg.

use std::collections::HashMap;

use super::super::row::Cel;

/// A leg that is transferred or picked up goes on under another Linkedid: both calls are one story. Rows keep their
/// order.
pub fn stories(rows: &[Cel]) -> Vec<Vec<&Cel>> {
    let mut kin = Kin::default();
    rows.iter().for_each(|row| kin.join(&row.id, &row.call));
    let mut stories: Vec<Vec<&Cel>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        let place = *places.entry(kin.head(&row.call)).or_insert_with(|| {
            stories.push(Vec::new());
            stories.len() - 1
        });
        if let Some(story) = stories.get_mut(place) {
            story.push(row);
        }
    }
    stories
}

/// Ids that are the same story, each pointing to another of it or to itself.
#[derive(Default)]
struct Kin<'r>(HashMap<&'r str, &'r str>);

impl<'r> Kin<'r> {
    fn join(&mut self, a: &'r str, b: &'r str) {
        let (a, b) = (self.head(a), self.head(b));
        self.0.insert(b, b);
        self.0.insert(a, b);
    }

    fn head(&self, id: &'r str) -> &'r str {
        let mut head = id;
        while let Some(next) = self.0.get(head).filter(|next| **next != head) {
            head = next;
        }
        head
    }
}
