//! A-law as telephony keeps it, in a WAV file of two channels.

/// Samples of a channel in a second.
pub const RATE: usize = 8_000;

/// What no sound is in A-law.
pub const SILENCE: u8 = 0xd5;

/// RIFF's own words, `fmt ` with its extension, `fact`, and the head of `data`.
const HEAD: usize = 58;

const A_LAW: u16 = 6;
const CHANNELS: u16 = 2;

/// Of a file of so many seconds, in bytes.
pub fn size(seconds: u64) -> u64 {
    HEAD as u64 + seconds * RATE as u64 * u64::from(CHANNELS)
}

/// ITU-T G.711, table 1a: the eight bits of a sample, every other bit turned over.
pub fn compress(sample: i16) -> u8 {
    let magnitude = if sample < 0 { !sample >> 4 } else { sample >> 4 };
    let exponent = u8::try_from((16 - magnitude.leading_zeros()).saturating_sub(4)).unwrap_or(0);
    let mantissa = match exponent {
        0 => magnitude,
        _ => (magnitude >> (exponent - 1)) & 0x0f,
    };
    let sign = if sample < 0 { 0 } else { 0x80 };
    (u8::try_from(mantissa).unwrap_or(0) | exponent << 4 | sign) ^ 0x55
}

/// The whole file; the channels are as long as each other.
pub fn wav([left, right]: [Vec<u8>; 2]) -> Vec<u8> {
    let samples = u32::try_from(left.len()).unwrap_or(u32::MAX);
    let data = samples.saturating_mul(CHANNELS.into());
    let rate = RATE as u32;
    let mut wav = Vec::with_capacity(HEAD + left.len() * 2);
    wav.extend(b"RIFF");
    wav.extend((data + HEAD as u32 - 8).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(18u32.to_le_bytes());
    wav.extend([A_LAW.to_le_bytes(), CHANNELS.to_le_bytes()].concat());
    wav.extend([rate.to_le_bytes(), (rate * u32::from(CHANNELS)).to_le_bytes()].concat());
    // Bytes of a moment, bits of a sample, bytes of extension.
    wav.extend([CHANNELS.to_le_bytes(), 8u16.to_le_bytes(), 0u16.to_le_bytes()].concat());
    wav.extend(b"fact");
    wav.extend([4u32.to_le_bytes(), samples.to_le_bytes()].concat());
    wav.extend(b"data");
    wav.extend(data.to_le_bytes());
    wav.extend(left.into_iter().zip(right).flat_map(|(left, right)| [left, right]));
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G.711 the other way round.
    fn expand(byte: u8) -> i32 {
        let byte = byte ^ 0x55;
        let (exponent, mantissa) = ((byte >> 4) & 7, i32::from(byte & 0x0f));
        let magnitude = match exponent {
            0 => (mantissa << 4) + 8,
            _ => ((mantissa << 4) + 0x108) << (exponent - 1),
        };
        if byte & 0x80 == 0 { -magnitude } else { magnitude }
    }

    #[test]
    fn every_sample_comes_back_within_its_step() {
        for sample in i16::MIN..=i16::MAX {
            let error = (expand(compress(sample)) - i32::from(sample)).abs();
            assert!(error <= (i32::from(sample).abs() / 32).max(16), "{sample}: {error}");
        }
        assert_eq!(compress(0), SILENCE);
    }
}
