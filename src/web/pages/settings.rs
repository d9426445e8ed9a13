//! Settings of the office.

use super::form::{FieldKind, Form, FormItem, FormSection, Typed};
use super::layout::Layout;
use super::parts::{Crumb, FilterChip};
use askama::Template;

/// Kinds of regions: value posted and name.
pub const REGION_KINDS: &[(&str, &str)] =
    &[("kabupaten", "Kabupaten"), ("kota", "Kota"), ("provinsi", "Provinsi")];

/// Time zones: value posted and name.
pub const ZONES: &[(&str, &str)] =
    &[("wib", "WIB (UTC+7)"), ("wita", "WITA (UTC+8)"), ("wit", "WIT (UTC+9)")];

/// The fields of the office: `office_name`, `short_name`, `region_kind`, `region_name`, `region_code`,
/// `region_head_title`, `address`, `phone`, `email`, `zone`.
fn office_items(typed: &Typed) -> Vec<FormItem> {
    vec![
        typed
            .text_field("office_name", "Nama kantor")
            .help("Seperti di kop surat: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana.")
            .into(),
        typed
            .text_field("short_name", "Nama singkat")
            .help("Untuk layar dan surel. Kosong: Disdukcapil dengan nama wilayahnya.")
            .half()
            .into(),
        typed.radio_field("region_kind", "Wilayah", REGION_KINDS).into(),
        typed
            .text_field("region_name", "Nama wilayah")
            .help("Tanpa kata kabupaten, kota, atau provinsi: Nusa Kencana.")
            .third()
            .into(),
        typed
            .text_field("region_head_title", "Sebutan kepala daerah")
            .help("Bupati, Wali Kota, atau Gubernur; begitulah tertulis di naskah.")
            .third()
            .into(),
        typed
            .text_field("region_code", "Kode wilayah")
            .help("Kode Kemendagri dengan titik, misalnya 33.01; boleh kosong.")
            .third()
            .into(),
        typed.area_field("address", "Alamat").into(),
        typed
            .field("phone", "Telepon", FieldKind::Phone(typed.text("phone").into()))
            .half()
            .autocomplete("off")
            .into(),
        typed
            .email_field("email", "Surel kantor")
            .help("Menerima tembusan pengingat. Kosong: alamat balasan.")
            .half()
            .autocomplete("off")
            .into(),
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

/// Names of the settings with their labels, as the log and the comparison of two versions tell them.
pub const LABELS: &[(&str, &str)] = &[
    ("office_name", "Nama kantor"),
    ("short_name", "Nama singkat"),
    ("region_kind", "Wilayah"),
    ("region_name", "Nama wilayah"),
    ("region_code", "Kode wilayah"),
    ("region_head_title", "Sebutan kepala daerah"),
    ("address", "Alamat"),
    ("phone", "Telepon"),
    ("email", "Surel kantor"),
    ("zone", "Zona waktu"),
    ("sender_name", "Nama pengirim"),
    ("reply_to", "Balasan dikirim ke"),
];

/// `/pengaturan`: the fields of [`LABELS`].
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

/// `/pengaturan/pengguna`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "settings/members.html", whitespace = "minimize")]
pub struct MembersPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "7 orang dapat masuk".
    pub summary: String,
    /// "Kantor", "Pengguna".
    pub chips: Vec<FilterChip>,
    /// Who may sign in, by name.
    pub members: Vec<MemberRow>,
    /// The form that adds one.
    pub form: Form,
}

/// A person who may sign in.
#[derive(Debug, Clone, Default)]
pub struct MemberRow {
    /// Name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// Role in words.
    pub role: String,
    /// The institution of heads and operators.
    pub institution: Option<String>,
}

/// `/pengaturan/pengguna`: `name`, `email`, `role`, `institution`, `password`, `password_again`.
pub fn member_sections(
    typed: &Typed,
    roles: &[(&str, &str)],
    institutions: &[(&str, &str)],
) -> Vec<FormSection> {
    vec![
        FormSection::new(
            "orang",
            "Pengguna baru",
            vec![
                typed.text_field("name", "Nama").half().autocomplete("off").into(),
                typed.email_field("email", "Surel").help("Dipakai untuk masuk.").half().autocomplete("off").into(),
                typed.select_field("role", "Peran", roles).half().into(),
                typed
                    .select_field("institution", "Instansi", institutions)
                    .help("Hanya untuk kepala instansi dan operator; mereka melihat perjanjiannya sendiri.")
                    .half()
                    .into(),
                typed
                    .password_field("password", "Kata sandi awal")
                    .help("Sekurang-kurangnya 12 huruf. Sampaikan langsung kepada orangnya, jangan lewat surel.")
                    .half()
                    .autocomplete("new-password")
                    .into(),
                typed
                    .password_field("password_again", "Kata sandi sekali lagi")
                    .half()
                    .autocomplete("new-password")
                    .into(),
            ],
        )
        .intro("Bila surelnya sudah punya akun di kantor lain, sandi lamanya tetap berlaku."),
    ]
}

#[cfg(test)]
pub(crate) fn members_sample() -> MembersPage {
    use super::layout::{self, NavItem};
    MembersPage {
        layout: layout::sample("Pengguna", NavItem::Settings),
        crumbs: vec![Crumb::to("Pengaturan", "/pengaturan"), Crumb::here("Pengguna")],
        summary: "2 orang dapat masuk".into(),
        chips: Vec::new(),
        members: vec![
            MemberRow {
                name: "Rini Wulandari".into(),
                email: "rini@nusakencana.example".into(),
                role: "Staf Disdukcapil".into(),
                institution: None,
            },
            MemberRow {
                name: "Bagas Wiranata".into(),
                email: "kepala@perikanan.nusakencana.example".into(),
                role: "Kepala instansi".into(),
                institution: Some("Dinas Perikanan Kabupaten Nusa Kencana".into()),
            },
        ],
        form: Form {
            action: "/pengaturan/pengguna".into(),
            key: "k-7".into(),
            sections: member_sections(
                &Typed::default(),
                &[("staff", "Staf Disdukcapil")],
                &[("", "tidak ada")],
            ),
            submit: "Tambah pengguna".into(),
            ..Form::default()
        },
    }
}

#[cfg(test)]
pub(crate) fn sample() -> super::form::FormPage {
    use super::form::{AsideCard, FormPage};
    use super::layout::{self, NavItem};
    let mut typed = Typed::default();
    typed.set("office_name", "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana");
    typed.set("region_kind", "kabupaten");
    typed.set("region_name", "Nusa Kencana");
    typed.set("region_head_title", "Bupati");
    typed.set("zone", "wib");
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
