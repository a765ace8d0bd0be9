//! Puts desk programs in front of people: terminal bytes out, keys in.
