//! The sound of calls, and what is never asked for it.

use std::io::{Read, Seek};

use pult::telephony::uis::recordings::Media;
use pult::telephony::{FetchError, Fetched, Recordings, SoundForm};
use tokio::fs::File;

use crate::fake::faults::{Target, Trouble as Fault};
use crate::fake::media::{mp3, wav};
use crate::fake::world::Record;
use crate::given::{Given, HOUR, at, talk};

const HASH: &str = "2e675888ded89ed517d5c60e63a2d8c3";

struct Room {
    given: Given,
    media: Media,
    sound: Vec<u8>,
}

impl Room {
    async fn new(sound: Vec<u8>) -> Room {
        let given = Given::new().await;
        let record =
            Record { hash: HASH.into(), known_from: at(130), ready_from: at(140), sound: sound.clone() };
        given.fake.world(|world| {
            world.sessions.push(crate::fake::world::Session { records: vec![record], ..talk(1, 0) })
        });
        Room { media: Media::new(&["127.0.0.1".into()]).unwrap(), given, sound }
    }

    fn link(&self) -> String {
        format!("{}/1/{HASH}", self.given.fake.url())
    }

    async fn fetch(&self, link: &str, at_most: u64) -> (Result<Fetched, FetchError>, Vec<u8>) {
        let mut file = tempfile::tempfile().unwrap();
        let mut into = File::from_std(file.try_clone().unwrap());
        let fetched = self.media.fetch(link, &mut into, at_most).await;
        let mut bytes = vec![];
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        (fetched, bytes)
    }
}

#[tokio::test]
async fn sound_comes_whole_and_its_form_is_told_by_its_bytes() {
    for (sound, form) in [(mp3(200), SoundForm::Mp3), (wav(500), SoundForm::Wav)] {
        let room = Room::new(sound).await;
        let (fetched, bytes) = room.fetch(&room.link(), 1 << 20).await;
        assert_eq!(fetched.unwrap(), Fetched { bytes: room.sound.len() as u64, form });
        assert_eq!(bytes, room.sound);
    }
}

#[tokio::test]
async fn soon_after_the_talk_it_is_not_ready() {
    let room = Room::new(wav(100)).await;
    room.given.go_to(135);
    assert!(matches!(room.fetch(&room.link(), 1 << 20).await.0, Err(FetchError::NotReady)));
    room.given.go_to(HOUR);
    assert!(room.fetch(&room.link(), 1 << 20).await.0.is_ok());
}

#[tokio::test]
async fn what_is_too_large_broken_or_no_sound_is_refused() {
    let room = Room::new(wav(500)).await;
    let (fetched, bytes) = room.fetch(&room.link(), 1_000).await;
    assert!(matches!(fetched, Err(FetchError::TooLarge(1_000))));
    assert!(bytes.len() <= 1_000);
    room.given.fake.faults().next(Target::Media, Fault::CutInBody, 1);
    assert!(matches!(room.fetch(&room.link(), 1 << 20).await.0, Err(FetchError::Unreachable(_))));
    room.given.fake.faults().next(Target::Media, Fault::HtmlError, 1);
    assert!(matches!(room.fetch(&room.link(), 1 << 20).await.0, Err(FetchError::Unreachable(_))));
    let page = Room::new(b"<!DOCTYPE html><title>Log in</title>".to_vec()).await;
    assert!(matches!(page.fetch(&page.link(), 1 << 20).await.0, Err(FetchError::NoSound(_))));
}

#[tokio::test]
async fn nothing_but_the_accounts_hosts_is_asked() {
    let room = Room::new(wav(100)).await;
    let port = room.given.fake.address.port();
    for link in [
        format!("http://localhost:{port}/1/{HASH}"),
        format!("http://127.0.0.2:{port}/1/{HASH}"),
        format!("http://user:secret@127.0.0.1:{port}/1/{HASH}"),
        format!("http://127.0.0.1@192.0.2.1/1/{HASH}"),
        "https://app.uiscom.ru.example.com/x".into(),
        "file:///etc/passwd".into(),
        "http://192.0.2.1/admin".into(),
        "not a link".into(),
    ] {
        assert!(matches!(room.fetch(&link, 1 << 20).await.0, Err(FetchError::Refused(_))), "{link}");
    }
}

#[tokio::test]
async fn a_redirect_leads_nowhere_else() {
    use axum::response::Redirect;
    let room = Room::new(wav(100)).await;
    let (good, port) = (room.link(), room.given.fake.address.port());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = axum::Router::new()
        .route("/good", axum::routing::get(move || async move { Redirect::permanent(&good) }))
        .route(
            "/bad",
            axum::routing::get(move || async move {
                Redirect::permanent(&format!("http://localhost:{port}/1/{HASH}"))
            }),
        );
    tokio::spawn(async move { axum::serve(listener, app).await });
    assert!(room.fetch(&format!("http://{address}/good"), 1 << 20).await.0.is_ok());
    assert!(matches!(
        room.fetch(&format!("http://{address}/bad"), 1 << 20).await.0,
        Err(FetchError::Refused(_))
    ));
}
