//! Where things stand, by the size of the screen alone: drawing and the mouse ask the same question here, and
//! no call that comes or goes can move anything.

use ratatui::layout::Rect;

/// Below this there is no room to work in.
pub const LEAST: (u16, u16) = (60, 20);

/// From this width a person's history stands beside the card.
const WITH_HISTORY: u16 = 160;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Areas {
    pub status: Rect,
    /// Shares its lower border with the form.
    pub board: Rect,
    pub form: Rect,
    pub sidebar: Rect,
    pub history: Option<Rect>,
    /// Over the lowest borders, the whole width.
    pub notice: Rect,
    pub hints: Rect,
    /// Everything between the status and the hints: where other views and layers stand.
    pub body: Rect,
}

/// `None` when the screen is too small.
pub fn areas(area: Rect) -> Option<Areas> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return None;
    }
    let line = |y: u16| Rect { y, height: 1, ..area };
    let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
    let (desk, history) = columns(body);
    let card = (desk.width * 2 / 5).clamp(24, 56);
    let left = Rect { width: desk.width - card, ..desk };
    let form = form_height(body.height);
    Some(Areas {
        status: line(area.y),
        board: Rect { height: left.height - form + 1, ..left },
        form: Rect { y: left.bottom() - form, height: form, ..left },
        sidebar: Rect { x: left.right(), width: card, ..desk },
        history,
        notice: line(area.bottom() - 2),
        hints: line(area.bottom() - 1),
        body,
    })
}

fn columns(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < WITH_HISTORY {
        return (body, None);
    }
    let history = body.width * 3 / 10;
    let desk = Rect { width: body.width - history, ..body };
    (desk, Some(Rect { x: desk.right(), width: history, ..body }))
}

/// Borders, four fields, the comment's name and from four lines of comment up.
fn form_height(body: u16) -> u16 {
    (body * 2 / 5).clamp(12, 24)
}

/// A rectangle of at most this size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// What is inside a border.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// The same with a blank column at either side, for what is read rather than scanned.
pub fn padded(area: Rect) -> Rect {
    let inner = inside(area);
    let pad = u16::from(area.width >= 28);
    Rect { x: inner.x + pad, width: inner.width.saturating_sub(2 * pad), ..inner }
}

/// First row of the page that holds `row`: scrolling by whole pages sends a screen once, not a line at a time.
pub fn page_start(row: usize, height: u16) -> usize {
    let height = usize::from(height.max(1));
    row / height * height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_from_the_least_up_has_room_for_everything() {
        for (width, height) in [(60, 20), (80, 24), (120, 40), (159, 30), (160, 50), (200, 60), (400, 200)] {
            let areas = areas(Rect::new(0, 0, width, height)).unwrap();
            assert!(areas.board.height >= 7, "{width}x{height}: {areas:?}");
            assert!(areas.board.width >= 36, "{width}x{height}: {areas:?}");
            assert_eq!(areas.board.bottom(), areas.form.y + 1);
            assert_eq!(areas.form.bottom(), areas.sidebar.bottom());
            assert_eq!(areas.hints.y, height - 1);
        }
        assert_eq!(areas(Rect::new(0, 0, 59, 24)), None);
        assert_eq!(areas(Rect::new(0, 0, 80, 19)), None);
    }

    #[test]
    fn pages_do_not_overlap() {
        assert_eq!(page_start(0, 9), 0);
        assert_eq!(page_start(8, 9), 0);
        assert_eq!(page_start(9, 9), 9);
    }
}
