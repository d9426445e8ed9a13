//! One description of every fact: key, name for people, kind, secrecy.
//!
//! The agreement file, its schema, the form, the page, the list of missing facts and the audit log
//! are all read off this table, so a fact is described once. A test holds it equal to the typed
//! fact sheet in both directions.

use super::*;
use crate::domain::acts::EndCause;

/// A fact or a group of facts.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Key in agreement files and forms; English.
    pub key: &'static str,
    /// Name people read.
    pub label: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// A sentence of help beside the field; may be empty.
    pub help: &'static str,
    /// Personal or confidential: masked in lists, mails and logs.
    pub secret: bool,
    /// Needed before the PKS can be final.
    pub needed: bool,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text in a form; stored as one paragraph.
    Long,
    /// Number of a letter or agreement, exactly as written.
    Number,
    /// Civil date, `YYYY-MM-DD`.
    Date,
    /// Four-digit year.
    Year,
    /// Whole number from 0 to the bound.
    Count(u32),
    /// Yes or no.
    Flag,
    /// One of several codes.
    Choice(&'static [(&'static str, &'static str)]),
    /// Several codes, in order, each at most once.
    Choices(&'static [(&'static str, &'static str)]),
    /// E-mail address.
    Email,
    /// Telephone number as typed.
    Phone,
    /// NIP, 18 digits.
    Nip,
    /// NIK, 16 digits.
    Nik,
    /// Lines of text.
    Texts,
    /// A group of facts.
    Group(&'static [Field]),
    /// A list of groups; the name of one of them for buttons and headings.
    List(&'static [Field], &'static str),
}

/// A fact by key, name and kind.
pub const fn field(key: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { key, label, kind, help: "", secret: false, needed: false }
}

impl Field {
    /// With a sentence of help.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// Personal or confidential.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// A fact that must be known.
    pub const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// The facts inside a group or list; empty for a single fact.
    pub const fn children(&self) -> &'static [Field] {
        match self.kind {
            Kind::Group(fields) | Kind::List(fields, _) => fields,
            _ => &[],
        }
    }
}

use Kind::{
    Choice, Choices, Count, Date, Email, Flag, Group, List, Long, Nik, Nip, Number, Phone, Text, Texts, Year,
};

/// Every fact of an agreement, in the order of file, form and page.
pub const FACTS: &[Field] = &[
    field("form", "Bentuk naskah", Group(FORM)),
    field("provider", "PIHAK KESATU (Disdukcapil)", Group(PROVIDER)),
    field("user", "PIHAK KEDUA (lembaga pengguna)", Group(USER)),
    field("subject", "Pokok perjanjian", Group(SUBJECT)),
    field("recitals", "Konsiderans tambahan", Texts).help("Satu baris satu butir, tanpa kata \"bahwa\"."),
    field("signing", "Penandatanganan", Group(SIGNING)),
    field("legal_bases", "Dasar hukum", List(LEGAL_BASIS, "peraturan")),
    field("approval_letters", "Surat persetujuan Dirjen", List(APPROVAL_LETTER, "surat persetujuan")),
    field("application", "Surat permohonan", Group(LETTER)),
    field("access", "Hak akses dan elemen data", Group(ACCESS)),
    field("network", "Jaringan", Group(NETWORK)),
    field("card_readers", "Perangkat pembaca KTP-el", Group(CARD_READERS)),
    field("feedback", "Data balikan", Group(FEEDBACK)),
    field("security", "Keamanan", Group(SECURITY)),
    field("service", "Layanan dan sosialisasi", Group(SERVICE)),
    field("reporting", "Laporan semester", Group(REPORTING)),
    field("evaluation", "Evaluasi", Group(EVALUATION)),
    field("term", "Jangka waktu", Group(TERM)),
    field("renewal", "Perpanjangan", Group(RENEWAL)),
    field("copies", "Rangkap dan meterai", Group(COPIES)),
    field("contacts", "Narahubung (PIC)", List(CONTACT, "narahubung")),
    field("operators", "Operator", List(OPERATOR, "operator")),
    field("papers", "Naskah pendamping", Group(PAPERS)),
    field("letters", "Surat-surat", Group(LETTERS)),
    field("changes", "Permohonan perubahan", List(CHANGE_REQUEST, "permohonan perubahan")),
    field("proofs", "Proof of Concept", List(PROOF, "Proof of Concept")),
    field("handovers", "Berita acara serah terima", List(HANDOVER, "berita acara")),
    field("addenda", "Adendum", List(ADDENDUM, "adendum")),
    field("reports", "Laporan yang disampaikan", List(REPORT, "laporan")),
    field("assessments", "Hasil evaluasi", List(ASSESSMENT, "evaluasi")),
    field("official_changes", "Pergantian pejabat", List(OFFICIAL_CHANGE, "pergantian pejabat")),
    field("warnings", "Teguran", List(WARNING, "teguran")),
    field("access_proposals", "Usulan penonaktifan dan pengaktifan", List(ACCESS_PROPOSAL, "usulan")),
    field("supersedes", "Perjanjian sebelumnya", Group(PREDECESSOR)),
    field("note", "Catatan kantor", Long).help("Hanya untuk kantor; tidak dicetak pada naskah."),
];

const FORM: &[Field] = &[
    field("spelling", "Ejaan", Choice(Spelling::CHOICES)),
    field("conjunction", "Kata penghubung para pihak", Choice(Conjunction::CHOICES)),
    field("chapters", "Memakai judul BAB", Flag),
    field("definitions", "Memuat pasal pengertian", Flag),
    field("party_block", "Cara menyebut para pihak", Choice(PartyBlock::CHOICES)),
    field("date_words", "Huruf pada tanggal terbilang", Choice(LetterCase::CHOICES)),
    field("print_nip", "Mencantumkan NIP pada tanda tangan", Flag),
    field("state_element_count", "Menyebut jumlah elemen data", Flag)
        .help("Misalnya: 8 (delapan) elemen data."),
    field("paraf", "Kotak paraf", Choice(ParafBoxes::CHOICES)),
    field("institution_change", "Perubahan instansi yang mengakhiri", Choice(InstitutionChange::CHOICES)),
];

const PROVIDER: &[Field] = &[
    field("number", "Nomor PIHAK KESATU", Number).needed(),
    field("institution", "Instansi PIHAK KESATU", Group(INSTITUTION)),
    field("official", "Pejabat PIHAK KESATU", Group(OFFICIAL)),
    field("standing", "Kedudukan dalam konsiderans", Long)
        .help("Isi kalimat \"bahwa PIHAK KESATU adalah …\". Kosong: disusun dari data instansi."),
];

const USER: &[Field] = &[
    field("number", "Nomor PIHAK KEDUA", Number).needed(),
    field("institution", "Instansi PIHAK KEDUA", Group(INSTITUTION)),
    field("official", "Pejabat PIHAK KEDUA", Group(OFFICIAL)),
    field("standing", "Kedudukan dalam konsiderans", Long)
        .help("Isi kalimat \"bahwa PIHAK KEDUA adalah …\". Kosong: disusun dari data instansi."),
];

const INSTITUTION: &[Field] = &[
    field("name", "Nama instansi", Text).needed(),
    field("short_name", "Nama singkat", Text),
    field("kind", "Jenis instansi", Choice(InstitutionKind::CHOICES)),
    field("region", "Wilayah", Group(REGION)),
    field("affairs", "Urusan", Text).help("Misalnya: perikanan; administrasi kependudukan."),
    field("address", "Alamat kantor", Long).needed(),
    field("phone", "Telepon", Phone),
    field("email", "Surel instansi", Email),
    field("letterhead", "Baris kop surat", Texts)
        .help("Kosong: disusun dari pemerintah daerah, nama, alamat, telepon dan surel."),
];

const REGION: &[Field] = &[
    field("kind", "Jenis wilayah", Choice(RegionKind::CHOICES)),
    field("name", "Nama wilayah", Text).help("Tanpa kata Kabupaten, Kota atau Provinsi.").needed(),
    field("code", "Kode wilayah", Text).help("Kode Kemendagri dengan titik, misalnya 33.01."),
    field("head", "Nama kepala daerah", Text)
        .help("Bupati, Wali Kota atau Gubernur, dengan gelar; untuk surat yang ia tanda tangani."),
    field("head_capacity", "Kedudukan kepala daerah", Choice(Capacity::CHOICES)),
];

const OFFICIAL: &[Field] = &[
    field("name", "Nama pejabat", Text).help("Tanpa gelar.").needed(),
    field("degrees_before", "Gelar di depan", Text),
    field("degrees_after", "Gelar di belakang", Text),
    field("position", "Jabatan", Text)
        .help("Lengkap, misalnya: Kepala Dinas Perikanan Kabupaten Nusa Kencana.")
        .needed(),
    field("capacity", "Kedudukan pejabat", Choice(Capacity::CHOICES)),
    field("nip", "NIP", Nip).help("18 angka; kosong bila tidak punya."),
    field("rank", "Pangkat", Text),
    field("address", "Alamat pejabat pada naskah", Long).help("Kosong: alamat kantor."),
    field("address_kind", "Jenis alamat", Choice(AddressKind::CHOICES)),
    field("acts_for", "Bertindak untuk dan atas nama", Text).help("Kosong: nama instansi."),
    field("email", "Surel pejabat", Email),
];

const SUBJECT: &[Field] = &[
    field("about", "Tentang", Long).help("Judul setelah kata TENTANG.").needed(),
    field("about_short", "Tentang, bentuk ringkas", Long)
        .help("Dipakai pada kalimat sepakat; kosong: sama dengan judul."),
    field("purpose_layout", "Susunan maksud dan tujuan", Choice(PurposeLayout::CHOICES)),
    field("purpose", "Kegunaan data", Long)
        .help("Misalnya: verifikasi dan validasi data penerima bantuan.")
        .needed(),
    field("aim", "Tujuan", Long).help("Hanya bila tujuan berdiri pada ayat sendiri."),
];

const SIGNING: &[Field] = &[
    field("on", "Tanggal perjanjian", Date).needed(),
    field("place", "Tempat", Text).help("Kosong bila naskah tidak menyebut tempat."),
    field("provider_on", "Tanggal tanda tangan PIHAK KESATU", Date)
        .help("Hanya bila berbeda dari tanggal perjanjian."),
    field("user_on", "Tanggal tanda tangan PIHAK KEDUA", Date)
        .help("Hanya bila berbeda dari tanggal perjanjian."),
    field("stamp_serials", "Nomor seri meterai", Texts),
];

const REGULATION_KIND: Field = field("kind", "Jenis peraturan", Choice(RegulationKind::CHOICES));
const REGULATION_REGION: Field =
    field("region", "Daerah", Text).help("Hanya peraturan daerah, misalnya Kabupaten Nusa Kencana.");
const REGULATION_NUMBER: Field = field("number", "Nomor peraturan", Text);
const REGULATION_YEAR: Field = field("year", "Tahun", Year);
const REGULATION_ABOUT: Field = field("about", "Tentang", Long);
const REGULATION_GAZETTES: Field = field("gazettes", "Lembaran dan berita", List(GAZETTE, "lembaran"));

const LEGAL_BASIS: &[Field] = &[
    REGULATION_KIND,
    REGULATION_REGION,
    REGULATION_NUMBER,
    REGULATION_YEAR,
    REGULATION_ABOUT,
    REGULATION_GAZETTES,
    field("amended_several_times", "Diubah beberapa kali, terakhir dengan", Flag),
    field("amended_by", "Diubah dengan", List(REGULATION, "perubahan")),
];

const REGULATION: &[Field] = &[
    REGULATION_KIND,
    REGULATION_REGION,
    REGULATION_NUMBER,
    REGULATION_YEAR,
    REGULATION_ABOUT,
    REGULATION_GAZETTES,
];

const GAZETTE: &[Field] = &[
    field("kind", "Jenis lembaran", Choice(GazetteKind::CHOICES)),
    field("year", "Tahun lembaran", Year),
    field("number", "Nomor lembaran", Text),
];

const APPROVAL_LETTER: &[Field] = &[
    field("kind", "Jenis surat", Choice(ApprovalKind::CHOICES)),
    field("capacity", "Kedudukan penanda tangan", Choice(Capacity::CHOICES)),
    field("number", "Nomor surat", Number),
    field("on", "Tanggal surat", Date),
    field("about", "Hal", Text),
    field("covers", "Berlaku untuk", Text).help("Bila satu surat untuk banyak perjanjian."),
];

const LETTER: &[Field] = &[
    field("number", "Nomor surat", Number),
    field("on", "Tanggal surat", Date),
    field("about", "Hal", Text).help("Kosong: hal yang lazim untuk surat ini."),
    field("nature", "Sifat surat", Choice(LetterNature::CHOICES)),
    field("attachments", "Lampiran surat", Text).help("Misalnya: 1 (satu) berkas."),
    field("copies_to", "Tembusan surat", Texts),
];

const LETTERS: &[Field] = &[
    field("provider_place", "Tempat surat Disdukcapil", Text)
        .help("Tempat pada tanggal surat; kosong: nama wilayah."),
    field("user_place", "Tempat surat instansi", Text)
        .help("Tempat pada tanggal surat; kosong: nama wilayah."),
    field("cover_application", "Pengantar permohonan", Group(COVER_LETTER)),
    field("cover_signed", "Pengantar PKS yang ditandatangani", Group(COVER_LETTER)),
    field("cover_renewal", "Pengantar perpanjangan", Group(COVER_LETTER)),
    field("renewal", "Surat permohonan perpanjangan", Group(LETTER)),
    field("access_request", "Permohonan User ID dan IP LAN", Group(ACCESS_REQUEST)),
    field("closed_network", "Pernyataan jaringan tertutup", Group(LETTER)),
    field("network_provider", "Penunjukan penyedia jaringan", Group(PROVIDER_APPOINTMENT)),
    field("ending_notice", "Pemberitahuan masa berlaku", Group(LETTER)),
    field("report_request", "Permintaan laporan", Group(REPORT_REQUEST)),
    field("termination", "Pengakhiran perjanjian", Group(TERMINATION)),
];

const COVER_LETTER: &[Field] = &[
    field("letter", "Surat pengantar", Group(LETTER)),
    field("signed_by", "Ditandatangani oleh", Choice(CoverSigner::CHOICES)),
];

const ACCESS_REQUEST: &[Field] = &[
    field("letter", "Surat permohonan User ID", Group(LETTER)),
    field("form", "Formulir User ID", Choice(UserIdForm::CHOICES)),
    field("region_code", "Kode wilayah kantor", Text),
];

const PROVIDER_APPOINTMENT: &[Field] = &[
    field("letter", "Surat penunjukan", Group(LETTER)),
    field("provider", "Penyedia jaringan yang ditunjuk", Text).help("Kosong: fasilitator jaringan."),
];

const REPORT_REQUEST: &[Field] = &[
    field("letter", "Surat permintaan laporan", Group(LETTER)),
    field("semester", "Semester yang diminta", Choice(Semester::CHOICES)),
    field("year", "Tahun laporan", Year),
    field("by", "Disampaikan paling lambat", Date),
];

const TERMINATION: &[Field] = &[
    field("letter", "Surat pengakhiran", Group(LETTER)),
    field("cause", "Sebab pengakhiran", Choice(EndCause::CHOICES)),
    field("reason", "Alasan pengakhiran", Long).help("Lanjutan kalimat \"karena …\"."),
    field("on", "Tidak berlaku sejak", Date),
];

const CHANGE_REQUEST: &[Field] = &[
    field("what", "Yang diubah", Choice(ChangedMatter::CHOICES)),
    field("letter", "Surat permohonan perubahan", Group(LETTER)),
    field("wanted", "Yang dimohon", Text).help("Misalnya: 2 Mbps; 5.000 hit NIK per hari."),
    field("present", "Keadaan sekarang (kajian teknis)", Long),
    field("need", "Kebutuhan (kajian teknis)", Long),
    field("analysis", "Analisis (kajian teknis)", Texts),
    field("reply", "Surat jawaban", Group(LETTER)),
    field("granted", "Jawaban", Choice(Granted::CHOICES)),
    field("reply_reason", "Alasan atau syarat", Long),
];

const PROOF: &[Field] = &[
    field("application", "Aplikasi yang diuji", Text),
    field("letter", "Surat permohonan Proof of Concept", Group(LETTER)),
    field("schedule", "Surat jadwal Proof of Concept", Group(LETTER)),
    field("on", "Hari pelaksanaan", Date),
    field("hour", "Pukul", Text).help("Misalnya: 09.00 WIB."),
    field("place", "Tempat pelaksanaan", Text),
    field("result", "Surat hasil Proof of Concept", Group(LETTER)),
    field("outcome", "Hasil", Choice(ProofOutcome::CHOICES)),
    field("findings", "Catatan hasil", Texts),
];

const HANDOVER: &[Field] = &[
    field("kind", "Jenis serah terima", Choice(HandoverKind::CHOICES)),
    field("number", "Nomor berita acara", Number),
    field("on", "Tanggal berita acara", Date),
    field("place", "Tempat serah terima", Text),
    field("items", "Yang diserahkan", List(HANDOVER_ITEM, "barang")),
    field("provider", "Yang mewakili PIHAK KESATU", Group(HANDOVER_PERSON)),
    field("user", "Yang mewakili PIHAK KEDUA", Group(HANDOVER_PERSON)),
];

const HANDOVER_ITEM: &[Field] = &[
    field("name", "Nama barang", Text),
    field("serial", "Nomor seri, alamat atau akun", Text).secret(),
    field("count", "Jumlah", Count(100_000)),
    field("remark", "Keterangan barang", Text),
];

const HANDOVER_PERSON: &[Field] = &[
    field("name", "Nama yang mewakili", Text).help("Kosong: pimpinan instansi."),
    field("position", "Jabatan yang mewakili", Text),
    field("nip", "NIP yang mewakili", Nip),
];

const ADDENDUM: &[Field] = &[
    field("provider_number", "Nomor adendum PIHAK KESATU", Number),
    field("user_number", "Nomor adendum PIHAK KEDUA", Number),
    field("on", "Tanggal adendum", Date),
    field("place", "Tempat adendum", Text),
    field("reason", "Alasan adendum", Long).help("Isi kalimat \"bahwa …\"."),
    field("effective_on", "Perubahan berlaku sejak", Date).help("Kosong: sejak ditandatangani."),
    field("end_on", "Hari terakhir berlaku yang baru", Date),
    field("elements", "Elemen data yang baru", Choices(DataElement::CHOICES)).help("Seluruh daftar."),
    field("methods", "Metode akses yang baru", Choices(AccessMethod::CHOICES)).help("Seluruh daftar."),
    field("feedback_items", "Data balikan yang baru", Texts).help("Seluruh daftar."),
    field("articles", "Perubahan dengan kata sendiri", List(ARTICLE_CHANGE, "perubahan pasal")),
];

const ARTICLE_CHANGE: &[Field] = &[
    field("article", "Ketentuan yang diubah", Text).help("Misalnya: Pasal 8 ayat (1)."),
    field("text", "Bunyi yang baru", Long),
];

const REPORT: &[Field] = &[
    field("year", "Tahun laporan", Year),
    field("semester", "Semester", Choice(Semester::CHOICES)),
    field("letter", "Surat pengantar laporan", Group(LETTER)),
    field("usage", "Pemakaian tiap bulan", List(MONTHLY_USE, "bulan pemakaian")),
    field("results", "Hasil pencarian", List(RESULT_COUNT, "hasil")),
    field("feedback_count", "Data balikan yang diserahkan (rekaman)", Count(4_000_000_000)),
    field("problems", "Kendala", Long),
    field("incidents", "Insiden keamanan", Long).help("Tanpa nama atau NIK penduduk."),
    field("proposals", "Usul", Long),
];

const MONTHLY_USE: &[Field] = &[
    field("month", "Bulan", Count(12)),
    field("method", "Metode", Choice(AccessMethod::CHOICES)),
    field("lookups", "Jumlah akses", Count(4_000_000_000)),
];

const RESULT_COUNT: &[Field] =
    &[field("response", "Hasil", Choice(Response::CHOICES)), field("count", "Jumlah", Count(4_000_000_000))];

const ASSESSMENT: &[Field] = &[
    field("year", "Tahun evaluasi", Year),
    field("semester", "Semester", Choice(Semester::CHOICES)),
    field("letter", "Surat hasil evaluasi", Group(LETTER)),
    field("findings", "Temuan", Texts),
    field("recommendation", "Rekomendasi", Long),
    field("verdict", "Penilaian", Choice(Verdict::CHOICES)),
];

const OFFICIAL_CHANGE: &[Field] = &[
    field("letter", "Surat pemberitahuan", Group(LETTER)),
    field("position", "Jabatan yang berganti", Text),
    field("predecessor", "Pejabat lama", Text),
    field("successor", "Pejabat baru", Text).help("Kosong: pejabat PIHAK KEDUA."),
    field("since_on", "Menjabat sejak", Date),
    field("decree", "Keputusan pengangkatan", Text),
];

const WARNING: &[Field] = &[
    field("letter", "Surat teguran", Group(LETTER)),
    field("breaches", "Yang belum dipenuhi", Texts).help("Tiap baris lanjutan kata \"belum\"."),
    field("remedy_by", "Dipenuhi paling lambat", Date),
];

const ACCESS_PROPOSAL: &[Field] = &[
    field("kind", "Jenis usulan", Choice(AccessProposalKind::CHOICES)),
    field("letter", "Surat usulan", Group(LETTER)),
    field("reason", "Alasan usulan", Long).help("Lanjutan kalimat \"karena …\"."),
];

const ACCESS: &[Field] = &[
    field("elements", "Elemen data", Choices(DataElement::CHOICES)).needed(),
    field("other_elements", "Elemen data lain", Texts),
    field("right_elements", "Elemen data pada hak PIHAK KEDUA", Choices(DataElement::CHOICES))
        .help("Hanya bila naskah yang sudah ditandatangani menyebut daftar lain."),
    field("methods", "Metode akses", Choices(AccessMethod::CHOICES)),
    field("name_method_in_articles", "Menyebut NIK dan metode pada pasal", Flag),
    field("user_ids", "Jumlah User ID", Count(10_000)),
    field("user_id_within_weeks", "User ID diserahkan dalam (minggu)", Count(520)),
    field("quota", "Kuota akses", List(QUOTA, "kuota")),
];

const QUOTA: &[Field] = &[
    field("stage", "Tahap", Choice(QuotaStage::CHOICES)),
    field("per_day", "Hit NIK per hari", Count(1_000_000_000)).help("Kosong: tanpa batas."),
];

const NETWORK: &[Field] = &[
    field("arrangement", "Penyediaan jaringan", Choice(NetworkArrangement::CHOICES)),
    field("paid_by", "Biaya jaringan", Choice(NetworkPayer::CHOICES)),
    field("facilitator", "Fasilitator jaringan", Text)
        .help("Misalnya: Dinas Komunikasi dan Informatika Kabupaten Nusa Kencana."),
    field("points", "Jumlah titik jaringan", Count(10_000)),
    field("bandwidth", "Bandwidth", Text),
    field("ip_lan", "IP LAN", Text).secret(),
    field("target_on", "Jaringan tersambung paling lambat", Date),
    field("target", "Target sambungan menurut naskah", Text).help("Misalnya: minggu ke-3 bulan Juni."),
];

const CARD_READERS: &[Field] = &[
    field("usage", "Pemakaian", Choice(ReaderUse::CHOICES)),
    field("per_unit", "Jumlah minimal tiap unit kerja", Count(10_000)),
    field("within_months", "Diadakan dalam (bulan)", Count(240)),
    field("sam_information", "Informasi personalisasi SAM dan aktivasi", Flag),
    field("deactivate_at_end", "Dinonaktifkan saat perjanjian berakhir", Flag),
];

const FEEDBACK: &[Field] = &[
    field("items", "Data yang diberikan", Texts).needed(),
    field("right_items", "Data pada hak PIHAK KESATU", Texts)
        .help("Hanya bila naskah yang sudah ditandatangani menyebut data lain."),
    field("completes_database", "Guna melengkapi basis data kependudukan", Flag),
    field("channels", "Cara mengirim", Choices(FeedbackChannel::CHOICES)),
    field("url", "Alamat aplikasi data balikan", Text).secret(),
];

const SECURITY: &[Field] = &[
    field("leak_liability", "Tanggung jawab atas kebocoran", Flag),
    field("system_guarantee", "Jaminan keamanan sistem, data, jaringan dan program", Flag),
    field("certificate", "Sertifikat yang diserahkan", Text)
        .help("Misalnya: ISO/IEC 27001; kosong bila tidak diminta."),
    field("certificate_months", "Diserahkan dalam (bulan sejak tanda tangan)", Count(240)),
];

const SERVICE: &[Field] = &[
    field("name", "Nama layanan", Text),
    field("identity", "Layanan berbasis", Choice(ServiceIdentity::CHOICES)),
    field("publicity", "Sosialisasi melalui", Choice(Publicity::CHOICES)),
    field("assistance", "Bimbingan dan pendampingan teknis atas biaya PIHAK KEDUA", Flag),
    field("technical_staff", "Menyediakan tenaga teknis", Flag),
];

const REPORTING: &[Field] = &[
    field("copies_to", "Tembusan laporan", Texts),
    field("grace_working_days", "Tambahan waktu (hari kerja)", Count(260))
        .help("Hanya bila tertulis pada naskah."),
    field("channels", "Cara menyampaikan", Texts),
    field("email", "Surel untuk laporan", Email),
];

const EVALUATION: &[Field] = &[
    field("recipient", "Hasil dilaporkan kepada", Text),
    field("through", "Melalui", Text),
    field("copy_to", "Tembusan hasil evaluasi", Text),
    field("covers_ad_hoc", "Termasuk evaluasi sewaktu-waktu", Flag),
];

const TERM: &[Field] = &[
    field("basis", "Cara menyebut jangka waktu", Choice(TermBasis::CHOICES)),
    field("months", "Lamanya (bulan)", Count(600)),
    field("start_on", "Mulai berlaku", Date).help("Hanya bila lebih lambat dari tanggal perjanjian."),
    field("end_on", "Hari terakhir berlaku", Date).help("Bila diisi, tanggal ini selalu dipakai."),
    field("end_rule", "Hari terakhir dihitung", Choice(EndRule::CHOICES)),
    field("end_in_words", "Tanggal akhir ditulis dengan huruf", Flag),
];

const RENEWAL: &[Field] = &[
    field("stated_in", "Kewajiban tertulis pada", Choice(RenewalSource::CHOICES)),
    field("clause", "Pasal atau angka yang dirujuk", Text),
    field("months_before", "Surat paling lambat (bulan sebelum berakhir)", Count(60))
        .help("Kosong: dua bulan."),
];

const COPIES: &[Field] = &[
    field("count", "Jumlah rangkap", Count(100)).needed(),
    field("stamped", "Rangkap bermeterai", Count(100)),
    field("seal", "Dibubuhi cap resmi", Flag),
];

const CONTACT: &[Field] = &[
    field("side", "Pihak", Choice(Side::CHOICES)),
    field("name", "Nama narahubung", Text),
    field("position", "Jabatan narahubung", Text),
    field("phone", "Telepon narahubung", Phone).secret(),
    field("email", "Surel narahubung", Email).secret(),
];

const OPERATOR: &[Field] = &[
    field("name", "Nama operator", Text),
    field("position", "Jabatan operator", Text),
    field("nip", "NIP operator", Nip).secret(),
    field("nik", "NIK operator", Nik).secret(),
    field("email", "Surel operator", Email).secret(),
    field("employment", "Status kepegawaian", Text).help("Misalnya: PNS, PPPK, tenaga kontrak."),
    field("local_user_id", "User ID lokal", Text).secret(),
];

const PAPERS: &[Field] = &[
    field("juknis", "Petunjuk Teknis", Group(JUKNIS)),
    field("sptjm", "SPTJM", Group(STATEMENT)),
    field("sptjm_renewal", "SPTJM perpanjangan", Group(RENEWAL_STATEMENT)),
    field("nda", "NDA", List(STATEMENT, "NDA")),
];

const JUKNIS: &[Field] = &[
    field("number", "Nomor Petunjuk Teknis", Number),
    field("on", "Tanggal Petunjuk Teknis", Date),
    field("place", "Tempat Petunjuk Teknis", Text),
    field("form", "Bentuk Petunjuk Teknis", Choice(JuknisForm::CHOICES)),
    field("signatories", "Penanda tangan Petunjuk Teknis", List(JUKNIS_SIGNATORY, "penanda tangan")),
    field("topology", "Topologi jaringan (Lampiran I)", List(TOPOLOGY_NODE, "simpul")),
    field("service_steps", "Alur layanan (Lampiran II)", List(SERVICE_STEP, "langkah")),
    field("report_format_from", "Format laporan diperoleh dari", Text),
    field("proof_of_concept", "Aplikasi baru wajib Proof of Concept", Flag),
];

const TOPOLOGY_NODE: &[Field] = &[
    field("name", "Nama perangkat atau tempat", Text),
    field("detail", "Keterangan simpul", Text).secret(),
    field("link", "Sambungan ke simpul berikutnya", Text),
];

const SERVICE_STEP: &[Field] = &[
    field("actor", "Pelaku", Text),
    field("text", "Kegiatan", Long),
    field("otherwise", "Bila tidak sesuai", Long)
        .help("Diisi pada langkah keputusan, misalnya: berkas dikembalikan untuk diperbaiki."),
];

const JUKNIS_SIGNATORY: &[Field] = &[
    field("side", "Pihak", Choice(Side::CHOICES)),
    field("name", "Nama penanda tangan", Text),
    field("position", "Jabatan penanda tangan", Text),
    field("nip", "NIP penanda tangan", Nip),
    field("nik", "NIK penanda tangan", Nik).secret(),
];

const STATEMENT: &[Field] = &[
    field("number", "Nomor surat pernyataan", Number),
    field("on", "Tanggal surat pernyataan", Date),
    field("place", "Tempat surat pernyataan", Text),
    field("form", "Bentuk formulir", Choice(StatementForm::CHOICES)),
    field("name", "Nama yang menyatakan", Text),
    field("position", "Jabatan yang menyatakan", Text),
    field("rank", "Pangkat yang menyatakan", Text),
    field("nip", "NIP yang menyatakan", Nip),
    field("nik", "NIK yang menyatakan", Nik).secret(),
    field("address", "Alamat pada formulir", Long).secret(),
    field("address_kind", "Jenis alamat", Choice(AddressKind::CHOICES)),
    field("stamp_serial", "Nomor seri meterai", Text),
    field("permission_of", "Izin tertulis dari", Text).help("Hanya NDA; kosong: Ditjen Dukcapil."),
];

const RENEWAL_STATEMENT: &[Field] = &[
    field("statement", "Pernyataan", Group(STATEMENT)),
    field("letter", "Surat permohonan perpanjangan", Group(LETTER)),
];

const PREDECESSOR: &[Field] = &[
    field("provider_number", "Nomor PIHAK KESATU sebelumnya", Number),
    field("user_number", "Nomor PIHAK KEDUA sebelumnya", Number),
    field("on", "Tanggal perjanjian sebelumnya", Date),
];

/// The facts inside the group or list at a path; none for an unknown path.
pub fn inside(path: &str) -> &'static [Field] {
    find(path).map_or(&[], Field::children)
}

/// The field at a path such as `user.official.name` or `operators.0.nip`; none for an unknown path.
pub fn find(path: &str) -> Option<&'static Field> {
    find_in(FACTS, path)
}

/// The field at a path below the given fields; none for an unknown path.
pub fn find_in(mut fields: &'static [Field], path: &str) -> Option<&'static Field> {
    let mut found = None;
    for part in path.split('.') {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let field = fields.iter().find(|field| field.key == part)?;
        fields = field.children();
        found = Some(field);
    }
    found
}

/// The name of a fact with its owner, "NIP (PIHAK KEDUA)", "NIK operator (operator ke-2)"; none for
/// an unknown path below the given fields.
pub fn label(mut fields: &'static [Field], path: &str) -> Option<String> {
    let mut owner = String::new();
    let mut found: Option<&'static Field> = None;
    let mut entry = None;
    for part in path.split('.') {
        if let Ok(index) = part.parse::<usize>() {
            entry = Some(index + 1);
            if let Some(Field { kind: List(_, one), .. }) = found {
                owner = format!("{one} ke-{}", index + 1);
                entry = None;
            }
            continue;
        }
        if let Some(Field { kind: Group(_), label, .. }) = found
            && !owner.starts_with("PIHAK")
        {
            owner = label.split(" (").next().unwrap_or(label).to_owned();
        }
        let field = fields.iter().find(|field| field.key == part)?;
        fields = field.children();
        found = Some(field);
    }
    let found = found?;
    let place = match (entry, owner.is_empty()) {
        (Some(entry), true) => format!(" (butir ke-{entry})"),
        (Some(entry), false) => format!(" ({owner}, butir ke-{entry})"),
        (None, true) => String::new(),
        (None, false) => format!(" ({owner})"),
    };
    let whole = matches!(found.kind, List(..)) && !owner.is_empty();
    Some(if whole && path.ends_with(|c: char| c.is_ascii_digit()) {
        owner
    } else {
        format!("{}{place}", found.label)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Map, Value, json};

    use super::*;

    #[test]
    fn a_fact_is_named_with_its_owner() {
        let named = |path: &str| label(FACTS, path);
        assert_eq!(named("user.official.nip").as_deref(), Some("NIP (PIHAK KEDUA)"));
        assert_eq!(named("operators.1.nik").as_deref(), Some("NIK operator (operator ke-2)"));
        assert_eq!(named("operators.1").as_deref(), Some("operator ke-2"));
        assert_eq!(named("signing.on").as_deref(), Some("Tanggal perjanjian (Penandatanganan)"));
        assert_eq!(
            named("access.elements.3").as_deref(),
            Some("Elemen data (Hak akses dan elemen data, butir ke-4)")
        );
        assert_eq!(named("recitals.0").as_deref(), Some("Konsiderans tambahan (butir ke-1)"));
        assert_eq!(named("note").as_deref(), Some("Catatan kantor"));
        assert_eq!(named("user.nothing"), None);
    }

    /// A value that each kind accepts, and that is never the one an empty fact sheet has.
    fn filled(field: &Field) -> Value {
        match field.kind {
            Text | Long | Number | Phone => json!("Sembarang"),
            Date => json!("2025-09-16"),
            Year => json!(2025),
            Count(_) => json!(1),
            Flag => json!(true),
            Choice(choices) => json!(choices[choices.len() - 1].0),
            Choices(choices) => json!([choices[0].0]),
            Email => json!("dinas@contoh.example"),
            Nip => json!("198001012005011001"),
            Nik => json!("9901014101900001"),
            Texts => json!(["Sembarang"]),
            Group(fields) => group(fields),
            List(fields, _) => json!([group(fields)]),
        }
    }

    fn group(fields: &[Field]) -> Value {
        Value::Object(fields.iter().map(|field| (field.key.to_owned(), filled(field))).collect::<Map<_, _>>())
    }

    #[test]
    fn every_fact_of_the_catalogue_is_kept_in_the_fact_sheet() {
        let full = group(FACTS);
        let facts = FactSheet::from_tree(full.clone()).unwrap();
        assert_eq!(facts.to_tree(), full);
    }

    /// The keys that the typed group at `path` knows: serde names them when it meets another one.
    fn typed_keys(path: &str) -> BTreeSet<String> {
        let mut tree = json!({"?": 1});
        for key in path.split('.').filter(|key| !key.is_empty()).rev() {
            tree = if key == "0" { json!([tree]) } else { json!({key: tree}) };
        }
        let refusal = serde_json::from_value::<FactSheet>(tree).unwrap_err().to_string();
        let (_, expected) = refusal.split_once("expected").unwrap();
        expected.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
    }

    fn compare(fields: &[Field], path: &str) {
        let described: BTreeSet<String> = fields.iter().map(|field| field.key.to_owned()).collect();
        assert_eq!(typed_keys(path), described, "at `{path}`");
        for field in fields {
            let here = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            match field.kind {
                // Its regulation is flattened into it, so serde does not name its keys; see below.
                _ if field.key == "legal_bases" => {}
                Group(fields) => compare(fields, &here),
                List(fields, _) => compare(fields, &format!("{here}.0")),
                _ => {}
            }
        }
    }

    #[test]
    fn every_fact_of_the_fact_sheet_is_described_in_the_catalogue() {
        compare(FACTS, "");

        // Without `..`, so that a new field cannot be forgotten here.
        let regulation = || crate::domain::fact_sheet::Regulation {
            kind: RegulationKind::Perda,
            region: Some("Kabupaten Nusa Kencana".into()),
            number: Some("1".into()),
            year: Some(2020),
            about: Some("Sembarang".into()),
            gazettes: vec![Gazette { kind: GazetteKind::Ld, year: Some(2020), number: Some("1".into()) }],
        };
        let basis = crate::domain::fact_sheet::LegalBasis {
            regulation: regulation(),
            amended_several_times: true,
            amended_by: vec![regulation()],
        };
        let tree = serde_json::to_value(&basis).unwrap();
        let keys = |tree: &Value| tree.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        let described = |fields: &[Field]| fields.iter().map(|field| field.key.to_owned()).collect();
        assert_eq!(keys(&tree), described(LEGAL_BASIS));
        assert_eq!(keys(&tree["amended_by"][0]), described(REGULATION));
        assert_eq!(keys(&tree["gazettes"][0]), described(GAZETTE));
    }
}
