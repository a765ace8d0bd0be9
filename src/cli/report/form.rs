//! The flags of how a report is written and where to.

use std::path::{Path, PathBuf};

use super::destination::Destination;
use crate::cli::Failure;
use crate::desk::Language;
use crate::export::{Dialect, Format};

#[derive(clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Form")]
pub struct Asked {
    /// How it is written [default: as the output file's name ends, else table]
    #[arg(long)]
    format: Option<Form>,
    /// The same as --format html
    #[arg(long, conflicts_with = "format")]
    html: bool,
    /// Write to this file, readable by its owner alone; it is there whole or not at all
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// What stands between the values of CSV [default: comma, for Excel as the language has it]
    #[arg(long)]
    separator: Option<Separator>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Form {
    /// For people, in their language
    Table,
    /// For programs: the same headings in every language, commas, decimal points
    Csv,
    /// CSV for Excel by a double click: headings and separators of the language
    Excel,
    /// For programs, with ids and sums
    Json,
    /// A workbook: numbers with formats, totals, a frozen heading
    Xlsx,
    /// One page that stands alone, with charts, for mailing and printing
    Html,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl Asked {
    pub fn format(&self, language: Language) -> Result<Format, Failure> {
        let format = match self.form() {
            Form::Table => Format::Plain,
            Form::Csv => Format::Separated(self.dialect(Dialect::OF_PROGRAMS)),
            Form::Excel => Format::Separated(self.dialect(Dialect::of_excel(language))),
            Form::Json => Format::Json,
            Form::Xlsx => Format::Workbook,
            Form::Html => Format::Page,
        };
        let is_csv = matches!(format, Format::Separated(_));
        match (self.bom || self.separator.is_some()) && !is_csv {
            true => Err(Failure::new("--bom and --separator are of CSV").hint("add --format csv")),
            false => Ok(format),
        }
    }

    fn form(&self) -> Form {
        match self.format {
            _ if self.html => Form::Html,
            Some(form) => form,
            None => self.output.as_deref().and_then(by_ending).unwrap_or(Form::Table),
        }
    }

    fn dialect(&self, usual: Dialect) -> Dialect {
        let separator = match self.separator {
            None => usual.separator,
            Some(Separator::Comma) => b',',
            Some(Separator::Semicolon) => b';',
            Some(Separator::Tab) => b'\t',
        };
        Dialect { separator, mark: usual.mark || self.bom, ..usual }
    }

    pub fn destination(&self, format: Format) -> Result<Destination<'_>, Failure> {
        match &self.output {
            Some(path) => Ok(Destination::File(path)),
            None => Destination::output(format == Format::Workbook),
        }
    }
}

fn by_ending(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        "csv" => Some(Form::Csv),
        "json" => Some(Form::Json),
        "xlsx" => Some(Form::Xlsx),
        "html" | "htm" => Some(Form::Html),
        _ => None,
    }
}
