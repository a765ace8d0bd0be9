//! A file as symphonia takes it. Two kinds of WAV that telephony leaves behind it does not: one whose writer died or still
//! writes, so that its header says there are no samples; and A-law or u-law in the short header meant for PCM. These get
//! another header; every other file passes as it is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// A header is within so many bytes, or nobody's.
const HEAD: u64 = 4_096;

pub struct Mended {
    file: File,
    /// Stands for the file's first `instead_of` bytes.
    head: Vec<u8>,
    instead_of: u64,
    length: u64,
    at: u64,
}

impl Mended {
    pub fn of(mut file: File) -> io::Result<Mended> {
        let mut begin = vec![];
        file.by_ref().take(HEAD).read_to_end(&mut begin)?;
        let length = file.metadata()?.len();
        let (head, instead_of) = another_head(&begin, length).unwrap_or_default();
        file.seek(SeekFrom::Start(instead_of))?;
        let length = (length - instead_of) + head.len() as u64;
        Ok(Mended { file, head, instead_of, length, at: 0 })
    }
}

impl Read for Mended {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let in_head = usize::try_from(self.at).ok().and_then(|at| self.head.get(at..));
        let read = match in_head.filter(|rest| !rest.is_empty()) {
            Some(mut rest) => rest.read(bytes)?,
            None => self.file.read(bytes)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Mended {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        let behind_head = self.at.saturating_sub(self.head.len() as u64);
        self.file.seek(SeekFrom::Start(self.instead_of.saturating_add(behind_head)))?;
        Ok(self.at)
    }
}

impl MediaSource for Mended {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}

/// The header to put instead, and of how many bytes.
fn another_head(begin: &[u8], length: u64) -> Option<(Vec<u8>, u64)> {
    let mut chunks = begin.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
    let mut format: Option<&[u8]> = None;
    loop {
        let (name, rest) = chunks.split_first_chunk::<4>()?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*size);
        if name == b"data" {
            let format = format?;
            let short = format.len() == 16 && matches!(format.first_chunk()?, [6 | 7, 0]);
            let before = (begin.len() - rest.len()) as u64;
            let samples = u32::try_from(length - before).unwrap_or(u32::MAX);
            return (size == 0 || short).then(|| (head(format, samples), before));
        }
        let (chunk, rest) = rest.split_at_checked(usize::try_from(size).ok()?)?;
        format = format.or((name == b"fmt ").then_some(chunk));
        chunks = rest;
    }
}

fn head(format: &[u8], samples: u32) -> Vec<u8> {
    // Whatever is not PCM says how many fields follow: none.
    let more: &[u8] = if format.len() == 16 && !format.starts_with(&[1, 0]) { &[0, 0] } else { &[] };
    let size = (format.len() + more.len()) as u32;
    let riff = samples.saturating_add(20 + size);
    let sizes = [riff, size, samples].map(u32::to_le_bytes);
    [b"RIFF", &sizes[0], b"WAVE", b"fmt ", &sizes[1], format, more, b"data", &sizes[2]]
        .map(<[u8]>::to_vec)
        .concat()
}
