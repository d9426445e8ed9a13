//! Agreement files: `kawal: 1`, the fact sheet's keys, then `state` and `acts`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fault::{FileFault, in_order};
use super::tree::{self, Tree};
use super::{MAX_BYTES, Told};
use crate::domain::acts::Acts;
use crate::domain::agreement::{LIFE, State};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::{self, FACTS, Field, Kind};
use crate::domain::fact_sheet::check::{self, Fault, faults_of, join};

/// Version of the agreement file that this binary writes; it reads every older one.
pub const FORMAT: u64 = 1 + UPGRADES.len() as u64;

/// What turns a file of version n (from 1, in order) into one of version n + 1, before anything is checked.
const UPGRADES: [fn(&mut Map<String, Value>); 0] = [];

/// How an agreement file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `.yaml`, `.yml`.
    Yaml,
    /// `.json`.
    Json,
}

/// Reads an agreement file.
///
/// # Errors
/// Every fault of it, in the order of the file.
pub fn read(bytes: &[u8], syntax: Syntax) -> Result<Told, Vec<FileFault>> {
    let text = text_of(bytes).map_err(|fault| vec![fault])?;
    let mut tree = match syntax {
        Syntax::Yaml => tree::yaml(text),
        Syntax::Json => tree::json(text),
    }
    .map_err(|fault| vec![fault])?;
    let Value::Object(mut map) = std::mem::take(&mut tree.value) else {
        let expected = "berkas perjanjian: `kawal: 1`, lalu fakta-faktanya".to_owned();
        return Err(vec![FileFault::of_file("", expected).at(1, None)]);
    };
    upgrade(&mut map, &tree).map_err(|fault| vec![fault])?;
    let mut faults = std::mem::take(&mut tree.faults);
    let told = tell(map).map_err(|found| faults.extend(found.into_iter().map(|fault| placed(fault, &tree))));
    match told {
        Ok(told) if faults.is_empty() => Ok(told),
        _ => Err(in_order(faults)),
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, FileFault> {
    if bytes.len() > MAX_BYTES {
        let found = format!("{} bita", bytes.len());
        return Err(FileFault::of_file(found, format!("berkas paling besar {MAX_BYTES} bita")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        FileFault::of_file("huruf yang bukan UTF-8", "berkas yang disimpan sebagai UTF-8").at(line, None)
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// Takes the version off the tree and brings it up to [`FORMAT`].
fn upgrade(map: &mut Map<String, Value>, tree: &Tree) -> Result<(), FileFault> {
    let stated = map.remove("kawal");
    let version = stated.as_ref().and_then(Value::as_u64).filter(|version| *version >= 1);
    let fault = |found: String, expected: String| {
        let (line, column) = tree.place("kawal").map_or((1, None), |place| (place.line, Some(place.column)));
        FileFault { field: "kawal".to_owned(), ..FileFault::of_file(found, expected).at(line, column) }
    };
    let Some(version) = version else {
        let found = stated.map(|value| value.to_string()).unwrap_or_default();
        return Err(fault(found, format!("versi berkas sebagai kunci pertama: `kawal: {FORMAT}`")));
    };
    if version > FORMAT {
        return Err(fault(
            format!("versi {version}"),
            format!(
                "paling tinggi versi {FORMAT}; berkas ini ditulis oleh Kawal yang lebih baru, perbarui Kawal dahulu"
            ),
        ));
    }
    let done = usize::try_from(version - 1).unwrap_or(usize::MAX);
    UPGRADES.iter().skip(done).for_each(|step| step(map));
    Ok(())
}

/// The agreement of a tree without its version.
fn tell(mut map: Map<String, Value>) -> Result<Told, Vec<Fault>> {
    let mut life: Map<String, Value> = LIFE.iter().filter_map(|field| map.remove_entry(field.key)).collect();
    life.retain(|_, value| !value.is_null());
    let mut life = Value::Object(life);
    let mut faults = faults_of(&mut life, LIFE);
    needed(&life, LIFE, "", &mut faults);
    let known: HashSet<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
    let acts_are_sound = !known.iter().any(|path| path.starts_with("acts"));
    let state = life.get("state").and_then(Value::as_str).filter(|_| !known.contains("state"));
    let state = state.and_then(|code| State::ALL.iter().copied().find(|state| state.code() == code));
    let acts = match life.get_mut("acts").map(Value::take).filter(|_| acts_are_sound) {
        Some(acts) => serde_json::from_value::<Acts>(acts).map_err(|error| {
            vec![Fault::new("acts", "", format!("catatan perbuatan seperti pada skema ({error})"))]
        })?,
        None => Acts::default(),
    };

    let facts = match FactSheet::from_tree(Value::Object(map)) {
        Ok(facts) => facts,
        Err(found) => {
            faults.extend(found);
            return Err(faults);
        }
    };
    let state = state.unwrap_or(match (&acts.ended, facts.signing.on) {
        (Some(_), _) => State::Ended,
        (None, Some(_)) => State::Signed,
        (None, None) => State::Drafting,
    });
    if acts_are_sound {
        faults.extend(contradictions(&facts, state, &acts));
    }
    if faults.is_empty() { Ok(Told { facts, state, acts }) } else { Err(faults) }
}

/// Facts without which an act is none.
fn needed(tree: &Value, fields: &[Field], path: &str, faults: &mut Vec<Fault>) {
    for field in fields {
        let here = join(path, field.key);
        match (tree.get(field.key), field.kind) {
            (Some(group), Kind::Group(children)) => needed(group, children, &here, faults),
            (Some(Value::Array(items)), Kind::List(children, _)) => {
                for (index, item) in items.iter().enumerate() {
                    needed(item, children, &join(&here, &index.to_string()), faults);
                }
            }
            (None, _) if field.needed && tree.is_object() => {
                faults.push(Fault::new(here, "", format!("{} diisi", field.label)));
            }
            _ => {}
        }
    }
}

/// State and acts that cannot be true together or beside the facts; the verbs of the agreement
/// refuse the same.
fn contradictions(facts: &FactSheet, state: State, acts: &Acts) -> Vec<Fault> {
    let mut faults = Vec::new();
    let signed_on = facts.signing.on;
    if state != State::Drafting && signed_on.is_none() {
        faults.push(Fault::new(
            "signing.on",
            "",
            format!("tanggal perjanjian, karena keadaannya `{}`", state.code()),
        ));
    }
    match (&acts.ended, state) {
        (Some(_), State::Drafting | State::Signed) => faults.push(Fault::new(
            "state",
            format!("`{}` bersama catatan pengakhiran", state.code()),
            "`ended`, atau tanpa acts.ended",
        )),
        (None, State::Ended) => {
            faults.push(Fault::new(
                "state",
                "`ended` tanpa catatan pengakhiran",
                "acts.ended dengan tanggal dan sebab",
            ));
        }
        _ => {}
    }
    let before = |path: &str, day: chrono::NaiveDate, faults: &mut Vec<Fault>| {
        if let Some(signed_on) = signed_on.filter(|signed_on| day < *signed_on) {
            let expected = format!("tanggal yang tidak mendahului tanggal perjanjian ({signed_on})");
            faults.push(Fault::new(path, day.to_string(), expected));
        }
    };
    if let Some(letter) = &acts.renewal_letter {
        before("acts.renewal_letter.on", letter.on, &mut faults);
    }
    if let Some(ended) = &acts.ended {
        before("acts.ended.on", ended.on, &mut faults);
    }
    if state == State::Drafting && (acts.renewal_letter.is_some() || !acts.met.is_empty()) {
        faults.push(Fault::new(
            "acts",
            "catatan pada rancangan",
            "keadaan `signed`: rancangan belum mempunyai kewajiban",
        ));
    }
    for (index, met) in acts.met.iter().enumerate() {
        if acts.met[..index].iter().any(|other| other.step == met.step && other.due_on == met.due_on) {
            faults.push(Fault::new(
                format!("acts.met.{index}"),
                format!("{} {} dua kali", met.step.label(), met.due_on),
                "tiap kewajiban selesai satu kali",
            ));
        }
    }
    faults
}

/// The name of a fact, an act or the state.
fn label(path: &str) -> Option<String> {
    catalogue::label(FACTS, path).or_else(|| catalogue::label(LIFE, path))
}

/// The fault at its place in the file, numbers as they are written there.
fn placed(mut fault: Fault, tree: &Tree) -> FileFault {
    if let Some(number) = tree.number(&fault.path)
        && fault.found.starts_with("angka ")
        && fault.found != check::UNQUOTED
    {
        fault.found = format!("angka {number} tanpa tanda kutip");
    }
    let place = tree.place(&fault.path);
    let label = label(&fault.path);
    let fault = FileFault::of_fact(fault, label);
    match place {
        Some(place) => fault.at(place.line, Some(place.column)),
        None => fault,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::any::any_facts;
    use crate::export::agreement_file::write_told;

    fn told(text: &str) -> Told {
        read(text.as_bytes(), Syntax::Yaml).unwrap()
    }

    fn refused(text: &str) -> Vec<String> {
        read(text.as_bytes(), Syntax::Yaml).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_fault_is_told_at_once_with_line_field_and_reason() {
        let text = "\
kawal: 1
provider:
  number: 012
user:
  official:
    nip: \"1980\"
    nmae: Wira
signing:
  on: 2025-02-30
copies:
  count: dua
  count: 2
term:
  start_on: 2025-10-01
  end_on: 2025-09-01
acts:
  renewal_letter:
    number: \"1\"
";
        assert_eq!(
            refused(text),
            [
                "baris 3, kolom 11: provider.number, Nomor PIHAK KESATU (PIHAK KESATU): tertulis angka 012 tanpa \
                 tanda kutip; diharapkan teks di antara tanda kutip",
                "baris 6, kolom 10: user.official.nip, NIP (PIHAK KEDUA): tertulis \"1980\"; diharapkan NIP 18 \
                 angka di antara tanda kutip",
                "baris 7, kolom 11: user.official.nmae: tertulis kunci yang tidak dikenal; diharapkan salah satu \
                 kunci pada skema (mungkin `name`?)",
                "baris 9, kolom 7: signing.on, Tanggal perjanjian (Penandatanganan): tertulis \"2025-02-30\"; \
                 diharapkan tanggal yang ada di kalender, ditulis TTTT-BB-HH, misalnya 2026-09-16",
                "baris 12, kolom 3: copies.count: tertulis kunci yang sama dua kali; diharapkan tiap kunci satu \
                 kali; yang pertama pada baris 11",
                "baris 15, kolom 11: term.end_on, Hari terakhir berlaku (Jangka waktu): tertulis 2025-09-01; \
                 diharapkan hari terakhir yang tidak mendahului mulai berlakunya (2025-10-01)",
                "baris 17, kolom 3: acts.renewal_letter.on, Tanggal surat perpanjangan (Surat perpanjangan): \
                 diharapkan Tanggal surat perpanjangan diisi",
            ]
        );
    }

    #[test]
    fn a_file_says_its_version_and_a_newer_one_is_refused() {
        assert!(refused("form:\n  chapters: true\n")[0].contains("`kawal: 1`"));
        assert!(refused("kawal: \"1\"\n")[0].contains("`kawal: 1`"));
        assert!(refused("# salinan\nkawal: 2\n")[0].starts_with("baris 2, kolom 8: kawal: tertulis versi 2"));
        assert!(refused("- a\n")[0].starts_with("baris 1"));
        assert!(refused("")[0].starts_with("baris 1"));
    }

    #[test]
    fn without_a_state_the_signing_date_decides() {
        assert_eq!(told("kawal: 1\n").state, State::Drafting);
        assert_eq!(told("kawal: 1\nsigning:\n  on: 2025-09-16\n").state, State::Signed);
        assert_eq!(told("kawal: 1\nsigning:\n  on: 2025-09-16\nstate: drafting\n").state, State::Drafting);
        let ended =
            "kawal: 1\nsigning:\n  on: 2025-09-16\nacts:\n  ended:\n    on: 2026-01-01\n    cause: mutual\n";
        assert_eq!(told(ended).state, State::Ended);
    }

    #[test]
    fn acts_that_cannot_have_happened_are_refused() {
        let signed = "kawal: 1\nsigning:\n  on: 2025-09-16\n";
        for (rest, said) in [
            ("state: ended\n", "tanpa catatan pengakhiran"),
            ("state: berjalan\n", "salah satu dari: drafting, signed, ended"),
            (
                "state: signed\nacts:\n  ended: {on: 2026-01-01, cause: mutual}\n",
                "bersama catatan pengakhiran",
            ),
            ("acts:\n  ended: {on: 2025-01-01, cause: mutual}\n", "tidak mendahului tanggal perjanjian"),
            ("acts:\n  ended: {on: 2026-01-01, cause: bosan}\n", "salah satu dari: mutual"),
            ("acts:\n  met:\n  - {step: laporan, due_on: 2025-12-31, on: 2026-01-01}\n", "renewal_letter"),
            ("acts:\n  lain: 1\n", "kunci yang tidak dikenal"),
        ] {
            let faults = refused(&format!("{signed}{rest}"));
            assert!(faults.len() == 1 && faults[0].contains(said), "{rest}: {faults:?}");
        }
        assert!(refused("kawal: 1\nstate: signed\n")[0].contains("signing.on"));
        assert!(
            refused("kawal: 1\nstate: drafting\nacts:\n  renewal_letter: {number: \"1\", on: 2026-01-01}\n")
                [0]
            .contains("rancangan")
        );
    }

    #[test]
    fn a_secret_is_never_repeated() {
        let faults = refused("kawal: 1\noperators:\n- nik: \"123\"\n- nik: 9901014101900001\n");
        assert_eq!(faults.len(), 2);
        assert!(!faults.concat().contains("123") && !faults.concat().contains("9901"), "{faults:?}");
    }

    #[test]
    fn json_says_the_same_as_yaml() {
        let json = "\u{FEFF}{\n\"kawal\": 1,\n\"user\": {\"number\": 12}}";
        let faults = read(json.as_bytes(), Syntax::Json).unwrap_err();
        assert_eq!((faults[0].line, faults[0].field.as_str()), (Some(3), "user.number"));
        let json = r#"{"kawal": 1, "signing": {"on": "2025-09-16"}}"#;
        assert_eq!(
            read(json.as_bytes(), Syntax::Json).unwrap(),
            told("kawal: 1\nsigning:\n  on: 2025-09-16\n")
        );
    }

    #[test]
    fn a_file_that_is_no_text_or_too_large_is_refused() {
        let faults = read(b"kawal: 1\nnote: \xff\n", Syntax::Yaml).unwrap_err();
        assert_eq!(faults[0].line, Some(2));
        assert!(read(&vec![b' '; MAX_BYTES + 1], Syntax::Yaml).is_err());
    }

    #[test]
    fn the_twins_come_back_byte_for_byte() {
        for twin in std::fs::read_dir("tests/fixtures/twins").unwrap() {
            let path = twin.unwrap().path();
            let first = read(&std::fs::read(&path).unwrap(), Syntax::Yaml).unwrap();
            let written = write_told(&first);
            let again = told(&written);
            assert_eq!(again, first, "{}", path.display());
            assert_eq!(write_told(&again), written, "{}", path.display());
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]

        #[test]
        fn whatever_is_written_reads_back_the_same(facts in any_facts()) {
            let first = Told { facts, ..Told::default() };
            let written = write_told(&first);
            let again = read(written.as_bytes(), Syntax::Yaml);
            proptest::prop_assert_eq!(again.as_ref(), Ok(&first), "{}", written);
            proptest::prop_assert_eq!(again.map(|told| write_told(&told)), Ok(written));
        }
    }
}
