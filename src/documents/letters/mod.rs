//! Letters: of the user agency, of the Disdukcapil and of the region's head. One frame serves them all
//! (`frame`); a kind says who writes to whom and what its wording may name. The words stand in
//! `templates/clauses/letters/`.
//!
//! A new kind of letter: its wording, an entry in the file of its matter, an arm in [`letter`].

mod access;
mod access_proposal;
mod application;
mod assessment;
mod change;
mod cover;
mod frame;
mod official_change;
mod proof;
mod renewal;
mod report_request;
mod termination;
mod values;
mod warning;

use super::papers::{PaperError, PaperKind};
use super::{Job, Paper};
use crate::domain::fact_sheet::AccessProposalKind;

/// Prints the `nth` letter of a kind, from 0; none for a kind that is no letter.
///
/// # Errors
/// When the wording is faulty, or the letter would not say anything.
pub fn letter(kind: PaperKind, nth: usize, job: &Job<'_>) -> Result<Option<Paper>, PaperError> {
    let draft = match kind {
        PaperKind::Application => application::application(job),
        PaperKind::Renewal => renewal::renewal(job),
        PaperKind::AccessRequest => access::user_ids(job)?,
        PaperKind::ClosedNetwork => return access::closed_network(job).map(Some),
        PaperKind::NetworkProvider => access::network_provider(job),
        PaperKind::ChangeRequest => change::request(job, nth)?,
        PaperKind::ChangeReply => change::reply(job, nth)?,
        PaperKind::PocRequest => proof::request(job, nth)?,
        PaperKind::PocSchedule => proof::schedule(job, nth)?,
        PaperKind::PocResult => proof::result(job, nth)?,
        PaperKind::OfficialChange => official_change::official_change(job, nth)?,
        PaperKind::CoverApplication => cover::application(job),
        PaperKind::CoverSigned => cover::signed(job),
        PaperKind::CoverRenewal => cover::renewal(job),
        PaperKind::RenewalNotice => return renewal::notice(job).map(Some),
        PaperKind::ReportRequest => report_request::report_request(job)?,
        PaperKind::Warning => warning::warning(job, nth)?,
        PaperKind::Termination => termination::termination(job)?,
        PaperKind::AccessClosing => access_proposal::proposal(job, AccessProposalKind::Close, nth)?,
        PaperKind::AccessReopening => access_proposal::proposal(job, AccessProposalKind::Reopen, nth)?,
        PaperKind::Assessment => assessment::assessment(job, nth)?,
        PaperKind::Pks
        | PaperKind::Juknis
        | PaperKind::Sptjm
        | PaperKind::SptjmRenewal
        | PaperKind::Nda
        | PaperKind::Addendum
        | PaperKind::Handover
        | PaperKind::Report => return Ok(None),
    };
    draft.print(job).map(Some)
}

/// The `nth` entry of a list of facts, with the path of the list and its place in it.
fn entry<'a, T>(list: &'a [T], path: &str, nth: usize) -> Result<(&'a T, String), PaperError> {
    let found = list.get(nth).map(|entry| (entry, format!("{path}.{nth}")));
    found.ok_or_else(|| PaperError::NoSuch(format!("{path} ke-{}", nth + 1)))
}

#[cfg(test)]
mod tests;
