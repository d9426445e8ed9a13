//! Pages that say what went wrong and what to do next.

use super::layout::Layout;
use super::parts::Act;
use askama::Template;

/// A page for a request that was not served. Its request id is in the log.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "errors/show.html", whitespace = "minimize")]
pub struct ErrorPage {
    /// Frame; only title, banner and ids are shown.
    pub layout: Layout,
    /// HTTP status.
    pub status: u16,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub text: String,
    /// What to do next.
    pub steps: Vec<String>,
    /// Buttons for it.
    pub acts: Vec<Act>,
    /// The form that was not taken, to be sent again as it was.
    pub again: Option<Again>,
}

/// A form that was not taken because the server was busy: nothing typed is lost.
#[derive(Debug, Clone, Default)]
pub struct Again {
    /// Where it was posted.
    pub action: String,
    /// What was typed, without passwords.
    pub pairs: Vec<(String, String)>,
}

/// What a page says by default.
struct Words {
    title: &'static str,
    text: &'static str,
    steps: &'static [&'static str],
}

impl ErrorPage {
    /// The page of that status, in the words that fit when nothing more is known.
    pub fn of(status: u16, mut layout: Layout) -> Self {
        let words = words(status);
        layout.title = words.title.to_owned();
        let home = Act::link("Ke beranda", "/").primary();
        Self {
            layout,
            status,
            title: words.title.to_owned(),
            text: words.text.to_owned(),
            steps: words.steps.iter().map(|step| (*step).to_owned()).collect(),
            acts: match status {
                404 => vec![home, Act::link("Cari perjanjian", "/perjanjian")],
                _ => vec![home],
            },
            again: None,
        }
    }

    /// With a sentence that says more precisely what happened.
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }
}

const fn words(status: u16) -> Words {
    match status {
        400 => Words {
            title: "Permintaan tidak dapat dibaca",
            text: "Alamat atau isian yang dikirim tidak lengkap.",
            steps: &[
                "Kembali ke halaman sebelumnya dan ulangi dari sana.",
                "Bila mengetik alamat sendiri, periksa ejaannya.",
            ],
        },
        403 => Words {
            title: "Halaman ini bukan untuk peran Anda",
            text: "Anda sudah masuk, tetapi peran Anda tidak dapat membuka atau mengubah ini. Tidak ada yang berubah.",
            steps: &[
                "Bila memang tugas Anda, mintalah pengelola Kawal di kantor Anda mengubah peran.",
                "Bila formulir ini dibuka dari situs lain, buka Kawal langsung lalu ulangi.",
            ],
        },
        404 => Words {
            title: "Halaman tidak ditemukan",
            text: "Tidak ada apa-apa di alamat ini, atau isinya milik kantor lain.",
            steps: &["Periksa alamatnya.", "Cari perjanjiannya menurut nomor, instansi, atau pejabat."],
        },
        405 => Words {
            title: "Tidak dapat dilakukan di alamat ini",
            text: "Alamat ini ada, tetapi tidak menerima permintaan seperti itu.",
            steps: &["Kembali ke halaman sebelumnya dan pakai tombol yang tersedia."],
        },
        409 => Words {
            title: "Ada yang lebih dulu menyimpan",
            text: "Sementara halaman ini terbuka, orang lain mengubah hal yang sama. Perubahan Anda belum disimpan.",
            steps: &[
                "Kembali, muat ulang halamannya, dan lihat perubahan itu.",
                "Ulangi perubahan Anda bila masih perlu.",
            ],
        },
        413 => Words {
            title: "Berkas atau isian terlalu besar",
            text: "Yang dikirim melebihi batas, jadi tidak disimpan.",
            steps: &[
                "Kecilkan berkasnya, misalnya dengan memindai pada 200 dpi.",
                "Kirim beberapa berkas satu per satu.",
            ],
        },
        422 => Words {
            title: "Isian belum dapat diterima",
            text: "Ada isian yang tidak sesuai, jadi belum ada yang disimpan.",
            steps: &[
                "Kembali ke formulir; yang salah ditandai di samping isiannya.",
                "Perbaiki lalu simpan lagi.",
            ],
        },
        429 => Words {
            title: "Terlalu banyak percobaan",
            text: "Permintaan dari Anda datang terlalu cepat, jadi Kawal menunda dulu.",
            steps: &[
                "Tunggu sebentar, lalu coba lagi sekali.",
                "Bila lupa kata sandi, mintalah pengelola menggantinya.",
            ],
        },
        503 => Words {
            title: "Kawal sedang sibuk",
            text: "Permintaan Anda menunggu terlalu lama dan belum dikerjakan. Tidak ada yang setengah tersimpan.",
            steps: &[
                "Tunggu setengah menit, lalu muat ulang halaman ini.",
                "Bila terus terjadi, beri tahu pengelola dengan kode di bawah.",
            ],
        },
        _ => Words {
            title: "Ada yang salah di Kawal",
            text: "Ini bukan kesalahan Anda. Permintaan Anda tidak diselesaikan dan tidak ada yang setengah tersimpan.",
            steps: &[
                "Coba sekali lagi.",
                "Bila terulang, beri tahu pengelola dengan kode di bawah; kode itu ada di catatan server.",
            ],
        },
    }
}

#[cfg(test)]
pub(crate) fn sample(status: u16) -> ErrorPage {
    ErrorPage::of(status, super::layout::sample("", super::layout::NavItem::Dashboard))
}
