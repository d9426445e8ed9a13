#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::NaiveDate;

use crate::documents::facts::known;
use crate::documents::model::{Block, Document, Run};
use crate::documents::papers::{PaperError, PaperKind, PaperRef, papers_of, print};
use crate::documents::{Job, Print, Stage, html, pdf, text};
use crate::domain::acts::{Acts, EndCause, Ended, LetterIn};
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::*;

mod agency;
mod gaps;
mod office;
mod upward;

const TWINS: [&str; 5] = ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"];

/// Kinds that are letters, with the statement on the closed network.
const LETTERS: [PaperKind; 21] = [
    PaperKind::Application,
    PaperKind::Renewal,
    PaperKind::AccessRequest,
    PaperKind::ClosedNetwork,
    PaperKind::NetworkProvider,
    PaperKind::ChangeRequest,
    PaperKind::PocRequest,
    PaperKind::OfficialChange,
    PaperKind::CoverApplication,
    PaperKind::CoverSigned,
    PaperKind::CoverRenewal,
    PaperKind::ChangeReply,
    PaperKind::PocSchedule,
    PaperKind::PocResult,
    PaperKind::RenewalNotice,
    PaperKind::ReportRequest,
    PaperKind::Warning,
    PaperKind::Termination,
    PaperKind::AccessClosing,
    PaperKind::AccessReopening,
    PaperKind::Assessment,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

/// A twin that belongs to a province.
fn province() -> FactSheet {
    let regency = serde_json::to_string(&twin("pertanian")).unwrap();
    let moved = regency
        .replace("Kabupaten Banyu Lestari", "Provinsi Samudra Raya")
        .replace("Banyu Lestari", "Samudra Raya");
    let mut sheet: FactSheet = serde_json::from_str(&moved).unwrap();
    for party in [&mut sheet.provider, &mut sheet.user] {
        party.institution.region.kind = RegionKind::Provinsi;
    }
    let region = &mut sheet.provider.institution.region;
    region.head = Some("Dr. Candra Kirana Wening, M.Si.".into());
    region.head_capacity = Capacity::Definitive;
    sheet
}

fn job<'a>(sheet: &'a FactSheet, acts: &'a Acts, calendar: &'a Calendar, stage: Stage) -> Job<'a> {
    let print = Print { stage, ..Print::standard() };
    Job { facts: sheet, acts, calendar, today: day("2026-02-03"), print }
}

fn printed_with(sheet: &FactSheet, acts: &Acts, paper: &str, stage: Stage) -> Result<Seen, PaperError> {
    let calendar = Calendar::national();
    let reference: PaperRef = paper.parse().unwrap();
    let mut documents = print(reference, &job(sheet, acts, &calendar, stage))?.documents;
    assert_eq!(documents.len(), 1, "{paper}");
    Ok(Seen(documents.remove(0)))
}

const READY: Stage = Stage::ReadyToSign { blank_date: false };

fn printed(sheet: &FactSheet, paper: &str) -> Seen {
    printed_with(sheet, &Acts::default(), paper, READY).unwrap()
}

/// A letter as its reader sees it.
struct Seen(Document);

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

impl Seen {
    /// Line by line, labels kept.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.0.blocks {
            match block {
                Block::Letterhead(head) => {
                    lines.extend(head.names.iter().chain(&head.details).map(|line| joined(line)));
                }
                Block::Heading(heading) => lines.extend(heading.lines.iter().map(|line| joined(line))),
                Block::Para(para) => {
                    let label = para.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                    lines.push(label + &joined(&para.runs));
                }
                Block::Facts(table) => lines.extend(
                    table.rows.iter().map(|(label, value)| format!("{}: {}", joined(label), joined(value))),
                ),
                Block::Table(table) => lines.extend(table.header.iter().chain(&table.rows).map(|row| {
                    let cells = row.iter().map(|cell| {
                        cell.paras.iter().map(|para| joined(&para.runs)).collect::<Vec<_>>().join(" ")
                    });
                    cells.collect::<Vec<_>>().join(" | ")
                })),
                Block::Signatures(block) => {
                    lines.extend(block.place_and_date.iter().map(|line| joined(line)));
                    for column in &block.columns {
                        lines.extend(column.heading.iter().map(|line| joined(line)));
                        lines.push(joined(&column.name));
                        lines.extend(column.below.iter().map(|line| joined(line)));
                    }
                }
                Block::PageBreak => lines.push("-----".to_owned()),
                _ => {}
            }
        }
        lines
    }

    fn text(&self) -> String {
        self.lines().join("\n")
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "\"{words}\" is not in\n{text}");
        self
    }

    #[track_caller]
    fn never_says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(!text.contains(words), "\"{words}\" is in\n{text}");
        self
    }

    /// The letterhead, its names only.
    fn head(&self) -> Vec<String> {
        match &self.0.blocks[0] {
            Block::Letterhead(head) => head.names.iter().map(|line| joined(line)).collect(),
            other => panic!("{other:?} instead of a letterhead"),
        }
    }

    /// From "Yth." to "di …".
    fn address(&self) -> String {
        let lines = self.lines();
        let from = lines.iter().position(|line| line.starts_with("Yth. ")).unwrap();
        let to = from + lines[from..].iter().position(|line| line.starts_with("di ")).unwrap();
        lines[from..=to].join("\n")
    }

    /// Who gets a copy.
    fn copies(&self) -> Vec<String> {
        let lines = self.lines();
        let from = lines.iter().position(|line| line == "Tembusan:").map_or(lines.len(), |at| at + 1);
        lines[from..].iter().take_while(|line| *line != "-----").cloned().collect()
    }

    /// What stands on the new pages.
    fn attachment(&self) -> Vec<String> {
        self.lines().into_iter().skip_while(|line| line != "-----").skip(1).collect()
    }

    /// The first signature: what stands above the name, and the name.
    fn signed(&self) -> (String, String) {
        let block = self.0.blocks.iter().find_map(|block| match block {
            Block::Signatures(block) => Some(block),
            _ => None,
        });
        let column = &block.unwrap().columns[0];
        let heading: Vec<String> = column.heading.iter().map(|line| joined(line)).collect();
        (heading.join("\n"), joined(&column.name))
    }

    fn pages(&self) -> usize {
        lopdf::Document::load_mem(&pdf::render(&self.0).unwrap()).unwrap().get_pages().len()
    }
}

/// Every letter that a sheet has, by the name of its paper.
fn letters_of(sheet: &FactSheet) -> Vec<PaperRef> {
    papers_of(sheet).into_iter().filter(|paper| LETTERS.contains(&paper.kind)).collect()
}

#[test]
fn every_kind_of_letter_is_written_by_at_least_two_twins() {
    let written = |kind: PaperKind, sheet: &FactSheet| {
        let letters = &sheet.letters;
        match kind {
            PaperKind::Application => !sheet.application.is_unknown(),
            PaperKind::Renewal => !letters.renewal.is_unknown(),
            PaperKind::AccessRequest => !letters.access_request.letter.is_unknown(),
            PaperKind::ClosedNetwork => !letters.closed_network.is_unknown(),
            PaperKind::NetworkProvider => !letters.network_provider.letter.is_unknown(),
            PaperKind::CoverApplication => !letters.cover_application.letter.is_unknown(),
            PaperKind::CoverSigned => !letters.cover_signed.letter.is_unknown(),
            PaperKind::CoverRenewal => !letters.cover_renewal.letter.is_unknown(),
            PaperKind::RenewalNotice => !letters.ending_notice.is_unknown(),
            PaperKind::ReportRequest => !letters.report_request.letter.is_unknown(),
            PaperKind::Termination => !letters.termination.letter.is_unknown(),
            kind => kind.count(sheet) > 0,
        }
    };
    for kind in LETTERS {
        let twins: Vec<&str> = TWINS.into_iter().filter(|name| written(kind, &twin(name))).collect();
        assert!(twins.len() >= 2, "{} only in {twins:?}", kind.code());
    }
}

#[test]
fn each_letter_is_on_its_issuers_paper_and_signed_by_its_head() {
    for name in TWINS {
        let sheet = twin(name);
        for paper in letters_of(&sheet) {
            let letter = printed(&sheet, &paper.to_string());
            let agency = matches!(paper.kind.group(), crate::documents::papers::PaperGroup::AgencyLetters)
                || paper.kind == PaperKind::ClosedNetwork;
            let head = letter.head().join(" ");
            let (position, person) = letter.signed();
            if agency {
                assert_eq!(Some(person), sheet.user.official.full_name(), "{name} {paper}");
                assert!(
                    position.contains(sheet.user.official.position.as_deref().unwrap()),
                    "{name} {paper}"
                );
                assert!(!head.contains("KEPENDUDUKAN"), "{name} {paper}: {head}");
            } else if head.starts_with("PEMERINTAH") {
                assert_eq!(Some(person), sheet.provider.official.full_name(), "{name} {paper}");
                assert!(
                    position.contains(&sheet.provider.official.full_position().unwrap()),
                    "{name} {paper}"
                );
                assert!(head.contains("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"), "{name} {paper}: {head}");
            } else {
                assert_eq!(Some(person), sheet.provider.institution.region.head, "{name} {paper}");
                assert_eq!(letter.head().len(), 1, "{name} {paper}");
            }
        }
    }
}

#[test]
fn a_letter_of_one_agreement_never_names_another_one() {
    let sheets: Vec<(&str, FactSheet)> = TWINS.into_iter().map(|name| (name, twin(name))).collect();
    for (name, sheet) in &sheets {
        let own = |party: &Party| {
            [&party.institution.name, &party.official.name, &party.institution.region.name]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
        };
        let strangers: Vec<String> = sheets
            .iter()
            .filter(|(other, _)| other != name)
            .flat_map(|(_, other)| own(&other.provider).into_iter().chain(own(&other.user)))
            .collect();
        for paper in letters_of(sheet) {
            let letter = printed(sheet, &paper.to_string());
            for stranger in &strangers {
                letter.never_says(stranger);
            }
        }
    }
}

#[test]
fn the_head_of_a_city_is_a_wali_kota_and_of_a_province_a_gubernur() {
    for (sheet, head, others) in [
        (twin("dinas_sosial"), "Wali Kota Tirta Jaya", ["Bupati", "Gubernur", "Kabupaten"]),
        (province(), "Gubernur Samudra Raya", ["Bupati", "Wali Kota", "Kabupaten"]),
    ] {
        for paper in letters_of(&sheet) {
            let letter = printed(&sheet, &paper.to_string());
            let text = letter.text().replace("Banyu Lestari", "");
            for other in others.iter().chain(&[&others[0].to_uppercase() as &str]) {
                // What somebody typed as a reason is theirs.
                assert!(
                    !text.contains(other) || paper.kind == PaperKind::Termination,
                    "{paper}: {other}\n{text}"
                );
            }
        }
        printed(&sheet, "surat-permohonan").says(&format!("Yth. {head}"));
    }
}

#[test]
fn short_letters_stand_on_one_page() {
    let short = [
        PaperKind::NetworkProvider,
        PaperKind::PocRequest,
        PaperKind::PocSchedule,
        PaperKind::PocResult,
        PaperKind::OfficialChange,
        PaperKind::ChangeReply,
        PaperKind::CoverSigned,
        PaperKind::CoverRenewal,
        PaperKind::RenewalNotice,
        PaperKind::ReportRequest,
        PaperKind::Warning,
        PaperKind::AccessClosing,
        PaperKind::AccessReopening,
        PaperKind::Assessment,
    ];
    for name in TWINS {
        let sheet = FactSheet { reports: Vec::new(), ..twin(name) };
        for paper in letters_of(&sheet) {
            let letter = printed(&sheet, &paper.to_string());
            let pages = letter.pages();
            if short.contains(&paper.kind) {
                assert_eq!(pages, 1, "{name} {paper}");
            }
            assert!(pages <= 3, "{name} {paper}: {pages} pages");
        }
    }
}

#[test]
fn every_writer_writes_every_letter() {
    for name in TWINS {
        let sheet = twin(name);
        for paper in letters_of(&sheet) {
            let Seen(document) = printed(&sheet, &paper.to_string());
            let about: Vec<String> =
                document.title.to_lowercase().split(' ').map(ToOwned::to_owned).collect();
            for written in [html::render(&document), text::render(&document)] {
                let written = written.to_lowercase();
                assert!(about.iter().all(|word| written.contains(word)), "{name} {paper}: {about:?}");
            }
        }
    }
}

#[test]
fn a_number_and_a_date_that_come_later_fill_their_slots_and_change_no_other_word() {
    for name in TWINS {
        let sheet = twin(name);
        let mut tree = sheet.to_tree();
        forget_letters(&mut tree);
        let unknown = FactSheet::from_tree(tree).unwrap();
        // The notice beside the reminder mail carries the day of its order unless it has a date.
        for paper in letters_of(&sheet).into_iter().filter(|paper| paper.kind != PaperKind::RenewalNotice) {
            let mut early = printed(&unknown, &paper.to_string()).0;
            let known = printed(&sheet, &paper.to_string()).0;
            for slot in early.blanks() {
                let mut value = None;
                known.each_run(|run| {
                    if run.slot.as_deref() == Some(&slot) {
                        value = Some(run.text.clone());
                    }
                });
                early.fill(&slot, &value.unwrap_or_else(|| panic!("{name} {paper}: {slot}")));
            }
            early.dated = known.dated;
            assert_eq!(early.blocks, known.blocks, "{name} {paper}");
        }
    }
}

/// Takes number and date from every letter of a tree.
fn forget_letters(tree: &mut serde_json::Value) {
    match tree {
        serde_json::Value::Object(map) => {
            if map.contains_key("nature") {
                map.remove("number");
                map.remove("on");
            }
            map.values_mut().for_each(forget_letters);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget_letters),
        _ => {}
    }
}

#[test]
fn the_same_facts_give_the_same_letter_on_another_day() {
    let (acts, calendar) = (Acts::default(), Calendar::national());
    for name in TWINS {
        let sheet = twin(name);
        for paper in letters_of(&sheet) {
            let on = |today: &str| {
                let job = Job { today: day(today), ..job(&sheet, &acts, &calendar, READY) };
                print(paper, &job).unwrap().documents
            };
            // The notice beside the reminder mail carries the day of its order unless it has a date.
            if paper.kind == PaperKind::RenewalNotice && sheet.letters.ending_notice.on.is_none() {
                continue;
            }
            assert_eq!(on("2026-02-03"), on("2027-03-04"), "{name} {paper}");
        }
    }
}

#[test]
fn markup_in_a_value_is_printed_as_it_stands() {
    let marked = "{{ user.name }} *tebal* _miring_ # judul {% if %} [a](b) <b> `x`";
    let mut sheet = twin("bpbd");
    sheet.subject.purpose = Some(marked.into());
    sheet.warnings[0].breaches = vec![marked.into()];
    sheet.changes[0].analysis = vec![marked.into()];
    sheet.changes[0].reply_reason = Some(marked.into());
    sheet.proofs[0].application = Some(marked.into());
    sheet.assessments[0].recommendation = Some(marked.into());
    sheet.letters.network_provider.provider = Some(marked.into());
    sheet.letters.termination.reason = Some(marked.into());
    for paper in [
        "surat-permohonan",
        "surat-penyedia-jaringan",
        "teguran-1",
        "surat-perubahan-1",
        "jawaban-perubahan-1",
        "surat-poc-1",
        "hasil-evaluasi-1",
        "pengakhiran",
    ] {
        printed(&sheet, paper).says(marked);
    }
}

#[test]
fn an_office_may_change_what_a_letter_is_about_how_it_is_treated_and_who_gets_a_copy() {
    let mut sheet = twin("pertanian");
    sheet.letters.access_request.letter = Letter {
        about: Some("Permohonan Akun".into()),
        nature: LetterNature::Urgent,
        attachments: Some("3 (tiga) lembar".into()),
        copies_to: vec!["Inspektur Kabupaten Banyu Lestari".into()],
        ..Letter::default()
    };
    let letter = printed(&sheet, "surat-user-id");
    letter.says("Hal: Permohonan Akun").says("Sifat: Segera").says("Lampiran: 3 (tiga) lembar");
    assert_eq!(letter.copies(), ["1. Inspektur Kabupaten Banyu Lestari"]);
}

#[test]
fn an_office_may_word_a_letter_in_its_own_way() {
    let mut stationery = crate::documents::Stationery::standard();
    stationery.wording =
        stationery.wording.with("letters/warning", "# Peringatan\n\n{{ clauses.breach }}.\n");
    let (sheet, acts, calendar) = (twin("desa"), Acts::default(), Calendar::national());
    let print_with = Print { stage: READY, stationery: &stationery };
    let job = Job { print: print_with, ..job(&sheet, &acts, &calendar, READY) };
    let letter = Seen(print("teguran-1".parse().unwrap(), &job).unwrap().documents.remove(0));
    letter.says("Hal: Peringatan").says("Pasal 9 ayat (1).");
}

#[test]
fn there_is_no_letter_about_what_never_was() {
    let sheet = twin("pertanian");
    for paper in ["teguran-1", "surat-perubahan-9", "usulan-pengaktifan", "surat-pergantian-pejabat"] {
        let refused = printed_with(&sheet, &Acts::default(), paper, READY);
        assert!(matches!(refused, Err(PaperError::NoSuch(_))), "{paper}");
    }
}

#[test]
fn an_agreement_of_which_nothing_is_known_has_drafts_of_its_letters() {
    let sheet = FactSheet::default();
    for paper in letters_of(&sheet).into_iter().filter(|paper| paper.kind != PaperKind::RenewalNotice) {
        let Seen(draft) = printed_with(&sheet, &Acts::default(), &paper.to_string(), Stage::Draft).unwrap();
        assert_eq!(draft.furniture.watermark.as_deref(), Some("DRAF"), "{paper}");
        assert!(draft.gaps().contains(&"nomor surat".to_owned()), "{paper}: {:?}", draft.gaps());
        assert!(draft.gaps().contains(&"tanggal surat".to_owned()), "{paper}: {:?}", draft.gaps());
        assert_eq!(draft.dated, None, "{paper}");
    }
}
