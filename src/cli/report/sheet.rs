//! Rows and columns, printed for people or for spreadsheets.

use unicode_width::UnicodeWidthStr as _;

use super::Format;
use crate::cli::Failure;
use crate::desk::Language;

pub struct Sheet {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

pub struct Column {
    /// The heading for programs: the same in every language.
    pub key: &'static str,
    pub title: String,
}

pub enum Cell {
    /// From outside: harmless on a terminal, and made harmless for a spreadsheet here.
    Text(String),
    /// As people read it, and as programs do.
    Number {
        shown: String,
        plain: String,
    },
    Empty,
}

impl Cell {
    pub fn count(count: u64) -> Cell {
        Cell::Number { shown: count.to_string(), plain: count.to_string() }
    }

    /// Nothing where there is no value to show.
    pub fn number(value: Option<(String, String)>) -> Cell {
        value.map_or(Cell::Empty, |(shown, plain)| Cell::Number { shown, plain })
    }
}

impl Sheet {
    pub fn print(&self, format: Format, language: Language) -> Result<String, Failure> {
        match format {
            Format::Csv => self.csv(),
            Format::Excel => self.excel(language),
            _ => Ok(self.table()),
        }
    }

    fn csv(&self) -> Result<String, Failure> {
        self.separated(b',', ".", |column| column.key)
    }

    /// Opened by a double click, Excel knows UTF-8 only by the mark in front, and of separators those of its own
    /// language: what has another decimal point becomes a date there.
    fn excel(&self, language: Language) -> Result<String, Failure> {
        let (separator, point) = match language {
            Language::Ru => (b';', ","),
            Language::En => (b',', "."),
        };
        Ok("\u{feff}".to_owned() + &self.separated(separator, point, |column| &column.title)?)
    }

    fn separated(
        &self,
        separator: u8,
        point: &str,
        head: impl Fn(&Column) -> &str,
    ) -> Result<String, Failure> {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(vec![]);
        writer.write_record(self.columns.iter().map(head))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match cell {
                Cell::Text(text) => defused(text),
                Cell::Number { plain, .. } => plain.replace('.', point),
                Cell::Empty => String::new(),
            }))?;
        }
        let bytes = writer.into_inner().map_err(|error| Failure::new(error.error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn table(&self) -> String {
        let titles = self.columns.iter().map(|column| column.title.as_str()).collect::<Vec<_>>();
        let rows = self.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>());
        let lines: Vec<Vec<&str>> = [titles].into_iter().chain(rows).collect();
        let width = |place: usize| lines.iter().map(|line| line[place].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut printed = String::new();
        for line in &lines {
            let cells = line.iter().enumerate().map(|(place, text)| {
                let gap = " ".repeat(widths[place] - text.width());
                if self.is_numeric(place) { format!("{gap}{text}") } else { format!("{text}{gap}") }
            });
            printed.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            printed.push('\n');
        }
        printed
    }

    /// Numbers line up on the right.
    fn is_numeric(&self, place: usize) -> bool {
        !self.rows.iter().any(|row| matches!(row[place], Cell::Text(_)))
    }
}

fn shown(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number { shown, .. } => shown,
        Cell::Empty => "–",
    }
}

/// A text that a spreadsheet would take for a formula, with an apostrophe in front.
fn defused(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(texts: &[&str]) -> Sheet {
        let column = |key| Column { key, title: key.to_owned() };
        let row = |text: &&str| vec![Cell::Text((*text).to_owned()), Cell::count(7)];
        Sheet { columns: vec![column("name"), column("calls")], rows: texts.iter().map(row).collect() }
    }

    #[test]
    fn no_cell_starts_a_formula() {
        let hostile = ["=1+1", "+7", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1", "a,\"b\""];
        let printed = sheet(&hostile).csv().unwrap();
        let mut reader = csv::Reader::from_reader(printed.as_bytes());
        let cells: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(cells.len(), hostile.len());
        for cell in &cells[..7] {
            assert!(cell.starts_with('\''), "{cell}");
        }
        assert_eq!(cells[7], "a,\"b\"");
    }

    #[test]
    fn excel_reads_its_own_separators() {
        let mut sheet = sheet(&["Ёлкина; Анна"]);
        sheet.rows[0][1] = Cell::number(Some(("0:25".to_owned(), "25.5".to_owned())));
        assert_eq!(sheet.excel(Language::Ru).unwrap(), "\u{feff}name;calls\n\"Ёлкина; Анна\";25,5\n");
        assert_eq!(sheet.excel(Language::En).unwrap(), "\u{feff}name,calls\nЁлкина; Анна,25.5\n");
    }

    #[test]
    fn columns_line_up_by_what_a_terminal_shows() {
        let printed = sheet(&["Ёлкина", "ab", "漢字"]).table();
        assert_eq!(printed, "name    calls\nЁлкина      7\nab          7\n漢字        7\n");
    }
}
