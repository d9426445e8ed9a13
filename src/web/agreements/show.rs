//! `GET /perjanjian/{id}`: facts, deadlines with their rules, papers, mails, history.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web;
use uuid::Uuid;

use super::super::error::Answer;
use super::super::html;
use super::super::me::Me;
use super::super::pages::agreements::{
    AgreementNumber, AgreementPage, FindingRow, ForHead, MissingFact, PaperRow,
};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, Chip, Crumb, Notice, Tone};
use super::rows::{deadline_row, event, fact_groups, mail_row, source};
use super::{plain_day, print_line, status_chip};
use crate::app::App;
use crate::app::wording::Clauses;
use crate::documents::papers::PaperKind;
use crate::domain::agreement::{Agreement, State as Stage};
use crate::domain::audit::Entry;
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{Deadline, DeadlineState, Step, deadlines, term_end};
use crate::domain::fact_sheet::check::missing;
use crate::domain::finding::findings;
use crate::domain::life_line::reports_among;
use crate::domain::permission::Act;
use crate::domain::status::{Status, status};
use crate::domain::wording::distance;
use crate::store::agreements::{self, dates_of};
use crate::store::audit_log::{self, Filter};
use crate::store::outbox::{self, Mail};
use crate::store::{frozen_papers, tasks};

/// How many acts and mails the page shows before it leads to the whole list.
const SHOWN: usize = 12;

/// What the page is made of.
pub struct Loaded {
    /// The agreement.
    pub agreement: Agreement,
    /// The office's days off.
    pub calendar: Arc<Calendar>,
    /// Its frozen PKS.
    pub frozen: Option<frozen_papers::Frozen>,
    /// Where the clauses of its PKS are read off.
    pub clauses: Clauses,
    mails: Vec<Mail>,
    history: Vec<Entry>,
    undeliverable: Vec<tasks::Task>,
}

/// `GET /perjanjian/{id}`
///
/// # Errors
/// 404 out of sight.
pub async fn show(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (scope, id, app_in) = (me.scope(), id.into_inner(), app.clone());
    let office_reader = me.may(Act::ReadOffice);
    let loaded = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let filter = Filter {
                subject: Some(id),
                limit: i64::try_from(SHOWN).unwrap_or(12) + 1,
                ..Filter::default()
            };
            Ok(Loaded {
                calendar: app_in.calendar(db, scope.office_id)?,
                frozen: frozen_papers::find(db, scope.office_id, id, "pks")?,
                clauses: app_in.clauses(db, &agreement)?,
                mails: if office_reader {
                    outbox::of_agreement(db, scope.office_id, id)?
                } else {
                    Vec::new()
                },
                history: if office_reader {
                    audit_log::list(db, scope.office_id, &filter)?
                } else {
                    Vec::new()
                },
                undeliverable: tasks::open_tasks(db, scope.office_id)?
                    .into_iter()
                    .filter(|task| task.agreement_id == Some(id))
                    .collect(),
                agreement,
            })
        })
        .await?;
    html(&print(&me, &loaded))
}

fn print(me: &Me, loaded: &Loaded) -> AgreementPage {
    let agreement = &loaded.agreement;
    let facts = agreement.facts();
    let today = me.today;
    let dates = dates_of(agreement);
    let all = match agreement.state() {
        Stage::Drafting => Vec::new(),
        _ => deadlines(facts, agreement.acts(), &loaded.calendar, today),
    };
    let clauses = loaded.clauses.references(facts);
    let path = format!("/perjanjian/{}", agreement.id());
    let standing = status(&dates, today);
    let unknown = missing(facts);
    let editable = me.may(Act::EditAgreements);
    let (acts, acts_more) = buttons(me, agreement, &path, standing);
    let user_short = facts.user.institution.short_name.clone().unwrap_or_else(|| "Pihak Kedua".to_owned());
    let numbers = [(&facts.provider.number, "Disdukcapil".to_owned()), (&facts.user.number, user_short)]
        .into_iter()
        .filter_map(|(number, whose)| {
            number.clone().map(|number| AgreementNumber { number, whose: format!("({whose})") })
        })
        .collect();
    let deadline_rows = all
        .iter()
        .map(|deadline| {
            let mut row = deadline_row(agreement, deadline, &clauses, &loaded.calendar, today);
            if editable && matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue) {
                row.act = verb(&path, deadline);
            }
            row
        })
        .collect();
    AgreementPage {
        layout: me.layout(&agreement.name(), Some(NavItem::Agreements)),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here(agreement.name())],
        agency: agreement.name(),
        numbers,
        state: status_chip(&dates, today),
        acts,
        acts_more,
        for_head: me
            .user
            .role
            .sees_own_institution_only()
            .then(|| for_head(agreement, &all, today))
            .flatten(),
        life_line: print_line(&dates, &reports_among(&all), today),
        notices: notices(me, loaded, &all, &clauses, &path, standing, &unknown),
        fact_groups: fact_groups(facts, agreement.acts(), me.may(Act::ReadOffice)),
        edit_href: (editable && agreement.state() != Stage::Ended).then(|| format!("{path}/ubah")),
        findings: if me.may(Act::ReadOffice) { finding_rows(agreement) } else { Vec::new() },
        missing_chip: Chip::new(Tone::Attention, format!("kurang {}", unknown.len())),
        missing: unknown
            .iter()
            .map(|(path_of, label)| MissingFact {
                label: label.clone(),
                href: editable.then(|| format!("{path}/ubah#{}", super::super::pages::form::id_of(path_of))),
            })
            .collect(),
        no_deadlines: match agreement.state() {
            Stage::Drafting => "Tenggat dihitung setelah perjanjian ditandatangani.".to_owned(),
            _ => "Tidak ada tenggat.".to_owned(),
        },
        deadlines: deadline_rows,
        papers: paper_rows(loaded, &path, &unknown, standing),
        mail_count: loaded.mails.len().to_string(),
        mails_href: None,
        mails: loaded.mails.iter().take(SHOWN).map(|mail| mail_row(mail, me.user.zone)).collect(),
        history_count: if loaded.history.len() > SHOWN {
            format!("{SHOWN}+")
        } else {
            loaded.history.len().to_string()
        },
        history_href: (loaded.history.len() > SHOWN)
            .then(|| format!("/catatan?perjanjian={}", agreement.id())),
        history: loaded.history.iter().take(SHOWN).map(|entry| event(entry, me.user.zone)).collect(),
    }
}

/// What does not agree in the papers, with what to do about it.
fn finding_rows(agreement: &Agreement) -> Vec<FindingRow> {
    let remedy = match agreement.state() {
        Stage::Drafting => {
            "Selaraskan kedua daftar lewat Ubah fakta sebelum ditandatangani; kosongkan daftar pada hak agar mengikuti kewajiban."
        }
        _ => {
            "Naskah tetap dicetak seperti yang ditandatangani. Selaraskan melalui Adendum, atau saat perpanjangan."
        }
    };
    findings(agreement.facts())
        .into_iter()
        .map(|finding| FindingRow {
            code: finding.code.code().to_owned(),
            title: finding.code.label().to_owned(),
            message: finding.message,
            quotes: finding.quotes.into_iter().map(|(place, text)| (place.to_owned(), text)).collect(),
            remedy: remedy.to_owned(),
        })
        .collect()
}

/// What can be done next: one loud button, the rest quieter.
fn buttons(me: &Me, agreement: &Agreement, path: &str, standing: Status) -> (Vec<Button>, Vec<Button>) {
    let (mut acts, mut more) =
        (vec![Button::link("Unduh PKS", format!("{path}/naskah/pks.pdf"))], Vec::new());
    match agreement.state() {
        Stage::Drafting => {
            if me.may(Act::EditAgreements) {
                acts.push(Button::link("Ubah fakta", format!("{path}/ubah")));
                acts.push(Button::link("Redaksi", format!("{path}/redaksi")));
            }
            if me.may(Act::SignAgreements) {
                acts.push(Button::link("Catat tanda tangan", format!("{path}/tandatangan")).primary());
            }
        }
        Stage::Signed => {
            if me.may(Act::EditAgreements)
                && agreement.acts().renewal_letter.is_none()
                && standing != Status::Expired
            {
                acts.push(
                    Button::link("Catat surat perpanjangan", format!("{path}/surat-perpanjangan")).primary(),
                );
            }
            if me.may(Act::SignAgreements) {
                more.push(Button::link("Akhiri perjanjian", format!("{path}/akhiri")).danger());
            }
        }
        Stage::Ended => {}
    }
    (acts, more)
}

/// The verb of a deadline.
pub fn verb(path: &str, deadline: &Deadline) -> Option<Button> {
    match deadline.step {
        Step::RenewalLetter => {
            Some(Button::link("Catat surat", format!("{path}/surat-perpanjangan")).small())
        }
        Step::AgreementEnd => None,
        step => Some(
            Button::link("Catat selesai", format!("{path}/selesai/{}/{}", step.code(), deadline.due_on))
                .small(),
        ),
    }
}

fn notices(
    me: &Me,
    loaded: &Loaded,
    all: &[Deadline],
    clauses: &BTreeMap<String, String>,
    path: &str,
    standing: Status,
    unknown: &[(String, String)],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    let agreement = &loaded.agreement;
    let letter = all.iter().find(|deadline| deadline.step == Step::RenewalLetter);
    if let (Some(letter), Status::RenewalWindow | Status::RenewalDueToday | Status::RenewalOverdue) =
        (letter, standing)
    {
        let (tone, title) = match standing {
            Status::RenewalWindow => (
                Tone::Attention,
                format!("Surat perpanjangan ditunggu paling lambat {}", plain_day(letter.due_on)),
            ),
            Status::RenewalDueToday => (Tone::Attention, "Hari ini batas surat perpanjangan".to_owned()),
            _ => {
                (Tone::Overdue, format!("Batas surat perpanjangan lewat sejak {}", plain_day(letter.due_on)))
            }
        };
        let sent = loaded.mails.iter().filter(|mail| mail.state == "sent").count();
        let waiting = loaded
            .mails
            .iter()
            .filter(|mail| matches!(mail.state.as_str(), "queued" | "sending" | "unknown"))
            .count();
        let body = if !me.may(Act::ReadOffice) {
            "Ajukan surat permohonan perpanjangan melalui Disdukcapil.".to_owned()
        } else if sent + waiting == 0 {
            "Belum ada pengingat yang dikirim; surat belum tercatat.".to_owned()
        } else {
            format!("Pengingat terkirim {sent} kali, menunggu {waiting}; surat belum tercatat.")
        };
        let mut acts = Vec::new();
        if me.may(Act::EditAgreements) {
            acts.push(Button::link("Catat surat masuk", format!("{path}/surat-perpanjangan")).primary());
        }
        if me.may(Act::ReadOffice) {
            acts.push(Button::link(
                "Cetak surat pemberitahuan",
                format!("{path}/naskah/surat-pemberitahuan.pdf"),
            ));
        }
        notices.push(Notice {
            tone,
            title,
            body,
            why: Some(format!("{} ({})", letter.rule, source(letter, clauses))),
            acts,
        });
    }
    if me.may(Act::ReadOffice) {
        for task in &loaded.undeliverable {
            notices.push(Notice {
                tone: Tone::Overdue,
                title: task.title.clone(),
                body: task.reason.clone(),
                why: None,
                acts: vec![
                    Button::link("Buka tugas", "/tugas"),
                    Button::link("Cetak surat", format!("{path}/naskah/surat-pemberitahuan.pdf")),
                ],
            });
        }
    }
    if agreement.state() == Stage::Drafting && !unknown.is_empty() && me.may(Act::EditAgreements) {
        notices.push(Notice {
            tone: Tone::Info,
            title: format!("Rancangan ini masih kurang {} fakta", unknown.len()),
            body: "Naskah dapat dicetak sebagai DRAF dengan celah yang terlihat; tanda tangan dicatat setelah lengkap.".to_owned(),
            why: None,
            acts: vec![Button::link("Lengkapi", format!("{path}/ubah"))],
        });
    }
    if standing == Status::EndUnknown {
        notices.push(Notice {
            tone: Tone::Attention,
            title: "Hari terakhir berlaku belum diketahui".to_owned(),
            body: "Tanpa tanggal itu, perpanjangan tidak dapat diingatkan.".to_owned(),
            why: None,
            acts: if me.may(Act::EditAgreements) {
                vec![Button::link("Isi jangka waktu", format!("{path}/ubah#term"))]
            } else {
                Vec::new()
            },
        });
    }
    notices
}

fn for_head(agreement: &Agreement, all: &[Deadline], today: chrono::NaiveDate) -> Option<ForHead> {
    let end = term_end(agreement.facts())?;
    let letter = all.iter().find(|deadline| deadline.step == Step::RenewalLetter)?;
    let name = agreement.facts().user.official.full_name().unwrap_or_else(|| "pimpinan instansi".to_owned());
    let provider = &agreement.facts().provider.institution;
    let contact = [provider.name.clone(), provider.phone.clone(), provider.email.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    Some(ForHead {
        heading: format!("Bapak/Ibu {name}, perjanjian ini berakhir {}", plain_day(end.last_day)),
        lead: match letter.state {
            DeadlineState::Met => "Surat perpanjangan sudah tercatat. Terima kasih; Disdukcapil melanjutkan prosesnya.".to_owned(),
            _ if today > end.last_day => "Perjanjian sudah berakhir. Hubungi Disdukcapil untuk perjanjian baru.".to_owned(),
            _ => format!(
                "Surat permohonan perpanjangan paling lambat {} ({}). Tanpa surat itu akses data berhenti pada hari terakhir.",
                plain_day(letter.due_on),
                distance(letter.due_on, today)
            ),
        },
        steps_title: "Yang perlu dilakukan".to_owned(),
        steps: match letter.state {
            DeadlineState::Met => Vec::new(),
            _ => vec![
                "Siapkan surat permohonan perpanjangan kepada Direktur Jenderal Kependudukan dan Pencatatan Sipil.".to_owned(),
                "Kirim melalui Disdukcapil, dengan laporan semester terakhir.".to_owned(),
                "Disdukcapil mencatat nomor dan tanggalnya; pengingat lalu berhenti.".to_owned(),
            ],
        },
        acts: Vec::new(),
        contact,
    })
}

fn paper_rows(loaded: &Loaded, path: &str, unknown: &[(String, String)], standing: Status) -> Vec<PaperRow> {
    let agreement = &loaded.agreement;
    let open = |name: &str| {
        vec![
            Button::link("PDF", format!("{path}/naskah/{name}.pdf")).small(),
            Button::link("Baca di layar", format!("{path}/naskah/{name}.html")).small(),
        ]
    };
    let (state, note) = match (agreement.state(), &loaded.frozen) {
        (_, Some(frozen)) => (
            Chip::new(Tone::Ok, "ditandatangani"),
            format!("Teks dibekukan saat tanda tangan; sidik jari {}…", &frozen.sha256[..12]),
        ),
        (Stage::Drafting, None) if unknown.is_empty() => (
            Chip::new(Tone::Ok, "siap tanda tangan"),
            "Semua fakta yang diperlukan sudah diketahui.".to_owned(),
        ),
        (Stage::Drafting, None) => {
            (Chip::new(Tone::Attention, format!("draf, kurang {}", unknown.len())), String::new())
        }
        _ => (
            Chip::new(Tone::Quiet, "disusun ulang"),
            "Ditandatangani di luar Kawal; ini susunan dari fakta yang tercatat.".to_owned(),
        ),
    };
    let mut rows = vec![PaperRow {
        title: PaperKind::Pks.label().to_owned(),
        note,
        state,
        missing: if loaded.frozen.is_some() {
            Vec::new()
        } else {
            unknown.iter().map(|(_, label)| label.clone()).collect()
        },
        acts: open("pks"),
    }];
    if matches!(
        standing,
        Status::InForce | Status::RenewalWindow | Status::RenewalDueToday | Status::RenewalOverdue
    ) {
        rows.push(PaperRow {
            title: PaperKind::RenewalNotice.label().to_owned(),
            note: "Untuk instansi tanpa surel, atau bila surel tidak sampai.".to_owned(),
            state: Chip::new(Tone::Quiet, "siap cetak"),
            missing: Vec::new(),
            acts: open("surat-pemberitahuan"),
        });
    }
    rows
}
