//! The command line is a contract: what is printed, where, and with which exit status.

use std::path::Path;
use std::process::{Command, Output};

use chrono::Days;
use kawal::clock::{Clock, Zone};
use serde_json::Value;
use tempfile::TempDir;

use super::support::twins;

/// An installation that only commands touch.
struct Installation {
    folder: TempDir,
}

impl Installation {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_kawal"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("USER", "rini")
            .env("KAWAL_DATA", self.folder.path().join("data"))
            .output()
            .unwrap();
        Said::of(&output)
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self.path(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    fn done(self) -> String {
        assert_eq!(self.status, 0, "{}", self.err);
        self.out
    }

    #[track_caller]
    fn refused(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (1, ""), "{}", self.err);
        self.err
    }

    #[track_caller]
    fn misused(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{}", self.err);
        self.err
    }
}

fn twin(name: &str) -> String {
    twins::path(name).to_string_lossy().into_owned()
}

#[test]
fn a_file_comes_in_is_found_by_every_name_and_goes_out_again() {
    let kawal = Installation::new();
    let said = kawal.run(&["import", &twin("bpbd"), &twin("bpbd")]);
    assert_eq!(said.status, 1, "the second time its numbers are taken");
    assert!(said.out.contains("kantor Dinas Kependudukan") && said.out.contains("disimpan"), "{}", said.out);
    assert!(said.err.contains("provider.number") && said.err.contains("sudah dipakai"), "{}", said.err);
    let id = said.out.lines().last().unwrap().rsplit(' ').next().unwrap().to_owned();

    for (name, file) in [
        (id.as_str(), "id.yaml"),
        (&id[..30], "awal-id.yaml"),
        ("400.12/64/DUKCAPIL/2025", "nomor-kesatu.yaml"),
        ("100.3.7/021/bpbd/2025", "nomor-kedua.yaml"),
        ("100.3.7/021", "awalan.yaml"),
    ] {
        kawal.run(&["export", name, "--out", file]).done();
        assert_eq!(kawal.read(file), kawal.read("id.yaml"), "{name}");
    }

    let other = Installation::new();
    other.run(&["import", &kawal.path("id.yaml")]).done();
    other.run(&["export", "100.3.7", "--out", "id.yaml"]).done();
    assert_eq!(other.read("id.yaml"), kawal.read("id.yaml"));
}

#[test]
fn two_agreements_that_match_are_listed_and_none_is_chosen() {
    let kawal = Installation::new();
    kawal.run(&["import", &twin("bpbd")]).done();
    let second = std::fs::read_to_string(twin("bpbd"))
        .unwrap()
        .replace("400.12/64/DUKCAPIL/ 2025", "400.12/66/DUKCAPIL/2025")
        .replace("400.12/65/DUKCAPIL/2025", "400.12/67/DUKCAPIL/2025")
        .replace("100.3.7/021/BPBD/2025", "100.3.7/022/BPBD/2025");
    let second = kawal.write("kedua.yaml", &second);
    kawal.run(&["import", &second]).done();
    let reason = kawal.run(&["export", "400.12", "--out", "a.yaml"]).refused();
    assert!(
        reason.contains("400.12/64/DUKCAPIL/ 2025") && reason.contains("400.12/66/DUKCAPIL/2025"),
        "{reason}"
    );
    assert!(!Path::new(&kawal.path("a.yaml")).exists());
    let reason = kawal.run(&["export", "999", "--out", "a.yaml"]).refused();
    assert!(reason.contains("tidak ada perjanjian"), "{reason}");
    kawal.run(&["export", "400.12/66", "--out", "a.yaml"]).done();
}

#[test]
fn a_faulty_file_is_refused_with_every_line_and_not_even_a_database_is_made() {
    let kawal = Installation::new();
    let faulty = kawal.write(
        "salah.yaml",
        "kawal: 1\nuser:\n  number: 12\n  official:\n    nip: \"1980\"\nsigning:\n  on: 2025-02-30\n  no: 2025-02-28\n",
    );
    let reason = kawal.run(&["import", &faulty]).refused();
    for said in
        ["baris 3, kolom 11: user.number", "baris 5, kolom 10: user.official.nip", "baris 7", "baris 8"]
    {
        assert!(reason.contains(said), "{said} in {reason}");
    }
    assert_eq!(reason.lines().count(), 4, "{reason}");
    assert!(!Path::new(&kawal.path("data")).exists());
    let list = kawal.write("daftar.csv", "nama_instansi;email\nDinas Perikanan;x\n");
    assert!(kawal.run(&["import", "--dry-run", &list]).refused().contains("kolom \"email\""));
    assert!(kawal.run(&["import", &kawal.write("a.docx", "x")]).refused().contains(".docx"));
    assert!(kawal.run(&["import", "tiada.yaml"]).refused().contains("tidak dapat dibuka"));
}

#[test]
fn a_dry_run_leaves_the_installation_empty() {
    let kawal = Installation::new();
    let out = kawal.run(&["import", "--dry-run", &twin("desa")]).done();
    assert!(out.contains("akan dibuka") && out.contains("akan disimpan"), "{out}");
    assert_eq!(kawal.run(&["deadlines", "--json"]).done().trim(), "[]");
}

#[test]
fn an_agreement_inside_its_window_is_reminded_as_soon_as_it_is_imported() {
    let kawal = Installation::new();
    let today = Clock::System.today(Zone::Wib);
    let (signed, ends) = (today - Days::new(700), today + Days::new(30));
    let text = std::fs::read_to_string(twin("bpbd"))
        .unwrap()
        .replace("on: 2025-06-11", &format!("on: {signed}"))
        .replace("  target_on: 2025-07-25\n", "")
        .replace("  months: 24\n", &format!("  end_on: {ends}\n"));
    let out = kawal.run(&["import", &kawal.write("berjalan.yaml", &text)]).done();
    assert!(out.contains("pengingat perpanjangan disiapkan untuk Satria"), "{out}");
    assert!(out.contains("<kalaksa.bpbd@telukkirana.example>"), "{out}");
}

#[test]
fn deadlines_are_listed_with_exactly_the_promised_keys() {
    let kawal = Installation::new();
    let said = kawal.run(&["deadlines", "--from", &twin("bpbd"), "--on", "2026-01-15", "--json"]).done();
    let list: Vec<Value> = serde_json::from_str(&said).unwrap();
    for deadline in &list {
        let keys: Vec<&str> = deadline.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["clause", "due_on", "holder", "rule", "source", "state", "step"]);
    }
    let of = |step: &str| list.iter().find(|deadline| deadline["step"] == step).unwrap();
    assert_eq!(of("renewal_letter")["due_on"], "2027-04-10");
    assert_eq!(of("renewal_letter")["clause"], "Petunjuk Teknis angka VI huruf F");
    assert_eq!(of("renewal_letter")["source"], "paper");
    assert_eq!(
        (&of("agreement_end")["due_on"], &of("agreement_end")["holder"]),
        (&"2027-06-10".into(), &"provider".into())
    );
    assert_eq!(of("iso_certificate")["state"], "overdue");
    let clause = of("agreement_end")["clause"].as_str().unwrap();
    assert!(clause.starts_with("Pasal "), "{clause}");
    assert!(!Path::new(&kawal.path("data")).exists(), "no database is needed");

    kawal.run(&["import", &twin("bpbd")]).done();
    let stored = kawal.run(&["deadlines", "100.3.7", "--on", "2026-01-15", "--json"]).done();
    assert_eq!(serde_json::from_str::<Vec<Value>>(&stored).unwrap(), list);
    let all = kawal.run(&["deadlines", "--on", "2026-01-15", "--json"]).done();
    let all: Vec<Value> = serde_json::from_str(&all).unwrap();
    assert!(all.len() == list.len() && all[0]["agreement"].is_string());
    let table = kawal.run(&["deadlines", "--on", "2026-01-15"]).done();
    assert!(table.contains("10 April 2027") && table.contains("Surat perpanjangan"), "{table}");
}

#[test]
fn every_twin_is_printed_from_its_file_in_every_form() {
    let kawal = Installation::new();
    for (name, _) in twins() {
        for ending in ["pdf", "docx", "html", "txt"] {
            let out = format!("{name}.{ending}");
            let said = kawal.run(&["render", "--from", &twin(&name), "pks", "--final", "--out", &out]);
            assert_eq!(said.status, 0, "{name}: {}", said.err);
            let bytes = std::fs::read(kawal.path(&out)).unwrap();
            match ending {
                "pdf" => assert!(bytes.starts_with(b"%PDF-")),
                "docx" => assert!(bytes.starts_with(b"PK")),
                "html" => {
                    let page = String::from_utf8(bytes).unwrap();
                    assert!(page.starts_with("<!DOCTYPE html>") && page.contains(".paper {"), "{name}");
                }
                _ => assert!(String::from_utf8(bytes).unwrap().to_lowercase().contains("pasal 1"), "{name}"),
            }
        }
    }
    assert!(!Path::new(&kawal.path("data")).exists(), "no database is needed");
}

#[test]
fn a_paper_with_gaps_is_a_draft_and_never_final() {
    let kawal = Installation::new();
    let draft = kawal.write(
        "rancangan.yaml",
        "kawal: 1\nuser:\n  institution:\n    name: Dinas Perikanan Kota Tirta Jaya\n",
    );
    let said = kawal.run(&["render", "--from", &draft, "pks", "--out", "a.txt"]);
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("DRAF") && said.err.contains("nomor PIHAK KESATU"), "{}", said.err);
    assert!(kawal.read("a.txt").contains("DRAF"));
    let reason = kawal.run(&["render", "--from", &draft, "pks", "--final", "--out", "b.txt"]).refused();
    assert!(reason.contains("nomor PIHAK KESATU"), "{reason}");
    assert!(!Path::new(&kawal.path("b.txt")).exists());
    let reason = kawal.run(&["render", "--from", &draft, "surat-pemberitahuan", "--out", "b.txt"]).refused();
    assert!(reason.contains("hari terakhir berlaku"), "{reason}");
}

#[test]
fn a_juknis_with_an_empty_attachment_is_never_final() {
    let kawal = Installation::new();
    let args = |from: &str| {
        ["render", "--from", from, "juknis", "--final", "--out", "juknis.txt"].map(ToOwned::to_owned)
    };
    let run = |from: &str| kawal.run(&args(from).iter().map(String::as_str).collect::<Vec<_>>());
    run(&twin("bpbd")).done();
    let facts = std::fs::read_to_string(twin("bpbd")).unwrap();
    let (before, after) = facts.split_once("    service_steps:\n").unwrap();
    let after = &after[after.find("    report_format_from:").unwrap()..];
    let without = kawal.write("tanpa-alur.yaml", &format!("{before}{after}"));
    assert!(run(&without).refused().contains("alur layanan (Lampiran II)"));
}

#[test]
fn the_statement_of_one_person_is_printed_by_number() {
    let kawal = Installation::new();
    let from = twin("bpbd");
    kawal.run(&["render", "--from", &from, "nda-2", "--final", "--out", "nda.txt"]).done();
    let statement = kawal.read("nda.txt");
    assert!(statement.contains("Mirah Delima") && !statement.contains("Satria Negara"), "{statement}");
    let said = kawal.run(&["render", "--from", &from, "nda-3", "--out", "nda.txt"]);
    assert_ne!(said.status, 0, "two persons, no third");
}

#[test]
fn a_duty_whose_clause_nobody_typed_cites_the_paper_that_is_printed() {
    let kawal = Installation::new();
    let facts = std::fs::read_to_string(twin("bpbd")).unwrap();
    let clause = "  clause: Petunjuk Teknis angka VI huruf F\n";
    assert!(facts.contains(clause));
    let without = kawal.write("tanpa-rujukan.yaml", &facts.replace(clause, ""));
    let told = |from: &str| kawal.run(&["deadlines", "--from", from, "--on", "2026-01-15", "--json"]).done();
    assert_eq!(told(&without), told(&twin("bpbd")));
}

#[test]
fn the_notice_of_renewal_is_printed_as_of_a_day() {
    let kawal = Installation::new();
    kawal.run(&["import", &twin("dinas_sosial")]).done();
    let number = {
        let (_, told) = twins().into_iter().find(|(name, _)| name == "dinas_sosial").unwrap();
        told.facts.user.number.unwrap()
    };
    let args = ["render", &number, "surat-pemberitahuan", "--on", "2026-02-03", "--out", "surat.txt"];
    kawal.run(&args).done();
    let letter = kawal.read("surat.txt");
    assert!(letter.contains("3 Februari 2026") && !letter.contains("DRAF"), "{letter}");
}

#[test]
fn wrong_usage_ends_with_two_and_what_is_to_come_with_one() {
    let kawal = Installation::new();
    let from = twin("desa");
    for args in [
        &["render", "--from", &from, "sertifikat", "--out", "a.pdf"][..],
        &["render", "--from", &from, "desa", "pks", "--out", "a.pdf"],
        &["render", "pks", "--out", "a.pdf"],
        &["render", "--from", &from, "pks", "--out", "a.odt"],
        &["render", "--from", &from, "pks"],
        &["export", "x", "--out", "a.json"],
        &["deadlines", "--on", "kemarin"],
        &["deadlines", "x", "--from", &from],
        &["import"],
        &["tiada"],
    ] {
        assert!(!kawal.run(args).misused().is_empty(), "{args:?}");
    }
}

#[test]
fn the_schema_is_printed() {
    let schema: Value = serde_json::from_str(&Installation::new().run(&["schema"]).done()).unwrap();
    assert_eq!(schema["properties"]["kawal"]["const"], 1);
    assert_eq!(schema["properties"]["user"]["properties"]["official"]["properties"]["nip"]["type"], "string");
}
