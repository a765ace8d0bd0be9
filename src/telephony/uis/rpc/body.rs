//! The bytes of an answer, never more of them than we are ready to hold.

use reqwest::Response;

pub enum Lost {
    TooLarge,
    Broken(reqwest::Error),
}

pub async fn whole(mut response: Response, at_most: usize) -> Result<Vec<u8>, Lost> {
    let mut body = vec![];
    while let Some(chunk) = response.chunk().await.map_err(Lost::Broken)? {
        if body.len() + chunk.len() > at_most {
            return Err(Lost::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
