//! Whole rows of a file, from any place in it.

use std::fs::File;
use std::io::{BufReader, Read, Result, Seek as _, SeekFrom, Take};
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};

/// A smaller file is read from its beginning.
const SMALL: u64 = 1 << 20;
/// How far a whole row is looked for.
const LONGEST: u64 = 1 << 16;
/// A caller can write line breaks into his number, and with them something like a row. So many rows on end he cannot.
const PROOF: usize = 3;

type Rows = Reader<Take<BufReader<File>>>;

pub struct Lines {
    file: File,
    /// Behind the last whole line.
    end: u64,
    rows: Option<Rows>,
    from: u64,
}

impl Lines {
    pub fn open(path: &Path) -> Result<Lines> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let end = last_break(&mut file, length)?;
        Ok(Lines { file, end, rows: None, from: 0 })
    }

    /// To a row near the first that is not `before`; rows that cannot be read say `None`.
    pub fn seek(&mut self, before: impl Fn(&[String]) -> Option<bool>) -> Result<()> {
        let (mut low, mut high) = (0, self.end);
        while high - low > SMALL {
            let middle = low + (high - low) / 2;
            match self.row_behind(middle, &before)? {
                Some((place, true)) => low = place,
                Some((_, false)) | None => high = middle,
            }
        }
        (self.from, self.rows) = (low, None);
        Ok(())
    }

    pub fn near_end(&mut self) {
        self.from = self.end.saturating_sub(LONGEST);
        self.rows = None;
    }

    pub fn next(&mut self) -> Result<Option<Vec<String>>> {
        let mut rows = match self.rows.take() {
            Some(rows) => rows,
            None => self.rows_from(self.from)?,
        };
        let mut record = ByteRecord::new();
        let more = rows.read_byte_record(&mut record)?;
        self.rows = Some(rows);
        Ok(more.then(|| text(&record)))
    }

    /// The place of a proven row that begins behind this one, and whether it is `before`.
    fn row_behind(
        &mut self,
        place: u64,
        before: &impl Fn(&[String]) -> Option<bool>,
    ) -> Result<Option<(u64, bool)>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(place))?;
        (&self.file).take(LONGEST).read_to_end(&mut bytes)?;
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        for at in breaks {
            let mut rows = builder().from_reader(bytes.get(at..).unwrap_or_default());
            let read = rows.byte_records().map_while(|record| Some(before(&text(&record.ok()?))));
            let proof: Option<Vec<bool>> = read.take(PROOF).collect();
            if let Some([first, _, _]) = proof.as_deref() {
                return Ok(Some((place + at as u64, *first)));
            }
        }
        Ok(None)
    }

    fn rows_from(&self, place: u64) -> Result<Rows> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(place))?;
        Ok(builder().from_reader(BufReader::new(file).take(self.end.saturating_sub(place))))
    }
}

fn builder() -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    builder
}

fn text(record: &ByteRecord) -> Vec<String> {
    record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect()
}

fn last_break(file: &mut File, length: u64) -> Result<u64> {
    let from = length.saturating_sub(LONGEST);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(LONGEST).read_to_end(&mut bytes)?;
    let last = bytes.iter().rposition(|byte| *byte == b'\n');
    Ok(last.map_or(0, |last| from + last as u64 + 1))
}
