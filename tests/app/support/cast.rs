//! The people and places of the stories. All are invented.

use chrono::NaiveDate;
use kawal::clock::Zone;
use kawal::domain::fact_sheet::{
    FactSheet, Institution, InstitutionKind, Official, Party, Region, RegionKind, RenewalSource,
};
use kawal::store::offices::Office;
use uuid::Uuid;

/// Password of everybody in the cast.
pub const PASSWORD: &str = "kuda laut menari";

/// Staff of Nusa Kencana.
pub const RINI: (&str, &str) = ("rini@nusakencana.example", "Rini Wulandari");
/// Approver of Nusa Kencana.
pub const BAGUS: (&str, &str) = ("bagus@nusakencana.example", "Bagus Prasetyo");
/// Administrator of Nusa Kencana.
pub const DEWI: (&str, &str) = ("dewi@nusakencana.example", "Dewi Anggraini");
/// Auditor of Nusa Kencana.
pub const HENDRA: (&str, &str) = ("hendra@nusakencana.example", "Hendra Saputra");
/// Head of the fisheries agency of Nusa Kencana, with an account.
pub const WIRA: (&str, &str) = ("wira@perikanan.example", "Wira Adinata");
/// Staff of Tirta Jaya.
pub const SARI: (&str, &str) = ("sari@tirtajaya.example", "Sari Puspita");

/// A civil date.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Disdukcapil Kabupaten Nusa Kencana, Western Indonesia.
pub fn nusa_kencana(id: Uuid) -> Office {
    Office {
        id,
        version: 1,
        name: "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana".into(),
        short_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
        region_kind: RegionKind::Kabupaten,
        region_name: "Nusa Kencana".into(),
        region_code: Some("99.01".into()),
        head_title: "Bupati".into(),
        address: "Jalan Kencana Raya Nomor 1".into(),
        phone: None,
        email: Some("pks@nusakencana.example".into()),
        zone: Zone::Wib,
        sender_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
        reply_to: Some("layanan@nusakencana.example".into()),
    }
}

/// Disdukcapil Kota Tirta Jaya, Central Indonesia.
pub fn tirta_jaya(id: Uuid) -> Office {
    Office {
        id,
        version: 1,
        name: "Dinas Kependudukan dan Pencatatan Sipil Kota Tirta Jaya".into(),
        short_name: "Disdukcapil Kota Tirta Jaya".into(),
        region_kind: RegionKind::Kota,
        region_name: "Tirta Jaya".into(),
        region_code: Some("99.71".into()),
        head_title: "Wali Kota".into(),
        address: "Jalan Tirta Nomor 2".into(),
        phone: None,
        email: Some("pks@tirtajaya.example".into()),
        zone: Zone::Wita,
        sender_name: "Disdukcapil Kota Tirta Jaya".into(),
        reply_to: None,
    }
}

/// An official who heads an agency.
pub fn head(name: &str, agency: &str, email: Option<&str>) -> Official {
    Official {
        name: Some(name.into()),
        position: Some(format!("Kepala {agency}")),
        email: email.map(Into::into),
        ..Official::default()
    }
}

/// A running agreement of an office with an agency, signed and ending on these days.
pub fn agreement(office: &Office, agency: &str, head: Official, signed_on: &str, ends_on: &str) -> FactSheet {
    let region = Region {
        kind: office.region_kind,
        name: Some(office.region_name.clone()),
        code: office.region_code.clone(),
        ..Region::default()
    };
    let mut facts = FactSheet {
        provider: Party { institution: office.institution(), ..Party::default() },
        user: Party {
            institution: Institution {
                name: Some(agency.into()),
                kind: InstitutionKind::RegionalOffice,
                region,
                ..Institution::default()
            },
            official: head,
            ..Party::default()
        },
        ..FactSheet::default()
    };
    facts.subject.purpose = Some("verifikasi dan validasi data penerima layanan".into());
    facts.signing.on = Some(day(signed_on));
    facts.term.end_on = Some(day(ends_on));
    facts.renewal.stated_in = RenewalSource::Juknis;
    facts
}

/// Name of the fisheries agency.
pub const FISHERIES: &str = "Dinas Perikanan Kabupaten Nusa Kencana";

/// The fisheries agency's agreement: until 16 September 2027, so the letter is due on Friday 16 July
/// 2027 and its first reminder on 16 June.
pub fn fisheries(office: &Office) -> FactSheet {
    let wira = Official {
        degrees_before: Some("Drs.".into()),
        degrees_after: Some("M.Si.".into()),
        ..head(WIRA.1, FISHERIES, Some(WIRA.0))
    };
    let mut facts = agreement(office, FISHERIES, wira, "2025-09-16", "2027-09-16");
    facts.provider.number = Some("400.12/17/PKS/2025".into());
    facts.user.number = Some("523/41/2025".into());
    facts
}

/// The social agency of Tirta Jaya, ending on the same day as [`fisheries`].
pub fn social_agency(office: &Office) -> FactSheet {
    let agency = "Dinas Sosial Kota Tirta Jaya";
    let ayu = head("Ayu Kartika", agency, Some("ayu@dinsos.example"));
    agreement(office, agency, ayu, "2025-09-16", "2027-09-16")
}
