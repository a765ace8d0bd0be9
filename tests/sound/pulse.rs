//! Into a real sound server, and out of its sink again.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pult::desk::{Manner, Mute, SoundNews};
use pult::domain::desk::Refusal;
use pult::domain::id::CallId;
use pult::host::sound::{NoOutlet, Sounds};
use tempfile::NamedTempFile;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::decode::file;
use crate::server::SoundServer;
use crate::tone::noise;
use crate::wav::Wav;

const CALL: CallId = CallId(Uuid::from_u128(7));

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Noise without a sample of 0, so that what comes back can be told from nothing.
fn recording(seconds: usize) -> (Vec<i16>, NamedTempFile) {
    let samples: Vec<f32> =
        noise(seconds * 8_000).iter().map(|s| if *s == 0.0 { 0.25 } else { *s }).collect();
    let wav = file(&Wav::telephone().bytes(&samples));
    (samples.iter().map(|sample| (sample * 32_768.0) as i16).collect(), wav)
}

async fn news(sounds: &mut Sounds) -> SoundNews {
    timeout(Duration::from_secs(10), sounds.next()).await.expect("news within ten seconds")
}

async fn opened(socket: PathBuf, recording: &Path) -> Sounds {
    let mut sounds = Sounds::new(Ok(socket));
    sounds.open(CALL, recording.to_owned());
    assert!(matches!(news(&mut sounds).await, SoundNews::Opened { call: CALL, .. }));
    sounds
}

/// The places told until something else is.
async fn places(sounds: &mut Sounds) -> (Vec<Duration>, SoundNews) {
    let mut places = vec![];
    loop {
        match news(sounds).await {
            SoundNews::At(at) => places.push(at),
            other => return (places, other),
        }
    }
}

async fn at_least(sounds: &mut Sounds, place: Duration) -> Duration {
    loop {
        match news(sounds).await {
            SoundNews::At(at) if at >= place => return at,
            SoundNews::At(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Says where they part, not what they are.
fn begins_with(samples: &[i16], heard: &[i16]) {
    let alike = heard.iter().zip(samples).take_while(|(a, b)| a == b).count();
    assert_eq!(alike, heard.len(), "so many samples are the same, of so many");
}

fn found(part: &[i16], whole: &[i16]) -> Option<usize> {
    whole.windows(part.len()).position(|window| window == part)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_samples_that_arrive_are_the_samples_of_the_file() {
    let Some(server) = SoundServer::start() else { return };
    let (samples, wav) = recording(2);
    let ear = server.listen().await;
    let mut sounds = opened(server.socket(), wav.path()).await;
    sounds.play(ms(0), Manner::default());
    let (places, end) = places(&mut sounds).await;
    assert_eq!(end, SoundNews::Ended);
    assert!(places.is_sorted() && places.len() > 7, "{places:?}");
    assert!(places[0] < ms(300) && places[places.len() - 1] > ms(1_500), "{places:?}");
    sleep(ms(100)).await;
    let heard = ear.sounds();
    begins_with(&samples, &heard);
    assert_eq!(heard.len(), samples.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_silent_and_goes_on_where_it_was() {
    let Some(server) = SoundServer::start() else { return };
    let (samples, wav) = recording(4);
    let ear = server.listen().await;
    let mut sounds = opened(server.socket(), wav.path()).await;
    sounds.play(ms(0), Manner::default());
    at_least(&mut sounds, ms(400)).await;
    let asked = Instant::now();
    sounds.pause();
    let SoundNews::At(at) = news(&mut sounds).await else { panic!("no place") };
    assert!(asked.elapsed() < ms(150), "{:?}", asked.elapsed());
    sleep(ms(150)).await;
    let paused = ear.sounds();
    begins_with(&samples, &paused);
    let ahead = paused.len() as i64 / 8 - at.as_millis() as i64;
    assert!((-50..=100).contains(&ahead), "{ahead} ms sounded after {at:?}");
    sleep(ms(300)).await;
    assert_eq!(ear.sounds().len(), paused.len(), "nothing sounds in a pause");
    assert!(timeout(ms(50), sounds.next()).await.is_err(), "and nothing is told");
    sounds.play(at, Manner::default());
    at_least(&mut sounds, at + ms(300)).await;
    let later = &ear.sounds()[paused.len()..];
    begins_with(&samples[(at.as_secs_f64() * 8_000.0).round() as usize..], later);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seek_lands_where_it_was_aimed() {
    let Some(server) = SoundServer::start() else { return };
    let (samples, wav) = recording(60);
    let ear = server.listen().await;
    let mut sounds = opened(server.socket(), wav.path()).await;
    sounds.play(ms(0), Manner::default());
    at_least(&mut sounds, ms(200)).await;
    // Arrows held down: only where they end is heard.
    for place in [10, 20, 30, 40] {
        sounds.play(Duration::from_secs(place), Manner::default());
    }
    let asked = Instant::now();
    let first = at_least(&mut sounds, ms(0)).await;
    assert!((ms(40_000)..ms(40_050)).contains(&first), "{first:?}");
    assert!(asked.elapsed() < ms(150), "{:?}", asked.elapsed());
    at_least(&mut sounds, ms(40_400)).await;
    let heard = ear.sounds();
    let landed = found(&samples[320_000..320_400], &heard).expect("what was aimed at is heard");
    begins_with(&samples, &heard[..landed]);
}

#[tokio::test(flavor = "multi_thread")]
async fn faster_is_over_sooner() {
    let Some(server) = SoundServer::start() else { return };
    let (_, wav) = recording(3);
    let ear = server.listen().await;
    let mut sounds = opened(server.socket(), wav.path()).await;
    sounds.play(ms(0), Manner { percent: 150, ..Manner::default() });
    let begun = Instant::now();
    let (places, end) = places(&mut sounds).await;
    assert_eq!(end, SoundNews::Ended);
    assert!((ms(1_900)..ms(2_600)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    assert!(places.last().is_some_and(|place| *place > ms(2_500)), "{places:?}");
    sleep(ms(100)).await;
    assert!((15_200..16_800).contains(&ear.sounds().len()), "{}", ear.sounds().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_is_told_and_found_again() {
    let Some(mut server) = SoundServer::start() else { return };
    let (_, wav) = recording(20);
    let mut sounds = opened(server.socket(), wav.path()).await;
    sounds.play(ms(0), Manner::default());
    at_least(&mut sounds, ms(200)).await;
    server.die();
    let (_, end) = places(&mut sounds).await;
    assert!(matches!(end, SoundNews::NoDevice(Mute::Failed(_))), "{end:?}");
    sounds.play(ms(0), Manner::default());
    assert!(matches!(news(&mut sounds).await, SoundNews::NoDevice(_)));
    server.rise();
    sounds.play(ms(5_000), Manner::default());
    at_least(&mut sounds, ms(5_200)).await;
    // In a pause nobody notices; the next sound does.
    sounds.pause();
    at_least(&mut sounds, ms(5_200)).await;
    server.die();
    server.rise();
    sounds.play(ms(6_000), Manner::default());
    at_least(&mut sounds, ms(6_200)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_connected_before_a_sound_and_after_the_last() {
    let Some(server) = SoundServer::start() else { return };
    let (_, wav) = recording(20);
    let mut sounds = opened(server.socket(), wav.path()).await;
    assert_eq!(server.guests().await, 0);
    sounds.play(ms(0), Manner::default());
    at_least(&mut sounds, ms(100)).await;
    assert_eq!(server.guests().await, 1);
    sounds.close();
    gone(&server).await;
    assert!(timeout(ms(50), sounds.next()).await.is_err(), "old news is not told");
    sounds.open(CALL, wav.path().to_owned());
    news(&mut sounds).await;
    sounds.play(ms(0), Manner::default());
    at_least(&mut sounds, ms(100)).await;
    drop(sounds);
    gone(&server).await;
}

/// Threads of a runtime, and those that they began, bear its name.
#[test]
fn a_session_that_plays_nothing_has_no_thread() {
    let Some(server) = SoundServer::start() else { return };
    let (_, wav) = recording(20);
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime =
        { runtime }.worker_threads(1).thread_name("idle-desk").thread_keep_alive(ms(10)).enable_all().build();
    runtime.unwrap().block_on(async {
        let mut sounds = opened(server.socket(), wav.path()).await;
        only_the_worker().await;
        sounds.play(ms(0), Manner::default());
        at_least(&mut sounds, ms(100)).await;
        assert_eq!(threads("idle-desk"), 2);
        sounds.close();
        only_the_worker().await;
    });
}

async fn only_the_worker() {
    let begun = Instant::now();
    while threads("idle-desk") != 1 {
        assert!(begun.elapsed() < Duration::from_secs(5), "{} threads", threads("idle-desk"));
        sleep(ms(10)).await;
    }
}

fn threads(name: &str) -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let named =
        |path: PathBuf| std::fs::read_to_string(path.join("comm")).is_ok_and(|comm| comm.trim() == name);
    tasks.filter(|task| named(task.as_ref().unwrap().path())).count()
}

async fn gone(server: &SoundServer) {
    let begun = Instant::now();
    while server.guests().await > 0 {
        assert!(begun.elapsed() < Duration::from_secs(5), "still connected");
        sleep(ms(10)).await;
    }
}

#[tokio::test]
async fn without_a_server_the_reason_is_told_and_the_recording_stays_open() {
    let (_, wav) = recording(1);
    let mut sounds = Sounds::new(Err(NoOutlet::NotUnix));
    sounds.open(CALL, wav.path().to_owned());
    assert!(matches!(news(&mut sounds).await, SoundNews::Opened { .. }));
    for _ in 0..2 {
        sounds.play(ms(0), Manner::default());
        assert_eq!(news(&mut sounds).await, SoundNews::NoDevice(Mute::Elsewhere));
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("native");
    let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let (_, wav) = recording(1);
    let mut sounds = opened(socket, wav.path()).await;
    sounds.play(ms(0), Manner::default());
    let begun = Instant::now();
    assert!(matches!(news(&mut sounds).await, SoundNews::NoDevice(Mute::Failed(_))));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn what_cannot_be_played_is_refused() {
    let mut sounds = Sounds::new(Err(NoOutlet::Unknown));
    sounds.open(CALL, file(b"<html>no</html>").path().to_owned());
    let refused = news(&mut sounds).await;
    assert!(
        matches!(&refused, SoundNews::Refused { call: CALL, refusal: Refusal::NoRecording(_) }),
        "{refused:?}"
    );
    sounds.play(ms(0), Manner::default());
    sounds.pause();
    assert!(timeout(ms(50), sounds.next()).await.is_err(), "nothing is open");
}
