//! Settings of the office.

use super::form::{FieldKind, FormItem, FormSection, Typed};

/// Kinds of regions: value posted and name.
pub const REGION_KINDS: &[(&str, &str)] =
    &[("kabupaten", "Kabupaten"), ("kota", "Kota"), ("provinsi", "Provinsi")];

/// Time zones: value posted and name.
pub const ZONES: &[(&str, &str)] =
    &[("WIB", "WIB (UTC+7)"), ("WITA", "WITA (UTC+8)"), ("WIT", "WIT (UTC+9)")];

/// The fields of the office: `office_name`, `region_kind`, `region_name`, `region_head_title`,
/// `address`, `zone`.
fn office_items(typed: &Typed) -> Vec<FormItem> {
    vec![
        typed
            .text_field("office_name", "Nama kantor")
            .help("Seperti di kop surat: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana.")
            .into(),
        typed.radio_field("region_kind", "Wilayah", REGION_KINDS).into(),
        typed
            .text_field("region_name", "Nama wilayah")
            .help("Tanpa kata kabupaten, kota, atau provinsi: Nusa Kencana.")
            .half()
            .into(),
        typed
            .text_field("region_head_title", "Sebutan kepala daerah")
            .help("Bupati, Wali Kota, atau Gubernur; begitulah tertulis di naskah.")
            .half()
            .into(),
        typed.area_field("address", "Alamat").into(),
        typed
            .radio_field("zone", "Zona waktu", ZONES)
            .help("Tenggat dihitung menurut tanggal di zona ini.")
            .into(),
    ]
}

/// The fields of mails: `sender_name`, `reply_to`.
fn sender_items(typed: &Typed) -> Vec<FormItem> {
    vec![
        typed
            .text_field("sender_name", "Nama pengirim")
            .help("Yang dibaca penerima: Disdukcapil Kabupaten Nusa Kencana.")
            .half()
            .into(),
        typed
            .email_field("reply_to", "Balasan dikirim ke")
            .help("Kotak surat yang dibaca petugas; tembusan pengingat juga ke sini.")
            .half()
            .into(),
    ]
}

/// `/pengaturan`: `office_name`, `region_kind`, `region_name`, `region_head_title`, `address`, `zone`,
/// `sender_name`, `reply_to`.
pub fn settings_sections(typed: &Typed) -> Vec<FormSection> {
    vec![
        FormSection::new("kantor", "Kantor", office_items(typed)),
        FormSection::new("surel", "Surel", sender_items(typed)),
    ]
}

/// `/siapkan/{token}`: the fields of [`settings_sections`] and `admin_name`, `admin_email`,
/// `admin_password`, `admin_password_again`.
pub fn setup_sections(typed: &Typed) -> Vec<FormSection> {
    let mut sections = settings_sections(typed);
    sections.push(
        FormSection::new(
            "pengelola",
            "Pengelola pertama",
            vec![
                typed.text_field("admin_name", "Nama").half().autocomplete("name").into(),
                typed.email_field("admin_email", "Surel").half().autocomplete("username").into(),
                typed
                    .field("admin_password", "Kata sandi", FieldKind::Password)
                    .help("Sekurang-kurangnya 12 huruf. Empat kata acak lebih kuat dan lebih mudah diingat.")
                    .half()
                    .autocomplete("new-password")
                    .into(),
                typed
                    .field("admin_password_again", "Kata sandi sekali lagi", FieldKind::Password)
                    .half()
                    .autocomplete("new-password")
                    .into(),
            ],
        )
        .intro("Akun ini dapat mengubah pengaturan kantor."),
    );
    sections
}

#[cfg(test)]
pub(crate) fn sample() -> super::form::FormPage {
    use super::form::{AsideCard, Form, FormPage};
    use super::layout::{self, NavItem};
    let mut typed = Typed::default();
    typed.set("office_name", "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana");
    typed.set("region_kind", "kabupaten");
    typed.set("region_name", "Nusa Kencana");
    typed.set("region_head_title", "Bupati");
    typed.set("zone", "WIB");
    FormPage {
        layout: layout::sample("Pengaturan", NavItem::Settings),
        heading: "Pengaturan kantor".into(),
        lead: Some("Berlaku seketika; setiap perubahan dicatat.".into()),
        form: Form {
            action: "/pengaturan".into(),
            key: "k-6".into(),
            version: Some("3".into()),
            sections: settings_sections(&typed),
            submit: "Simpan pengaturan".into(),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang tidak berubah".into(),
            lines: vec!["Naskah yang sudah ditandatangani tetap memakai nama dan alamat saat itu.".into()],
        }],
        ..FormPage::default()
    }
}
