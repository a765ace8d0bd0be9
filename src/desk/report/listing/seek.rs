//! From one recording of a list to the next, through calls that may still have to be asked for.

use super::Listing;
use crate::desk::player::{Sought, Way};
use crate::desk::report::{Around, Report};
use crate::domain::report::CallRow;

impl Report {
    /// The call under the cursor of a list.
    pub fn chosen(&self) -> Option<&CallRow> {
        self.sheet()?.listing()?.selected()
    }

    /// To the next call of the list that has a recording; calls that are not here yet are asked for.
    pub fn seek_recording(&mut self, way: Way, around: &mut Around<'_>) -> Sought {
        let Some(sheet) = self.sheet_mut() else { return Sought::Nothing };
        sheet.seek_recording(way, around)
    }
}

impl Listing {
    /// To the next call with a recording; the cursor stays until one is found.
    pub fn seek_recording(&mut self, way: Way) -> Sought {
        let resumed = self.sought.take().filter(|(sought, _)| *sought == way);
        let mut next = resumed.map_or_else(|| beside(self.cursor, way), |(_, place)| Some(place));
        let known = |place: &usize| self.refusal.is_none() && self.total.is_none_or(|total| *place < total);
        while let Some(place) = next.filter(known) {
            match self.rows.get(&place) {
                None => {
                    self.sought = Some((way, place));
                    return Sought::Coming;
                }
                Some(row) if row.recording => {
                    let subject = row.into();
                    self.cursor = place;
                    return Sought::Found(Box::new(subject));
                }
                Some(_) => next = beside(place, way),
            }
        }
        Sought::Nothing
    }

    /// The place whose neighbours are wanted here.
    pub(super) fn centre(&self) -> usize {
        self.sought.map_or(self.cursor, |(_, place)| place)
    }
}

fn beside(place: usize, way: Way) -> Option<usize> {
    match way {
        Way::Next => place.checked_add(1),
        Way::Previous => place.checked_sub(1),
    }
}
