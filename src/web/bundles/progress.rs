//! How far downloads of bundles are. Kept in memory: another process knows nothing of them, and a
//! restart ends them anyway.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::export::bundle::Tally;

/// How many are remembered.
const MOST_KEPT: usize = 200;
/// How many failures of one are remembered; the bundle itself tells all of them.
pub const MOST_FAILURES: usize = 200;

/// For how long one that has ended is remembered.
fn kept_for() -> Duration {
    Duration::hours(1)
}

/// Where a download stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    /// Papers are printed.
    #[default]
    Running,
    /// Everything has left.
    Done,
    /// It broke off: the reader went away, or began anew.
    Stopped,
}

impl Phase {
    /// Code in the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }
}

/// A failure with the agreement it belongs to.
#[derive(Debug, Clone)]
pub struct Failed {
    /// The agreement.
    pub id: Uuid,
    /// What it is called.
    pub agreement: String,
    /// Which paper.
    pub paper: String,
    /// Why.
    pub reason: String,
}

/// What has happened so far.
#[derive(Debug, Clone, Default)]
pub struct Now {
    /// Where it stands.
    pub phase: Phase,
    /// What is in the bundle.
    pub tally: Tally,
    /// The first failures.
    pub failures: Vec<Failed>,
}

/// One download.
#[derive(Debug)]
pub struct Progress {
    user: Uuid,
    office: Uuid,
    begun: DateTime<Utc>,
    /// How many agreements it is about.
    pub total: usize,
    now: Mutex<Now>,
    stop: AtomicBool,
}

impl Progress {
    /// What has happened so far.
    pub fn now(&self) -> Now {
        self.lock().clone()
    }

    /// Notes what is in the bundle, and what failed since the last time.
    pub fn note(&self, tally: Tally, failed: impl IntoIterator<Item = Failed>) {
        let mut now = self.lock();
        now.tally = tally;
        let room = MOST_FAILURES.saturating_sub(now.failures.len());
        now.failures.extend(failed.into_iter().take(room));
    }

    /// Whether nobody waits for the rest.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Ends it.
    pub fn end(&self, phase: Phase) {
        self.lock().phase = phase;
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All downloads of this process.
#[derive(Debug, Default)]
pub struct Downloads(Mutex<HashMap<Uuid, Arc<Progress>>>);

impl Downloads {
    /// Begins one under an id that the page chose. The same person beginning it again stops the first.
    /// None when the id is somebody else's, or too many run already.
    pub fn begin(
        &self,
        id: Uuid,
        user: Uuid,
        office: Uuid,
        total: usize,
        now: DateTime<Utc>,
    ) -> Option<Arc<Progress>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(&id) {
            if known.user != user {
                return None;
            }
            known.stop.store(true, Ordering::Relaxed);
        }
        let running = |progress: &Progress| progress.lock().phase == Phase::Running;
        all.retain(|_, progress| running(progress) || now - progress.begun < kept_for());
        if all.len() >= MOST_KEPT && !all.contains_key(&id) {
            let ended = all.iter().filter(|(_, progress)| !running(progress));
            let oldest = ended.min_by_key(|(_, progress)| progress.begun).map(|(id, _)| *id)?;
            all.remove(&oldest);
        }
        let (now, begun) = (Mutex::default(), now);
        let progress = Arc::new(Progress { user, office, begun, total, now, stop: AtomicBool::new(false) });
        all.insert(id, Arc::clone(&progress));
        Some(progress)
    }

    /// A download of this person in this office.
    pub fn find(&self, id: Uuid, user: Uuid, office: Uuid) -> Option<Arc<Progress>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&id).filter(|progress| progress.user == user && progress.office == office).cloned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const RINI: Uuid = Uuid::from_u128(1);
    const OFFICE: Uuid = Uuid::from_u128(2);

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(hour * 3_600, 0).unwrap()
    }

    #[test]
    fn nobody_sees_or_takes_over_the_download_of_somebody_else() {
        let downloads = Downloads::default();
        let id = Uuid::from_u128(7);
        let first = downloads.begin(id, RINI, OFFICE, 3, at(0)).unwrap();
        let sari = Uuid::from_u128(9);
        assert!(downloads.find(id, sari, OFFICE).is_none() && downloads.find(id, RINI, sari).is_none());
        assert!(downloads.begin(id, sari, OFFICE, 3, at(0)).is_none() && !first.is_stopped());
        assert!(downloads.begin(id, RINI, OFFICE, 3, at(0)).is_some());
        assert!(first.is_stopped(), "beginning it again stops the first");
    }

    #[test]
    fn what_has_ended_is_forgotten_and_what_runs_is_not() {
        let downloads = Downloads::default();
        let (old, running) = (Uuid::from_u128(7), Uuid::from_u128(8));
        downloads.begin(old, RINI, OFFICE, 3, at(0)).unwrap().end(Phase::Done);
        downloads.begin(running, RINI, OFFICE, 3, at(0)).unwrap();
        downloads.begin(Uuid::from_u128(9), RINI, OFFICE, 3, at(2)).unwrap();
        assert!(downloads.find(old, RINI, OFFICE).is_none());
        assert!(downloads.find(running, RINI, OFFICE).is_some());
        for number in 0..2 * MOST_KEPT as u128 {
            if let Some(progress) = downloads.begin(Uuid::from_u128(1_000 + number), RINI, OFFICE, 1, at(2)) {
                progress.end(Phase::Stopped);
            }
        }
        assert!(downloads.0.lock().unwrap().len() <= MOST_KEPT);
        assert!(downloads.find(running, RINI, OFFICE).is_some());
    }
}
