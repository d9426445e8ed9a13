//! Settings of the office.

use uuid::Uuid;

use super::pages::form::Typed;
use crate::clock::Zone;
use crate::domain::fact_sheet::RegionKind;
use crate::store::offices::Office;

/// The office that a form describes; refuses what does not hold, beside its field.
pub fn office_from(typed: &mut Typed, id: Uuid, version: i32) -> Option<Office> {
    let needed = [
        ("office_name", "Isi nama kantor."),
        ("region_name", "Isi nama wilayah."),
        ("address", "Isi alamat kantor."),
        ("sender_name", "Isi nama pengirim."),
    ];
    for (name, reason) in needed {
        if typed.text(name).is_empty() {
            typed.refuse(name, reason);
        } else if typed.text(name).chars().count() > 300 {
            typed.refuse(name, "Paling banyak 300 huruf.");
        }
    }
    let optional =
        |typed: &Typed, name: &str| Some(typed.text(name).to_owned()).filter(|text| !text.is_empty());
    for name in ["reply_to", "email"] {
        if let Some(address) = optional(typed, name)
            && !validator::ValidateEmail::validate_email(&address)
        {
            typed.refuse(name, "Isi alamat surel yang lengkap, misalnya dukcapil@contoh.go.id.");
        }
    }
    let kind = RegionKind::ALL.iter().copied().find(|kind| kind.code() == typed.text("region_kind"));
    if kind.is_none() {
        typed.refuse("region_kind", "Pilih jenis wilayah.");
    }
    let zone = Zone::parse(&typed.text("zone").to_lowercase());
    if zone.is_none() {
        typed.refuse("zone", "Pilih zona waktu.");
    }
    let (Some(region_kind), Some(zone), false) = (kind, zone, typed.refused()) else { return None };
    let name = typed.text("office_name").to_owned();
    let region_name = typed.text("region_name").to_owned();
    let reply_to = optional(typed, "reply_to");
    Some(Office {
        id,
        version,
        short_name: format!("Disdukcapil {} {region_name}", region_kind.label()),
        name,
        region_kind,
        region_code: optional(typed, "region_code"),
        head_title: optional(typed, "region_head_title")
            .unwrap_or_else(|| region_kind.head_title().to_owned()),
        region_name,
        address: typed.text("address").to_owned(),
        phone: optional(typed, "phone"),
        email: optional(typed, "email").or_else(|| reply_to.clone()),
        zone,
        sender_name: typed.text("sender_name").to_owned(),
        reply_to,
    })
}
