//! Forms of an agreement: sign, end, renewal letter, register. The form of all facts is built by its
//! handler from the catalogue of facts.
//!
//! Each function takes what is stored or what was typed as [`Typed`] and gives the sections of a
//! [`FormPage`](super::form::FormPage); the names of the fields are those the handler reads.

use super::form::{Choice, FieldKind, FormSection, Typed};

/// Ways to state the end of an agreement: value posted and name.
pub const END_RULES: &[(&str, &str)] = &[
    ("tanggal", "Tanggal tertulis di naskah"),
    ("dua_tahun", "Dua tahun sejak ditandatangani"),
    ("bulan", "Sejumlah bulan sejak ditandatangani"),
];

/// Capacities in which an office is held: value posted and name.
pub const CAPACITIES: &[(&str, &str)] =
    &[("definitif", "Definitif"), ("plt", "Pelaksana tugas (Plt.)"), ("plh", "Pelaksana harian (Plh.)")];

/// A print that may have been signed.
#[derive(Debug, Clone, Default)]
pub struct SignablePrint {
    /// Value posted.
    pub id: String,
    /// "Siap tanda tangan, 2 November 2026 09.00 WIB".
    pub label: String,
    /// Its hash, what it leaves blank.
    pub note: String,
}

/// `/perjanjian/{id}/tandatangan`: `print` where something was printed, `signed_on`, `place`,
/// `provider_number`, `user_number`, `provider_signed_on`, `user_signed_on`.
pub fn sign_sections(typed: &Typed, prints: &[SignablePrint], composed: &str) -> Vec<FormSection> {
    let mut sections = signing_sections(typed);
    if !prints.is_empty() {
        let chosen = typed.text("print");
        let mut choices: Vec<Choice> = prints
            .iter()
            .map(|print| Choice {
                value: print.id.clone(),
                label: print.label.clone(),
                note: Some(print.note.clone()),
                chosen: chosen == print.id,
            })
            .collect();
        choices.push(Choice {
            value: COMPOSED.to_owned(),
            label: "Bukan salah satu dari ini".to_owned(),
            note: Some(composed.to_owned()),
            chosen: chosen == COMPOSED,
        });
        let field = typed.field("print", "Cetakan yang ditandatangani", FieldKind::Radios(choices));
        sections.insert(
            0,
            FormSection::new("cetakan", "Naskah", vec![field.into()])
                .intro("Teks cetakan itulah yang dibekukan, kata demi kata; nomor yang masih kosong diisikan padanya."),
        );
    }
    sections
}

/// Value posted where what was signed was not printed by Kawal.
pub const COMPOSED: &str = "susun";

fn signing_sections(typed: &Typed) -> Vec<FormSection> {
    vec![
        FormSection::new(
            "tanda-tangan",
            "Tanda tangan",
            vec![
                typed
                    .date_field("signed_on", "Tanggal di naskah")
                    .help("Tanggal pada kalimat “Pada hari ini …”.")
                    .half()
                    .into(),
                typed
                    .text_field("place", "Tempat")
                    .help("Kosongkan bila naskah tidak menyebutnya.")
                    .half()
                    .into(),
                typed
                    .text_field("provider_number", "Nomor Pihak Kesatu")
                    .help("Persis seperti tertulis.")
                    .half()
                    .into(),
                typed
                    .text_field("user_number", "Nomor Pihak Kedua")
                    .help("Persis seperti tertulis.")
                    .half()
                    .into(),
            ],
        )
        .intro("Nomor yang belum ada boleh kosong bila cetakannya mengosongkannya; didaftarkan kemudian."),
        FormSection::new(
            "tanggal-pihak",
            "Bila kedua pihak tidak menandatangani pada hari yang sama",
            vec![
                typed.date_field("provider_signed_on", "Pihak Kesatu menandatangani").half().into(),
                typed.date_field("user_signed_on", "Pihak Kedua menandatangani").half().into(),
            ],
        )
        .intro("Boleh kosong: keduanya dianggap menandatangani pada tanggal di naskah."),
    ]
}

/// `/perjanjian/{id}/akhiri`: `cause`, `ended_on`, `letter_number`.
pub fn end_sections(typed: &Typed) -> Vec<FormSection> {
    vec![FormSection::new(
        "akhir",
        "",
        vec![
            typed.radio_field("cause", "Sebab", crate::domain::acts::EndCause::CHOICES).into(),
            typed
                .date_field("ended_on", "Hari terakhir berlaku")
                .help("Sesudah hari ini pun boleh; sampai hari itu perjanjian tetap berlaku.")
                .half()
                .into(),
            typed
                .text_field("letter_number", "Nomor surat")
                .help("Surat yang menyatakan pengakhiran.")
                .half()
                .into(),
        ],
    )]
}

/// `/perjanjian/{id}/surat-perpanjangan`: `letter_number`, `letter_on`.
pub fn renewal_letter_sections(typed: &Typed) -> Vec<FormSection> {
    vec![FormSection::new(
        "surat",
        "",
        vec![
            typed.text_field("letter_number", "Nomor surat").help("Persis seperti tertulis.").half().into(),
            typed.date_field("letter_on", "Tanggal surat").half().into(),
        ],
    )]
}

/// `/perjanjian/{id}/selesai/{step}/{due_on}`: `met_on`, `note`.
pub fn met_sections(typed: &Typed) -> Vec<FormSection> {
    vec![FormSection::new(
        "selesai",
        "",
        vec![
            typed.date_field("met_on", "Dipenuhi pada").half().into(),
            typed
                .text_field("note", "Bukti")
                .help("Surat, berita acara, atau keterangan singkat. Boleh kosong.")
                .half()
                .into(),
        ],
    )]
}

/// `/perjanjian/daftarkan`: `agency`, `about`, `provider_number`, `user_number`, `head_name`,
/// `head_position`, `head_capacity`, `head_email`, `signed_on`, `end_rule`, `ends_on`, `months`.
pub fn register_sections(typed: &Typed) -> Vec<FormSection> {
    vec![
        FormSection::new(
            "lembaga",
            "Lembaga pengguna dan kepalanya sekarang",
            vec![
                typed.text_field("agency", "Nama lembaga").help("Misalnya: Dinas Perikanan Kabupaten Nusa Kencana.").into(),
                typed.text_field("head_name", "Nama kepala").help("Dengan gelar di depan dan di belakang.").half().into(),
                typed.select_field("head_capacity", "Kedudukan", CAPACITIES).half().into(),
                typed.text_field("head_position", "Jabatan").help("Misalnya: Kepala Dinas Perikanan.").half().into(),
                typed.email_field("head_email", "Surel").help("Ke sinilah pengingat dikirim. Tanpa surel, Kawal menyiapkan surat cetak.").half().into(),
            ],
        ),
        FormSection::new(
            "perjanjian",
            "Perjanjian",
            vec![
                typed.area_field("about", "Tentang").help("Seperti di judul naskah. Boleh menyusul.").into(),
                typed.text_field("provider_number", "Nomor Pihak Kesatu").help("Bila diketahui, persis seperti tertulis.").half().into(),
                typed.text_field("user_number", "Nomor Pihak Kedua").help("Bila diketahui, persis seperti tertulis.").half().into(),
            ],
        ),
        FormSection::new(
            "masa",
            "Masa berlaku",
            vec![
                typed.date_field("signed_on", "Ditandatangani").half().into(),
                typed.radio_field("end_rule", "Akhir perjanjian menurut", END_RULES).into(),
                typed.date_field("ends_on", "Hari terakhir berlaku").help("Bila tanggalnya tertulis di naskah.").half().into(),
                typed.text_field("months", "Jumlah bulan").help("Bila naskah menyebut jangka waktu dalam bulan.").half().into(),
            ],
        )
        .intro("Dua tahun sejak ditandatangani berarti hari terakhirnya sehari sebelum ulang tahun kedua; tanggal yang tertulis selalu didahulukan."),
    ]
}

#[cfg(test)]
#[path = "agreement_forms_samples.rs"]
pub(crate) mod samples;
