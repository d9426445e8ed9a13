//! Changes of bandwidth, quota, method, elements or User ID: the agency's request with its technical
//! study, and the answer (Juknis rows I.C, II.A and II.C).

use minijinja::{Value, context};

use super::entry;
use super::frame::{Draft, Enclosure, Issuer, Recipient};
use super::values::{self, cited, items, phrase_or_gap};
use crate::documents::clause::{self, Scheme, gap};
use crate::documents::facts::known;
use crate::documents::model::{Align, Block, Run};
use crate::documents::papers::PaperError;
use crate::documents::{Job, parts};
use crate::domain::fact_sheet::{ChangeRequest, ChangedMatter, FactSheet, Granted, LetterNature};
use crate::domain::wording::{capitalise_words, join_list, number_with_words};

/// From the agency's head to the Disdukcapil, with the technical study.
///
/// # Errors
/// When there is no such request, or the wording of the study is faulty.
pub(super) fn request<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (change, path) = entry(&job.facts.changes, "changes", nth)?;
    let values = values_of(job, change, &path);
    Ok(Draft {
        letter: change.letter.clone(),
        path: format!("{path}.letter"),
        issuer: Issuer::Agency,
        to: Recipient::Office,
        through: None,
        nature: LetterNature::Ordinary,
        attachments: Some("1 (satu) berkas kajian teknis"),
        copies: Vec::new(),
        wording: "letters/change_request",
        enclosures: vec![study(job, &values)?],
        values,
    })
}

/// From the Disdukcapil to the agency.
///
/// # Errors
/// When there is no such request, or the wording of the PKS is faulty.
pub(super) fn reply<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (change, path) = entry(&job.facts.changes, "changes", nth)?;
    let clauses = values::clauses(job)?;
    let values = context! { clauses, ..values_of(job, change, &path) };
    let told = (change.granted == Granted::Forwarded)
        .then(|| "Direktur Jenderal Kependudukan dan Pencatatan Sipil Kementerian Dalam Negeri".to_owned());
    Ok(Draft {
        letter: change.reply.clone(),
        path: format!("{path}.reply"),
        issuer: Issuer::Office,
        to: Recipient::Agency,
        through: None,
        nature: LetterNature::Ordinary,
        attachments: None,
        copies: told.into_iter().collect(),
        wording: "letters/change_reply",
        values,
        enclosures: Vec::new(),
    })
}

fn values_of(job: &Job<'_>, change: &ChangeRequest, path: &str) -> Value {
    let sheet = job.facts;
    context! {
        change => context! {
            what => change.what.code(),
            title => title(change.what),
            matter => matter(change.what),
            // Elements and method are part of what the Director General approved.
            needs_approval => matches!(change.what, ChangedMatter::Method | ChangedMatter::Elements),
            wanted => phrase_or_gap(change.wanted.as_deref(), "perubahan yang dimohon"),
            present => values::optional(present(sheet, change.what).as_deref()),
            remark => change.present.as_deref().map_or_else(
                || Value::from(()),
                |text| phrase_or_gap(Some(text), "keadaan sekarang"),
            ),
            remark_missing => gap("keadaan sekarang"),
            need => phrase_or_gap(change.need.as_deref(), "kebutuhan"),
            analysis => items(&change.analysis),
            no_analysis => gap("analisis"),
            granted => change.granted.code(),
            unanswered => gap("jawaban atas permohonan"),
            reason => change.reply_reason.as_deref().map_or_else(
                || Value::from(()),
                |text| phrase_or_gap(Some(text), "alasan"),
            ),
            no_reason => gap("alasan penolakan"),
        },
        asked => cited(job, &format!("{path}.letter"), &change.letter, "surat permohonan perubahan"),
        ..values::agreement(job)
    }
}

/// What is to change, in a sentence.
fn matter(what: ChangedMatter) -> String {
    match what {
        ChangedMatter::UserId => what.label().to_owned(),
        _ => what.label().to_lowercase(),
    }
}

/// The same in a title.
fn title(what: ChangedMatter) -> String {
    capitalise_words(&matter(what))
}

/// What is agreed today on the matter; none where the facts do not say.
fn present(sheet: &FactSheet, what: ChangedMatter) -> Option<String> {
    match what {
        ChangedMatter::Bandwidth => {
            let bandwidth = known(sheet.network.bandwidth.as_deref())?;
            let points = sheet
                .network
                .points
                .map(|points| format!(" untuk {} titik", number_with_words(points.into())));
            Some(format!("bandwidth jaringan tertutup {bandwidth}{}", points.unwrap_or_default()))
        }
        ChangedMatter::Quota => values::quota(&sheet.access).map(|quota| format!("kuota akses {quota}")),
        ChangedMatter::Method => {
            let methods: Vec<&str> = sheet.access.methods.iter().map(|method| method.label()).collect();
            (!methods.is_empty()).then(|| format!("metode akses {}", join_list(&methods)))
        }
        ChangedMatter::Elements => {
            let elements: Vec<String> = sheet
                .access
                .elements
                .iter()
                .map(|element| element.label().to_owned())
                .chain(items(&sheet.access.other_elements))
                .collect();
            let count = number_with_words(elements.len() as u64);
            (!elements.is_empty()).then(|| format!("{count} elemen data, yaitu {}", join_list(&elements)))
        }
        ChangedMatter::UserId => {
            let count = sheet
                .access
                .user_ids
                .map(u64::from)
                .or_else(|| u64::try_from(sheet.operators.len()).ok().filter(|count| *count > 0))?;
            Some(format!("{} User ID", number_with_words(count)))
        }
    }
}

/// The technical study: each heading of its wording a numbered chapter.
fn study(job: &Job<'_>, values: &Value) -> Result<Enclosure, PaperError> {
    let wording = &job.print.stationery.wording;
    let title = clause::line(wording, "letters/technical_study_title", values)?;
    let mut blocks = Vec::new();
    for row in clause::rows(wording, &["letters/technical_study"], values, Scheme::Topics)?.rows {
        let heading = std::iter::once(Run::bold(format!("{} ", row.label)))
            .chain(row.title.into_iter().map(parts::bold))
            .collect();
        blocks.push(parts::kept(Align::Left, heading));
        blocks.extend(row.paras.into_iter().map(Block::Para));
        blocks.push(Block::Space { lines: 0.4 });
    }
    Ok(Enclosure { title, blocks })
}
