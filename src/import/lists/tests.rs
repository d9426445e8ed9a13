use std::io::Write;

use super::*;

const EXAMPLE: &str = include_str!("../../../docs/panduan/contoh-impor.csv");

/// A list with these cells in one row; the others are empty, or hold what every row needs.
fn csv(cells: &[(&str, &str)]) -> String {
    let usual = [
        ("nama_instansi", "Dinas Perikanan Kabupaten Nusa Kencana"),
        ("nama_kepala", "Wira Adinata"),
        ("jabatan_kepala", "Kepala Dinas Perikanan Kabupaten Nusa Kencana"),
        ("tanggal_perjanjian", "2025-09-16"),
        ("lama_bulan", "24"),
    ];
    let cell = |header: &str| {
        let of = |cells: &[(&str, &str)]| {
            cells.iter().find(|(known, _)| *known == header).map(|(_, text)| (*text).to_owned())
        };
        of(cells).or_else(|| of(&usual)).unwrap_or_default()
    };
    let header: Vec<&str> = COLUMNS.iter().map(|(header, ..)| *header).collect();
    let row: Vec<String> = header.iter().map(|header| cell(header)).collect();
    format!("{}\n{}\n", header.join(";"), row.join(";"))
}

fn one(cells: &[(&str, &str)]) -> Told {
    read_csv(csv(cells).as_bytes()).unwrap().remove(0).told
}

fn refused(text: &str) -> Vec<String> {
    read_csv(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_example_in_the_guide_is_read() {
    let rows = read_csv(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].line, 2);
    let facts = &rows[0].told.facts;
    assert_eq!(facts.user.official.nip.as_deref(), Some("198003142005011002"));
    assert_eq!(facts.signing.on, NaiveDate::from_ymd_opt(2025, 3, 17));
    assert_eq!(rows[1].told.facts.term.end_on, NaiveDate::from_ymd_opt(2027, 6, 30));
    assert_eq!(rows[2].told.facts.user.institution.kind.code(), "desa");
    // The same with semicolons, as Excel in Indonesia writes it, and a byte order mark.
    let semicolons: String = EXAMPLE
        .lines()
        .map(|line| {
            let fields =
                csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes()).into_records();
            let record = fields.map(Result::unwrap).next().unwrap();
            record.iter().collect::<Vec<_>>().join(";") + "\r\n"
        })
        .collect();
    assert!(read_csv(format!("\u{FEFF}{semicolons}").as_bytes()).unwrap() == rows);
}

#[test]
fn dates_are_read_both_ways_and_choices_by_code_or_name() {
    let told =
        one(&[("tanggal_perjanjian", "7/3/2025"), ("kedudukan", "Plt."), ("jenis_instansi", "Badan Hukum")]);
    assert_eq!(told.facts.signing.on, NaiveDate::from_ymd_opt(2025, 3, 7));
    assert_eq!(told.facts.user.official.capacity.code(), "plt");
    assert_eq!(told.facts.user.institution.kind.code(), "badan_hukum");
    assert_eq!(told.state, State::Signed);
}

#[test]
fn each_fault_names_line_column_and_reason() {
    for (cells, said) in [
        (
            ("nip_kepala", "123"),
            "baris 2: kolom nip_kepala, NIP (PIHAK KEDUA): tertulis \"123\"; diharapkan NIP 18 angka",
        ),
        (
            ("tanggal_perjanjian", "31/02/2025"),
            "baris 2: kolom tanggal_perjanjian, Tanggal perjanjian (Penandatanganan): tertulis \"31/02/2025\"",
        ),
        (
            ("tanggal_perjanjian", ""),
            "baris 2: kolom tanggal_perjanjian, Tanggal perjanjian (Penandatanganan): diharapkan",
        ),
        (
            ("lama_bulan", ""),
            "kolom hari_terakhir, Hari terakhir berlaku (Jangka waktu): diharapkan lama_bulan atau hari_terakhir",
        ),
        (("lama_bulan", "dua"), "kolom lama_bulan"),
        (("lama_bulan", "0"), "paling sedikit 1 bulan"),
        (("hari_terakhir", "2025-01-01"), "kolom hari_terakhir"),
        (("kedudukan", "ketua"), "salah satu dari: definitive, plt, plh, pj"),
        (("surel_kepala", "wira"), "kolom surel_kepala"),
        (("nama_instansi", ""), "Nama instansi diisi"),
    ] {
        let faults = refused(&csv(&[cells]));
        assert!(faults.len() == 1 && faults[0].contains(said), "{cells:?}: {faults:?}");
    }
}

#[test]
fn the_header_must_be_the_known_one() {
    let text = csv(&[]).replace("surel_kepala", "email").replace("kedudukan", "nip_kepala");
    let faults = refused(&text).join("\n");
    for said in
        ["kolom \"email\"", "nip_kepala dua kali", "kolom surel_kepala pada baris judul", "kolom kedudukan"]
    {
        assert!(faults.contains(said), "{said} in {faults}");
    }
    assert!(refused("")[0].contains("berkas kosong"));
    let header = csv(&[]).lines().next().unwrap().to_owned();
    assert!(refused(&format!("{header}\n"))[0].contains("daftar tanpa baris"));
    assert!(refused(&format!("{header}\n{};x\n", header))[0].contains("21 isian"));
}

#[test]
fn faults_of_every_row_are_told_at_once() {
    let text = csv(&[("nip_kepala", "1"), ("surel_kepala", "wira")]);
    let row = text.lines().nth(1).unwrap();
    let faults = refused(&format!("{text}\n{row}\n"));
    let starts: Vec<&str> = faults.iter().map(|fault| fault.split(',').next().unwrap()).collect();
    assert_eq!(
        starts,
        [
            "baris 2: kolom nip_kepala",
            "baris 2: kolom surel_kepala",
            "baris 4: kolom nip_kepala",
            "baris 4: kolom surel_kepala"
        ]
    );
}

/// A workbook with one sheet whose cells are given as XML; an entry of a zip is stored, not packed.
fn workbook(rows: &str) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#.to_owned()),
        ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Daftar" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#.to_owned()),
        ("xl/styles.xml", r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#.to_owned()),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#)),
    ];
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in &parts {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let (size, length) = (u32::try_from(text.len()).unwrap(), u16::try_from(name.len()).unwrap());
        let mut common = Vec::new();
        for short in [20_u16, 0, 0, 0, 0] {
            common.extend(short.to_le_bytes());
        }
        for long in [crc.sum(), size, size] {
            common.extend(long.to_le_bytes());
        }
        common.extend(length.to_le_bytes());
        common.extend([0; 2]);
        let offset = u32::try_from(zip.len()).unwrap();
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        zip.extend(b"PK\x03\x04");
        zip.extend(&common);
        zip.extend(name.as_bytes());
        zip.write_all(text.as_bytes()).unwrap();
    }
    let (size, offset) = (u32::try_from(directory.len()).unwrap(), u32::try_from(zip.len()).unwrap());
    zip.extend(&directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend([6, 0, 6, 0]);
    zip.extend(size.to_le_bytes());
    zip.extend(offset.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

fn letter(column: usize) -> char {
    char::from(b'A' + u8::try_from(column).unwrap())
}

/// A sheet with the header and one row; cells of the row are text unless given as XML.
fn sheet(cells: &[(&str, &str)], raw: &[(&str, &str)]) -> Vec<u8> {
    let list = csv(cells);
    let mut rows = String::new();
    for (at, line) in list.lines().enumerate() {
        rows.push_str(&format!("<row r=\"{}\">", at + 1));
        for (column, text) in line.split(';').enumerate() {
            let cell = format!("{}{}", letter(column), at + 1);
            let header = COLUMNS[column].0;
            match raw.iter().find(|(known, _)| at == 1 && *known == header) {
                Some((_, xml)) => rows.push_str(&xml.replace("REF", &cell)),
                None if text.is_empty() => {}
                None => rows.push_str(&format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")),
            }
        }
        rows.push_str("</row>");
    }
    workbook(&rows)
}

#[test]
fn a_sheet_with_real_dates_and_numbers_is_read() {
    let bytes = sheet(
        &[],
        &[
            ("tanggal_perjanjian", "<c r=\"REF\" s=\"1\"><v>45916</v></c>"),
            ("lama_bulan", "<c r=\"REF\"><v>24</v></c>"),
        ],
    );
    let rows = read_xlsx(&bytes).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].line, 2);
    assert_eq!(rows[0].told, one(&[]));
}

#[test]
fn a_number_cell_where_text_belongs_is_refused_because_digits_may_be_lost() {
    let bytes = sheet(
        &[],
        &[
            ("nip_kepala", "<c r=\"REF\"><v>198003142005011002</v></c>"),
            ("nomor_pihak_kedua", "<c r=\"REF\"><v>12</v></c>"),
            ("tanggal_perjanjian", "<c r=\"REF\"><v>45916</v></c>"),
            ("nama_kepala", "<c r=\"REF\" t=\"e\"><v>#N/A</v></c>"),
        ],
    );
    let faults: Vec<String> = read_xlsx(&bytes).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.starts_with("baris 2: kolom ")), "{faults:?}");
    assert!(faults[1].contains("sel berformat Teks"), "{faults:?}");
}

#[test]
fn a_stray_cell_far_away_or_a_broken_workbook_is_refused() {
    let far = workbook("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    assert!(read_xlsx(&far).unwrap_err()[0].found.contains("kolom ke-16384"));
    assert!(read_xlsx(b"bukan excel").is_err());
    assert!(read_xlsx(&vec![0; MAX_BYTES + 1]).is_err());
}
