//! What the wordings of a Juknis may say beside the facts of every paper, under `juknis`, and both
//! offices by their short names as `office` and `agency`.

use minijinja::value::merge_maps;
use minijinja::{Value, context};

use super::*;
use crate::documents::juknis::Attachments;

/// Fields of the element "alamat sekarang" (domain: one element, eight fields).
const ADDRESS_FIELDS: [&str; 8] = [
    "alamat",
    "nama provinsi",
    "nama kabupaten/kota",
    "kode kecamatan",
    "nama kecamatan",
    "nama desa/kelurahan",
    "RT",
    "RW",
];

/// Everything the wordings of a Juknis may say.
pub fn juknis(sheet: &FactSheet, stage: Stage, attachments: &Attachments) -> Value {
    let (office, agency) = (called(&sheet.provider), called(&sheet.user));
    let fields = user_id_fields(sheet.letters.access_request.form, &agency.name);
    let facts = facts(sheet, stage);
    context! {
        office => name_or_gap(&office, Side::Provider),
        agency => name_or_gap(&agency, Side::User),
        juknis => context! {
            conjunction => sheet.form.conjunction.label(),
            agreement_date => agreement_date(sheet, stage),
            office_named => office.is_short,
            agency_named => agency.is_short,
            office_address => needed_phrase(sheet.provider.institution.address.as_deref(), "alamat PIHAK KESATU"),
            head_of_agency => needed(sheet.user.official.position.as_deref(), "jabatan PIHAK KEDUA"),
            topology => attachments.topology.map_or_else(|| Value::from(()), Value::from),
            service_flow => attachments.service_flow.map_or_else(|| Value::from(()), Value::from),
            elements => elements(&sheet.access),
            responses => messages(),
            field_count => number_with_words(fields.len() as u64),
            fields,
            user_ids => optional_count(sheet.access.user_ids),
            user_id_within => sheet.access.user_id_within_weeks.map_or_else(
                || Value::from(()),
                |weeks| format!("{} minggu", number_with_words(weeks.into())).into(),
            ),
            quota => sheet.access.quota.iter().map(quota).collect::<Vec<_>>(),
            quota_limited => sheet.access.quota.is_empty()
                || sheet.access.quota.iter().any(|quota| quota.stage != QuotaStage::BeforePoc && quota.per_day.is_some()),
            no_quota => gap("kuota akses"),
            poc => needs_proof_of_concept(sheet),
            report_format_from => optional_phrase(sheet.papers.juknis.report_format_from.as_deref()),
            office_contacts => contacts(sheet, Side::Provider),
            agency_contacts => contacts(sheet, Side::User),
            no_office_contact => gap("narahubung PIHAK KESATU"),
            no_agency_contact => gap("narahubung PIHAK KEDUA"),
            renewal_here => sheet.renewal.stated_in == RenewalSource::Juknis,
            ..merge_maps([reporting(&sheet.reporting), feedback_ways(&sheet.feedback), connection(sheet)])
        },
        ..facts
    }
}

/// Whether new applications are to be proved: the Juknis says so, or its quota depends on it.
pub fn needs_proof_of_concept(sheet: &FactSheet) -> bool {
    sheet.papers.juknis.proof_of_concept
        || sheet.access.quota.iter().any(|quota| quota.stage != QuotaStage::Whole)
}

/// The day of the agreement, for a paper that cites it; a gap while it is unknown.
pub fn agreement_date(sheet: &FactSheet, stage: Stage) -> Value {
    dated(stage, "signing.on/long", sheet.signing.on, "tanggal penandatanganan", date_long)
}

/// The columns of the form for a User ID, in its order.
pub fn user_id_fields(form: UserIdForm, agency: &Option<String>) -> Vec<String> {
    let mut fields: Vec<String> = [
        "Nomor Induk Kependudukan",
        "nama lengkap",
        "Nomor Induk Pegawai",
        "status kepegawaian",
        "jabatan",
        "kode wilayah kantor",
        "nama dan alamat kantor",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    if form == UserIdForm::Eight {
        let of_agency = agency.as_ref().map(|agency| format!(" {agency}")).unwrap_or_default();
        fields.push(format!("User ID lokal penerima hak akses pada aplikasi internal{of_agency}"));
    }
    fields
}

/// How a Juknis calls an institution.
struct Called {
    name: Option<String>,
    is_short: bool,
}

fn called(party: &Party) -> Called {
    let name = known(party.institution.name.as_deref());
    match known(party.institution.short_name.as_deref()).filter(|short| Some(short) != name.as_ref()) {
        Some(short) => Called { name: Some(short), is_short: true },
        None => Called { name, is_short: false },
    }
}

fn name_or_gap(called: &Called, side: Side) -> Value {
    needed(called.name.as_deref(), &format!("nama instansi {}", role(side)))
}

fn elements(access: &Access) -> Vec<Value> {
    let listed = access.elements.iter().map(|element| {
        let fields = (*element == DataElement::Address).then(|| join_list(&ADDRESS_FIELDS));
        context! { name => element.label(), fields => fields.map_or_else(|| Value::from(()), Value::from) }
    });
    let others = known_items(&access.other_elements);
    listed.chain(others.into_iter().map(|name| context! { name, fields => Value::from(()) })).collect()
}

/// What a lookup answers where it shows no data.
fn messages() -> Vec<&'static str> {
    Response::ALL.iter().filter(|response| **response != Response::Found).map(|one| one.label()).collect()
}

fn quota(quota: &Quota) -> Value {
    context! { stage => quota.stage.code(), per_day => optional_count(quota.per_day) }
}

fn contacts(sheet: &FactSheet, side: Side) -> Vec<Value> {
    let of_side = sheet.contacts.iter().filter(|contact| contact.side == side);
    of_side
        .map(|contact| {
            let phone = known(contact.phone.as_deref()).map(|phone| without_brackets(&phone));
            context! {
                name => needed(contact.name.as_deref(), &format!("nama narahubung {}", role(side))),
                position => optional_phrase(contact.position.as_deref()),
                phone => phone.map_or_else(|| Value::from(()), Value::from),
            }
        })
        .collect()
}

/// "(0899-0000-0501)" → "0899-0000-0501"; "(0995) 771204" stays.
fn without_brackets(phone: &str) -> String {
    let inside = phone.strip_prefix('(').and_then(|phone| phone.strip_suffix(')'));
    inside.filter(|inside| !inside.contains(['(', ')'])).unwrap_or(phone).to_owned()
}

fn reporting(reporting: &Reporting) -> Value {
    let channels = known_items(&reporting.channels);
    let email = known(reporting.email.as_deref());
    let by_mail_alone = channels.is_empty() && email.is_some();
    context! {
        report_channels => match channels.as_slice() {
            [] if by_mail_alone => Value::from("surel"),
            [] => gap("cara menyampaikan laporan"),
            channels => join_list(channels).into(),
        },
        report_email => email.map_or_else(|| Value::from(()), Value::from),
        grace => optional_count(reporting.grace_working_days.filter(|days| *days > 0)),
    }
}

fn feedback_ways(feedback: &Feedback) -> Value {
    let items = known_items(&feedback.items);
    let by_nik = !items.iter().any(|item| item.eq_ignore_ascii_case("nik"));
    let channels: Vec<&str> = feedback.channels.iter().map(|channel| channel.label()).collect();
    context! {
        feedback_items => items,
        feedback_by_nik => by_nik,
        feedback_channels => if channels.is_empty() { gap("cara mengirim data balikan") } else { join_list(&channels).into() },
        feedback_url => optional(feedback.url.as_deref()),
        feedback_medium => feedback.channels.contains(&FeedbackChannel::Medium),
    }
}

fn connection(sheet: &FactSheet) -> Value {
    let network = &sheet.network;
    let appointed = phrase(sheet.letters.network_provider.provider.as_deref());
    // What the PKS calls "dengan biaya sendiri" where nobody else pays.
    let payer = match (network.paid_by, network.arrangement) {
        (NetworkPayer::Unstated, NetworkArrangement::UserProvides) => NetworkPayer::User,
        (payer, _) => payer,
    };
    context! {
        ip_lan => optional(network.ip_lan.as_deref()),
        network_provider => appointed.or_else(|| phrase(network.facilitator.as_deref())).map_or_else(|| Value::from(()), Value::from),
        bandwidth => needed_phrase(network.bandwidth.as_deref(), "bandwidth"),
        bandwidth_known => phrase(network.bandwidth.as_deref()).is_some(),
        payer => payer.code(),
        target => optional_phrase(network.target.as_deref()),
        target_on => network.target_on.map_or_else(|| Value::from(()), |on| date_long(on).into()),
    }
}
