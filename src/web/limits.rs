//! How often one may try.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::MonotonicClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, MonotonicClock>;

/// Limits at the door.
pub struct Limits {
    by_account: Keyed<(IpAddr, String)>,
    by_address: Keyed<IpAddr>,
    checks: Keyed<IpAddr>,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

const FIVE: NonZeroU32 = NonZeroU32::new(5).unwrap();
const THIRTY: NonZeroU32 = NonZeroU32::new(30).unwrap();
const SIXTY: NonZeroU32 = NonZeroU32::new(60).unwrap();

impl Default for Limits {
    fn default() -> Self {
        let quota =
            |period, burst| Quota::with_period(period).unwrap_or(Quota::per_minute(FIVE)).allow_burst(burst);
        Self {
            by_account: RateLimiter::new(
                quota(Duration::from_secs(180), FIVE),
                DashMapStateStore::default(),
                MonotonicClock,
            ),
            by_address: RateLimiter::new(
                quota(Duration::from_secs(10), THIRTY),
                DashMapStateStore::default(),
                MonotonicClock,
            ),
            checks: RateLimiter::new(
                quota(Duration::from_secs(2), SIXTY),
                DashMapStateStore::default(),
                MonotonicClock,
            ),
        }
    }
}

impl Limits {
    /// Five tries at an account from one address, then one every three minutes; thirty from one
    /// address over all accounts. The account's owner elsewhere is not locked out by a stranger.
    pub fn may_sign_in(&self, client: IpAddr, email: &str) -> bool {
        let email: String = email.chars().take(254).collect();
        self.by_address.check_key(&client).is_ok() && self.by_account.check_key(&(client, email)).is_ok()
    }

    /// Sixty looks at printed papers from one address, then one every two seconds: an office behind one
    /// address gets along with it, and nobody tries codes through.
    pub fn may_check(&self, client: IpAddr) -> bool {
        self.checks.check_key(&client).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub fn sweep(&self) {
        self.by_account.retain_recent();
        self.by_address.retain_recent();
        self.checks.retain_recent();
    }
}
