//! Both cores on one question.

use std::ops::Range;
use std::thread;

/// Fewer calls than this are counted sooner than a second thread starts.
const WORTH_A_THREAD: usize = 50_000;

/// Folds days in two halves of about as many calls; the second is `None` when there was little to do. `calls` are how
/// many a day has.
pub(super) fn halves<T: Send>(
    calls: impl Fn(usize) -> usize,
    range: Range<usize>,
    fold: impl Fn(Range<usize>) -> T + Sync,
) -> (T, Option<T>) {
    let all: usize = range.clone().map(&calls).sum();
    if all < WORTH_A_THREAD {
        return (fold(range), None);
    }
    let mut before = 0;
    let middle = range.clone().find(|day| {
        before += calls(*day);
        before * 2 >= all
    });
    let middle = middle.unwrap_or(range.start);
    let second = || fold(middle..range.end);
    thread::scope(|scope| {
        let started = thread::Builder::new().spawn_scoped(scope, second);
        let first = fold(range.start..middle);
        let joined = started.map(thread::ScopedJoinHandle::join);
        // No thread to be had: this one does it all.
        let second = joined.map_or_else(
            |_| second(),
            |ended| ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        );
        (first, Some(second))
    })
}
