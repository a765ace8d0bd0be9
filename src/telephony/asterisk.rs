//! Asterisk over AMI: `wire` (bytes to messages), `map` (messages to calls), `client` (socket, login, retry).
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub username: String,
    pub secret: String,
    pub trunks: Vec<String>,
    pub extensions: Vec<String>,
    pub context: String,
}
pub struct Asterisk;
impl Asterisk {
    pub fn new(_: Settings) -> Asterisk {
        Asterisk
    }
}
impl super::Provider for Asterisk {
    async fn run(
        self,
        _e: tokio::sync::mpsc::Sender<super::Event>,
        _o: tokio::sync::mpsc::Receiver<super::Placed>,
    ) {
    }
}
