//! Samples of institutions, all people and places invented.

use super::super::agreements::FactValue;
use super::super::agreements::samples as agreements;
use super::super::form::{Form, FormPage, FormSection};
use super::super::layout::{self, NavItem};
use super::super::parts::*;
use super::*;
use crate::domain::fact_sheet::catalogue::inside;
use crate::web::fact_form::FactForm;

/// The list.
pub(crate) fn list() -> InstitutionListPage {
    let row = |name: &str,
               kind: &str,
               head: Option<&str>,
               email: Option<&str>,
               agreements: &str,
               state: Option<Chip>| InstitutionRow {
        href: "/instansi/01981f2e".into(),
        name: name.into(),
        kind: kind.into(),
        head: head.map(Into::into),
        email: email.map(Into::into),
        agreements: agreements.into(),
        state,
    };
    InstitutionListPage {
        layout: layout::sample("Instansi & pejabat", NavItem::Institutions),
        summary: "64 instansi, 1 tanpa kepala yang menjabat, 1 tanpa surel".into(),
        acts: vec![Act::link("Instansi baru", "/instansi/baru").primary().icon("plus")],
        chips: vec![
            FilterChip { label: "Semua".into(), count: "64".into(), href: "/instansi".into(), current: true },
            FilterChip {
                label: "Tanpa kepala".into(),
                count: "1".into(),
                href: "/instansi?kurang=kepala".into(),
                current: false,
            },
            FilterChip {
                label: "Tanpa surel".into(),
                count: "1".into(),
                href: "/instansi?kurang=surel".into(),
                current: false,
            },
        ],
        rows: vec![
            row(
                "Dinas Perikanan Kabupaten Nusa Kencana",
                "Perangkat Daerah",
                Some("Bagas Wiranata, S.Pi., M.M."),
                Some("kepala@perikanan.nusakencana.example"),
                "2 perjanjian, 1 berlaku",
                None,
            ),
            row(
                "Pemerintah Desa Mekarsari",
                "Desa",
                Some("Sumarni"),
                None,
                "1 perjanjian, berlaku",
                Some(Chip::new(Tone::Attention, "tanpa surel")),
            ),
            row(
                "RSUD Tirta Husada",
                "Rumah sakit",
                None,
                Some("tu@rsudtirtahusada.example"),
                "1 perjanjian, berlaku",
                Some(Chip::new(Tone::Overdue, "tanpa kepala")),
            ),
        ],
        pager: Pager {
            shown: "Menampilkan 3 dari 64 instansi".into(),
            next: Some("/instansi?setelah=x".into()),
            ..Pager::default()
        },
        ..InstitutionListPage::default()
    }
}

/// One institution.
pub(crate) fn page() -> InstitutionPage {
    let official = |name: &str, capacity: &str, term: &str, email: Option<&str>, state: Chip| OfficialRow {
        name: name.into(),
        nip: "NIP 19790412 200501 1 007".into(),
        position: "Kepala Dinas Perikanan".into(),
        capacity: capacity.into(),
        term: term.into(),
        email: email.map(Into::into),
        state,
        acts: vec![Act::link("Ubah", "/instansi/01981f2e/pejabat/01981f30").small().bare()],
    };
    InstitutionPage {
        layout: layout::sample("Dinas Perikanan", NavItem::Institutions),
        crumbs: vec![Crumb::to("Instansi & pejabat", "/instansi"), Crumb::here("Dinas Perikanan")],
        name: "Dinas Perikanan Kabupaten Nusa Kencana".into(),
        kind: "Perangkat Daerah · Kabupaten Nusa Kencana".into(),
        acts: vec![Act::link("Ubah instansi", "/instansi/01981f2e/ubah").icon("pencil")],
        facts: vec![
            Fact {
                label: "Alamat".into(),
                value: FactValue::Text("Jalan Teluk Biru Nomor 8, Tirta Jaya".into()),
                note: None,
            },
            Fact { label: "Telepon".into(), value: FactValue::Text("(0299) 555 0134".into()), note: None },
            Fact { label: "Surel instansi".into(), value: FactValue::Missing, note: None },
        ],
        officials: vec![
            official(
                "Bagas Wiranata, S.Pi., M.M.",
                "Definitif",
                "sejak 2 Januari 2025",
                Some("kepala@perikanan.nusakencana.example"),
                Chip::new(Tone::Ok, "menjabat"),
            ),
            official(
                "Ir. Laksmi Paramita",
                "Plt.",
                "1 Agustus 2024 sampai dengan 1 Januari 2025",
                None,
                Chip::new(Tone::Quiet, "sudah berakhir"),
            ),
        ],
        add_official: Some(
            Act::link("Tambah pejabat", "/instansi/01981f2e/pejabat/baru").icon("plus").small(),
        ),
        agreements: agreements::list("").rows.drain(..1).collect(),
        ..InstitutionPage::default()
    }
}

/// The form of an official.
pub(crate) fn official_form() -> FormPage {
    let typed = [("nip", "1979041220050110"), ("name", "Bagas Wiranata")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut form = FactForm::posted(inside("user.official"), &typed);
    form.refuse_at("nip", "NIP terdiri atas 18 angka; yang diketik 16.");
    FormPage {
        layout: layout::sample("Pejabat baru", NavItem::Institutions),
        crumbs: vec![
            Crumb::to("Instansi & pejabat", "/instansi"),
            Crumb::to("Dinas Perikanan", "/instansi/01981f2e"),
            Crumb::here("Pejabat baru"),
        ],
        heading: "Pejabat baru".into(),
        lead: Some("Dinas Perikanan Kabupaten Nusa Kencana".into()),
        form: Form {
            action: "/instansi/01981f2e/pejabat/baru".into(),
            key: "k-3".into(),
            sections: vec![FormSection::new("pejabat", "Pejabat", form.all_items())],
            submit: "Simpan pejabat".into(),
            cancel: Some("/instansi/01981f2e".into()),
            ..Form::default()
        },
        ..FormPage::default()
    }
}

/// The form of an institution.
pub(crate) fn institution_form() -> FormPage {
    FormPage {
        layout: layout::sample("Instansi baru", NavItem::Institutions),
        crumbs: vec![Crumb::to("Instansi & pejabat", "/instansi"), Crumb::here("Instansi baru")],
        heading: "Instansi baru".into(),
        form: Form {
            action: "/instansi/baru".into(),
            key: "k-3".into(),
            sections: vec![FormSection::new(
                "instansi",
                "",
                FactForm::posted(inside("user.institution"), &[]).all_items(),
            )],
            submit: "Simpan instansi".into(),
            ..Form::default()
        },
        ..FormPage::default()
    }
}
