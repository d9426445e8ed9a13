//! Lists (`.csv`, `.xlsx`) that register running agreements from their minimum: one row each, with
//! exactly the columns of [`COLUMNS`], documented in `docs/panduan/impor.md`.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::fault::FileFault;
use super::{MAX_BYTES, Told};
use crate::domain::acts::Acts;
use crate::domain::agreement::State;
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::{FACTS, Field, Kind, find, label};

/// Header of each column, the fact it fills, and whether it must be filled.
pub const COLUMNS: [(&str, &str, bool); 20] = [
    ("nama_instansi", "user.institution.name", true),
    ("jenis_instansi", "user.institution.kind", false),
    ("jenis_wilayah", "user.institution.region.kind", false),
    ("nama_wilayah", "user.institution.region.name", false),
    ("alamat_instansi", "user.institution.address", false),
    ("surel_instansi", "user.institution.email", false),
    ("nama_kepala", "user.official.name", true),
    ("gelar_depan", "user.official.degrees_before", false),
    ("gelar_belakang", "user.official.degrees_after", false),
    ("jabatan_kepala", "user.official.position", true),
    ("kedudukan", "user.official.capacity", false),
    ("nip_kepala", "user.official.nip", false),
    ("surel_kepala", "user.official.email", false),
    ("nomor_pihak_kesatu", "provider.number", false),
    ("nomor_pihak_kedua", "user.number", false),
    ("tanggal_perjanjian", "signing.on", true),
    ("lama_bulan", "term.months", false),
    ("hari_terakhir", "term.end_on", false),
    ("tentang", "subject.about", false),
    ("kegunaan_data", "subject.purpose", false),
];

/// Most rows of one list.
const MAX_ROWS: usize = 5_000;
/// Widest sheet that is looked at; a stray cell far to the right is not.
const MAX_WIDTH: usize = 200;

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line of the file.
    pub line: usize,
    /// The agreement; the provider's institution is the office's to fill.
    pub told: Told,
}

/// The column that fills a fact.
pub fn column_of(path: &str) -> Option<&'static str> {
    COLUMNS.iter().find(|(_, filled, _)| *filled == path).map(|(header, ..)| *header)
}

/// Reads a `.csv` list: UTF-8 with or without BOM, fields divided by comma or semicolon.
///
/// # Errors
/// Every fault of it, in the order of the file.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<Row>, Vec<FileFault>> {
    within_size(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        let expected = "berkas CSV yang disimpan sebagai UTF-8";
        vec![FileFault::of_file("huruf yang bukan UTF-8", expected).at(line, None)]
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let count = |c: char| header.chars().filter(|found| *found == c).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let (mut lines, mut line, mut counted) = (Vec::new(), 1, 0);
    for record in reader.records() {
        let record =
            record.map_err(|error| vec![FileFault::of_file("", format!("CSV yang sah ({error})"))])?;
        // The reader's own line number lags behind with CRLF and blank lines.
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or_default());
        let blank = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        line += text[counted..start + blank].matches('\n').count();
        counted = start + blank;
        let cells = record.iter().map(|cell| Cell::Text(cell.trim().to_owned())).collect();
        lines.push((line, cells));
        within_rows(lines.len())?;
    }
    rows(lines)
}

/// Reads the first sheet of an `.xlsx` list.
///
/// # Errors
/// Every fault of it, in the order of the sheet.
pub fn read_xlsx(bytes: &[u8]) -> Result<Vec<Row>, Vec<FileFault>> {
    within_size(bytes)?;
    let broken = |error: calamine::XlsxError| {
        vec![FileFault::of_file("", format!("berkas Excel (.xlsx) yang utuh ({error})"))]
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let Some(sheet) = book.sheet_names().first().cloned() else {
        return Err(vec![FileFault::of_file("berkas tanpa lembar", "daftar pada lembar pertama")]);
    };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut lines: Vec<(usize, Vec<Cell>)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let (line, column) = (row as usize + 1, column as usize);
        let value = Cell::of(cell.get_value());
        if value == Cell::Text(String::new()) {
            continue;
        }
        if column >= MAX_WIDTH {
            let expected = format!("paling banyak {} kolom", COLUMNS.len());
            return Err(vec![
                FileFault::of_file(format!("isian pada kolom ke-{}", column + 1), expected).at(line, None),
            ]);
        }
        if lines.last().is_none_or(|(last, _)| *last != line) {
            lines.push((line, Vec::new()));
            within_rows(lines.len())?;
        }
        if let Some((_, cells)) = lines.last_mut() {
            cells.resize(cells.len().max(column + 1), Cell::Text(String::new()));
            cells[column] = value;
        }
    }
    rows(lines)
}

fn within_size(bytes: &[u8]) -> Result<(), Vec<FileFault>> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    let found = format!("{} bita", bytes.len());
    Err(vec![FileFault::of_file(found, format!("berkas paling besar {MAX_BYTES} bita"))])
}

fn within_rows(count: usize) -> Result<(), Vec<FileFault>> {
    if count <= MAX_ROWS + 1 {
        return Ok(());
    }
    Err(vec![FileFault::of_file("daftar yang terlalu panjang", format!("paling banyak {MAX_ROWS} baris"))])
}

/// A cell as it was typed.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Text(String),
    /// A number cell of a sheet: leading zeros and digits past the fifteenth are lost already.
    Number(f64),
    Date(NaiveDate),
    Other(String),
}

impl Cell {
    fn of(value: &DataRef<'_>) -> Self {
        match value {
            DataRef::Empty => Self::Text(String::new()),
            DataRef::String(text) => Self::Text(text.trim().to_owned()),
            DataRef::SharedString(text) => Self::Text(text.trim().to_owned()),
            #[allow(clippy::cast_precision_loss)]
            DataRef::Int(number) => Self::Number(*number as f64),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::DateTime(at) if at.is_datetime() => at.as_datetime().map_or_else(
                || Self::Other("tanggal yang tidak terbaca".to_owned()),
                |at| Self::Date(at.date()),
            ),
            DataRef::DateTimeIso(at) => at
                .get(..10)
                .and_then(|day| day.parse().ok())
                .map_or_else(|| Self::Other("tanggal yang tidak terbaca".to_owned()), Self::Date),
            DataRef::DateTime(_) | DataRef::DurationIso(_) => Self::Other("lamanya waktu".to_owned()),
            DataRef::Bool(yes) => Self::Other(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
            DataRef::Error(error) => Self::Other(format!("galat rumus {error}")),
        }
    }
}

/// The rows below the header.
fn rows(lines: Vec<(usize, Vec<Cell>)>) -> Result<Vec<Row>, Vec<FileFault>> {
    let empty = |cells: &[Cell]| cells.iter().all(|cell| *cell == Cell::Text(String::new()));
    let mut lines = lines.into_iter().filter(|(_, cells)| !empty(cells));
    let Some((line, header)) = lines.next() else {
        return Err(vec![FileFault::of_file(
            "berkas kosong",
            "baris judul, lalu satu baris tiap perjanjian",
        )]);
    };
    let places = header_of(line, &header)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (line, cells) in lines {
        match row(line, &cells, &places, header.len()) {
            Ok(told) => rows.push(Row { line, told }),
            Err(found) => faults.extend(found),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(FileFault::of_file("daftar tanpa baris", "satu baris tiap perjanjian di bawah judul"));
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// Which cell holds each column of [`COLUMNS`]; the order of the file is free, the set is not.
fn header_of(line: usize, header: &[Cell]) -> Result<[usize; COLUMNS.len()], Vec<FileFault>> {
    let names: Vec<String> = header
        .iter()
        .map(|cell| if let Cell::Text(text) = cell { text.to_lowercase() } else { "?".to_owned() })
        .collect();
    let mut faults = Vec::new();
    let mut fault = |found: String, expected: String| {
        faults.push(FileFault::of_file(found, expected).at(line, None));
    };
    for (at, name) in names.iter().enumerate() {
        if !COLUMNS.iter().any(|(known, ..)| known == name) {
            fault(format!("kolom \"{name}\""), "hanya kolom pada docs/panduan/impor.md".to_owned());
        } else if names[..at].contains(name) {
            fault(format!("kolom {name} dua kali"), "tiap kolom satu kali".to_owned());
        }
    }
    let places = COLUMNS.map(|(known, ..)| names.iter().position(|name| name == known));
    for ((known, ..), place) in COLUMNS.iter().zip(places) {
        if place.is_none() {
            fault(String::new(), format!("kolom {known} pada baris judul; kolomnya boleh kosong"));
        }
    }
    if faults.is_empty() { Ok(places.map(Option::unwrap_or_default)) } else { Err(faults) }
}

fn row(
    line: usize,
    cells: &[Cell],
    places: &[usize; COLUMNS.len()],
    width: usize,
) -> Result<Told, Vec<FileFault>> {
    let mut faults = Vec::new();
    let mut tree = Value::Object(Map::new());
    if cells.len() > width {
        let found = format!("{} isian", cells.len());
        let expected =
            format!("{width} isian seperti judulnya; isian yang memuat pemisah di antara tanda kutip");
        return Err(vec![FileFault::of_file(found, expected).at(line, None)]);
    }
    for ((header, path, needed), place) in COLUMNS.iter().zip(places) {
        let cell = cells.get(*place).cloned().unwrap_or(Cell::Text(String::new()));
        let Some(field) = find(path) else { continue };
        if cell == Cell::Text(String::new()) {
            if *needed {
                faults.push(at_column(line, header, path, "", format!("{} diisi", field.label)));
            }
            continue;
        }
        match typed(field, cell) {
            Ok(value) => put(&mut tree, path, value),
            Err((found, expected)) => faults.push(at_column(line, header, path, &found, expected)),
        }
    }
    let filled = |path: &str| tree.pointer(&format!("/{}", path.replace('.', "/"))).is_some();
    let said = |path: &str, faults: &[FileFault]| {
        faults.iter().any(|fault| column_of(path).is_some_and(|column| fault.field == named(column)))
    };
    if !["term.months", "term.end_on"].iter().any(|path| filled(path) || said(path, &faults)) {
        let expected =
            "lama_bulan atau hari_terakhir diisi: tanpanya akhir perjanjian tidak diketahui".to_owned();
        faults.push(at_column(line, "hari_terakhir", "term.end_on", "", expected));
    }
    match FactSheet::from_tree(tree) {
        Ok(facts) if faults.is_empty() => Ok(Told { facts, state: State::Signed, acts: Acts::default() }),
        Ok(_) => Err(faults),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| {
                let header = column_of(&fault.path).unwrap_or(&fault.path);
                at_column(line, header, &fault.path, &fault.found, fault.expected.clone())
            }));
            let order =
                |fault: &FileFault| COLUMNS.iter().position(|(header, ..)| fault.field == named(header));
            faults.sort_by_key(order);
            Err(faults)
        }
    }
}

fn named(header: &str) -> String {
    format!("kolom {header}")
}

fn at_column(line: usize, header: &str, path: &str, found: &str, expected: String) -> FileFault {
    let fault = FileFault {
        field: named(header),
        label: label(FACTS, path).unwrap_or_default(),
        ..FileFault::of_file(found, expected)
    };
    fault.at(line, None)
}

/// What was found and what is expected instead.
type Mistyped = (String, String);

/// The cell as the fact sheet's tree takes it; text that the field does not accept is left for it to refuse.
fn typed(field: &Field, cell: Cell) -> Result<Value, Mistyped> {
    let dates = || "tanggal Excel, TTTT-BB-HH atau HH/BB/TTTT".to_owned();
    match (field.kind, cell) {
        (Kind::Date, Cell::Date(day)) => Ok(json!(day.to_string())),
        (Kind::Date, Cell::Text(text)) => {
            day(&text).map(|day| json!(day.to_string())).ok_or_else(|| (format!("\"{text}\""), dates()))
        }
        (Kind::Date, Cell::Number(number)) => Err((format!("angka {number}"), dates())),
        (Kind::Count(_), Cell::Number(number)) if number.fract() == 0.0 && (0.0..1e6).contains(&number) =>
        {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Ok(json!(number as u32))
        }
        (Kind::Count(most), Cell::Text(text)) => text
            .parse::<u32>()
            .map(Value::from)
            .map_err(|_| (format!("\"{text}\""), format!("bilangan bulat 0 sampai {most}"))),
        (Kind::Choice(choices), Cell::Text(text)) => {
            choice(choices, &text).map(Value::from).ok_or_else(|| {
                let codes: Vec<&str> = choices.iter().map(|(code, _)| *code).collect();
                (format!("\"{text}\""), format!("salah satu dari: {}", codes.join(", ")))
            })
        }
        (_, Cell::Text(text)) => Ok(Value::String(text)),
        (_, Cell::Number(number)) => Err((
            format!("sel berupa angka {number}"),
            "sel berformat Teks: pada sel angka, nol di depan dan angka panjang hilang".to_owned(),
        )),
        (_, Cell::Date(day)) => Err((format!("tanggal {day}"), "sel berformat Teks".to_owned())),
        (_, Cell::Other(found)) => Err((found, "teks".to_owned())),
    }
}

/// `2025-09-16` or `16/09/2025`.
fn day(text: &str) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return (text.len() == 10).then_some(day);
    }
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let digits = |part: &str, most: usize| {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    digits(day, 2).and(digits(month, 2)).filter(|()| year.len() == 4)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A code, or the name people read, whatever its capitals; of "Plt. (pelaksana tugas)" also "Plt".
fn choice(choices: &'static [(&'static str, &'static str)], text: &str) -> Option<&'static str> {
    let text = text.trim_end_matches('.').to_lowercase();
    choices
        .iter()
        .find(|(code, label)| {
            let label = label.to_lowercase();
            let short = label.split(" (").next().unwrap_or_default().trim_end_matches('.').to_owned();
            *code == text || label == text || short == text
        })
        .map(|(code, _)| *code)
}

fn put(tree: &mut Value, path: &str, value: Value) {
    let mut here = tree;
    for key in path.split('.') {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        here = &mut here[key];
    }
    *here = value;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
