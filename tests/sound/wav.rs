//! WAV files as telephony writes them.

/// What follows the samples' format in a WAV header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Pcm(u16),
    Float,
    ALaw,
    MuLaw,
}

pub struct Wav {
    pub kind: Kind,
    pub rate: u32,
    pub channels: u16,
}

impl Wav {
    pub fn telephone() -> Wav {
        Wav { kind: Kind::Pcm(16), rate: 8_000, channels: 1 }
    }

    pub fn bytes(&self, samples: &[f32]) -> Vec<u8> {
        let data: Vec<u8> = samples.iter().flat_map(|sample| self.kind.sample(*sample)).collect();
        [self.header(data.len() as u32).as_slice(), &data].concat()
    }

    pub fn header(&self, data: u32) -> Vec<u8> {
        let (tag, bits) = match self.kind {
            Kind::Pcm(bits) => (1_u16, bits),
            Kind::Float => (3, 32),
            Kind::ALaw => (6, 8),
            Kind::MuLaw => (7, 8),
        };
        let block = self.channels * bits / 8;
        // What is not PCM has a field more, which says that no others follow.
        let more: &[u8] = if tag == 1 { &[] } else { &[0, 0] };
        let mut bytes = b"RIFF".to_vec();
        bytes.extend((36 + more.len() as u32).saturating_add(data).to_le_bytes());
        bytes.extend(b"WAVEfmt ");
        bytes.extend((16 + more.len() as u32).to_le_bytes());
        bytes.extend([tag, self.channels].iter().flat_map(|field| field.to_le_bytes()));
        bytes.extend([self.rate, self.rate * u32::from(block)].iter().flat_map(|field| field.to_le_bytes()));
        bytes.extend([block, bits].iter().flat_map(|field| field.to_le_bytes()));
        bytes.extend(more);
        bytes.extend(b"data");
        bytes.extend(data.to_le_bytes());
        bytes
    }
}

impl Kind {
    /// No further from the sample than this.
    pub fn error(self) -> f32 {
        match self {
            Kind::Pcm(8) => 1.0 / 128.0,
            Kind::Pcm(16) => 1.0 / 32_768.0,
            Kind::ALaw | Kind::MuLaw => 0.04,
            _ => 1e-6,
        }
    }

    fn sample(self, sample: f32) -> Vec<u8> {
        let whole = |bits: u32| (f64::from(sample) * f64::from(1 << (bits - 1))).round() as i32;
        match self {
            Kind::Pcm(8) => vec![(whole(8) + 128).clamp(0, 255) as u8],
            Kind::Pcm(16) => (whole(16).clamp(-32_768, 32_767) as i16).to_le_bytes().to_vec(),
            Kind::Pcm(24) => whole(24).clamp(-8_388_608, 8_388_607).to_le_bytes()[..3].to_vec(),
            Kind::Pcm(_) => ((f64::from(sample) * 2_147_483_648.0) as i32).to_le_bytes().to_vec(),
            Kind::Float => sample.to_le_bytes().to_vec(),
            Kind::ALaw => vec![nearest(sample, alaw)],
            Kind::MuLaw => vec![nearest(sample, mulaw)],
        }
    }
}

fn nearest(sample: f32, decode: fn(u8) -> i32) -> u8 {
    let wanted = (sample * 32_768.0) as i32;
    (0..=255).min_by_key(|code| (decode(*code) - wanted).abs()).unwrap()
}

/// ITU-T G.711: even bits inverted, sign, three bits of segment, four of mantissa.
fn alaw(code: u8) -> i32 {
    let code = code ^ 0x55;
    let (segment, mantissa) = (i32::from(code >> 4 & 7), i32::from(code & 15));
    let size = if segment == 0 { (mantissa << 4) + 8 } else { ((mantissa << 4) + 0x108) << (segment - 1) };
    if code & 0x80 == 0 { -size } else { size }
}

/// ITU-T G.711: all bits inverted, sign, three bits of segment, four of mantissa; a bias of 33.
fn mulaw(code: u8) -> i32 {
    let code = !code;
    let (segment, mantissa) = (i32::from(code >> 4 & 7), i32::from(code & 15));
    let size = (((mantissa << 3) + 0x84) << segment) - 0x84;
    if code & 0x80 == 0 { size } else { -size }
}
