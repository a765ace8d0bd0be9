//! The platform's four names. Each has its own addresses, and credentials of one do not work on another.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Realm {
    Uis,
    Comagic,
    Novofon,
    CallGear,
}

impl Realm {
    pub const ALL: [Realm; 4] = [Realm::Uis, Realm::Comagic, Realm::Novofon, Realm::CallGear];

    /// As people write it: the site they log in to.
    pub fn host(self) -> &'static str {
        match self {
            Realm::Uis => "uiscom.ru",
            Realm::Comagic => "comagic.ru",
            Realm::Novofon => "novofon.ru",
            Realm::CallGear => "callgear.com",
        }
    }

    pub fn named(host: &str) -> Option<Realm> {
        Realm::ALL.into_iter().find(|realm| realm.host().eq_ignore_ascii_case(host.trim()))
    }

    /// Of the Data API 2.0.
    pub fn data_url(self) -> String {
        format!("https://dataapi{}.{}/v2.0", self.infix(), self.host())
    }

    /// Of the Call API 4.0.
    pub fn call_url(self) -> String {
        format!("https://callapi{}.{}/v4.0", self.infix(), self.host())
    }

    /// Where recordings lie: one talk on the first, the whole call on the second.
    pub fn media_hosts(self) -> [String; 2] {
        [format!("app.{}", self.host()), format!("media.{}", self.host())]
    }

    fn infix(self) -> &'static str {
        if self == Realm::Novofon { "-jsonrpc" } else { "" }
    }
}
