//! Minutes of a hand-over (Berita Acara Serah Terima): what went from one party to the other, when,
//! and who answers for it from then on. A password is never a fact, so none can be printed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::{Value, context};

use super::addendum;
use super::clause::{self, ClauseError, Wording};
use super::facts::{self, dated, facts, known, number, numbered, role};
use super::model::{Align, Block, Cell, Document, FactTable, Heading, Para, Run, SignatureColumn, Table};
use super::parts::{self, bold, run_or_gap};
use super::pks::{centred, side_by_side};
use super::{Job, Paper};
use crate::domain::dates::day_before;
use crate::domain::fact_sheet::{FactSheet, Handover, HandoverItem, HandoverKind, Side, format_nip};
use crate::domain::term::term_end;
use crate::domain::wording::{date_long, heading, number_with_words, weekday_and_date_in_words};

/// Prints the minutes at that place in the list.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn handover(job: &Job<'_>, nth: usize, minutes: &Handover) -> Result<Paper, ClauseError> {
    let (print, stage) = (&job.print, job.print.stage);
    let wording = &print.stationery.wording;
    let sheet = &job.facts.consolidated(minutes.on.unwrap_or(job.today));
    let kind = Kind::of(minutes.kind);
    let values = context! {
        handover => context! {
            date => dated(stage, &format!("handovers.{nth}.on/words"), minutes.on, "tanggal berita acara", |on| {
                weekday_and_date_in_words(on, sheet.form.date_words)
            }),
            place => facts::optional_phrase(minutes.place.as_deref()),
            points => sheet.network.points.map_or_else(
                || clause::gap("jumlah titik jaringan"),
                |points| number_with_words(points.into()).into(),
            ),
            returns => minutes.kind == HandoverKind::SamReturn,
            end => ending(job, sheet, minutes.kind),
            copies => number_with_words(if kind.central_copy { 3 } else { 2 }),
            central_copy => kind.central_copy,
        },
        juknis => juknis(sheet, job),
        request => request(sheet, job, minutes.kind),
        ending_letter => ending_letter(sheet, job, minutes.kind),
        amended => addendum::last_in_force(sheet, minutes.on.unwrap_or(job.today), stage),
        ..facts(sheet, stage.citing())
    };

    let (title, lead) = clause::titled(wording, kind.wording, &values)?;
    let number =
        number(stage, &format!("handovers.{nth}.number"), minutes.number.as_deref(), "nomor berita acara");
    let mut blocks = vec![
        parts::letterhead(print, parts::party(sheet, kind.issuer), kind.issuer),
        Block::Heading(Heading { level: 1, lines: vec![in_capitals(&title)], anchor: None }),
        centred(vec![Run::bold("NOMOR: "), bold(number)]),
        Block::Space { lines: 0.8 },
    ];
    blocks.extend(clause::prose(wording, "handover/opening", &values)?);
    for (label, side) in [("1.", Side::Provider), ("2.", Side::User)] {
        blocks.extend(person(job, sheet, minutes, side, label, &values)?);
    }
    blocks.extend(clause::prose(wording, "handover/basis", &values)?);
    blocks.extend(lead);
    blocks.push(items(wording, sheet, minutes, &values)?);
    for part in [kind.terms, "handover/closing"] {
        blocks.extend(clause::prose(wording, part, &values)?);
    }
    let signature = |side| signature(sheet, minutes, side);
    blocks
        .push(parts::signatures(None, side_by_side(sheet, signature(Side::Provider), signature(Side::User))));

    let title: String = title.iter().map(|run| run.text.as_str()).collect();
    let document = Document { title, dated: minutes.on, furniture: print.furniture(), blocks };
    Ok(Paper { document, references: BTreeMap::new() })
}

/// What differs between the kinds besides words.
struct Kind {
    wording: &'static str,
    terms: &'static str,
    issuer: Side,
    /// Above the third column.
    serial: &'static str,
    /// A third original goes to the Directorate General.
    central_copy: bool,
}

impl Kind {
    fn of(kind: HandoverKind) -> Self {
        let of = |wording, terms, serial| Self {
            wording,
            terms,
            issuer: Side::Provider,
            serial,
            central_copy: false,
        };
        match kind {
            HandoverKind::UserId => of("handover/user_id", "handover/user_id_terms", "User ID"),
            HandoverKind::UserIdChange => {
                of("handover/user_id_change", "handover/user_id_change_terms", "User ID")
            }
            HandoverKind::IpLan => of("handover/ip_lan", "handover/ip_lan_terms", "Alamat IP"),
            HandoverKind::ReaderActivation => {
                of("handover/activation", "handover/activation_terms", "Nomor seri")
            }
            HandoverKind::SamReturn => Self {
                issuer: Side::User,
                central_copy: true,
                ..of("handover/sam_return", "handover/sam_return_terms", "Nomor seri")
            },
        }
    }
}

/// Who gives; the other party receives.
fn giver(kind: HandoverKind) -> Side {
    match kind {
        HandoverKind::SamReturn => Side::User,
        _ => Side::Provider,
    }
}

fn in_capitals(runs: &[Run]) -> Vec<Run> {
    runs.iter().map(|run| Run { text: heading(&run.text), bold: true, ..run.clone() }).collect()
}

/// The last day in force, for the minutes that follow from it: by an act of a person before the day
/// that the agreement names.
fn ending(job: &Job<'_>, sheet: &FactSheet, kind: HandoverKind) -> Value {
    if kind != HandoverKind::SamReturn {
        return Value::from(());
    }
    let ended_early = job.acts.ended.as_ref().map(|ended| ended.on).or(sheet.letters.termination.on);
    let last_day = ended_early.map(day_before).or_else(|| term_end(sheet).map(|end| end.last_day));
    last_day.map_or_else(|| clause::gap("tanggal berakhirnya perjanjian"), |day| date_long(day).into())
}

fn juknis(sheet: &FactSheet, job: &Job<'_>) -> Value {
    let juknis = &sheet.papers.juknis;
    match (known(juknis.number.as_deref()), juknis.on) {
        (None, None) => Value::from(()),
        (number, on) => {
            let stage = job.print.stage.citing();
            context! {
                number => numbered(stage, "papers.juknis.number", number.as_deref(), "nomor Petunjuk Teknis"),
                date => dated(stage, "papers.juknis.on/long", on, "tanggal Petunjuk Teknis", date_long),
            }
        }
    }
}

/// The agency's letter that asked for User ID and IP LAN, where there is one.
fn request(sheet: &FactSheet, job: &Job<'_>, kind: HandoverKind) -> Value {
    let letter = &sheet.letters.access_request.letter;
    let asked_for = matches!(kind, HandoverKind::UserId | HandoverKind::IpLan);
    cited_letter(job, "letters.access_request.letter", letter.number.as_deref(), letter.on, asked_for)
}

/// The letter that ended the agreement, where one did.
fn ending_letter(sheet: &FactSheet, job: &Job<'_>, kind: HandoverKind) -> Value {
    let letter = &sheet.letters.termination.letter;
    let ended = job.acts.ended.as_ref().and_then(|ended| ended.letter.as_deref());
    let number = letter.number.as_deref().or(ended);
    cited_letter(job, "letters.termination.letter", number, letter.on, kind == HandoverKind::SamReturn)
}

fn cited_letter(
    job: &Job<'_>,
    slot: &str,
    number: Option<&str>,
    on: Option<NaiveDate>,
    cited: bool,
) -> Value {
    match known(number).filter(|_| cited) {
        None => Value::from(()),
        number => {
            let stage = job.print.stage.citing();
            context! {
                number => numbered(stage, &format!("{slot}.number"), number.as_deref(), "nomor surat"),
                date => on.map_or_else(|| Value::from(()), |on| date_long(on).into()),
            }
        }
    }
}

/// Who acts for a party: a person of its own, or its head.
struct Person {
    name: Run,
    position: Run,
    nip: Option<String>,
}

impl Person {
    fn of(sheet: &FactSheet, minutes: &Handover, side: Side) -> Self {
        let party = parts::party(sheet, side);
        let own = match side {
            Side::Provider => &minutes.provider,
            Side::User => &minutes.user,
        };
        let nip = |nip: &Option<String>| known(nip.as_deref()).map(|nip| format_nip(&nip));
        match known(own.name.as_deref()) {
            Some(name) => Self {
                name: Run::plain(name),
                position: run_or_gap(
                    known(own.position.as_deref()),
                    &format!("jabatan yang mewakili {}", role(side)),
                ),
                nip: nip(&own.nip),
            },
            None => Self {
                name: parts::official_name(party, side),
                position: parts::official_position(party, side),
                nip: nip(&party.official.nip),
            },
        }
    }
}

fn person(
    job: &Job<'_>,
    sheet: &FactSheet,
    minutes: &Handover,
    side: Side,
    label: &str,
    values: &Value,
) -> Result<Vec<Block>, ClauseError> {
    let person = Person::of(sheet, minutes, side);
    let mut rows = vec![(vec![Run::plain("Nama")], vec![bold(person.name)])];
    rows.extend(person.nip.map(|nip| (vec![Run::plain("NIP")], vec![Run::plain(nip)])));
    rows.push((vec![Run::plain("Jabatan")], vec![person.position]));
    let values = context! {
        person => context! { gives => giver(minutes.kind) == side },
        ..facts::with_party(values, sheet, side, job.print.stage.citing())
    };
    let acts_for = Para {
        label: None,
        level: 1,
        align: Align::Justify,
        runs: clause::line(&job.print.stationery.wording, "handover/person", &values)?,
        keep_with_next: false,
        anchor: None,
    };
    Ok(vec![Block::Facts(FactTable { label: Some(label.to_owned()), rows }), Block::Para(acts_for)])
}

fn signature(sheet: &FactSheet, minutes: &Handover, side: Side) -> SignatureColumn {
    let person = Person::of(sheet, minutes, side);
    let does = if giver(minutes.kind) == side { "Yang menyerahkan," } else { "Yang menerima," };
    SignatureColumn {
        heading: vec![vec![Run::plain(does)], vec![Run::bold(format!("{},", role(side)))]],
        name: vec![person.name],
        below: person.nip.map(|nip| vec![Run::plain(format!("NIP {nip}"))]).into_iter().collect(),
        stamp_box: false,
    }
}

/// A row of the table.
struct Row {
    name: Vec<Run>,
    serial: Vec<Run>,
    count: Option<u32>,
    remark: Vec<Run>,
}

/// The table of what is handed over; what the minutes do not list follows from the agreement.
fn items(
    wording: &Wording,
    sheet: &FactSheet,
    minutes: &Handover,
    values: &Value,
) -> Result<Block, ClauseError> {
    let mut rows: Vec<Row> = minutes.items.iter().map(Row::of).collect();
    if rows.is_empty() {
        rows = derived(wording, sheet, minutes.kind, values)?;
    }
    if rows.is_empty() {
        rows.push(Row::of(&HandoverItem::default()));
    }
    let head = ["No.", "Barang", Kind::of(minutes.kind).serial, "Jumlah", "Keterangan"];
    let counts: Option<Vec<u64>> = rows.iter().map(|row| row.count.map(u64::from)).collect();
    let mut body: Vec<Vec<Cell>> = rows
        .into_iter()
        .zip(1..)
        .map(|(row, number)| {
            let count = row.count.map(|count| number_with_words(count.into()));
            vec![
                cell(Align::Center, vec![Run::plain(format!("{number}."))]),
                cell(Align::Left, row.name),
                cell(Align::Left, row.serial),
                cell(Align::Center, vec![run_or_gap(count, "jumlah barang")]),
                cell(Align::Left, row.remark),
            ]
        })
        .collect();
    if let Some(counts) = counts.filter(|counts| counts.len() > 1) {
        let total = number_with_words(counts.iter().sum());
        body.push(vec![
            cell(Align::Center, Vec::new()),
            cell(Align::Left, vec![Run::bold("Jumlah seluruhnya")]),
            cell(Align::Left, Vec::new()),
            cell(Align::Center, vec![Run::bold(total)]),
            cell(Align::Left, Vec::new()),
        ]);
    }
    Ok(Block::Table(Table {
        widths: vec![0.08, 0.27, 0.27, 0.16, 0.22],
        header: vec![head.map(|text| cell(Align::Center, vec![Run::bold(text)])).to_vec()],
        rows: body,
    }))
}

impl Row {
    fn of(item: &HandoverItem) -> Self {
        Self {
            name: vec![run_or_gap(known(item.name.as_deref()), "nama barang")],
            serial: vec![Run::plain(known(item.serial.as_deref()).unwrap_or_else(|| "–".to_owned()))],
            count: item.count,
            remark: vec![Run::plain(known(item.remark.as_deref()).unwrap_or_else(|| "–".to_owned()))],
        }
    }
}

/// What is handed over when the minutes list nothing: a User ID for each operator, the address and
/// the points of the network; at the end what was activated, and the configuration file.
fn derived(
    wording: &Wording,
    sheet: &FactSheet,
    kind: HandoverKind,
    values: &Value,
) -> Result<Vec<Row>, ClauseError> {
    let dash = || vec![Run::plain("–")];
    match kind {
        HandoverKind::UserId => sheet
            .operators
            .iter()
            .map(|operator| {
                let name = facts::needed(operator.name.as_deref(), "nama operator");
                let values = context! { operator => context! { name }, ..values.clone() };
                Ok(Row {
                    name: clause::line(wording, "handover/operator_item", &values)?,
                    serial: clause::line(wording, "handover/sealed", &values)?,
                    count: Some(1),
                    remark: vec![run_or_gap(known(operator.position.as_deref()), "jabatan operator")],
                })
            })
            .collect(),
        HandoverKind::IpLan if sheet.network.ip_lan.is_some() => {
            let bandwidth = known(sheet.network.bandwidth.as_deref());
            Ok(vec![Row {
                name: clause::line(wording, "handover/ip_item", values)?,
                serial: vec![run_or_gap(known(sheet.network.ip_lan.as_deref()), "IP LAN")],
                count: Some(sheet.network.points.unwrap_or(1)),
                remark: bandwidth.map_or_else(dash, |bandwidth| vec![Run::plain(bandwidth)]),
            }])
        }
        HandoverKind::SamReturn => {
            let activated = |minutes: &&Handover| minutes.kind == HandoverKind::ReaderActivation;
            let mut rows: Vec<Row> = sheet
                .handovers
                .iter()
                .filter(activated)
                .flat_map(|minutes| &minutes.items)
                .map(|item| Row { remark: dash(), ..Row::of(item) })
                .collect();
            if !rows.is_empty() {
                rows.push(Row {
                    name: clause::line(wording, "handover/configuration_item", values)?,
                    serial: dash(),
                    count: Some(1),
                    remark: dash(),
                });
            }
            Ok(rows)
        }
        HandoverKind::UserIdChange | HandoverKind::IpLan | HandoverKind::ReaderActivation => Ok(Vec::new()),
    }
}

/// A cell of one paragraph.
pub(super) fn cell(align: Align, runs: Vec<Run>) -> Cell {
    Cell { paras: vec![Para { label: None, level: 0, align, runs, keep_with_next: false, anchor: None }] }
}

#[cfg(test)]
mod tests;
