//! Prints: how an office sets its papers, how far a print is, and the code by which anybody can look
//! an issued one up.

use super::fact_sheet::changes::FactChange;
use super::fact_sheet::{ParafBoxes, choices};

choices! {
    /// Paper size.
    PaperSize {
        /// 215 × 330 mm.
        #[default] F4 = "f4", "F4 (215 × 330 mm)";
        /// 210 × 297 mm.
        A4 = "a4", "A4 (210 × 297 mm)";
    }
}

choices! {
    /// Type family.
    Typeface {
        /// TeX Gyre Bonum.
        #[default] Bonum = "bonum", "Bonum, serupa Bookman Old Style";
        /// Liberation Sans.
        Liberation = "liberation", "Liberation Sans, serupa Arial";
    }
}

choices! {
    /// How far a print is that left the house.
    PrintStage {
        /// To be signed in ink; numbers may still be dotted blanks.
        #[default] Ready = "ready", "siap tanda tangan";
        /// Nothing is open.
        Final = "final", "terbit";
    }
}

/// Official forms of the Direktorat Jenderal, which take no mark of anybody else unless an office
/// wants it: statements of responsibility and of secrecy.
pub fn is_official_form(paper: &str) -> bool {
    ["sptjm", "nda"]
        .iter()
        .any(|form| paper.strip_prefix(form).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// How an office sets its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintSettings {
    /// Version that was read; 0 while the office has set nothing.
    pub version: i32,
    /// Paper.
    pub paper: PaperSize,
    /// Type.
    pub typeface: Typeface,
    /// Type size in points, 11 or 12.
    pub font_size: i32,
    /// Upper, right, lower and left margin in millimetres.
    pub margins: [i32; 4],
    /// Distance of lines in per cent of what the type asks for.
    pub line_spacing: i32,
    /// QR code with the address of the check page on final papers.
    pub check_mark: bool,
    /// The same on official forms.
    pub check_mark_on_forms: bool,
    /// Boxes for initials that a new agreement starts with.
    pub paraf: ParafBoxes,
    /// Dates are left blank on prints that are ready to be signed.
    pub blank_dates: bool,
}

impl Default for PrintSettings {
    fn default() -> Self {
        Self {
            version: 0,
            paper: PaperSize::F4,
            typeface: Typeface::Bonum,
            font_size: 12,
            margins: [25, 25, 25, 30],
            line_spacing: 100,
            check_mark: true,
            check_mark_on_forms: false,
            paraf: ParafBoxes::default(),
            blank_dates: false,
        }
    }
}

impl PrintSettings {
    /// Type sizes an office may choose.
    pub const FONT_SIZES: [i32; 2] = [11, 12];
    /// Narrowest and widest margin in millimetres: less is cut by printers, more leaves no text.
    pub const MARGINS: std::ops::RangeInclusive<i32> = 10..=60;
    /// Closest and widest lines in per cent.
    pub const SPACINGS: std::ops::RangeInclusive<i32> = 100..=200;

    /// Whether a final paper carries the check mark.
    pub fn marks(&self, paper: &str) -> bool {
        if is_official_form(paper) { self.check_mark_on_forms } else { self.check_mark }
    }

    /// The settings as path, label and words: for the log and for comparing two versions.
    pub fn in_words(&self) -> Vec<(&'static str, &'static str, String)> {
        let yes = |on: bool| if on { "ya" } else { "tidak" }.to_owned();
        let [top, right, bottom, left] = self.margins;
        let mm = |margin: i32| format!("{margin} mm");
        vec![
            ("paper", "Kertas", self.paper.label().to_owned()),
            ("typeface", "Huruf", self.typeface.label().to_owned()),
            ("font_size", "Ukuran huruf", format!("{} pt", self.font_size)),
            ("margin_top", "Tepi atas", mm(top)),
            ("margin_right", "Tepi kanan", mm(right)),
            ("margin_bottom", "Tepi bawah", mm(bottom)),
            ("margin_left", "Tepi kiri", mm(left)),
            ("line_spacing", "Jarak baris", format!("{}%", self.line_spacing)),
            ("check_mark", "Kode QR pada naskah terbit", yes(self.check_mark)),
            ("check_mark_on_forms", "Kode QR pada formulir baku", yes(self.check_mark_on_forms)),
            ("paraf", "Kotak paraf perjanjian baru", self.paraf.label().to_owned()),
            ("blank_dates", "Tanggal dikosongkan", yes(self.blank_dates)),
        ]
    }

    /// What differs from older settings.
    pub fn changes_from(&self, older: &Self) -> Vec<FactChange> {
        older
            .in_words()
            .into_iter()
            .zip(self.in_words())
            .filter(|(old, new)| old.2 != new.2)
            .map(|(old, (path, label, to))| FactChange {
                path: path.to_owned(),
                label: label.to_owned(),
                from: Some(old.2),
                to: Some(to),
                secret: false,
            })
            .collect()
    }
}

/// Letters of a code: no letter looks like a digit or like another one (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many bytes a code is made of: 80 bits, so that none can be guessed.
pub const CODE_BYTES: usize = 10;

/// How many letters a code has.
pub const CODE_LETTERS: usize = CODE_BYTES * 8 / 5;

/// The code of random bytes.
pub fn code_of(bytes: [u8; CODE_BYTES]) -> String {
    let mut code = String::with_capacity(CODE_LETTERS);
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            code.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    code
}

/// The code that somebody typed or scanned: blanks and dashes go, letters that look like digits count
/// as those. None for what can be no code.
pub fn read_code(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(CODE_LETTERS);
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '·')) {
        let c = match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        };
        if !c.is_ascii() || !LETTERS.contains(&(c as u8)) || code.len() == CODE_LETTERS {
            return None;
        }
        code.push(c);
    }
    (code.len() == CODE_LETTERS).then_some(code)
}

/// A code in groups of four, as it is read out and typed.
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The path of the fact that a slot prints: "signing.on/words" prints `signing.on`.
pub fn fact_of(slot: &str) -> &str {
    slot.split('/').next().unwrap_or(slot)
}

/// Whether a slot waits for a number or for a date.
pub fn is_number(slot: &str) -> bool {
    fact_of(slot).rsplit('.').next() == Some("number")
}

/// The first letters of a hash, enough to tell two prints apart by eye.
pub fn short_hash(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// The paper that both parties signed, as far as the rules need to know it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignedPaper {
    /// SHA-256 of the text of the print that was signed; none where the paper is composed at the signing.
    pub print_sha256: Option<String>,
    /// Slots that the print leaves blank: their numbers may come later.
    pub blanks: Vec<String>,
}

impl SignedPaper {
    /// Whether the paper waits for this number.
    pub fn leaves_blank(&self, path: &str) -> bool {
        self.blanks.iter().any(|slot| is_number(slot) && fact_of(slot) == path)
    }
}

/// A paper before and after numbers were registered on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPaper {
    /// What people call it.
    pub title: String,
    /// SHA-256 of its text before.
    pub before: String,
    /// SHA-256 of its text afterwards.
    pub after: String,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_back_however_it_is_typed(bytes in any::<[u8; CODE_BYTES]>()) {
            let code = code_of(bytes);
            prop_assert_eq!(code.len(), CODE_LETTERS);
            let typed = grouped(&code).to_uppercase().replace('0', "O").replace('1', " l");
            prop_assert_eq!(read_code(&typed), Some(code));
        }

        #[test]
        fn two_codes_are_equal_only_if_their_bytes_are(a in any::<[u8; CODE_BYTES]>(), b in any::<[u8; CODE_BYTES]>()) {
            prop_assert_eq!(code_of(a) == code_of(b), a == b);
        }
    }

    #[test]
    fn what_can_be_no_code_is_none() {
        for typed in ["", "0123", "0123456789abcdefg", "0123456789abcdeu", "0123456789abcdé0"] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_official_form_is_marked_only_where_the_office_wants_it() {
        let settings = PrintSettings::default();
        for (paper, marked) in [
            ("pks", true),
            ("juknis", true),
            ("sptjm", false),
            ("sptjm-perpanjangan", false),
            ("nda-2", false),
            ("ndaftar", true),
        ] {
            assert_eq!(settings.marks(paper), marked, "{paper}");
        }
        assert!(PrintSettings { check_mark_on_forms: true, ..settings }.marks("nda"));
    }

    #[test]
    fn a_slot_names_the_fact_it_prints() {
        assert_eq!(fact_of("signing.on/words"), "signing.on");
        assert!(
            is_number("provider.number")
                && is_number("papers.juknis.number")
                && !is_number("signing.on/long")
        );
    }
}
