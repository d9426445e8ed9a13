//! Letters of the Disdukcapil, on its own letterhead.

use chrono::NaiveDate;
use minijinja::context;

use super::clause::{self, ClauseError, sanitised};
use super::facts::{facts, known, number};
use super::model::{Align, Block, Document, FactTable, Heading, Para, Run, SignatureBlock, SignatureColumn};
use super::pks::nip_in_groups;
use super::{Paper, Print, Stage};
use crate::domain::fact_sheet::{FactSheet, Party};
use crate::domain::wording::{date_long, date_with_weekday, heading};

/// What a notice says beside the facts of the agreement. All dates are civil dates of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalNotice<'a> {
    /// Date of the letter.
    pub dated: NaiveDate,
    /// Last day for the agency's renewal letter.
    pub letter_due_on: NaiveDate,
    /// Last day in force.
    pub ends_on: NaiveDate,
    /// The rule the due date comes from, as a sentence for people.
    pub rule: &'a str,
}

/// Prints the notice that an agreement is about to end and until when renewal may be asked for: the
/// paper beside the reminder mail, for an agency without a usable address.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn renewal_notice(
    sheet: &FactSheet,
    notice: &RenewalNotice<'_>,
    print: &Print<'_>,
) -> Result<Paper, ClauseError> {
    let pks = format!("Perjanjian {}", sheet.form.spelling.label());
    let rule = sanitised(notice.rule);
    let values = context! {
        letter => context! {
            ends_on => date_with_weekday(notice.ends_on),
            due_on => date_with_weekday(notice.letter_due_on),
            rule => rule.trim_end_matches(['.', ' ']),
        },
        ..facts(sheet, print.stage)
    };
    let mut blocks = letterhead(&sheet.provider);
    blocks.push(Block::Facts(opening(
        print.stage,
        notice.dated,
        &format!("Masa berlaku {pks} dan batas permohonan perpanjangan"),
    )));
    blocks.push(Block::Space { lines: 1.0 });
    blocks.extend(addressee(&sheet.user));
    blocks.push(Block::Space { lines: 1.0 });
    blocks.extend(clause::prose(&print.stationery.wording, "letters/renewal_notice", &values)?);
    blocks.push(Block::Signatures(SignatureBlock {
        place_and_date: None,
        columns: vec![signature(&sheet.provider)],
        heading: None,
    }));

    let document = Document {
        title: format!("Pemberitahuan masa berlaku {pks}"),
        dated: Some(notice.dated),
        furniture: print.furniture(),
        blocks,
    };
    Ok(Paper { document, references: std::collections::BTreeMap::new() })
}

/// Government, office and where to find it.
fn letterhead(office: &Party) -> Vec<Block> {
    let institution = &office.institution;
    let region = known(institution.region.full_name().as_deref());
    let government = region.as_deref().map_or_else(
        || Run::gap("wilayah PIHAK KESATU"),
        |region| Run::bold(heading(&format!("Pemerintah {region}"))),
    );
    let name = known(institution.name.as_deref()).map_or_else(
        || Run::gap("nama instansi PIHAK KESATU"),
        |name| {
            let office = region.as_deref().and_then(|region| name.strip_suffix(region)).unwrap_or(&name);
            Run::bold(heading(office.trim_end()))
        },
    );
    let address =
        known(institution.address.as_deref()).map_or_else(|| Run::gap("alamat PIHAK KESATU"), Run::plain);
    let reachable: Vec<String> = [("Telepon", &institution.phone), ("Surel", &institution.email)]
        .into_iter()
        .filter_map(|(label, fact)| known(fact.as_deref()).map(|fact| format!("{label} {fact}")))
        .collect();
    let mut blocks = vec![
        Block::Heading(Heading { level: 1, lines: vec![vec![government], vec![name]], anchor: None }),
        line(Align::Center, vec![address]),
    ];
    if !reachable.is_empty() {
        blocks.push(line(Align::Center, vec![Run::plain(reachable.join("; "))]));
    }
    blocks.push(Block::Space { lines: 1.5 });
    blocks
}

/// The letter's number is given by the office's register when it is sent: until then a blank on a print
/// that is ready to be signed, else a gap.
fn opening(stage: Stage, dated: NaiveDate, about: &str) -> FactTable {
    let row = |label: &str, value: Run| (vec![Run::plain(label)], vec![value]);
    FactTable {
        label: None,
        rows: vec![
            row("Nomor", number(stage, "letter.number", None, "nomor surat")),
            row("Tanggal", Run::plain(date_long(dated))),
            row("Sifat", Run::plain("Penting")),
            row("Lampiran", Run::plain("-")),
            row("Hal", Run::bold(about)),
        ],
    }
}

fn addressee(agency: &Party) -> Vec<Block> {
    let position = known(agency.official.position.as_deref())
        .map_or_else(|| Run::gap("jabatan PIHAK KEDUA"), Run::plain);
    let mut lines = vec![line(Align::Left, vec![Run::plain("Yth. "), position])];
    match known(agency.institution.address.as_deref()) {
        Some(address) => lines.push(line(Align::Left, vec![Run::plain(address)])),
        None => lines.push(line(Align::Left, vec![Run::plain("di tempat")])),
    }
    lines
}

fn signature(office: &Party) -> SignatureColumn {
    let official = &office.official;
    let position = known(official.full_position().as_deref())
        .map_or_else(|| Run::gap("jabatan PIHAK KESATU"), |position| Run::plain(format!("{position},")));
    let name = known(official.full_name().as_deref())
        .map_or_else(|| Run::gap("nama pejabat PIHAK KESATU"), Run::plain);
    let rank = known(official.rank.as_deref());
    let nip = known(official.nip.as_deref()).map(|nip| format!("NIP {}", nip_in_groups(&nip)));
    SignatureColumn {
        heading: vec![vec![position]],
        name: vec![name],
        below: rank.into_iter().chain(nip).map(|text| vec![Run::plain(text)]).collect(),
        stamp_box: false,
    }
}

fn line(align: Align, runs: Vec<Run>) -> Block {
    Block::Para(Para { label: None, level: 0, align, runs, keep_with_next: true, anchor: None })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::{Institution, Official, Region, RegionKind};

    fn notice() -> RenewalNotice<'static> {
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        RenewalNotice {
            dated: day(1, 14),
            letter_due_on: day(2, 13),
            ends_on: day(4, 13),
            rule: "paling lambat dua bulan sebelum berakhir (Petunjuk Teknis angka VI huruf F).",
        }
    }

    fn city() -> FactSheet {
        let region = Region { kind: RegionKind::Kota, name: Some("Tirta Jaya".into()), code: None };
        let party = |number: &str, name: &str, head: &str| Party {
            number: Some(number.into()),
            institution: Institution {
                name: Some(name.into()),
                region: region.clone(),
                address: Some("Jalan Bendungan Lama Nomor 22".into()),
                phone: Some("(0997) 6122100".into()),
                ..Institution::default()
            },
            official: Official {
                name: Some(head.into()),
                position: Some(format!("Kepala {name}")),
                ..Official::default()
            },
            standing: None,
        };
        FactSheet {
            provider: party(
                "12.08/331/2025",
                "Dinas Kependudukan dan Pencatatan Sipil Kota Tirta Jaya",
                "Ratna Kumalasari",
            ),
            user: party("12.05/077/2025", "Dinas Sosial Kota Tirta Jaya", "Gilang Ramadian"),
            ..FactSheet::default()
        }
    }

    fn words(document: &Document) -> String {
        let mut words = String::new();
        document.each_run(|run| {
            words.push_str(&run.text);
            words.push(' ');
        });
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_notice_names_the_agreement_the_last_day_and_the_rule() {
        let document = renewal_notice(&city(), &notice(), &Print::standard()).unwrap().document;
        let words = words(&document);
        assert!(words.contains("Nomor 12.08/331/2025 dan Nomor 12.05/077/2025"), "{words}");
        assert!(words.contains("paling lambat Sabtu, 13 Februari 2027"), "{words}");
        assert!(words.contains("Selasa, 13 April 2027"), "{words}");
        assert!(words.contains("(Petunjuk Teknis angka VI huruf F)."), "{words}");
        assert!(words.contains("Yth. Kepala Dinas Sosial Kota Tirta Jaya"), "{words}");
        assert_eq!(document.gaps(), ["nomor surat"]);
    }

    #[test]
    fn a_citys_letter_is_headed_by_the_city() {
        let words = words(&renewal_notice(&city(), &notice(), &Print::standard()).unwrap().document);
        assert!(
            words.starts_with("PEMERINTAH KOTA TIRTA JAYA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL Jalan"),
            "{words}"
        );
        assert!(!words.contains("Bupati") && !words.contains("Kabupaten"), "{words}");
    }

    #[test]
    fn an_empty_draft_still_prints_with_its_gaps() {
        let document = renewal_notice(
            &FactSheet::default(),
            &notice(),
            &Print { stage: crate::documents::Stage::Draft, ..Print::standard() },
        )
        .unwrap()
        .document;
        assert!(document.gaps().contains(&"jabatan PIHAK KEDUA".to_owned()));
        assert_eq!(document.furniture.watermark.as_deref(), Some("DRAF"));
    }
}
