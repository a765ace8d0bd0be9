//! Which call a booking, a cancellation or a move belongs to (mission, section 5).
