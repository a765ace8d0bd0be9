//! Asterisk over AMI: `wire` (bytes to messages), `map` (messages to calls), `client` (socket, login, retry).

pub mod map;
pub mod replay;
pub mod wire;
