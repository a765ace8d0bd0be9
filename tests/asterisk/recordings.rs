//! Recordings out of a folder and off a web server on loopback.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use pult::telephony::asterisk::recordings::{Shelf, Sounds};
use pult::telephony::{FetchError, Fetched, Recordings, SoundForm};
use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const NAME: &str = "q600-79161234567-20261121-194907-1795290547.0.wav";
const WATCHED: Duration = Duration::from_millis(100);

/// A header and as many bytes of silence.
fn wav(bytes: usize) -> Vec<u8> {
    let mut wav =
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0"
            .to_vec();
    wav.resize(44 + bytes, 0);
    wav
}

fn shelf(pattern: &str) -> Shelf {
    Shelf::new(pattern, Some("/var/spool/asterisk/monitor")).unwrap()
}

async fn fetch(sounds: &Sounds, told: &str, at_most: u64) -> (Result<Fetched, FetchError>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sound");
    let mut into = tokio::fs::File::create(&path).await.unwrap();
    let fetched = sounds.fetch(told, &mut into, at_most).await;
    (fetched, std::fs::read(path).unwrap())
}

fn in_folder(folder: &Path, pattern: &str) -> Sounds {
    Sounds::in_folder(folder.to_owned(), shelf(pattern)).watching(WATCHED)
}

#[tokio::test]
async fn a_file_of_the_day_is_taken_whole() {
    let folder = tempfile::tempdir().unwrap();
    let day = folder.path().join("2026/11/21");
    std::fs::create_dir_all(&day).unwrap();
    std::fs::write(day.join(NAME), wav(100_000)).unwrap();
    let sounds = in_folder(folder.path(), "{year}/{month}/{day}/{file}");
    for told in [NAME.to_owned(), format!("/var/spool/asterisk/monitor/2026/11/21/{NAME}")] {
        let (fetched, bytes) = fetch(&sounds, &told, 1 << 20).await;
        assert_eq!(fetched.unwrap(), Fetched { bytes: 100_044, form: SoundForm::Wav });
        assert!(bytes == wav(100_000));
    }
    assert!(matches!(fetch(&sounds, NAME, 1000).await.0, Err(FetchError::TooLarge(1000))));
    assert!(matches!(fetch(&sounds, &NAME.replace("1121", "1122"), 1).await.0, Err(FetchError::NotReady)));
}

#[tokio::test]
async fn a_bare_header_is_taken_and_what_is_no_sound_is_not() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.wav"), wav(0)).unwrap();
    std::fs::write(folder.path().join("b.wav"), "root:x:0:0:root:/root:/bin/bash\n").unwrap();
    std::fs::write(folder.path().join("c.wav"), "").unwrap();
    std::fs::create_dir(folder.path().join("d.wav")).unwrap();
    let sounds = in_folder(folder.path(), "{path}");
    let (bare, bytes) = fetch(&sounds, "a.wav", 100).await;
    assert_eq!((bare.unwrap().bytes, bytes.len()), (44, 44));
    assert!(matches!(fetch(&sounds, "b.wav", 100).await.0, Err(FetchError::NoSound(_))));
    assert!(matches!(fetch(&sounds, "c.wav", 100).await.0, Err(FetchError::NotReady)));
    assert!(matches!(fetch(&sounds, "d.wav", 100).await.0, Err(FetchError::Gone(_))));
}

#[tokio::test]
async fn a_file_that_grows_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    std::fs::write(&path, wav(10)).unwrap();
    let sounds = in_folder(folder.path(), "{path}").watching(Duration::from_millis(400));
    let growing = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        std::fs::write(&path, wav(2000)).unwrap();
    };
    let ((early, _), ()) = tokio::join!(fetch(&sounds, "a.wav", 10_000), growing);
    assert!(matches!(early, Err(FetchError::NotReady)));
    assert_eq!(fetch(&sounds, "a.wav", 10_000).await.0.unwrap().bytes, 2044);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_shown() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.wav"), wav(10)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    symlink(outside.path().join("secret.wav"), folder.path().join("link.wav")).unwrap();
    symlink(outside.path(), folder.path().join("away")).unwrap();
    let sounds = in_folder(folder.path(), "{path}");
    let up = format!("../{}/secret.wav", outside.path().file_name().unwrap().to_str().unwrap());
    let whole = outside.path().join("secret.wav").display().to_string();
    for told in ["link.wav", "away/secret.wav", &up, &whole, "a/../../x", "x\r\n.wav"] {
        let (fetched, bytes) = fetch(&sounds, told, 1000).await;
        assert!(matches!(fetched, Err(FetchError::Gone(_))), "{told}: {fetched:?}");
        assert!(bytes.is_empty());
    }
    let absent = in_folder(&folder.path().join("absent"), "{path}");
    assert!(matches!(fetch(&absent, "a.wav", 1).await.0, Err(FetchError::Unreachable(_))));
}

/// Answers one request with these bytes; what was asked.
async fn serve(listener: &TcpListener, answer: &[u8]) -> String {
    let (mut socket, _) = listener.accept().await.unwrap();
    let mut asked = vec![];
    while !asked.ends_with(b"\r\n\r\n") {
        asked.push(socket.read_u8().await.unwrap());
    }
    socket.write_all(answer).await.unwrap();
    String::from_utf8(asked).unwrap()
}

#[tokio::test]
async fn a_web_server_is_asked_for_one_encoded_path_with_our_name() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let base = Url::parse(&format!("http://pult:geheim@127.0.0.1:{port}/monitor/")).unwrap();
    let sounds = Sounds::on_web(base, shelf("{year}/{file}")).unwrap();
    let mut answer = b"HTTP/1.1 200 OK\r\nContent-Length: 144\r\n\r\n".to_vec();
    answer.extend(wav(100));
    let told = "out-8 (495)?#%2e-20261121.wav";
    let ((fetched, bytes), asked) = tokio::join!(fetch(&sounds, told, 1000), serve(&listener, &answer));
    assert_eq!(fetched.unwrap(), Fetched { bytes: 144, form: SoundForm::Wav });
    assert_eq!(bytes.len(), 144);
    assert!(
        asked.starts_with("GET /monitor/2026/out-8%20(495)%3F%23%252e-20261121.wav HTTP/1.1\r\n"),
        "{asked}"
    );
    let basic = base64::engine::general_purpose::STANDARD.encode("pult:geheim");
    assert!(
        asked.to_ascii_lowercase().contains(&format!("authorization: basic {basic}").to_ascii_lowercase())
    );
}

#[tokio::test]
async fn a_redirect_leads_nowhere_else() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let base = Url::parse(&format!("http://127.0.0.1:{port}/monitor/")).unwrap();
    let sounds = Sounds::on_web(base, shelf("{path}")).unwrap();
    let away = b"HTTP/1.1 302 Found\r\nLocation: /etc/passwd\r\nContent-Length: 0\r\n\r\n";
    let ((fetched, _), _) = tokio::join!(fetch(&sounds, "a.wav", 1000), serve(&listener, away));
    assert!(matches!(fetched, Err(FetchError::Refused(_))), "{fetched:?}");
}

/// A wrong list of addresses, a wrong password or a wrong pattern is mended sooner or later.
#[tokio::test]
async fn what_is_not_given_to_us_is_not_lost() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let base = Url::parse(&format!("http://127.0.0.1:{port}/monitor/")).unwrap();
    let sounds = Sounds::on_web(base, shelf("{year}/{file}")).unwrap();
    for status in ["401 Unauthorized", "403 Forbidden"] {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let ((fetched, _), _) =
            tokio::join!(fetch(&sounds, "x-20261121.wav", 1000), serve(&listener, answer.as_bytes()));
        assert!(matches!(fetched, Err(FetchError::Refused(_))), "{fetched:?}");
    }
    let (fetched, _) = fetch(&sounds, "of-no-day.wav", 1000).await;
    assert!(matches!(fetched, Err(FetchError::Refused(_))), "{fetched:?}");
}
