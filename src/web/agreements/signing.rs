//! Recording that both parties signed. The print that was signed is named by its hash: its text is
//! frozen, numbers typed here fill its blanks and nothing else of it changes.

use std::collections::BTreeMap;

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::agreement_forms::{COMPOSED, SignablePrint, sign_sections};
use super::super::pages::form::{AsideCard, FormPage, Typed};
use super::super::pages::parts::{Loudness, Notice, Tone};
use super::super::posted::Posted;
use super::super::{State, html, invalid, see_other_saying};
use super::acts::{Words, day, page, record_and};
use super::papers::unprintable;
use super::prints::{document, fixed, names};
use crate::app::App;
use crate::clock::Zone;
use crate::documents::facts::date_at;
use crate::documents::model::{BLANK, Document};
use crate::documents::{Print as Order, Stage, Stationery, pks};
use crate::domain::agreement::{Agreement, is_on_pks};
use crate::domain::audit::{Entry, Payload, Verb};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::check::missing;
use crate::domain::permission::Act;
use crate::domain::print::{PrintStage, SignedPaper, fact_of, grouped, short_hash};
use crate::domain::wording::{date_long, join_list};
use crate::store::audit_log::{self, Filter};
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::prints::Print;
use crate::store::{agreements, frozen_papers, prints};

/// Facts that the signatures bring: they are typed here, not under "Ubah fakta".
const BROUGHT: [&str; 3] = ["provider.number", "user.number", "signing.on"];

/// How many entries of the log are searched for changes since a print.
const SEARCHED: i64 = 2_000;

/// An agreement and the prints of its PKS that may have been signed.
struct Loaded {
    agreement: Agreement,
    prints: Vec<Print>,
    log: Vec<Entry>,
    stationery: Stationery,
}

async fn load(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Loaded, WebError> {
    let (scope, app_in) = (me.scope(), app.clone());
    let loaded = app.store.read(move |db| {
        let office = scope.office_id;
        let filter = Filter {
            subject: Some(id),
            verbs: [Verb::FactsRevised, Verb::PrintedToSign, Verb::PaperIssued].map(Verb::code).to_vec(),
            limit: SEARCHED,
            ..Filter::default()
        };
        Ok(Loaded {
            agreement: agreements::find(db, scope, id)?,
            prints: prints::of_agreement(db, office, id)?
                .into_iter()
                .filter(|print| {
                    print.paper == "pks" && print.withdrawn.is_none() && print.signed_at.is_none()
                })
                .collect(),
            log: audit_log::list(db, office, &filter)?,
            stationery: app_in.stationery(db, office, Some(id))?,
        })
    });
    Ok(loaded.await?)
}

fn form_page(app: &App, me: &Me, loaded: &Loaded, typed: &Typed) -> Result<FormPage, WebError> {
    let signable = loaded
        .prints
        .iter()
        .map(|print| signable(print, me.user.zone))
        .collect::<Result<Vec<_>, WebError>>()?;
    let composed = "Teksnya disusun dari fakta pada saat ini, seperti naskah yang disiapkan di luar Kawal.";
    let sections = sign_sections(typed, &signable, composed);
    let mut page = page(app, me, &loaded.agreement, words(&loaded.agreement), sections, typed);
    if signable.is_empty() {
        page.notices.push(Notice {
            tone: Tone::Info,
            title: "Belum ada naskah siap tanda tangan yang dicetak".to_owned(),
            body: "Teks yang dibekukan disusun dari fakta pada saat ini. Bila naskahnya dicetak lebih dahulu di halaman Naskah, cetakan itulah yang dibekukan.".to_owned(),
            why: None,
            acts: vec![super::super::pages::parts::Act::link(
                "Ke halaman naskah",
                format!("/perjanjian/{}/naskah", loaded.agreement.id()),
            )],
        });
    }
    Ok(page)
}

fn signable(print: &Print, zone: Zone) -> Result<SignablePrint, WebError> {
    let kind = match (print.stage, print.replaced_by) {
        (PrintStage::Ready, None) => "Siap tanda tangan",
        (PrintStage::Final, None) => "Terbit",
        (_, Some(_)) => "Sudah diganti cetakan baru",
    };
    let blanks = document(&print.printed)?.blanks();
    let blank = if blanks.is_empty() {
        "tidak ada yang kosong".to_owned()
    } else {
        format!("kosong: {}", join_list(&names(&blanks)))
    };
    Ok(SignablePrint {
        id: print.id.to_string(),
        label: format!("{kind}, {}", zone.stamp(print.issued_at)),
        note: format!(
            "Sidik jari {}…, kode {}; {blank}.",
            short_hash(&print.printed.sha256),
            grouped(&print.code)
        ),
    })
}

fn words(agreement: &Agreement) -> Words {
    let mut aside = vec![AsideCard {
        title: "Yang terjadi".to_owned(),
        lines: vec![
            "Teks PKS dibekukan: perubahan pejabat, peraturan atau fakta sesudahnya tidak mengubahnya."
                .to_owned(),
            "Tenggat dihitung dan pengingat perpanjangan dijadwalkan.".to_owned(),
        ],
    }];
    let elsewhere: Vec<String> = missing(agreement.facts())
        .into_iter()
        .filter(|(path, _)| !BROUGHT.contains(&path.as_str()))
        .map(|(_, label)| label)
        .collect();
    if !elsewhere.is_empty() {
        aside.insert(
            0,
            AsideCard { title: "Masih kurang, isi dahulu lewat Ubah fakta".to_owned(), lines: elsewhere },
        );
    }
    Words {
        path: "tandatangan",
        heading: "Catat penandatanganan",
        lead: format!("Isi seperti tertulis pada naskah yang ditandatangani dengan {}.", agreement.name()),
        submit: "Catat sebagai ditandatangani",
        loudness: Loudness::Primary,
        aside,
    }
}

fn opened(facts: &FactSheet, prints: &[Print]) -> Typed {
    let mut typed = Typed::default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |value: Option<NaiveDate>| value.map_or_else(String::new, |day| day.to_string());
    typed.set("signed_on", date(facts.signing.on));
    typed.set("place", text(&facts.signing.place));
    typed.set("provider_number", text(&facts.provider.number));
    typed.set("user_number", text(&facts.user.number));
    typed.set("provider_signed_on", date(facts.signing.provider_on));
    typed.set("user_signed_on", date(facts.signing.user_on));
    if let Some(newest) = prints.iter().find(|print| print.stands()) {
        typed.set("print", newest.id.to_string());
    }
    typed
}

/// `GET /perjanjian/{id}/tandatangan`
///
/// # Errors
/// 404 out of sight; 403 for roles that may not sign.
pub async fn form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::SignAgreements)?;
    let loaded = load(&app, &me, *id).await?;
    html(&form_page(&app, &me, &loaded, &opened(loaded.agreement.facts(), &loaded.prints))?)
}

/// `POST /perjanjian/{id}/tandatangan`
///
/// # Errors
/// 409 when somebody changed it meanwhile; 422 with what was typed.
pub async fn sign(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    id: web::Path<Uuid>,
    posted: Posted,
) -> Answer {
    me.must(Act::SignAgreements)?;
    let id = *id;
    let loaded = load(&app, &me, id).await?;
    let mut typed = posted.typed.clone();
    let chosen = chosen(&mut typed, &loaded.prints);
    let printed = chosen.map(|print| document(&print.printed)).transpose()?;
    let facts = facts_typed(&mut typed, &loaded.agreement, printed.as_ref());
    if let (Some(print), Some(document)) = (chosen, &printed) {
        hold_against(&mut typed, &loaded, print, document, &facts);
    }
    if typed.refused() {
        return invalid(&form_page(&app, &me, &loaded, &typed)?);
    }
    let paper = SignedPaper {
        print_sha256: chosen.map(|print| print.printed.sha256.clone()),
        blanks: printed.as_ref().map(Document::blanks).unwrap_or_default(),
    };
    let mut document = match printed {
        Some(document) => document,
        None => {
            let order = Order { stage: Stage::Final, stationery: &loaded.stationery };
            pks::pks(&facts, &order).map_err(|error| unprintable(error.into()))?.document
        }
    };
    let filled = fill(&mut document, &facts);
    let text = fixed(&state, document).await?;
    let open: Vec<String> = missing(&facts).into_iter().map(|(_, label)| label).collect();
    let print = chosen.cloned();
    let frozen = text.document.clone();
    let then = move |db: &mut Db, deed: &Deed| {
        frozen_papers::freeze(db, deed, id, "pks", &frozen)?;
        if let Some(print) = &print {
            prints::mark_signed(db, deed, print.id)?;
            if filled {
                prints::register(db, deed, print, &text)?;
            }
        }
        Ok(())
    };
    match record_and(&app, &me, &posted, id, move |agreement| agreement.sign(facts, &paper), then).await? {
        Ok(()) => {
            super::super::remind_at_once(&app, me.user.office_id, id).await;
            let mut said = "Penandatanganan dicatat. Tenggat dan pengingat sudah dijadwalkan.".to_owned();
            if !open.is_empty() {
                said.push_str(&format!(" Belum terdaftar: {}.", join_list(&open)));
            }
            Ok(see_other_saying(&format!("/perjanjian/{id}"), &said))
        }
        Err(reason) => {
            typed.refuse("", reason);
            invalid(&form_page(&app, &me, &loaded, &typed)?)
        }
    }
}

/// The print that the form names; refuses beside the field when it names none of those that may be.
fn chosen<'p>(typed: &mut Typed, prints: &'p [Print]) -> Option<&'p Print> {
    let named = typed.text("print").to_owned();
    let found = prints.iter().find(|print| print.id.to_string() == named);
    if found.is_none() && named != COMPOSED && !(named.is_empty() && prints.is_empty()) {
        typed.refuse("print", "Pilih cetakan yang ditandatangani.");
    }
    found
}

/// The facts with what was typed; a number that the print carries, or leaves blank, may stay empty.
fn facts_typed(typed: &mut Typed, agreement: &Agreement, printed: Option<&Document>) -> FactSheet {
    let mut facts = agreement.facts().clone();
    let text = |typed: &Typed, name: &str| {
        Some(typed.text(name).split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| !text.is_empty())
    };
    facts.signing.on = day(typed, "signed_on", true);
    facts.signing.place = text(typed, "place");
    facts.signing.provider_on = day(typed, "provider_signed_on", false);
    facts.signing.user_on = day(typed, "user_signed_on", false);
    facts.provider.number = text(typed, "provider_number");
    facts.user.number = text(typed, "user_number");
    for (name, slot, number) in [
        ("provider_number", "provider.number", &mut facts.provider.number),
        ("user_number", "user.number", &mut facts.user.number),
    ] {
        if number.is_none() {
            match printed.and_then(|document| document.slot(slot)) {
                Some(blank) if blank == BLANK => {}
                Some(known) => *number = Some(known),
                None => typed.refuse(name, "Isi nomornya persis seperti tertulis."),
            }
        }
    }
    if let Err(faults) = FactSheet::from_tree(facts.to_tree()) {
        for fault in faults {
            let name = match fault.path.as_str() {
                "provider.number" => "provider_number",
                "user.number" => "user_number",
                "signing.place" => "place",
                "signing.on" | "term.start_on" | "term.end_on" => "signed_on",
                _ => "",
            };
            typed.refuse(name, fault.sentence());
        }
    }
    facts
}

/// Refuses what the chosen print says otherwise: another number, another date, facts that were changed
/// since it was printed.
fn hold_against(typed: &mut Typed, loaded: &Loaded, print: &Print, printed: &Document, facts: &FactSheet) {
    for (name, slot, number) in [
        ("provider_number", "provider.number", &facts.provider.number),
        ("user_number", "user.number", &facts.user.number),
    ] {
        if let Some(stands) = printed.slot(slot).filter(|stands| stands != BLANK)
            && number.as_ref() != Some(&stands)
        {
            typed.refuse(name, format!("Cetakan yang dipilih memuat nomor {stands}."));
        }
    }
    if let (Some(dated), Some(signed)) = (print.dated_on, facts.signing.on)
        && dated != signed
    {
        typed.refuse("signed_on", format!("Cetakan yang dipilih bertanggal {}.", date_long(dated)));
    }
    let changed = changed_since(&loaded.log, print);
    let place = &loaded.agreement.facts().signing.place;
    if *place != facts.signing.place {
        typed.refuse(
            "place",
            match place {
                Some(place) => format!("Cetakan yang dipilih menyebut tempat {place}."),
                None => "Cetakan yang dipilih tidak menyebut tempat; kosongkan, atau isi tempatnya lewat Ubah fakta lalu cetak ulang.".to_owned(),
            },
        );
    }
    if !changed.is_empty() {
        typed.refuse(
            "print",
            format!(
                "Sesudah naskah ini dicetak, fakta berikut diubah: {}. Cetak ulang naskahnya, atau kembalikan faktanya seperti pada cetakan.",
                changed.join(", ")
            ),
        );
    }
}

/// Names of the facts of the PKS that stand otherwise than when the print was made. What was changed and
/// changed back counts as unchanged; what the signatures bring is compared by itself.
fn changed_since(log: &[Entry], print: &Print) -> Vec<String> {
    let code = grouped(&print.code);
    let mut found: BTreeMap<String, (String, Option<String>, Option<String>)> = BTreeMap::new();
    // Newest first, back to the entry of the print itself.
    for entry in log.iter().take_while(|entry| !entry.payload.contains(&code)) {
        let payload: Payload = serde_json::from_str(&entry.payload).unwrap_or_default();
        for change in payload.changes {
            let brought = BROUGHT.contains(&change.path.as_str()) || change.path.starts_with("print.");
            if brought || !is_on_pks(&change.path) {
                continue;
            }
            let (from, to) = match change.commitment {
                Some((from, to)) => (Some(from), Some(to)),
                None => (change.from, change.to),
            };
            // The newest entry says what stands now, the oldest what stood then.
            found.entry(change.path).and_modify(|(_, stood, _)| stood.clone_from(&from)).or_insert((
                change.label,
                from,
                to,
            ));
        }
    }
    found.into_values().filter(|(_, stood, stands)| stood != stands).map(|(label, ..)| label).collect()
}

/// Writes what the signatures brought into the blanks of the paper; whether there was any.
fn fill(document: &mut Document, facts: &FactSheet) -> bool {
    let mut filled = 0;
    for slot in document.blanks() {
        let value = match fact_of(&slot) {
            "provider.number" => facts.provider.number.clone(),
            "user.number" => facts.user.number.clone(),
            "signing.on" => facts.signing.on.map(|on| date_at(&slot, on, facts.form.date_words)),
            _ => None,
        };
        if let Some(value) = value {
            filled += document.fill(&slot, &value);
        }
    }
    if document.dated.is_none() {
        document.dated = facts.signing.on;
    }
    filled > 0
}
