//! The screen program as a state machine: events in, effects out, a frame from the state.
