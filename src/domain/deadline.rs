//! What is due, from whom, when and why: a function of the fact sheet, the human acts, the calendar
//! and today. All dates are civil dates in the office's zone; due dates are last days, inclusive.
//!
//! A deadline exists only if the agreement's papers or the office's policy make it and the facts
//! determine its date. A deadline that falls on a day off keeps its date.

use chrono::{Days, NaiveDate};

pub use super::acts::{Acts, EndCause, Ended, LetterIn, MetDuty};
use super::calendar::Calendar;
use super::dates::{add_months, day_before};
use super::fact_sheet::{FactSheet, Juknis, NetworkArrangement, ReaderUse, RenewalSource, Side, choices};
use super::semester_report::{reporting_dates, semester_name};
pub use super::term::{TermEnd, term_end};
use super::term::{renewal_letter_due_on, renewal_months, starts_on};
use super::wording::{capitalise, date_long, length_with_words, number_with_words};

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

/// The clause a deadline comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseRef {
    /// Label of an article of the PKS; `documents` turns it into "Pasal 8 ayat (1)".
    Label(&'static str),
    /// Label of a clause of the Juknis, "Petunjuk Teknis angka VI huruf F".
    Juknis(&'static str),
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
    let last_day = end.as_ref().map(|end| end.last_day);
    for deadline in &mut all {
        deadline.state = state(deadline, acts, last_day, today);
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
        "surat permohonan perpanjangan disampaikan paling lambat {months} bulan sebelum perjanjian berakhir pada {}.",
        date_long(end.last_day)
    );
    let cited = facts.renewal.clause.as_deref().map(str::trim).filter(|clause| !clause.is_empty());
    // A paper that we print knows its own clause; the facts cite that of a paper printed elsewhere. A
    // Juknis of which nothing is told is one of those.
    let prints_juknis = facts.papers.juknis != Juknis::default();
    let clause = match (facts.renewal.stated_in, cited) {
        (RenewalSource::OfficePolicy, _) => None,
        (RenewalSource::Juknis, None) if !prints_juknis => None,
        (_, Some(cited)) => Some(ClauseRef::Cited(cited.to_owned())),
        (RenewalSource::Juknis, None) => Some(ClauseRef::Juknis("renewal")),
        (RenewalSource::Pks, None) => Some(ClauseRef::Label("renewal")),
    };
    let (rule, source) = match &clause {
        Some(_) => (capitalise(&rule), DeadlineSource::Paper),
        None => (format!("Menurut kebijakan kantor, {rule}"), DeadlineSource::Office),
    };
    Deadline { source, clause, ..from_paper(Step::RenewalLetter, due_on, Side::User, rule, None) }
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

fn state(deadline: &Deadline, acts: &Acts, last_day: Option<NaiveDate>, today: NaiveDate) -> DeadlineState {
    if is_met(deadline, acts) {
        return DeadlineState::Met;
    }
    let ended = acts.ended.as_ref();
    let waived = match deadline.step {
        // Nobody renews what was ended, or what has run out: then only a new agreement helps.
        Step::RenewalLetter => ended.is_some() || last_day.is_some_and(|last_day| last_day < today),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fact_sheet::TermBasis;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Signed on 16 September 2025 for two years until the anniversary; the Juknis asks for the
    /// renewal letter.
    fn fisheries() -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2025-09-16"));
        facts.term.basis = TermBasis::UntilDate;
        facts.term.end_on = Some(day("2027-09-16"));
        facts.renewal.stated_in = RenewalSource::Juknis;
        facts.renewal.clause = Some("Petunjuk Teknis angka VI huruf F".to_owned());
        facts.security.certificate = Some("ISO/IEC 27001".to_owned());
        facts.security.certificate_months = Some(6);
        facts.reporting.grace_working_days = Some(10);
        facts
    }

    fn on(facts: &FactSheet, acts: &Acts, today: &str) -> Vec<Deadline> {
        deadlines(facts, acts, &Calendar::national(), day(today))
    }

    fn of(all: &[Deadline], step: Step) -> &Deadline {
        all.iter().find(|deadline| deadline.step == step).unwrap()
    }

    fn letter() -> Acts {
        let renewal_letter = Some(LetterIn { number: "523/77/2027".to_owned(), on: day("2027-07-05") });
        Acts { renewal_letter, ..Acts::default() }
    }

    fn ended(on: &str, cause: EndCause) -> Acts {
        Acts { ended: Some(Ended { on: day(on), cause, letter: None }), ..Acts::default() }
    }

    #[test]
    fn a_running_agreement_shows_its_whole_life_in_order() {
        let all = on(&fisheries(), &Acts::default(), "2026-07-14");
        let lines: Vec<_> = all
            .iter()
            .map(|d| (d.due_on.to_string(), d.step.code(), d.holder.code(), d.state.code()))
            .collect();
        let expected = [
            ("2025-12-31", "semester_report", "user", "overdue"),
            ("2026-03-16", "iso_certificate", "user", "overdue"),
            ("2026-06-30", "semester_report", "user", "open"),
            ("2026-12-31", "semester_report", "user", "open"),
            ("2027-06-30", "semester_report", "user", "open"),
            ("2027-07-16", "renewal_letter", "user", "open"),
            ("2027-09-16", "agreement_end", "provider", "open"),
            ("2027-12-31", "semester_report", "user", "open"),
        ];
        assert_eq!(
            lines,
            expected.map(|(due_on, step, holder, state)| (due_on.to_owned(), step, holder, state))
        );
    }

    #[test]
    fn nothing_is_due_for_an_unsigned_agreement() {
        let mut facts = fisheries();
        facts.signing.on = None;
        facts.network.target_on = Some(day("2025-10-01"));
        assert_eq!(on(&facts, &Acts::default(), "2027-09-01"), []);
    }

    #[test]
    fn an_unknown_end_makes_no_end_and_no_renewal_but_reports_until_the_next_one() {
        let mut facts = fisheries();
        facts.term.end_on = None;
        let all = on(&facts, &Acts::default(), "2026-08-01");
        let steps: Vec<_> = all.iter().map(|d| (d.step, d.due_on)).collect();
        assert_eq!(
            steps,
            [
                (Step::SemesterReport, day("2025-12-31")),
                (Step::IsoCertificate, day("2026-03-16")),
                (Step::SemesterReport, day("2026-06-30")),
                (Step::SemesterReport, day("2026-12-31")),
            ]
        );
    }

    #[test]
    fn the_renewal_letter_cites_its_clause_or_the_office_never_an_invented_article() {
        let mut facts = fisheries();
        let all = on(&facts, &Acts::default(), "2027-07-01");
        let letter = of(&all, Step::RenewalLetter);
        assert_eq!(letter.source, DeadlineSource::Paper);
        assert_eq!(letter.clause, Some(ClauseRef::Cited("Petunjuk Teknis angka VI huruf F".to_owned())));
        assert_eq!(
            letter.rule,
            "Surat permohonan perpanjangan disampaikan paling lambat 2 (dua) bulan \
             sebelum perjanjian berakhir pada 16 September 2027."
        );

        facts.papers.juknis.number = Some("400.12/18/DUKCAPIL/2025".to_owned());
        for (stated_in, clause, own) in [
            (RenewalSource::Juknis, None, ClauseRef::Juknis("renewal")),
            (RenewalSource::Pks, Some("  ".to_owned()), ClauseRef::Label("renewal")),
        ] {
            facts.renewal.stated_in = stated_in;
            facts.renewal.clause = clause;
            let all = on(&facts, &Acts::default(), "2027-07-01");
            let letter = of(&all, Step::RenewalLetter);
            assert_eq!((letter.source, &letter.clause), (DeadlineSource::Paper, &Some(own)));
            assert!(letter.rule.starts_with("Surat permohonan"), "{}", letter.rule);
        }

        facts.papers.juknis = Juknis::default();
        for (stated_in, clause) in [
            (RenewalSource::Juknis, None),
            (RenewalSource::OfficePolicy, None),
            (RenewalSource::OfficePolicy, Some("Pasal 5".to_owned())),
        ] {
            facts.renewal.stated_in = stated_in;
            facts.renewal.clause = clause;
            let all = on(&facts, &Acts::default(), "2027-07-01");
            let letter = of(&all, Step::RenewalLetter);
            assert_eq!((letter.source, &letter.clause), (DeadlineSource::Office, &None));
            assert!(letter.rule.starts_with("Menurut kebijakan kantor, surat permohonan"), "{}", letter.rule);
        }
    }

    #[test]
    fn the_letter_is_open_on_its_last_day_overdue_the_day_after_and_met_once_logged() {
        let facts = fisheries();
        for (today, acts, state) in [
            ("2027-07-16", Acts::default(), DeadlineState::Open),
            ("2027-07-17", Acts::default(), DeadlineState::Overdue),
            ("2027-07-17", letter(), DeadlineState::Met),
            ("2027-07-17", ended("2027-07-01", EndCause::Mutual), DeadlineState::Waived),
            ("2027-08-20", ended("2027-08-15", EndCause::Replaced), DeadlineState::Waived),
        ] {
            assert_eq!(of(&on(&facts, &acts, today), Step::RenewalLetter).state, state, "{today}");
        }
    }

    #[test]
    fn the_end_comes_to_pass_the_day_after_the_last_day() {
        let facts = fisheries();
        let all = on(&facts, &Acts::default(), "2027-09-16");
        assert_eq!(of(&all, Step::AgreementEnd).state, DeadlineState::Open);
        assert_eq!(of(&all, Step::AgreementEnd).clause, Some(ClauseRef::Label("term")));
        let all = on(&facts, &Acts::default(), "2027-09-17");
        assert_eq!(of(&all, Step::AgreementEnd).state, DeadlineState::Met);
    }

    #[test]
    fn an_early_end_drops_what_would_have_come_and_keeps_what_was_owed() {
        let all = on(&fisheries(), &ended("2026-02-02", EndCause::Breach), "2026-07-20");
        let lines: Vec<_> = all.iter().map(|d| (d.step, d.due_on.to_string(), d.state)).collect();
        assert_eq!(
            lines,
            [
                (Step::SemesterReport, "2025-12-31".to_owned(), DeadlineState::Overdue),
                (Step::IsoCertificate, "2026-03-16".to_owned(), DeadlineState::Waived),
                (Step::SemesterReport, "2026-06-30".to_owned(), DeadlineState::Overdue),
                (Step::RenewalLetter, "2027-07-16".to_owned(), DeadlineState::Waived),
                (Step::AgreementEnd, "2027-09-16".to_owned(), DeadlineState::Waived),
            ]
        );
    }

    #[test]
    fn a_report_is_overdue_only_after_the_grace_that_the_papers_give() {
        let mut facts = fisheries();
        let report = |facts: &FactSheet, today: &str| {
            let all = on(facts, &Acts::default(), today);
            all.into_iter().find(|d| d.due_on == day("2026-06-30")).unwrap()
        };
        assert_eq!(report(&facts, "2026-07-14").state, DeadlineState::Open);
        assert_eq!(report(&facts, "2026-07-15").state, DeadlineState::Overdue);
        assert_eq!(report(&facts, "2026-07-15").grace_until, Some(day("2026-07-14")));
        assert_eq!(
            report(&facts, "2026-07-01").rule,
            "Laporan semester I 2026 disampaikan paling lambat hari terakhir bulan pelaporan, 30 Juni 2026; \
             masa tenggang 10 (sepuluh) hari kerja sampai dengan 14 Juli 2026."
        );
        assert_eq!(report(&facts, "2026-07-01").title(), "Laporan semester I 2026");

        facts.reporting.grace_working_days = None;
        assert_eq!(report(&facts, "2026-06-30").state, DeadlineState::Open);
        assert_eq!(report(&facts, "2026-07-01").state, DeadlineState::Overdue);
        assert_eq!(report(&facts, "2026-07-01").grace_until, None);
    }

    #[test]
    fn one_report_received_leaves_the_next_one_owed() {
        let met =
            |step, due_on: &str| MetDuty { step, due_on: day(due_on), on: day("2026-06-20"), note: None };
        let acts = Acts {
            met: vec![met(Step::SemesterReport, "2026-06-30"), met(Step::IsoCertificate, "2026-03-15")],
            ..Acts::default()
        };
        let all = on(&fisheries(), &acts, "2027-02-01");
        let reports: Vec<_> =
            all.iter().filter(|d| d.step == Step::SemesterReport).map(|d| d.state).take(3).collect();
        assert_eq!(reports, [DeadlineState::Overdue, DeadlineState::Met, DeadlineState::Overdue]);
        // Its date was corrected by a day after it was met.
        assert_eq!(of(&all, Step::IsoCertificate).state, DeadlineState::Met);
    }

    #[test]
    fn readers_network_and_user_id_are_due_only_where_facts_give_a_date() {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2022-12-07"));
        facts.card_readers.within_months = Some(12);
        facts.access.user_id_within_weeks = Some(2);
        facts.security.certificate_months = Some(6);
        facts.network.target = Some("akhir bulan Desember 2022".to_owned());
        assert!(on(&facts, &Acts::default(), "2022-12-10").iter().all(|d| d.step == Step::SemesterReport));

        facts.card_readers.usage = ReaderUse::Used;
        facts.application.on = Some(day("2022-12-08"));
        facts.network.target_on = Some(day("2022-12-31"));
        facts.network.arrangement = NetworkArrangement::UserProvides;
        let all = on(&facts, &Acts::default(), "2022-12-23");
        let (readers, network) = (of(&all, Step::CardReader), of(&all, Step::Network));
        assert_eq!((readers.due_on, readers.holder), (day("2023-12-07"), Side::User));
        assert_eq!((network.due_on, network.holder), (day("2022-12-31"), Side::User));
        let user_id = of(&all, Step::UserIdHandover);
        assert_eq!((user_id.due_on, user_id.holder), (day("2022-12-22"), Side::Provider));
        assert_eq!((user_id.state, &user_id.clause), (DeadlineState::Overdue, &None));

        facts.application.on = Some(day("2022-06-03"));
        assert!(on(&facts, &Acts::default(), "2022-12-10").iter().all(|d| d.step != Step::UserIdHandover));
    }

    proptest! {
        #[test]
        fn forty_years_of_agreements(offset in 0_u64..14_610, months in 1_u32..60, later in 0_u64..2_500) {
            let signed_on = day("2010-01-01") + Days::new(offset);
            let mut facts = FactSheet::default();
            facts.signing.on = Some(signed_on);
            facts.term.months = Some(months);
            let today = signed_on + Days::new(later);
            let all = deadlines(&facts, &Acts::default(), &Calendar::national(), today);

            let end = of(&all, Step::AgreementEnd).due_on;
            prop_assert!(add_months(signed_on, months) == end + Days::new(1));
            let letter = of(&all, Step::RenewalLetter).due_on;
            prop_assert!((59..=62).contains(&(end - letter).num_days()));
            prop_assert!(all.is_sorted_by_key(|d| (d.due_on, d.step)));
            for deadline in all.iter().filter(|d| d.step != Step::AgreementEnd) {
                let run_out = deadline.step == Step::RenewalLetter && end < today;
                prop_assert_eq!(deadline.state == DeadlineState::Overdue, deadline.due_on < today && !run_out);
                prop_assert_eq!(deadline.state == DeadlineState::Waived, run_out);
            }
            let once = |step| all.iter().filter(|d| d.step == step).count() == 1;
            prop_assert!(once(Step::AgreementEnd) && once(Step::RenewalLetter));
        }
    }
}
