//! Where a recording stands among others, from what the PBX calls it. An outside caller has a hand in that name: it is
//! taken apart and put together again, and never leads out of its folder.

/// How names become places: `{year}/{month}/{day}/{file}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shelf {
    pattern: String,
    /// The PBX's own folder of recordings: what it names with a whole path lies in there.
    pbx_folder: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ShelfError {
    #[error("the pattern needs {{file}} or {{path}}")]
    NoFile,
    #[error("the pattern may hold {{file}}, {{path}}, {{year}}, {{month}}, {{day}} and no other braces")]
    Unknown,
    #[error("«{0}» is no folder of the PBX: it begins with / and holds letters, digits, _ . - and / alone")]
    Folder(String),
}

/// A name that leads nowhere we would go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Strange {
    #[error("its name is no name of a file in the folder")]
    Name,
    #[error("its name tells no day")]
    Day,
}

/// Longer names no file has.
const LONGEST: usize = 1024;

impl Shelf {
    pub fn new(pattern: &str, pbx_folder: Option<&str>) -> Result<Shelf, ShelfError> {
        let bare = ["{file}", "{path}", "{year}", "{month}", "{day}"]
            .iter()
            .fold(pattern.to_owned(), |rest, piece| rest.replace(piece, ""));
        if !pattern.contains("{file}") && !pattern.contains("{path}") {
            return Err(ShelfError::NoFile);
        }
        if bare.contains(['{', '}']) || bare.split('/').any(|part| part == "..") {
            return Err(ShelfError::Unknown);
        }
        let is_folder = |folder: &&str| !folder.starts_with('/') || !is_plain(folder);
        if let Some(folder) = pbx_folder.filter(is_folder) {
            return Err(ShelfError::Folder(folder.to_owned()));
        }
        let pbx_folder = pbx_folder.map(|folder| folder.trim_end_matches('/').to_owned());
        Ok(Shelf { pattern: pattern.trim_matches('/').to_owned(), pbx_folder })
    }

    /// Parts of the path under the folder: at least one, none of them empty or pointing upwards.
    pub fn place(&self, told: &str) -> Result<Vec<String>, Strange> {
        let path = self.under(told)?;
        let file = path.rsplit('/').next().unwrap_or(path);
        let mut place = self.pattern.clone();
        if ["{year}", "{month}", "{day}"].iter().any(|piece| place.contains(piece)) {
            let day = day(file).ok_or(Strange::Day)?;
            let pieces = [("{year}", day.get(..4)), ("{month}", day.get(4..6)), ("{day}", day.get(6..8))];
            for (piece, digits) in pieces {
                place = place.replace(piece, digits.unwrap_or_default());
            }
        }
        // The name last: it may look like a piece of the pattern.
        let place = match place.split_once("{path}") {
            Some((before, after)) => format!("{before}{path}{after}"),
            None => place.split_once("{file}").map_or(place.clone(), |(a, b)| format!("{a}{file}{b}")),
        };
        Ok(place.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    /// What a phone can be told to play: the PBX's own file, without its ending, which the PBX adds.
    pub fn own_file(&self, told: &str) -> Option<String> {
        let place = self.place(told).ok()?.join("/");
        let stem = place.rsplit_once('.').map_or(place.as_str(), |(stem, _)| stem);
        let file = format!("{}/{stem}", self.pbx_folder.as_deref()?);
        is_plain(&file).then_some(file)
    }

    pub fn is_played_by_pbx(&self) -> bool {
        self.pbx_folder.is_some()
    }

    fn under<'t>(&self, told: &'t str) -> Result<&'t str, Strange> {
        let inside = match self.pbx_folder.as_deref() {
            Some(folder) => told.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(told),
            None => told,
        };
        let is_name = |part: &str| !part.is_empty() && !part.starts_with('.');
        let safe = inside.len() <= LONGEST && !inside.chars().any(|c| c.is_control() || c == '\\');
        if safe && inside.split('/').all(is_name) { Ok(inside) } else { Err(Strange::Name) }
    }
}

/// Nothing that a dial plan, a shell or a list of values gives a meaning to.
fn is_plain(path: &str) -> bool {
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c));
    plain && path.len() <= LONGEST && !path.split('/').any(|part| part == "..")
}

/// `20261121` in `q600-79161234567-20261121-194907-1795290547.0.wav`.
fn day(file: &str) -> Option<&str> {
    let is_day = |part: &&str| {
        let within = |range: std::ops::Range<usize>, most: u8| {
            part.get(range)
                .and_then(|digits| digits.parse().ok())
                .is_some_and(|n: u8| (1..=most).contains(&n))
        };
        part.len() == 8
            && part.starts_with("20")
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && within(4..6, 12)
            && within(6..8, 31)
    };
    file.split(['-', '_', '.']).find(is_day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Shelf, Strange};

    const NAME: &str = "q600-79161234567-20261121-194907-1795290547.0.wav";

    fn shelf() -> Shelf {
        Shelf::new("{year}/{month}/{day}/{file}", Some("/var/spool/asterisk/monitor")).unwrap()
    }

    #[test]
    fn a_name_becomes_a_place() {
        assert_eq!(shelf().place(NAME).unwrap().join("/"), format!("2026/11/21/{NAME}"));
        let whole = format!("/var/spool/asterisk/monitor/2026/11/21/{NAME}");
        assert_eq!(shelf().place(&whole).unwrap().join("/"), format!("2026/11/21/{NAME}"));
        let as_told = Shelf::new("{path}", Some("/var/spool/asterisk/monitor/")).unwrap();
        assert_eq!(as_told.place(&whole).unwrap().join("/"), format!("2026/11/21/{NAME}"));
        assert_eq!(shelf().place("x.wav"), Err(Strange::Day));
        let own = "/var/spool/asterisk/monitor/2026/11/21/q600-79161234567-20261121-194907-1795290547.0";
        assert_eq!(shelf().own_file(NAME).as_deref(), Some(own));
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let shelf = Shelf::new("{path}", Some("/var/spool/asterisk/monitor")).unwrap();
        for told in
            ["../x.wav", "a/../../x", "/etc/passwd", "a//b", ".hidden", "a\r\nb", "a\\..\\b", "", "a/.", "/"]
        {
            assert_eq!(shelf.place(told), Err(Strange::Name), "{told:?}");
        }
        for told in ["a,b.wav", "a&b.wav", "a b.wav", "$(x).wav", "имя.wav"] {
            assert!(shelf.place(told).is_ok() && shelf.own_file(told).is_none(), "{told:?}");
        }
    }

    #[test]
    fn only_patterns_that_can_work_are_taken() {
        for wrong in ["{year}", "{file}{hour}", "../{file}", "{file"] {
            assert!(Shelf::new(wrong, None).is_err(), "{wrong}");
        }
        assert!(Shelf::new("{file}", Some("monitor")).is_err());
        assert!(Shelf::new("{file}", Some("/a,b")).is_err());
    }

    proptest! {
        #[test]
        fn whatever_is_told_every_part_of_the_place_is_plain(told in any::<String>()) {
            for shelf in [shelf(), Shelf::new("{path}", None).unwrap(), Shelf::new("x/{file}", None).unwrap()] {
                let parts = shelf.place(&told).unwrap_or_default();
                prop_assert!(!parts.iter().any(|part| part.is_empty() || part.starts_with('.') || part.contains('/')));
            }
        }
    }
}
