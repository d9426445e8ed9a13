//! What belongs into the bundle of an agreement: the papers that every agreement has, and of the
//! letters and minutes those that somebody has begun. A letter about which nothing is known is not
//! part of it: it would only be a form full of gaps.

use std::num::NonZeroUsize;

use super::papers::{PaperKind, PaperRef, papers_of};
use crate::domain::acts::Acts;
use crate::domain::fact_sheet::{
    AccessProposalKind, CoverLetter, FactSheet, Granted, ProofOutcome, RenewalStatement,
};

/// The papers of an agreement that stand in its bundle, in reading order.
pub fn bundle_of(facts: &FactSheet, acts: &Acts) -> Vec<PaperRef> {
    let begun = |paper: &PaperRef| is_begun(*paper, facts, acts);
    papers_of(facts).into_iter().filter(begun).collect()
}

/// Whether the facts speak of the paper.
fn is_begun(paper: PaperRef, facts: &FactSheet, acts: &Acts) -> bool {
    let letters = &facts.letters;
    let cover = |cover: &CoverLetter| !cover.letter.is_unknown();
    let at = paper.nth.map_or(0, NonZeroUsize::get).saturating_sub(1);
    match paper.kind {
        PaperKind::Pks | PaperKind::Juknis | PaperKind::Sptjm | PaperKind::Nda => true,
        PaperKind::SptjmRenewal => facts.papers.sptjm_renewal != RenewalStatement::default(),
        PaperKind::Application => !facts.application.is_unknown(),
        PaperKind::Renewal => !letters.renewal.is_unknown() || acts.renewal_letter.is_some(),
        PaperKind::AccessRequest => {
            !letters.access_request.letter.is_unknown() || letters.access_request.region_code.is_some()
        }
        PaperKind::ClosedNetwork => !letters.closed_network.is_unknown(),
        PaperKind::NetworkProvider => {
            !letters.network_provider.letter.is_unknown() || letters.network_provider.provider.is_some()
        }
        PaperKind::CoverApplication => cover(&letters.cover_application),
        PaperKind::CoverSigned => cover(&letters.cover_signed),
        PaperKind::CoverRenewal => cover(&letters.cover_renewal),
        PaperKind::RenewalNotice => !letters.ending_notice.is_unknown(),
        PaperKind::ReportRequest => {
            let request = &letters.report_request;
            !request.letter.is_unknown() || request.year.is_some() || request.by.is_some()
        }
        PaperKind::Termination => {
            let end = &letters.termination;
            !end.letter.is_unknown() || end.reason.is_some() || end.on.is_some()
        }
        PaperKind::Addendum => started(&facts.addenda, at),
        PaperKind::ChangeRequest => started(&facts.changes, at),
        PaperKind::ChangeReply => facts.changes.get(at).is_some_and(|change| {
            !change.reply.is_unknown() || change.granted != Granted::Open || change.reply_reason.is_some()
        }),
        PaperKind::PocRequest => started(&facts.proofs, at),
        PaperKind::PocSchedule => {
            facts.proofs.get(at).is_some_and(|proof| !proof.schedule.is_unknown() || proof.on.is_some())
        }
        PaperKind::PocResult => facts.proofs.get(at).is_some_and(|proof| {
            !proof.result.is_unknown() || proof.outcome != ProofOutcome::Open || !proof.findings.is_empty()
        }),
        PaperKind::OfficialChange => started(&facts.official_changes, at),
        PaperKind::Warning => started(&facts.warnings, at),
        PaperKind::AccessClosing => proposed(facts, AccessProposalKind::Close, at),
        PaperKind::AccessReopening => proposed(facts, AccessProposalKind::Reopen, at),
        PaperKind::Assessment => started(&facts.assessments, at),
        PaperKind::Handover => started(&facts.handovers, at),
        PaperKind::Report => started(&facts.reports, at),
    }
}

/// Whether something is known of an entry.
fn started<T: Default + PartialEq>(entries: &[T], at: usize) -> bool {
    entries.get(at).is_some_and(|entry| *entry != T::default())
}

fn proposed(facts: &FactSheet, kind: AccessProposalKind, at: usize) -> bool {
    let mut of_kind = facts.access_proposals.iter().filter(|one| one.kind == kind);
    of_kind.nth(at).is_some_and(|one| !one.letter.is_unknown() || one.reason.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::{ChangeRequest, Handover};

    fn names(facts: &FactSheet, acts: &Acts) -> Vec<String> {
        bundle_of(facts, acts).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_agreement_about_which_nothing_else_is_known_has_four_kinds_of_papers() {
        let facts = FactSheet::default();
        let kinds: Vec<PaperKind> =
            bundle_of(&facts, &Acts::default()).iter().map(|paper| paper.kind).collect();
        let four = [PaperKind::Pks, PaperKind::Juknis, PaperKind::Sptjm, PaperKind::Nda];
        assert!(kinds.iter().all(|kind| four.contains(kind)), "{kinds:?}");
        assert_eq!(kinds[..3], four[..3]);
    }

    #[test]
    fn a_letter_is_part_of_it_once_somebody_began_it() {
        let mut facts = FactSheet::default();
        facts.letters.cover_signed.letter.number = Some("400.12/7".to_owned());
        facts.letters.termination.reason = Some("akses dipakai pihak lain".to_owned());
        facts.changes = vec![
            ChangeRequest::default(),
            ChangeRequest { wanted: Some("2 Mbps".to_owned()), ..ChangeRequest::default() },
        ];
        facts.handovers = vec![Handover { place: Some("Nusa Kencana".to_owned()), ..Handover::default() }];
        let found = names(&facts, &Acts::default());
        for name in ["pengantar-pks", "pengakhiran", "surat-perubahan-2", "bast-1"] {
            assert!(found.iter().any(|known| known == name), "{name} is not among {found:?}");
        }
        for name in ["surat-perubahan-1", "jawaban-perubahan-2", "pengantar-permohonan", "surat-permohonan"] {
            assert!(!found.iter().any(|known| known == name), "{name} was begun by nobody: {found:?}");
        }
    }
}
