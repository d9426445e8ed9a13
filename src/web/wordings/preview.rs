//! The paper as a wording would print it: with an invented agreement, or one of the office's.

use std::sync::Arc;

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::State;
use super::super::error::WebError;
use super::super::pages::form::Choice;
use super::super::pages::wordings::{PlaceholderRow, Preview, Rendered};
use crate::documents::clause::Hearing;
use crate::documents::clause::check::check;
use crate::documents::papers;
use crate::documents::samples::samples;
use crate::documents::vocabulary::{Usage, of, placeholders};
use crate::documents::{Job, Print, Stage, Stationery, html};
use crate::domain::acts::Acts;
use crate::domain::agreement::Agreement;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;
use crate::domain::wording::capitalise;
use crate::store;
use crate::store::agreement_lines::{self, Asked};
use crate::store::agreements::{self, Scope};
use crate::store::connection::Db;

/// Agreements of the office among the choices.
const MOST_CHOICES: usize = 40;
/// How a sample is named in the form.
const INVENTED: &str = "contoh:";

/// With what a paper is previewed.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its value in the form.
    pub code: String,
    facts: FactSheet,
    acts: Acts,
    calendar: Arc<Calendar>,
    today: NaiveDate,
}

impl Subject {
    /// An agreement.
    pub fn agreement(agreement: &Agreement, calendar: Arc<Calendar>, today: NaiveDate) -> Self {
        Self {
            code: agreement.id().to_string(),
            facts: agreement.facts().clone(),
            acts: agreement.acts().clone(),
            calendar,
            today,
        }
    }

    /// What the form names: an agreement in sight, an invented one, or else the first invented one that
    /// the wording is printed for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn named(
        db: &mut Db,
        scope: Scope,
        code: &str,
        name: &str,
        calendar: Arc<Calendar>,
        today: NaiveDate,
    ) -> store::Result<Self> {
        if let Ok(id) = Uuid::parse_str(code) {
            return Ok(Self::agreement(&agreements::find(db, scope, id)?, calendar, today));
        }
        let invented = code.strip_prefix(INVENTED).unwrap_or_default();
        let known = samples().iter().find(|sample| sample.code == invented);
        let sample = known.or_else(|| {
            let codes = of(name).map(|known| known.samples.as_slice()).unwrap_or_default();
            samples().iter().find(|sample| codes.contains(&sample.code))
        });
        let Some(sample) = sample.or_else(|| samples().first()) else {
            return Err(store::StoreError::NotFound);
        };
        Ok(Self {
            code: format!("{INVENTED}{}", sample.code),
            facts: sample.facts.clone(),
            acts: Acts::default(),
            calendar,
            today: sample.facts.signing.on.unwrap_or(today),
        })
    }
}

/// The choices of the preview: the invented agreements, then those of the office.
///
/// # Errors
/// When the database cannot be read.
pub fn choices(db: &mut Db, scope: Scope, today: NaiveDate, chosen: &str) -> store::Result<Vec<Choice>> {
    let asked = Asked { limit: MOST_CHOICES, ..Asked::default() };
    let lines = agreement_lines::page(db, scope, today, &asked)?.lines;
    let invented = samples()
        .iter()
        .map(|sample| (format!("{INVENTED}{}", sample.code), format!("Contoh: {}", sample.name)));
    let own = lines.into_iter().take(MOST_CHOICES).map(|line| (line.id.to_string(), line.agency));
    let all = invented.chain(own);
    Ok(all.map(|(value, label)| Choice { chosen: value == chosen, value, label, note: None }).collect())
}

/// Prints the paper that a wording belongs to, waiting for one's turn.
///
/// # Errors
/// 503 when too many papers are being printed.
pub async fn preview(
    state: &web::Data<State>,
    stationery: Stationery,
    name: String,
    subject: Subject,
) -> Result<Preview, WebError> {
    let _turn = super::super::turn(&state.paper_turn).await?;
    web::block(move || printed(&stationery, &name, &subject)).await.map_err(|_| WebError::Busy)
}

fn printed(stationery: &Stationery, name: &str, subject: &Subject) -> Preview {
    let text = stationery.wording.get(name).unwrap_or_default();
    let Some(known) = of(name) else { return Preview::default() };
    let (read, faults) = check(text, &known.vocabulary);
    if !faults.is_empty() {
        return Preview {
            faults: faults.iter().map(|fault| fault.sentence()).collect(),
            ..Preview::default()
        };
    }
    let Some(&kind) = known.papers.first() else {
        return Preview {
            note: "Redaksi ini baru tercetak bila keadaannya terjadi; tidak ada contoh yang memuatnya."
                .to_owned(),
            ..Preview::default()
        };
    };
    let hearing = Hearing::default();
    let heard = Stationery { wording: stationery.wording.clone().heard_by(&hearing), ..stationery.clone() };
    let job = Job {
        facts: &subject.facts,
        acts: &subject.acts,
        calendar: &subject.calendar,
        today: subject.today,
        print: Print { stage: Stage::Final, stationery: &heard },
    };
    let document = match papers::print_job(kind, &job) {
        Ok(printed) => printed.marked().document,
        Err(error) => {
            return Preview { faults: vec![capitalise(&error.to_string())], ..Preview::default() };
        }
    };
    let used = hearing.asked().iter().any(|asked| asked.files.iter().any(|file| file == name));
    Preview {
        note: if used {
            String::new()
        } else {
            "Naskah ini tidak memuat redaksi ini; pilih contoh lain untuk melihatnya.".to_owned()
        },
        paper: Some(Rendered(html::render(&document))),
        at: read.labels.first().map(|(label, _)| label.clone()).unwrap_or_default(),
        ..Preview::default()
    }
}

/// The placeholders of a wording as the editor lists them.
pub fn placeholder_rows(name: &str) -> Vec<PlaceholderRow> {
    placeholders(name)
        .into_iter()
        .map(|one| {
            let path = &one.path;
            let (insert, usage) = match one.usage {
                Usage::Printed => (format!("{{{{ {path} }}}}"), ""),
                Usage::Optional => {
                    (format!("{{% if {path} %}}{{{{ {path} }}}}{{% endif %}}"), "boleh kosong")
                }
                Usage::Condition => (format!("{{% if {path} %}}…{{% endif %}}"), "syarat"),
                Usage::List => {
                    (format!("{{% for butir in {path} %}}\n1. {{{{ butir }}}}\n{{% endfor %}}"), "daftar")
                }
            };
            PlaceholderRow { insert, usage, path: one.path, meaning: one.meaning, example: one.example }
        })
        .collect()
}
