//! What is due, from whom, when and why: a function of the fact sheet, the human acts, the calendar
//! and today. All dates are civil dates in the office's zone; due dates are last days, inclusive.
//!
//! A deadline exists only if the agreement's papers or the office's policy make it and the facts
//! determine its date. A deadline that falls on a day off keeps its date.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::dates::{add_months, day_before, last_day_of_length, last_day_of_month, sub_months};
use super::fact_sheet::{
    EndRule, FactSheet, NetworkArrangement, ReaderUse, RenewalSource, Side, TermBasis, choices,
};
use super::wording::{date_long, length_with_words, number_with_words};

/// Months before the end by which the renewal letter must be in, unless the facts say otherwise.
const RENEWAL_MONTHS: u32 = 2;

/// Reports that are listed at most: a hundred years. A mistyped end must not fill the memory.
const MOST_REPORTS: usize = 200;

choices! {
    /// A duty with a date.
    Step {
        /// The user agency's letter that asks for renewal.
        #[default] RenewalLetter = "renewal_letter", "Surat perpanjangan";
        /// The last day in force.
        AgreementEnd = "agreement_end", "Akhir perjanjian";
        /// Report on the use of the data, twice a year.
        SemesterReport = "semester_report", "Laporan semester";
        /// Security certificate handed over by the user agency.
        IsoCertificate = "iso_certificate", "Sertifikat keamanan informasi";
        /// Card readers bought by the user agency.
        CardReader = "card_reader", "Perangkat pembaca KTP-el";
        /// Closed network connected.
        Network = "network", "Jaringan tertutup";
        /// User ID handed over by the Disdukcapil.
        UserIdHandover = "user_id_handover", "Penyerahan User ID";
    }
}

choices! {
    /// Where a duty stands on a given day.
    DeadlineState {
        /// Not yet done, still in time; grace counts as in time.
        #[default] Open = "open", "Menunggu";
        /// Done, or come to pass.
        Met = "met", "Selesai";
        /// Not done in time.
        Overdue = "overdue", "Terlambat";
        /// No longer owed, because the agreement was ended before.
        Waived = "waived", "Gugur";
    }
}

choices! {
    /// What makes a deadline.
    DeadlineSource {
        /// A paper of the agreement.
        #[default] Paper = "paper", "Perjanjian";
        /// A law or regulation.
        Law = "law", "Peraturan";
        /// The office's own policy.
        Office = "office", "Kebijakan kantor";
    }
}

choices! {
    /// Why an agreement was ended before its last day, or closed.
    EndCause {
        /// Both parties agreed to end it (PKS article on the term).
        #[default] Mutual = "mutual", "Kesepakatan para pihak";
        /// The first party ended it on a breach (PKS: "dapat mengakhiri").
        Breach = "breach", "Pelanggaran kewajiban";
        /// The user agency was renamed, merged or dissolved.
        InstitutionChange = "institution_change", "Perubahan kelembagaan";
        /// A later agreement or an addendum took its place.
        Replaced = "replaced", "Digantikan perjanjian baru atau adendum";
    }
}

/// What people did that moves or ends a deadline; only these are stored, everything else follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Acts {
    /// The letter that asked for renewal, once logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_letter: Option<LetterIn>,
    /// The end by an act of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// Duties marked as met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<MetDuty>,
}

/// A letter that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterIn {
    /// Its number, as written.
    pub number: String,
    /// Its date.
    pub on: NaiveDate,
}

/// The end of an agreement by an act of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The first day on which it is no longer in force.
    pub on: NaiveDate,
    /// Why.
    pub cause: EndCause,
}

/// A duty that was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetDuty {
    /// Which duty.
    pub step: Step,
    /// The due date it was met for. It tells semester reports apart; a duty that exists once stays
    /// met when its date is corrected.
    pub due_on: NaiveDate,
    /// The day it was met.
    pub on: NaiveDate,
    /// By what it is shown: letter, handover record, remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The clause a deadline comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseRef {
    /// Label of an article of the PKS; `documents` turns it into "Pasal 8 ayat (1)".
    Label(&'static str),
    /// As cited in the facts.
    Cited(String),
}

/// One duty with its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Which duty.
    pub step: Step,
    /// The last day in time.
    pub due_on: NaiveDate,
    /// The last day of the grace that the papers give after `due_on`.
    pub grace_until: Option<NaiveDate>,
    /// Who owes it.
    pub holder: Side,
    /// Where it stands today.
    pub state: DeadlineState,
    /// Why it is due on that day, as a sentence for people.
    pub rule: String,
    /// What makes it.
    pub source: DeadlineSource,
    /// The clause; none where no paper states it.
    pub clause: Option<ClauseRef>,
}

impl Deadline {
    /// "Surat perpanjangan", "Laporan semester I 2026".
    pub fn title(&self) -> String {
        match self.step {
            Step::SemesterReport => format!("Laporan {}", semester_name(self.due_on)),
            step => step.label().to_owned(),
        }
    }
}

/// The end of an agreement and the rule it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEnd {
    /// The last day in force; "ended" begins the day after.
    pub last_day: NaiveDate,
    /// Why, as a sentence for people.
    pub rule_sentence: String,
    /// Whether the day itself is stated; otherwise it is counted from a length.
    pub explicit: bool,
}

/// The last day in force: the explicit day if there is one, otherwise the stated length counted from
/// the first day in force. None while neither is known.
pub fn term_end(facts: &FactSheet) -> Option<TermEnd> {
    let term = &facts.term;
    let length = term.months.filter(|months| *months > 0);
    if let Some(last_day) = term.end_on {
        let day = date_long(last_day);
        let stated_in_paper = matches!(term.basis, TermBasis::Explicit | TermBasis::UntilDate);
        let rule_sentence = match length {
            Some(months) if !stated_in_paper => format!(
                "Hari terakhir berlaku dinyatakan {day}; tanggal ini didahulukan dari hitungan {}.",
                length_with_words(months)
            ),
            _ => format!("Perjanjian menyebut {day} sebagai hari terakhir berlaku."),
        };
        return Some(TermEnd { last_day, rule_sentence, explicit: true });
    }
    let months = length?;
    let (first, since) = match (term.start_on, facts.signing.on) {
        (Some(start_on), _) => (start_on, "mulai berlaku"),
        (None, signed_on) => (signed_on?, "ditandatangani"),
    };
    let last_day = last_day_of_length(first, months, term.end_rule);
    let length = length_with_words(months);
    let rule = match term.end_rule {
        EndRule::DayBefore => "satu hari sebelum ulang tanggalnya",
        EndRule::Anniversary => "tepat pada ulang tanggalnya",
    };
    let rule_sentence = format!(
        "Berlaku {length} sejak {since} pada {}; berakhir {rule}, {}.",
        date_long(first),
        date_long(last_day)
    );
    Some(TermEnd { last_day, rule_sentence, explicit: false })
}

/// First day in force; none while unsigned.
pub fn starts_on(facts: &FactSheet) -> Option<NaiveDate> {
    facts.signing.on.map(|signed_on| facts.term.start_on.unwrap_or(signed_on))
}

/// Calendar months before the end by which the renewal letter must be in.
pub fn renewal_months(facts: &FactSheet) -> u32 {
    facts.renewal.months_before.unwrap_or(RENEWAL_MONTHS)
}

/// The last day for the renewal letter of an agreement with this last day in force.
pub fn renewal_letter_due_on(facts: &FactSheet, last_day: NaiveDate) -> NaiveDate {
    sub_months(last_day, renewal_months(facts))
}

/// Due dates of the semester reports of an agreement in force from `starts_on` to `last_day`: the
/// last days of June and December. An agreement that begins inside a reporting month first reports
/// in the next one; the last report covers the semester in which it ends and may fall due after it.
pub fn reporting_dates(starts_on: NaiveDate, last_day: NaiveDate) -> Vec<NaiveDate> {
    if last_day < starts_on {
        return Vec::new();
    }
    let to_next_month = match starts_on.month() {
        month @ 1..6 => 6 - month,
        month @ 6..12 => 12 - month,
        _ => 6,
    };
    let first = last_day_of_month(add_months(starts_on, to_next_month));
    let later = std::iter::successors(Some(first), |due_on| {
        (*due_on < last_day).then(|| last_day_of_month(add_months(*due_on, 6)))
    });
    later.take(MOST_REPORTS).collect()
}

/// "semester I 2026" for a report due in June, "semester II 2026" for one due in December.
pub fn semester_name(due_on: NaiveDate) -> String {
    format!("semester {} {}", if due_on.month() <= 6 { "I" } else { "II" }, due_on.year())
}

/// Every deadline of an agreement, by date and then by step. Empty while it is unsigned.
pub fn deadlines(facts: &FactSheet, acts: &Acts, calendar: &Calendar, today: NaiveDate) -> Vec<Deadline> {
    let (Some(signed_on), Some(starts_on)) = (facts.signing.on, starts_on(facts)) else {
        return Vec::new();
    };
    let end = term_end(facts);
    let mut all = Vec::new();
    all.extend(end.as_ref().map(|end| renewal_letter(facts, end)));
    all.extend(end.as_ref().map(agreement_end));
    all.extend(semester_reports(facts, acts, calendar, starts_on, end.as_ref(), today));
    all.extend(certificate(facts, signed_on));
    all.extend(card_readers(facts, signed_on));
    all.extend(network(facts));
    all.extend(user_id(facts, signed_on));
    for deadline in &mut all {
        deadline.state = state(deadline, acts, today);
    }
    all.sort_by_key(|deadline| (deadline.due_on, deadline.step));
    all
}

fn from_paper(
    step: Step,
    due_on: NaiveDate,
    holder: Side,
    rule: String,
    clause: Option<&'static str>,
) -> Deadline {
    Deadline {
        step,
        due_on,
        grace_until: None,
        holder,
        state: DeadlineState::Open,
        rule,
        source: DeadlineSource::Paper,
        clause: clause.map(ClauseRef::Label),
    }
}

fn renewal_letter(facts: &FactSheet, end: &TermEnd) -> Deadline {
    let due_on = renewal_letter_due_on(facts, end.last_day);
    let months = number_with_words(u64::from(renewal_months(facts)));
    let rule = format!(
        "urat permohonan perpanjangan disampaikan paling lambat {months} bulan sebelum perjanjian berakhir pada {}.",
        date_long(end.last_day)
    );
    let cited = facts.renewal.clause.as_deref().map(str::trim).filter(|clause| !clause.is_empty());
    let stated = facts.renewal.stated_in != RenewalSource::OfficePolicy;
    match cited.filter(|_| stated) {
        Some(clause) => Deadline {
            clause: Some(ClauseRef::Cited(clause.to_owned())),
            ..from_paper(Step::RenewalLetter, due_on, Side::User, format!("S{rule}"), None)
        },
        None => Deadline {
            source: DeadlineSource::Office,
            ..from_paper(
                Step::RenewalLetter,
                due_on,
                Side::User,
                format!("Menurut kebijakan kantor, s{rule}"),
                None,
            )
        },
    }
}

fn agreement_end(end: &TermEnd) -> Deadline {
    from_paper(Step::AgreementEnd, end.last_day, Side::Provider, end.rule_sentence.clone(), Some("term"))
}

fn semester_reports(
    facts: &FactSheet,
    acts: &Acts,
    calendar: &Calendar,
    starts_on: NaiveDate,
    end: Option<&TermEnd>,
    today: NaiveDate,
) -> Vec<Deadline> {
    // Without a known end, reports are listed up to the next one.
    let term_end = end.map_or(today.max(starts_on), |end| end.last_day);
    let last_day = match &acts.ended {
        Some(ended) => term_end.min(day_before(ended.on)),
        None => term_end,
    };
    let grace = facts.reporting.grace_working_days.filter(|days| *days > 0);
    let report = |due_on: NaiveDate| {
        let mut rule = format!(
            "Laporan {} disampaikan paling lambat hari terakhir bulan pelaporan, {}",
            semester_name(due_on),
            date_long(due_on)
        );
        let grace_until = grace.map(|days| calendar.add_working_days(due_on, days));
        if let (Some(days), Some(until)) = (grace, grace_until) {
            let days = number_with_words(u64::from(days));
            rule.push_str(&format!("; masa tenggang {days} hari kerja sampai dengan {}", date_long(until)));
        }
        rule.push('.');
        Deadline {
            grace_until,
            ..from_paper(Step::SemesterReport, due_on, Side::User, rule, Some("reporting"))
        }
    };
    reporting_dates(starts_on, last_day).into_iter().map(report).collect()
}

fn certificate(facts: &FactSheet, signed_on: NaiveDate) -> Option<Deadline> {
    let certificate = facts.security.certificate.as_deref()?;
    let months = facts.security.certificate_months?;
    let rule = format!(
        "Sertifikat {certificate} diserahkan paling lambat {} sejak ditandatangani pada {}.",
        length_with_words(months),
        date_long(signed_on)
    );
    let due_on = add_months(signed_on, months);
    Some(from_paper(Step::IsoCertificate, due_on, Side::User, rule, Some("certificate")))
}

fn card_readers(facts: &FactSheet, signed_on: NaiveDate) -> Option<Deadline> {
    if facts.card_readers.usage != ReaderUse::Used {
        return None;
    }
    let months = facts.card_readers.within_months?;
    let rule = format!(
        "Perangkat pembaca KTP-el diadakan paling lambat {} sejak ditandatangani pada {}.",
        length_with_words(months),
        date_long(signed_on)
    );
    let due_on = add_months(signed_on, months);
    Some(from_paper(Step::CardReader, due_on, Side::User, rule, Some("readers_duty")))
}

fn network(facts: &FactSheet) -> Option<Deadline> {
    let due_on = facts.network.target_on?;
    let target = match facts.network.target.as_deref() {
        Some(words) => format!("{words} ({})", date_long(due_on)),
        None => date_long(due_on),
    };
    let holder = match facts.network.arrangement {
        NetworkArrangement::ProviderProvides | NetworkArrangement::ProviderFacilitates => Side::Provider,
        NetworkArrangement::UserProvides => Side::User,
    };
    let rule = format!("Jaringan tertutup ditargetkan tersambung {target}.");
    Some(from_paper(Step::Network, due_on, holder, rule, Some("network_duty")))
}

/// The weeks run from the letter that asks for the User ID. A letter older than the agreement asked
/// for the agreement itself, so no date follows from it.
fn user_id(facts: &FactSheet, signed_on: NaiveDate) -> Option<Deadline> {
    let weeks = facts.access.user_id_within_weeks?;
    let letter_on = facts.application.on.filter(|letter_on| *letter_on >= signed_on)?;
    let due_on = letter_on.checked_add_days(Days::new(u64::from(weeks) * 7))?;
    let rule = format!(
        "User ID diserahkan paling lambat {} minggu setelah surat permohonan tanggal {}.",
        number_with_words(u64::from(weeks)),
        date_long(letter_on)
    );
    Some(from_paper(Step::UserIdHandover, due_on, Side::Provider, rule, None))
}

fn state(deadline: &Deadline, acts: &Acts, today: NaiveDate) -> DeadlineState {
    if is_met(deadline, acts) {
        return DeadlineState::Met;
    }
    let ended = acts.ended.as_ref();
    let waived = match deadline.step {
        // Nobody renews what was ended, however late the letter is.
        Step::RenewalLetter => ended.is_some(),
        // Data was used until the end, so the report on it stays owed.
        Step::SemesterReport => false,
        _ => ended.is_some_and(|ended| ended.on <= deadline.due_on),
    };
    if waived {
        return DeadlineState::Waived;
    }
    match today > deadline.grace_until.unwrap_or(deadline.due_on) {
        // An end comes to pass by itself.
        true if deadline.step == Step::AgreementEnd => DeadlineState::Met,
        true => DeadlineState::Overdue,
        false => DeadlineState::Open,
    }
}

fn is_met(deadline: &Deadline, acts: &Acts) -> bool {
    if deadline.step == Step::RenewalLetter && acts.renewal_letter.is_some() {
        return true;
    }
    let recurs = deadline.step == Step::SemesterReport;
    acts.met.iter().any(|met| met.step == deadline.step && (!recurs || met.due_on == deadline.due_on))
}
