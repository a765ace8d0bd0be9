//! A place in a list longer than its room, moved by the same actions everywhere.

use super::action::Action;

/// Where `action` leads from `at` among `len` rows shown `page` at a time; `None` when it is no movement.
pub fn moved(at: usize, len: usize, page: u16, action: Action) -> Option<usize> {
    let last = len.saturating_sub(1);
    let page = usize::from(page.max(1));
    Some(match action {
        Action::Next => (at + 1).min(last),
        Action::Previous => at.saturating_sub(1),
        Action::NextPage => (at + page).min(last),
        Action::PreviousPage => at.saturating_sub(page),
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    })
}
