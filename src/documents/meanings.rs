//! What each placeholder means, in the words of the people who write wordings.

/// Paths with their meaning; those of one party hold for both.
#[rustfmt::skip]
const MEANINGS: &[(&str, &str)] = &[
    ("pks", "sebutan perjanjian: Perjanjian Kerja Sama atau Perjanjian Kerjasama"),
    ("form.structure_only", "perjanjian berakhir hanya karena perubahan kelembagaan, bukan nomenklatur"),
    ("form.definitions", "perjanjian mempunyai pasal Pengertian"),
    ("subject.about", "judul perjanjian, sesudah “tentang”"),
    ("subject.about_short", "judul perjanjian yang diringkas"),
    ("subject.joined", "maksud dan tujuan ditulis dalam satu ayat"),
    ("subject.purpose", "tujuan pemanfaatan data"),
    ("subject.aim", "tujuan yang ditulis terpisah dari maksud"),
    ("recitals", "butir menimbang tambahan, masing-masing sesudah “bahwa”"),
    ("signing.date", "hari dan tanggal penandatanganan dengan huruf"),
    ("signing.short_date", "tanggal penandatanganan dengan angka"),
    ("signing.place", "tempat penandatanganan"),
    ("legal_bases", "peraturan yang dikutip, menurut urutan"),
    ("approval_letters", "surat persetujuan Direktur Jenderal"),
    ("missing.legal_bases", "celah yang tercetak bila belum ada dasar hukum"),
    ("access.state_count", "jumlah elemen data disebut dalam pasal"),
    ("access.elements", "elemen data pada kewajiban PIHAK KESATU"),
    ("access.count", "jumlah elemen data itu, dengan angka dan huruf"),
    ("access.right_elements", "elemen data pada hak PIHAK KEDUA; sama dengan kewajiban kecuali naskah lama berbeda"),
    ("access.right_count", "jumlah elemen data pada hak, dengan angka dan huruf"),
    ("access.named", "pasal menyebut pencarian berdasarkan NIK dan metodenya"),
    ("access.methods", "metode akses"),
    ("access.by_web_portal", "akses melalui web portal"),
    ("access.by_web_service", "akses melalui web service"),
    ("access.by_card_reader", "akses melalui perangkat pembaca KTP-el"),
    ("network.arrangement", "siapa menyediakan jaringan: provider_provides, provider_facilitates, atau user_provides"),
    ("network.paid_by", "siapa membiayai jaringan: unstated, user, facilitator, atau facilitator_or_user"),
    ("network.facilitated", "ada fasilitator jaringan"),
    ("network.facilitator", "nama fasilitator jaringan"),
    ("network.points", "jumlah titik jaringan, dengan angka dan huruf"),
    ("readers.used", "perjanjian memakai perangkat pembaca KTP-el"),
    ("readers.per_unit", "jumlah paling sedikit perangkat pada tiap unit kerja"),
    ("readers.within", "batas waktu pengadaan perangkat"),
    ("readers.sam_information", "PIHAK KESATU memberi informasi personalisasi SAM"),
    ("readers.deactivate_at_end", "perangkat dinonaktifkan saat perjanjian berakhir"),
    ("feedback.items", "data balikan pada kewajiban PIHAK KEDUA"),
    ("feedback.right_items", "data balikan pada hak PIHAK KESATU; sama dengan kewajiban kecuali naskah lama berbeda"),
    ("feedback.completes_database", "data balikan melengkapi basis data kependudukan"),
    ("security.leak_liability", "PIHAK KEDUA menanggung akibat kebocoran"),
    ("security.system_guarantee", "PIHAK KEDUA menjamin keamanan sistemnya"),
    ("security.certificate", "sertifikat keamanan informasi yang diminta"),
    ("security.certificate_within", "batas waktu menyerahkan sertifikat"),
    ("service.name", "nama layanan yang memakai data"),
    ("service.identity", "dasar layanan: ktp_el, ktp_el_ikd, atau lainnya"),
    ("service.publicity", "cara sosialisasi: social_media atau lainnya"),
    ("service.assistance", "ada bimbingan dan pendampingan teknis"),
    ("service.technical_staff", "PIHAK KEDUA menyediakan tenaga teknis"),
    ("financing", "ada biaya yang timbul, sehingga pembiayaan harus disebut"),
    ("reporting.copies_to", "penerima tembusan laporan semester"),
    ("evaluation.recipient", "penerima hasil evaluasi"),
    ("evaluation.through", "perantara hasil evaluasi"),
    ("evaluation.copy_to", "tembusan hasil evaluasi"),
    ("evaluation.covers_ad_hoc", "hasil evaluasi sewaktu-waktu juga dilaporkan"),
    ("term.basis", "cara menulis jangka waktu: explicit, until_date, until_length, from_date, atau from_signing"),
    ("term.length", "lamanya berlaku"),
    ("term.start", "tanggal mulai berlaku"),
    ("term.later_start", "tanggal mulai berlaku, bila bukan tanggal penandatanganan"),
    ("term.end", "tanggal akhir berlaku"),
    ("renewal.in_pks", "batas permohonan perpanjangan ditulis dalam PKS"),
    ("renewal.before", "jarak waktu permohonan perpanjangan sebelum berakhir"),
    ("copies.count", "jumlah rangkap, dengan angka dan huruf"),
    ("copies.all_stamped", "semua rangkap bermeterai"),
    ("copies.stamped", "jumlah rangkap bermeterai"),
    ("copies.unstamped", "jumlah rangkap tanpa meterai"),
    ("copies.seal", "rangkap dibubuhi cap kedua instansi"),
    ("letter.ends_on", "hari terakhir berlaku, dengan nama hari"),
    ("letter.due_on", "batas permohonan perpanjangan, dengan nama hari"),
    ("letter.rule", "aturan yang menjadi dasar batas itu"),
];

/// What is known of a party.
#[rustfmt::skip]
const OF_PARTY: &[(&str, &str)] = &[
    ("role", "sebutan pihak: PIHAK KESATU atau PIHAK KEDUA"),
    ("name", "nama instansi"),
    ("number", "nomor perjanjian pada pihak ini"),
    ("standing", "kedudukan pihak ini, sesudah “bahwa … adalah”"),
    ("kind", "jenis instansi, misalnya kecamatan, desa, atau rumah_sakit"),
    ("affairs", "urusan atau bidang instansi"),
    ("region", "wilayah instansi"),
    ("head", "jabatan kepala daerahnya: Bupati, Wali Kota, atau Gubernur"),
    ("phone", "telepon instansi"),
    ("email", "surel instansi"),
    ("official", "nama pejabat dengan gelarnya"),
    ("position", "jabatan pejabat"),
    ("address", "alamat pejabat atau instansinya"),
    ("acts_for", "atas nama siapa pejabat bertindak"),
];

/// What the placeholder at a path means; none for one that only some papers have.
pub(super) fn meaning(path: &str) -> Option<&'static str> {
    let (table, name) = match path.split_once('.') {
        Some(("provider" | "user" | "party", name)) => (OF_PARTY, name),
        _ => (MEANINGS, path),
    };
    table.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{known, placeholders};
    use super::*;

    #[test]
    fn every_placeholder_of_the_agreement_is_explained() {
        let unknown: Vec<String> = ["pks/duties", "pks/party_rows", "letters/renewal_notice"]
            .into_iter()
            .flat_map(placeholders)
            .filter(|placeholder| meaning(&placeholder.path).is_none())
            .map(|placeholder| placeholder.path)
            .collect();
        assert_eq!(unknown, [] as [String; 0]);
    }

    #[test]
    fn nothing_is_explained_that_no_paper_has() {
        let all: Vec<String> =
            known().keys().flat_map(|name| placeholders(name)).map(|one| one.path).collect();
        for (path, _) in MEANINGS {
            assert!(all.iter().any(|known| known == path), "{path}");
        }
        for (name, _) in OF_PARTY {
            assert!(all.iter().any(|known| *known == format!("user.{name}")), "{name}");
        }
    }
}
