//! All facts there are, read by two threads: each takes every other window of time, so that what comes out is in the
//! order of time.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rusqlite::Connection;

use super::log;
use super::settle::Settling;
use super::told::{CALLS, IN_ORDER, Teller, Told};
use super::world::World;
use crate::domain::fact::Fact;
use crate::store::calls::RECORDED;
use crate::store::{Error, Millis, Store};

/// Calls are read this much further on both sides of a window, to be judged rightly within it: longer than a local
/// day, than a debt lives, than any talk.
pub(super) const MARGIN: TimeDelta = TimeDelta::hours(26);

/// Long beside the margins, short beside the memory its calls take.
const WINDOW: TimeDelta = TimeDelta::days(28);

/// Facts handed over at once.
const CHUNK: usize = 2_048;

/// Chunks that wait for whoever takes them, a window.
const WAITING: usize = 16;

type Window = Range<DateTime<Utc>>;
type Chunk = Result<Vec<Fact>, Error>;

/// Hands over every fact, oldest first, and answers the log's `seq` as of which they are true: all are of one moment.
/// `progress` is told how many of about how many.
pub fn all<E: From<Error>>(
    store: &Store,
    zone: Tz,
    progress: &(dyn Fn(u64, u64) + Sync),
    mut take: impl FnMut(&Fact) -> Result<(), E>,
) -> Result<u64, E> {
    let ([one, mut other], stamp) = store.pair(log::stamp)?;
    let world = World::whole(&one, &mut other)?;
    let (total, windows) = windows(&one)?;
    let mut done = 0;
    thread::scope(|scope| {
        let (work, ready): (Vec<_>, Vec<_>) = windows.into_iter().map(handed_over).unzip();
        let mut shares = [vec![], vec![]];
        work.into_iter().enumerate().for_each(|(place, window)| shares[place % 2].push(window));
        for (connection, share) in [one, other].into_iter().zip(shares) {
            let world = &world;
            scope.spawn(move || read(&connection, share, world, zone));
        }
        for chunk in ready.into_iter().flatten() {
            let chunk = chunk?;
            chunk.iter().try_for_each(&mut take)?;
            done += chunk.len() as u64;
            progress(done, total);
        }
        Ok(stamp)
    })
}

fn handed_over(window: Window) -> ((Window, SyncSender<Chunk>), Receiver<Chunk>) {
    let (give, take) = sync_channel(WAITING);
    ((window, give), take)
}

/// About how many calls there are, and the windows that hold them.
fn windows(connection: &Connection) -> Result<(u64, Vec<Window>), Error> {
    let total = "SELECT coalesce(max(number), 0) FROM calls";
    let total: u32 = connection.query_row(total, [], |row| row.get(0))?;
    let mut next =
        connection.prepare_cached("SELECT min(started_at) FROM calls WHERE started_at BETWEEN ?1 AND ?2")?;
    let (mut from, mut windows) = (*RECORDED.start(), vec![]);
    while let Some(Millis(start)) = next.query_row([from, *RECORDED.end()], |row| row.get(0))? {
        let end = start + WINDOW;
        windows.push(start..end);
        from = end.timestamp_millis();
    }
    Ok((total.into(), windows))
}

/// Ends early when nobody takes any more.
fn read(connection: &Connection, share: Vec<(Window, SyncSender<Chunk>)>, world: &World, zone: Tz) {
    let mut teller = Teller::new(world);
    for (window, give) in share {
        let given = match told(connection, &mut teller, &window) {
            Ok(told) => settle(&told, &window, world, zone).all(|chunk| give.send(Ok(chunk)).is_ok()),
            Err(error) => give.send(Err(error)).is_err(),
        };
        if !given {
            return;
        }
    }
}

fn told(connection: &Connection, teller: &mut Teller, window: &Window) -> Result<Vec<Told>, Error> {
    let sql = format!("{CALLS} AND started_at BETWEEN ?1 AND ?2 {IN_ORDER}");
    let (from, to) = (window.start - MARGIN, window.end + MARGIN);
    let (first, last) = (RECORDED.start(), RECORDED.end());
    let time = [from.timestamp_millis().max(*first), to.timestamp_millis().min(*last)];
    teller.tell(connection, &sql, time)
}

fn settle<'a>(
    told: &'a [Told],
    window: &Window,
    world: &'a World,
    zone: Tz,
) -> impl Iterator<Item = Vec<Fact>> + use<'a> {
    let settling = Settling::new(told, world, world.deals(window.start - MARGIN..window.end + MARGIN), zone);
    let place = |at| told.partition_point(|call| call.started_at < at);
    let (from, to) = (place(window.start), place(window.end));
    (from..to)
        .step_by(CHUNK)
        .map(move |start| (start..to.min(start + CHUNK)).map(|place| settling.fact(place)).collect())
}
