//! What time it is: asked here and nowhere else (clippy disallows `Utc::now` elsewhere).

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, SubsecRound, Utc};

use crate::domain::fact_sheet::choices;

/// The clock of the application: the machine's, or a fixed one that tests set and move.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands until it is moved.
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(now)))
    }

    /// Now, in UTC, cut to microseconds: PostgreSQL keeps no more.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
        .trunc_subsecs(6)
    }

    /// The civil date in an office's zone.
    pub fn today(&self, zone: Zone) -> NaiveDate {
        zone.date(self.now())
    }

    /// Moves a fixed clock; the machine's clock stays as it is.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Self::Fixed(now) = self {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }

    /// Moves a fixed clock forward.
    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

choices! {
    /// Indonesia's three zones; none has summer time.
    Zone {
        /// Western Indonesia, UTC+7.
        #[default] Wib = "wib", "WIB";
        /// Central Indonesia, UTC+8.
        Wita = "wita", "WITA";
        /// Eastern Indonesia, UTC+9.
        Wit = "wit", "WIT";
    }
}

impl Zone {
    /// Hours ahead of UTC.
    pub const fn hours(self) -> i32 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    /// The instant in this zone.
    pub fn local(self, at: DateTime<Utc>) -> chrono::NaiveDateTime {
        match FixedOffset::east_opt(self.hours() * 3600) {
            Some(offset) => at.with_timezone(&offset).naive_local(),
            None => at.naive_utc(),
        }
    }

    /// The civil date in this zone.
    pub fn date(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The zone of a code; none for an unknown one.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|zone| zone.code() == code)
    }

    /// The zone of a region by its Kemendagri code (its first two digits are the province): Keppres
    /// 41/1987. An unknown code counts as western.
    pub fn of_region(code: &str) -> Self {
        match code.get(..2).unwrap_or_default() {
            "51" | "52" | "53" | "63" | "64" | "65" | "71" | "72" | "73" | "74" | "75" | "76" => Self::Wita,
            "81" | "82" | "91" | "92" | "93" | "94" | "95" | "96" => Self::Wit,
            _ => Self::Wib,
        }
    }

    /// "16 Juli 2027 10.42 WIB".
    pub fn stamp(self, at: DateTime<Utc>) -> String {
        let local = self.local(at);
        format!(
            "{} {} {}",
            crate::domain::wording::date_long(local.date()),
            local.format("%H.%M"),
            self.label()
        )
    }
}

/// Makes ids: random in operation, counted in tests.
#[derive(Debug, Clone, Default)]
pub enum Ids {
    /// UUID version 7.
    #[default]
    Random,
    /// 1, 2, 3 … as UUIDs.
    Counted(Arc<Mutex<u128>>),
}

impl Ids {
    /// Ids counted from 1.
    pub fn counted() -> Self {
        Self::Counted(Arc::default())
    }

    /// The next id.
    #[allow(clippy::disallowed_methods)]
    pub fn next(&self) -> uuid::Uuid {
        match self {
            Self::Random => uuid::Uuid::now_v7(),
            Self::Counted(last) => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                *last += 1;
                uuid::Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + *last)
            }
        }
    }
}
