//! Where the platform keeps what was said.

use reqwest::Url;

use crate::telephony::uis::wire::Call;

/// The whole call, else its first talk; of a call nobody took, what the caller left on the voice mail.
pub fn recording(row: &Call, media_host: Option<&str>, answered: bool) -> Option<String> {
    let built = |kind: &str, hashes: &[String]| {
        let (hash, id) = (hashes.iter().find(|hash| is_hash(hash))?, row.communication_id.or(row.id)?);
        Some(format!("https://{}/system/media/{kind}/{id}/{hash}/", media_host?))
    };
    if !answered {
        return built("voice_mail", &row.voice_mail_records);
    }
    let whole = row.full_record_file_link.as_deref().and_then(|link| Url::parse(link.trim()).ok());
    whole
        .map(String::from)
        .or_else(|| built("talk", &row.call_records))
        .or_else(|| built("wav", &row.wav_call_records))
}

/// A row is somebody else's text, and this stands in a path.
fn is_hash(hash: &str) -> bool {
    !hash.is_empty() && hash.len() <= 64 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
