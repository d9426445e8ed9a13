//! Fictional agencies and their heads.

use crate::domain::fact_sheet::InstitutionKind;

/// A fictional agency.
pub(super) struct Agency {
    /// Name without its region.
    pub name: &'static str,
    /// Short name.
    pub short: &'static str,
    /// Kind.
    pub kind: InstitutionKind,
    /// Its business.
    pub affairs: &'static str,
    /// What it uses the data for.
    pub purpose: &'static str,
    /// What it gives back.
    pub feedback: &'static [&'static str],
    /// Its head.
    pub head: &'static str,
    /// The head's degrees.
    pub degrees: &'static str,
}

const fn office(
    name: &'static str,
    short: &'static str,
    affairs: &'static str,
    purpose: &'static str,
    feedback: &'static [&'static str],
    head: &'static str,
    degrees: &'static str,
) -> Agency {
    Agency { name, short, kind: InstitutionKind::RegionalOffice, affairs, purpose, feedback, head, degrees }
}

/// Agencies of either office.
#[rustfmt::skip]
pub(super) const AGENCIES: &[Agency] = &[
    office("Dinas Perikanan", "Dinas Perikanan", "perikanan", "verifikasi dan validasi data penerima bantuan nelayan", &["nomor penerima bantuan", "jenis bantuan"], "Bagas Wiranata", "S.Pi., M.M."),
    office("Dinas Kesehatan", "Dinas Kesehatan", "kesehatan", "verifikasi identitas peserta layanan kesehatan", &["nomor rekam layanan", "jenis layanan"], "Laksmi Handayani", "S.K.M., M.Kes."),
    office("Dinas Pendidikan", "Dinas Pendidikan", "pendidikan", "validasi data peserta didik baru", &["nomor induk siswa", "jenjang"], "Suryo Kartanegara", "S.Pd., M.Pd."),
    office("Badan Pengelolaan Pendapatan Daerah", "Bappenda", "pengelolaan pendapatan daerah", "validasi data wajib pajak daerah", &["nomor objek pajak", "jenis pajak"], "Damar Wibisono", "S.E., M.Ak."),
    office("Dinas Tenaga Kerja", "Disnaker", "ketenagakerjaan", "verifikasi data pencari kerja", &["nomor kartu pencari kerja", "jenis pelatihan"], "Ayu Lestariningsih", "S.H., M.H."),
    office("Dinas Koperasi dan Usaha Mikro", "Dinkop UM", "koperasi dan usaha mikro", "validasi data pelaku usaha mikro", &["nomor register usaha", "jenis usaha"], "Galih Pamungkas", "S.E."),
    office("Dinas Perumahan dan Kawasan Permukiman", "Disperkim", "perumahan", "verifikasi penerima bantuan rumah layak huni", &["nomor penerima bantuan", "jenis bantuan"], "Teguh Wijayanto", "S.T., M.T."),
    office("Satuan Polisi Pamong Praja", "Satpol PP", "ketenteraman dan ketertiban umum", "verifikasi identitas pelanggar peraturan daerah", &["nomor berita acara", "jenis pelanggaran"], "Surya Adiputra", "S.IP."),
    office("Dinas Perhubungan", "Dishub", "perhubungan", "validasi data penerima kartu angkutan", &["nomor kartu angkutan"], "Kirana Maheswari", "S.SiT., M.T."),
    office("Dinas Perpustakaan dan Kearsipan", "Dispusip", "perpustakaan dan kearsipan", "pendaftaran anggota perpustakaan", &["nomor anggota"], "Anindya Larasati", "S.S., M.Hum."),
    office("Badan Kepegawaian Daerah", "BKD", "kepegawaian", "validasi data pegawai dan keluarganya", &["nomor induk pegawai"], "Rahadian Nugroho", "S.STP., M.Si."),
    office("Dinas Lingkungan Hidup", "DLH", "lingkungan hidup", "verifikasi wajib retribusi kebersihan", &["nomor wajib retribusi"], "Melati Sekarwangi", "S.Si."),
    office("Dinas Pariwisata", "Dispar", "pariwisata", "verifikasi pelaku usaha wisata", &["nomor pelaku usaha", "jenis usaha wisata"], "Bayu Segara", "S.Par., M.M."),
    office("Kecamatan Sukamaju", "Kecamatan Sukamaju", "pelayanan administrasi terpadu kecamatan", "verifikasi pemohon layanan kecamatan", &["nomor register layanan"], "Hesti Pranoto", "S.Sos."),
    Agency { kind: InstitutionKind::Hospital, ..office("Rumah Sakit Umum Daerah Tirta Husada", "RSUD Tirta Husada", "pelayanan kesehatan rujukan", "verifikasi identitas pasien", &["nomor rekam medis"], "Arif Budiawan", "Sp.PD., M.Kes.") },
    office("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DP3A", "pemberdayaan perempuan dan perlindungan anak", "verifikasi penerima layanan perlindungan", &["nomor layanan"], "Retno Widyastuti", "S.Psi., M.Si."),
    office("Dinas Ketahanan Pangan", "DKP", "ketahanan pangan", "validasi penerima cadangan pangan", &["nomor penerima", "jenis pangan"], "Jati Purnomo", "S.P."),
    office("Dinas Pemuda dan Olahraga", "Dispora", "kepemudaan dan olahraga", "validasi data atlet", &["nomor atlet", "cabang olahraga"], "Raka Mahardika", "S.Or."),
    office("Dinas Pekerjaan Umum", "DPU", "pekerjaan umum", "verifikasi pemilik lahan terdampak", &["nomor bidang lahan"], "Wahyu Sasongko", "S.T."),
    office("Badan Kesatuan Bangsa dan Politik", "Kesbangpol", "kesatuan bangsa", "verifikasi pengurus organisasi kemasyarakatan", &["nomor register organisasi"], "Nurul Khasanah", "S.IP., M.Si."),
    office("Dinas Perdagangan", "Disdag", "perdagangan", "validasi data pedagang pasar", &["nomor los pasar"], "Bima Ardiansyah", "S.E."),
    office("Inspektorat Daerah", "Inspektorat", "pengawasan", "validasi data penerima hibah", &["nomor hibah"], "Sekar Ayuningtyas", "S.E., M.Ak., CGCAE"),
    office("Kecamatan Wanasari", "Kecamatan Wanasari", "pelayanan administrasi terpadu kecamatan", "verifikasi pemohon layanan kecamatan", &["nomor register layanan"], "Panji Asmoro", "S.STP."),
    Agency { kind: InstitutionKind::LegalEntity, ..office("Perumda Air Minum Tirta Kencana", "Perumda Tirta Kencana", "penyediaan air minum", "validasi data pelanggan", &["nomor sambungan"], "Indra Kusumah", "S.T., M.M.") },
    office("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP", "penanaman modal", "verifikasi pemohon perizinan", &["nomor register izin", "jenis izin"], "Citra Maharani", "S.H."),
    office("Kecamatan Karanganom", "Kecamatan Karanganom", "pelayanan administrasi terpadu kecamatan", "verifikasi pemohon layanan kecamatan", &["nomor register layanan"], "Adi Nugraha", "S.Sos., M.AP."),
    Agency { kind: InstitutionKind::Village, ..office("Pemerintah Desa Mekarsari", "Desa Mekarsari", "pemerintahan desa", "verifikasi penerima bantuan sosial desa", &["data penerima bantuan sosial"], "Karto Wiryono", "S.H.") },
    Agency { kind: InstitutionKind::Village, ..office("Pemerintah Desa Sidomukti", "Desa Sidomukti", "pemerintahan desa", "verifikasi penerima bantuan sosial desa", &["data penerima bantuan sosial"], "Slamet Raharjo", "A.Md.") },
];
