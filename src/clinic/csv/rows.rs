//! The rows of a file as they stand: separators, quotes, and on which line each begins.

use std::io::{Chain, Read as _};

use csv::{Reader, ReaderBuilder, StringRecord};

use super::Fault;

/// Stands behind the last row; a quotation mark that none closes swallows it.
const END: &str = "\n\u{4}\n";

pub struct Rows<'t> {
    text: &'t [u8],
    reader: Reader<Chain<&'t [u8], &'static [u8]>>,
    record: StringRecord,
    /// Bytes of `text` whose line breaks are counted, and the line they lead to.
    counted: usize,
    line: u64,
}

pub struct Row<'r> {
    /// From 1, as editors count.
    pub line: u64,
    pub record: &'r StringRecord,
}

impl<'t> Rows<'t> {
    pub fn open(text: &'t [u8]) -> Rows<'t> {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(separator(text)).has_headers(false).flexible(true);
        let reader = builder.from_reader(text.chain(END.as_bytes()));
        Rows { text, reader, record: StringRecord::new(), counted: 0, line: 1 }
    }

    pub fn next(&mut self) -> Result<Option<Row<'_>>, Fault> {
        let more = self.reader.read_record(&mut self.record);
        let line = self.begun();
        let fault = |problem: String| Fault { line: Some(line), column: None, problem };
        let more = more.map_err(|error| fault(error.to_string()))? && self.counted < self.text.len();
        if more && self.record.iter().next_back().is_some_and(|value| value.ends_with(END)) {
            return Err(fault("a quotation mark (\") opens a text here and none closes it".to_owned()));
        }
        Ok(more.then_some(Row { line, record: &self.record }))
    }

    /// The line of the row just read. csv's own count is behind by the breaks that it skips before a row:
    /// the second half of a CRLF, empty lines.
    fn begun(&mut self) -> u64 {
        let Some(position) = self.record.position() else { return self.line };
        let start = usize::try_from(position.byte()).unwrap_or_default().min(self.text.len());
        let skipped = self.text[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += breaks(&self.text[self.counted.min(start + skipped)..start + skipped]);
        self.counted = start + skipped;
        self.line
    }
}

/// How many lines end in these bytes.
pub fn breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Whichever the header has most of.
fn separator(text: &[u8]) -> u8 {
    let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: &u8| header.iter().filter(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Result<Vec<(u64, String)>, Fault> {
        let mut rows = Rows::open(text.as_bytes());
        let mut found = vec![];
        while let Some(row) = rows.next()? {
            found.push((row.line, row.record[0].to_owned()));
        }
        Ok(found)
    }

    #[test]
    fn lines_are_those_of_an_editor_whatever_ends_them() {
        for text in ["id,text\na,\"1\n2\"\n\n\nb,3", "id,text\r\na,\"1\r\n2\"\r\n\r\n\r\nb,3\r\n"] {
            let wanted = [(1, "id"), (2, "a"), (6, "b")].map(|(line, text)| (line, text.to_owned()));
            assert_eq!(lines(text).unwrap(), wanted);
        }
    }

    #[test]
    fn a_text_that_is_never_closed_is_told_where_it_begins() {
        let fault = lines("id,text\r\na,1\r\nb,\"2\r\nc,3\r\nd,4\r\n").unwrap_err();
        assert_eq!(fault.line, Some(3));
        assert!(lines("id,text\na,\"1\"\"2\"\nb,5\" and 6\"\n").is_ok());
    }
}
