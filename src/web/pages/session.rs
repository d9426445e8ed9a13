//! Sign-in.

use super::layout::Layout;
use askama::Template;

/// `/masuk`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "session/sign_in.html", whitespace = "minimize")]
pub struct SignInPage {
    /// Frame; only title, flash, banner and ids are shown.
    pub layout: Layout,
    /// "Untuk petugas Disdukcapil, kepala instansi, dan pemeriksa."
    pub lead: String,
    /// What is wrong, without saying whether the account exists.
    pub error: Option<String>,
    /// What was typed.
    pub email: String,
    /// One-time key.
    pub key: String,
    /// Path to return to, within this installation.
    pub next: Option<String>,
    /// Accounts of the demo; empty in real life.
    pub demo_accounts: Vec<DemoAccount>,
}

/// A sign-in of the demo.
#[derive(Debug, Clone, Default)]
pub struct DemoAccount {
    /// Role in words.
    pub role: String,
    /// Address.
    pub email: String,
    /// Password of the demo, public on purpose.
    pub password: String,
}

#[cfg(test)]
pub(crate) fn sample(refused: bool) -> SignInPage {
    let account = |role: &str, email: &str| DemoAccount {
        role: role.into(),
        email: email.into(),
        password: "peragaan-kawal".into(),
    };
    SignInPage {
        layout: super::layout::sample("Masuk", super::layout::NavItem::Dashboard),
        lead: "Untuk petugas Disdukcapil, kepala instansi, dan pemeriksa.".into(),
        error: refused.then(|| {
            "Surel atau kata sandi tidak cocok. Periksa lagi; setelah lima kali salah, masuk ditunda 15 menit.".into()
        }),
        email: if refused { "rini@nusakencana.example".into() } else { String::new() },
        key: "k-1".into(),
        next: Some("/perjanjian".into()),
        demo_accounts: if refused {
            Vec::new()
        } else {
            vec![
                account("Staf", "staf@nusakencana.example"),
                account("Penyetuju", "penyetuju@nusakencana.example"),
                account("Kepala instansi", "kepala@nusakencana.example"),
                account("Pemeriksa", "pemeriksa@nusakencana.example"),
            ]
        },
    }
}
