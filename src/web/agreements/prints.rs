//! The papers page of an agreement and its prints: printed to be signed, issued, opened, withdrawn.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web;
use uuid::Uuid;

use super::super::deeds::{Outcome, already, key_of, once};
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::form::{Form, FormPage, FormSection, Typed};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, Chip, Crumb, Loudness, Notice, Tone};
use super::super::pages::prints::{PaperCard, PaperGroup, PrintRow, PrintsPage, ScanRow};
use super::super::posted::Posted;
use super::super::{State, check, html, invalid, see_other_saying};
use super::paper_lines::{Desk, PaperLine, papers_of, parties};
use super::papers::{answer, unprintable};
use crate::app::App;
use crate::clock::Zone;
use crate::documents::model::Document;
use crate::documents::papers::PaperFormat;
use crate::documents::{Stage, Stationery, pdf};
use crate::domain::agreement::{Agreement, State as Standing};
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::catalogue;
use crate::domain::permission::Act;
use crate::domain::print::{PrintSettings, PrintStage, code_of, fact_of, grouped, short_hash};
use crate::domain::wording::{capitalise, figures, join_list};
use crate::secrets::sha256;
use crate::store::prints::{NewPrint, Print, Text};
use crate::store::scans::Scan;
use crate::store::{StoreError, agreements, frozen_papers, print_settings, prints, scans};

/// Everything the page of papers is made of.
pub(super) struct Loaded {
    pub(super) agreement: Agreement,
    calendar: Arc<Calendar>,
    stationery: Stationery,
    settings: PrintSettings,
    prints: Vec<Print>,
    scans: Vec<Scan>,
    frozen: bool,
}

impl Loaded {
    fn desk(&self, me: &Me) -> Desk<'_> {
        Desk {
            agreement: &self.agreement,
            calendar: &self.calendar,
            stationery: &self.stationery,
            today: me.today,
            blank_dates: self.settings.blank_dates,
        }
    }
}

async fn load(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Loaded, WebError> {
    let (scope, app_in) = (me.scope(), app.clone());
    let loaded = app.store.read(move |db| {
        let office = scope.office_id;
        let agreement = agreements::find(db, scope, id)?;
        let prints = prints::of_agreement(db, office, id)?;
        let ids: Vec<Uuid> = prints.iter().map(|print| print.id).collect();
        Ok(Loaded {
            agreement,
            calendar: app_in.calendar(db, office)?,
            stationery: app_in.stationery(db, office, Some(id))?,
            settings: print_settings::find(db, office)?,
            scans: scans::of_prints(db, office, &ids)?,
            frozen: frozen_papers::find(db, office, id, "pks")?.is_some(),
            prints,
        })
    });
    Ok(loaded.await?)
}

/// `GET /perjanjian/{id}/naskah`
///
/// # Errors
/// 404 out of sight.
pub async fn list(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadAgreements)?;
    let loaded = load(&app, &me, *id).await?;
    html(&page(&app, &me, &loaded, Vec::new())?)
}

fn page(app: &App, me: &Me, loaded: &Loaded, notices: Vec<Notice>) -> Result<PrintsPage, WebError> {
    let agreement = &loaded.agreement;
    let home = format!("/perjanjian/{}", agreement.id());
    let mut groups: Vec<PaperGroup> = Vec::new();
    for line in papers_of(&loaded.desk(me)) {
        let card = card(app, me, loaded, &home, &line)?;
        match groups.last_mut() {
            Some(group) if group.title == line.group => group.papers.push(card),
            _ => groups.push(PaperGroup { title: line.group.to_owned(), papers: vec![card] }),
        }
    }
    let mut acts = Vec::new();
    if me.may(Act::EditAgreements) {
        acts.push(Button::link("Gambar lampiran", format!("{home}/gambar")));
    }
    Ok(PrintsPage {
        layout: me.layout("Naskah", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home),
            Crumb::here("Naskah"),
        ],
        heading: "Naskah".to_owned(),
        lead: agreement.name(),
        acts,
        notices,
        groups,
    })
}

/// What becomes of the file of a scan.
pub(super) const SCANS_NOTE: &str = "Pindaian dicatat menurut sidik jarinya; berkasnya sendiri belum disimpan di Kawal, jadi simpanlah di arsip kantor.";

fn card(app: &App, me: &Me, loaded: &Loaded, home: &str, line: &PaperLine) -> Result<PaperCard, WebError> {
    let agreement = &loaded.agreement;
    let of_paper: Vec<&Print> = loaded.prints.iter().filter(|print| print.paper == line.name).collect();
    let editor = me.may(Act::EditAgreements);
    let closed = closed(loaded, &line.name);
    let mut acts = Vec::new();
    if editor && closed.is_none() && line.impossible.is_none() {
        let post = |label: &str, verb: &str| {
            let to = format!("{home}/naskah/{}/{verb}", line.name);
            Button::post(label, to, app.ids.next().to_string()).small()
        };
        let first = post("Cetak naskah siap tanda tangan", "siap");
        let printed = of_paper.iter().any(|print| print.stands());
        acts.push(if line.lacks.is_empty() && !printed { first.primary() } else { first });
        acts.push(post("Terbitkan", "terbit"));
        if line.name == "pks" && printed && me.may(Act::SignAgreements) {
            let to = format!("{home}/tandatangan");
            acts.push(Button::link("Catat penandatanganan", to).small().primary());
        }
    }
    let (mut standing, mut older) = (Vec::new(), Vec::new());
    for print in &of_paper {
        let stands = print.stands() || (print.signed_at.is_some() && print.withdrawn.is_none());
        if stands { &mut standing } else { &mut older }.push(row(me, loaded, home, print)?);
    }
    let format = |format: &PaperFormat| {
        Button::link(format.label(), format!("{home}/naskah/{}.{}", line.name, format.code())).small()
    };
    Ok(PaperCard {
        id: line.name.clone(),
        title: line.title.clone(),
        detail: line.detail.clone(),
        state: state(loaded, line, &of_paper),
        note: line.impossible.as_deref().map(capitalise).or_else(|| closed.map(str::to_owned)),
        lacks: if closed.is_some() { Vec::new() } else { line.lacks.clone() },
        lacks_href: (editor && agreement.state() != Standing::Ended).then(|| format!("{home}/ubah")),
        formats: if line.impossible.is_some() {
            Vec::new()
        } else {
            PaperFormat::ALL.iter().map(format).collect()
        },
        acts,
        prints: standing,
        older,
    })
}

/// Why nothing more is printed of a paper, where that is so.
fn closed(loaded: &Loaded, paper: &str) -> Option<&'static str> {
    match (paper, loaded.agreement.state()) {
        ("pks", _) if loaded.frozen => {
            Some("Teksnya dibekukan saat ditandatangani; perubahan dibuat dengan adendum.")
        }
        ("pks", Standing::Signed | Standing::Ended) => {
            Some("Ditandatangani di luar Kawal; ini susunan dari fakta yang tercatat.")
        }
        (_, Standing::Ended) => Some("Perjanjian ini sudah berakhir."),
        _ => None,
    }
}

/// How far a paper is: by what was printed of it, else by what it lacks.
fn state(loaded: &Loaded, line: &PaperLine, of_paper: &[&Print]) -> Chip {
    let signed = of_paper.iter().any(|print| print.signed_at.is_some() && print.withdrawn.is_none());
    let standing = |stage| of_paper.iter().any(|print| print.stands() && print.stage == stage);
    if signed || (line.name == "pks" && loaded.frozen) {
        return Chip::new(Tone::Ok, "ditandatangani");
    }
    if standing(PrintStage::Final) {
        return Chip::new(Tone::Ok, PrintStage::Final.label());
    }
    if standing(PrintStage::Ready) {
        return Chip::new(Tone::Info, PrintStage::Ready.label());
    }
    if of_paper.iter().any(|print| print.withdrawn.is_some()) {
        return Chip::new(Tone::Overdue, "ditarik");
    }
    match (&line.impossible, line.lacks.len()) {
        (Some(_), _) => Chip::new(Tone::Quiet, "belum dapat disusun"),
        (None, 0) => Chip::new(Tone::Quiet, "draf"),
        (None, lacks) => Chip::new(Tone::Attention, format!("belum lengkap: {lacks} isian kurang")),
    }
}

fn row(me: &Me, loaded: &Loaded, home: &str, print: &Print) -> Result<PrintRow, WebError> {
    let zone = me.user.zone;
    let here = format!("{home}/cetakan/{}", print.id);
    let blanks = document(print.current())?.blanks();
    let mut acts = Vec::new();
    if print.withdrawn.is_none() {
        let registrable = print.paper != "pks" || print.signed_at.is_some();
        if !blanks.is_empty() && registrable && me.may(Act::SignAgreements) {
            acts.push(Button::link("Daftarkan nomor", format!("{here}/nomor")).small().primary());
        }
        if me.may(Act::EditAgreements) {
            acts.push(Button::link("Catat pindaian bertanda tangan", format!("{here}/pindaian")).small());
        }
        if print.signed_at.is_none() && me.may(Act::SignAgreements) {
            acts.push(Button::link("Tarik", format!("{here}/tarik")).small().danger());
        }
    }
    let state = match print {
        Print { withdrawn: Some(_), .. } => Chip::new(Tone::Overdue, "ditarik"),
        Print { signed_at: Some(_), .. } => Chip::new(Tone::Ok, "ditandatangani"),
        Print { replaced_by: Some(_), .. } => Chip::new(Tone::Quiet, "diganti cetakan baru"),
        Print { stage: PrintStage::Final, .. } => Chip::new(Tone::Ok, PrintStage::Final.label()),
        Print { stage: PrintStage::Ready, .. } => Chip::new(Tone::Info, PrintStage::Ready.label()),
    };
    let note = match &print.withdrawn {
        Some(withdrawn) => {
            Some(format!("Ditarik {} oleh {}: {}", zone.stamp(withdrawn.at), withdrawn.by, withdrawn.reason))
        }
        None if blanks.is_empty() => None,
        None => Some(format!("Masih kosong: {}.", join_list(&names(&blanks)))),
    };
    let format = |name: &str| {
        let to = format!("{here}/{name}");
        move |format: &PaperFormat| Button::link(format.label(), format!("{to}.{}", format.code())).small()
    };
    let mut sums = vec![
        ("Naskah sebagaimana dicetak".to_owned(), print.printed.sha256.clone()),
        ("PDF-nya".to_owned(), print.printed.pdf_sha256.clone()),
    ];
    let mut formats: Vec<Button> = PaperFormat::ALL.iter().map(format(&print.paper)).collect();
    if let Some(text) = &print.registered {
        sums.push(("Naskah dengan nomor yang didaftarkan".to_owned(), text.sha256.clone()));
        sums.push(("PDF-nya".to_owned(), text.pdf_sha256.clone()));
        let printed = format!("{here}/{}-{AS_PRINTED}.pdf", print.paper);
        formats.push(Button::link("PDF sebagaimana dicetak", printed).small());
    }
    Ok(PrintRow {
        state,
        when: format!("{} oleh {}", zone.stamp(print.issued_at), print.issued_by),
        code: grouped(&print.code),
        check_href: format!("/periksa/{}", print.code),
        short_hash: short_hash(&print.printed.sha256).to_owned(),
        sums,
        note,
        formats,
        acts,
        scans: loaded
            .scans
            .iter()
            .filter(|scan| scan.print_id == print.id)
            .map(|scan| scan_row(scan, zone))
            .collect(),
        scans_note: SCANS_NOTE,
    })
}

fn scan_row(scan: &Scan, zone: Zone) -> ScanRow {
    let kilobytes = scan.size.unsigned_abs().div_ceil(1024);
    ScanRow {
        name: scan.name.clone(),
        about: format!(
            "{} KB, dicatat {} oleh {}",
            figures(kilobytes),
            zone.stamp(scan.noted_at),
            scan.noted_by
        ),
        sum: scan.sha256.clone(),
    }
}

/// The document of a print.
///
/// # Errors
/// When the stored text is no document.
pub(super) fn document(text: &Text) -> Result<Document, WebError> {
    serde_json::from_str(&text.document).map_err(|error| WebError::Internal(error.into()))
}

/// What slots are called, each fact once.
pub(super) fn names(slots: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for slot in slots {
        let name = name_of(slot);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a slot is called.
pub(super) fn name_of(slot: &str) -> String {
    let fact = fact_of(slot);
    match catalogue::find(fact) {
        Some(field) => field.label.to_owned(),
        None if fact.ends_with(".number") => "Nomor naskah".to_owned(),
        None => "Tanggal naskah".to_owned(),
    }
}

/// `POST /perjanjian/{id}/naskah/{paper}/siap`
///
/// # Errors
/// 404 for an unknown paper; 409 once it is closed; 422 naming what is unknown.
pub async fn make_ready(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String)>,
    posted: Posted,
) -> Answer {
    make(&app, &state, &me, path.into_inner(), &posted, PrintStage::Ready).await
}

/// `POST /perjanjian/{id}/naskah/{paper}/terbit`
///
/// # Errors
/// 404 for an unknown paper; 409 once it is closed; 422 naming what is unknown.
pub async fn issue(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String)>,
    posted: Posted,
) -> Answer {
    make(&app, &state, &me, path.into_inner(), &posted, PrintStage::Final).await
}

async fn make(
    app: &web::Data<App>,
    state: &web::Data<State>,
    me: &Me,
    (id, paper): (Uuid, String),
    posted: &Posted,
    stage: PrintStage,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let loaded = load(app, me, id).await?;
    let desk = loaded.desk(me);
    let line = papers_of(&desk).into_iter().find(|line| line.name == paper).ok_or(WebError::NotFound)?;
    if let Some(done) = already(app, me, posted).await? {
        return Ok(done);
    }
    if let Some(why) = closed(&loaded, &paper) {
        return Err(WebError::Conflict(why.to_owned()));
    }
    let printed = match stage {
        PrintStage::Ready => desk.print_to_sign(&paper),
        PrintStage::Final => desk.print(&paper, Stage::Final),
    };
    let printed = printed.ok_or(WebError::NotFound)?.map_err(unprintable)?;
    // A name of the page stands for one paper; where it does not, the paper has no entry yet.
    let mut document = printed.documents.into_iter().next().ok_or(WebError::NotFound)?;
    // What is still unknown is told below; a print that is recorded carries no mark of a draft.
    document.furniture.watermark = None;
    let mut unknown = printed.gaps;
    if stage == PrintStage::Final {
        unknown.extend(names(&document.blanks()));
    }
    unknown.extend(document.gaps());
    unknown.dedup_by(|a, b| a.to_lowercase() == b.to_lowercase());
    if !unknown.is_empty() {
        return invalid(&page(app, me, &loaded, vec![refusal(&loaded, &line, stage, &unknown)])?);
    }
    let code = code_of(app.secrets.code_bytes()?);
    if stage == PrintStage::Final && loaded.settings.marks(&paper) {
        document.furniture.check = Some(check::mark(&app.config.base_url, &code));
    }
    let dated_on = document.dated.filter(|_| !document.blanks().iter().any(|slot| !slot.ends_with("number")));
    let text = fixed(state, document).await?;
    let read = loaded.agreement.version();
    let new = NewPrint {
        agreement: agreements::subject(&loaded.agreement),
        paper: paper.clone(),
        stage,
        code,
        title: line.title.clone(),
        parties: parties(loaded.agreement.facts()),
        dated_on,
        text,
    };
    let scope = me.scope();
    let outcome = once(app, me, posted, move |db, deed| {
        let now = agreements::find(db, scope, id)?.version();
        if now != read {
            return Err(StoreError::Stale { read, now });
        }
        prints::add(db, deed, &new)?;
        Ok(format!("/perjanjian/{id}/naskah#{paper}"))
    });
    let said = match stage {
        PrintStage::Ready => "Naskah siap tanda tangan dicetak dan dicatat.",
        PrintStage::Final => "Naskah diterbitkan dan dicatat.",
    };
    match outcome.await? {
        Outcome::Done(location) => Ok(see_other_saying(&location, said)),
        Outcome::Taken(reason) => Err(WebError::Conflict(reason)),
        Outcome::Stale => Err(WebError::Conflict(
            "Faktanya baru saja diubah. Muat ulang halaman, lalu cetak lagi.".to_owned(),
        )),
    }
}

fn refusal(loaded: &Loaded, line: &PaperLine, stage: PrintStage, unknown: &[String]) -> Notice {
    let (title, body) = match stage {
        PrintStage::Ready => ("belum dapat dicetak untuk ditandatangani", "Isi dahulu"),
        PrintStage::Final => ("belum dapat diterbitkan", "Masih kosong"),
    };
    Notice {
        tone: Tone::Attention,
        title: format!("{} {title}", line.title),
        body: format!("{body}: {}.", unknown.join(", ")),
        why: (stage == PrintStage::Final).then(|| {
            "Nomor yang baru ada sesudah tanda tangan tidak menghalangi naskah siap tanda tangan.".to_owned()
        }),
        acts: vec![Button::link("Lengkapi fakta", format!("/perjanjian/{}/ubah", loaded.agreement.id()))],
    }
}

/// A document with its hashes, its PDF written for that.
///
/// # Errors
/// 503 when two papers are being printed for too long; 409 for a letter that no font has.
pub(super) async fn fixed(state: &web::Data<State>, document: Document) -> Result<Text, WebError> {
    let _turn = super::super::turn(&state.paper_turn).await?;
    let written = web::block(move || -> Result<Text, WebError> {
        let bytes = pdf::render(&document).map_err(|error| unprintable(error.into()))?;
        let text = serde_json::to_string(&document).map_err(|error| WebError::Internal(error.into()))?;
        Ok(Text::new(text, sha256(&bytes)))
    });
    written.await.map_err(|_| WebError::Busy)?
}

pub(super) async fn find(
    app: &web::Data<App>,
    me: &Me,
    id: Uuid,
    print: Uuid,
) -> Result<(Agreement, Print), WebError> {
    let scope = me.scope();
    let found = app.store.read(move |db| {
        let agreement = agreements::find(db, scope, id)?;
        Ok((agreement, prints::find(db, scope.office_id, id, print)?))
    });
    Ok(found.await?)
}

/// End of the name of a file that shows a print without the numbers that were registered later.
const AS_PRINTED: &str = "sebagaimana-dicetak";

/// `GET /perjanjian/{id}/cetakan/{print}/{file}`: the print, written again from what is kept and held
/// against the hash that was recorded.
///
/// # Errors
/// 404 for what is not there; 409 where the PDF is not the one that was recorded.
pub async fn open(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, Uuid, String)>,
) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (id, print, file) = path.into_inner();
    let (agreement, print) = find(&app, &me, id, print).await?;
    let (name, ending) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let format =
        PaperFormat::ALL.iter().copied().find(|format| format.code() == ending).ok_or(WebError::NotFound)?;
    let text = match name.strip_prefix(print.paper.as_str()) {
        Some("") => print.current(),
        Some(rest) if rest.strip_prefix('-') == Some(AS_PRINTED) => &print.printed,
        _ => return Err(WebError::NotFound),
    };
    let (response, bytes) = answer(&state, &agreement, name, vec![document(text)?], format).await?;
    if format == PaperFormat::Pdf && sha256(&bytes) != text.pdf_sha256 {
        tracing::error!(print = %print.id, recorded = %text.pdf_sha256, "PDF differs from the recorded one");
        return Err(WebError::Conflict(format!(
            "PDF yang disusun ulang tidak sama dengan yang tercatat (SHA-256 {}…). Jangan dipakai; sampaikan kepada pengelola Kawal. Teksnya tetap dapat dibuka sebagai HTML.",
            short_hash(&text.pdf_sha256)
        )));
    }
    let mut response = response;
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.body(bytes))
}

fn withdrawal(
    app: &App,
    me: &Me,
    agreement: &Agreement,
    print: &Print,
    typed: &Typed,
    posted: Option<&Posted>,
) -> FormPage {
    let home = format!("/perjanjian/{}", agreement.id());
    FormPage {
        layout: me.layout("Tarik naskah", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home.clone()),
            Crumb::to("Naskah", format!("{home}/naskah")),
            Crumb::here("Tarik"),
        ],
        heading: "Tarik naskah".to_owned(),
        lead: Some(format!("{}, kode {}.", print.title, grouped(&print.code))),
        form: Form {
            action: format!("{home}/cetakan/{}/tarik", print.id),
            key: key_of(app, posted),
            sections: vec![FormSection::new(
                "sebab",
                "",
                vec![
                    typed
                        .area_field("reason", "Sebab")
                        .help("Tampil di halaman ini dan di catatan; halaman pemeriksaan hanya menyebut bahwa naskah ditarik.")
                        .into(),
                ],
            )],
            submit: "Tarik naskah".to_owned(),
            loudness: Loudness::Danger,
            cancel: Some(format!("{home}/naskah")),
            errors: typed.errors(""),
            changed: typed.refused(),
            ..Form::default()
        },
        ..FormPage::default()
    }
}

/// A print that may still be withdrawn.
fn withdrawable(print: &Print) -> Result<(), WebError> {
    match print {
        Print { withdrawn: Some(_), .. } => Err(WebError::Conflict("Naskah ini sudah ditarik.".to_owned())),
        Print { signed_at: Some(_), .. } => Err(WebError::Conflict(
            "Naskah yang sudah ditandatangani tidak dapat ditarik; buat adendum, atau akhiri perjanjiannya."
                .to_owned(),
        )),
        _ => Ok(()),
    }
}

/// `GET /perjanjian/{id}/cetakan/{print}/tarik`
///
/// # Errors
/// 404 out of sight; 403 for roles that may not; 409 once it is withdrawn or signed.
pub async fn withdraw_form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>) -> Answer {
    me.must(Act::SignAgreements)?;
    let (agreement, print) = find(&app, &me, path.0, path.1).await?;
    withdrawable(&print)?;
    html(&withdrawal(&app, &me, &agreement, &print, &Typed::default(), None))
}

/// `POST /perjanjian/{id}/cetakan/{print}/tarik`
///
/// # Errors
/// 409 once it is withdrawn or signed; 422 without a reason.
pub async fn withdraw(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    me.must(Act::SignAgreements)?;
    let (id, office) = (path.0, me.user.office_id);
    let (agreement, print) = find(&app, &me, id, path.1).await?;
    let mut typed = posted.typed.clone();
    let reason = typed.text("reason").split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > 500 {
        typed.refuse("reason", "Isi sebabnya, paling banyak 500 huruf.");
        return invalid(&withdrawal(&app, &me, &agreement, &print, &typed, Some(&posted)));
    }
    if let Some(done) = already(&app, &me, &posted).await? {
        return Ok(done);
    }
    withdrawable(&print)?;
    let (subject, print_id) = (agreements::subject(&agreement), print.id);
    super::super::deeds::press(&app, &me, &posted, "Naskah ditarik.", move |db, deed| {
        let print = prints::find(db, office, id, print_id)?;
        if print.signed_at.is_some() {
            return Err(StoreError::Taken("Naskah ini baru saja tercatat ditandatangani.".to_owned()));
        }
        prints::withdraw(db, deed, &subject, &print, &reason)?;
        Ok(format!("/perjanjian/{id}/naskah"))
    })
    .await
}
