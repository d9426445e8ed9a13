//! Every mail, one struct each; its words stand in `templates/mail/<mail>/` as `subject.txt`,
//! `body.txt` and `body.html`.
//!
//! To add a mail: a struct of ready-to-print text, three templates, and a sample in the tests below.

use askama::Template;

/// A mail as it leaves: the same words as text and as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedMail {
    /// One line of at most [`SUBJECT_LIMIT`] characters.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part; it needs nothing from the network.
    pub html: String,
}

/// Longest subject, in characters; longer ones are cut by common mail programs.
pub const SUBJECT_LIMIT: usize = 120;

/// To the head of a user agency: the letter that asks for renewal is due.
#[derive(Debug, Clone, Default)]
pub struct RenewalReminder {
    /// Name with degrees, with "Bapak" or "Ibu" where it is known.
    pub head_name: String,
    /// "Kepala Dinas Perikanan Kabupaten Nusa Kencana"; with "Plt." or "Plh." in front.
    pub head_position: String,
    /// The user agency.
    pub agency: String,
    /// Subject of the agreement, without "tentang".
    pub agreement_about: String,
    /// Number at the provider, as written; `None` when it is not recorded.
    pub provider_number: Option<String>,
    /// Number at the user agency, as written; `None` when it is not recorded.
    pub user_number: Option<String>,
    /// "17 September 2025".
    pub signed_on: String,
    /// Last day in force: "16 September 2027".
    pub ends_on: String,
    /// Last day for the letter, with weekday: "Jumat, 16 Juli 2027".
    pub letter_due_on: String,
    /// Whether that is today.
    pub due_today: bool,
    /// Whether that has passed.
    pub overdue: bool,
    /// The working day before, with weekday, when the last day is a day off.
    pub working_day_before: Option<String>,
    /// The rule as a sentence: "Surat diajukan paling lambat dua bulan kalender sebelum perjanjian berakhir."
    pub rule_sentence: String,
    /// Where the rule stands: "Petunjuk Teknis angka VI huruf F", "kebijakan kantor".
    pub source_sentence: String,
    /// What to do, in order, one sentence each.
    pub next_steps: Vec<String>,
    /// The civil-registry office.
    pub office_name: String,
    /// Its address.
    pub office_address: String,
    /// The agreement in Kawal, for heads who have an account.
    pub link: Option<String>,
    /// Who gets a copy: "Tembusan: …".
    pub copy_note: Option<String>,
}

#[derive(Template)]
#[template(path = "mail/renewal_reminder/subject.txt")]
struct RenewalReminderSubject<'a> {
    mail: &'a RenewalReminder,
    agency: &'a str,
}

#[derive(Template)]
#[template(path = "mail/renewal_reminder/body.txt")]
struct RenewalReminderText<'a> {
    mail: &'a RenewalReminder,
}

#[derive(Template)]
#[template(path = "mail/renewal_reminder/body.html", whitespace = "minimize")]
struct RenewalReminderHtml<'a> {
    mail: &'a RenewalReminder,
    subject: &'a str,
}

impl RenewalReminder {
    /// Subject, text and HTML.
    ///
    /// # Errors
    /// Only when a value cannot be written, which text never causes.
    pub fn render(&self) -> askama::Result<RenderedMail> {
        let subject =
            fit_subject(&self.agency, |agency| RenewalReminderSubject { mail: self, agency }.render())?;
        let text = RenewalReminderText { mail: self }.render()?;
        let html = RenewalReminderHtml { mail: self, subject: &subject }.render()?;
        Ok(RenderedMail { subject, text, html })
    }
}

/// A subject with as much of a long name as fits, cut after a word. Line breaks become spaces, so that
/// nothing typed can add a header.
fn fit_subject(name: &str, write: impl Fn(&str) -> askama::Result<String>) -> askama::Result<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    for kept in (0..=words.len()).rev() {
        let mut part = words.get(..kept).unwrap_or_default().join(" ");
        if kept < words.len() {
            part.push('…');
        }
        let subject = write(&part)?.split_whitespace().collect::<Vec<_>>().join(" ");
        if subject.chars().count() <= SUBJECT_LIMIT {
            return Ok(subject);
        }
    }
    Ok(write("")?.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT_LIMIT).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn reminder() -> RenewalReminder {
        RenewalReminder {
            head_name: "Bapak Bagas Wiranata, S.Pi., M.M.".into(),
            head_position: "Kepala Dinas Perikanan Kabupaten Nusa Kencana".into(),
            agency: "Dinas Perikanan Kabupaten Nusa Kencana".into(),
            agreement_about: "Pemanfaatan Nomor Induk Kependudukan, Data Kependudukan, dan KTP Elektronik".into(),
            provider_number: Some("400.12/118/2025".into()),
            user_number: None,
            signed_on: "17 September 2025".into(),
            ends_on: "16 September 2027".into(),
            letter_due_on: "Jumat, 16 Juli 2027".into(),
            due_today: true,
            overdue: false,
            working_day_before: None,
            rule_sentence: "Surat perpanjangan diajukan paling lambat dua bulan kalender sebelum perjanjian berakhir.".into(),
            source_sentence: "Petunjuk Teknis angka VI huruf F".into(),
            next_steps: vec![
                "Tanda tangani surat permohonan perpanjangan dan bubuhkan cap dinas.".into(),
                "Kirimkan kepada Direktur Jenderal Dukcapil melalui kantor kami, langsung atau dengan membalas surel ini.".into(),
            ],
            office_name: "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana".into(),
            office_address: "Jalan Kencana Raya Nomor 1, Nusa Kencana".into(),
            link: Some("https://kawal.nusakencana.example/perjanjian/01981f2e".into()),
            copy_note: Some("Tembusan: Disdukcapil Kabupaten Nusa Kencana.".into()),
        }
    }

    #[test]
    fn both_parts_say_what_is_due_when_why_and_what_to_do() {
        let mail = reminder().render().unwrap();
        assert_eq!(
            mail.subject,
            "Hari ini batas surat perpanjangan PKS Dinas Perikanan Kabupaten Nusa Kencana"
        );
        for part in [&mail.text, &mail.html] {
            for said in [
                "Bapak Bagas Wiranata, S.Pi., M.M.",
                "Kepala Dinas Perikanan",
                "400.12/118/2025",
                "belum tercatat",
                "16 September 2027",
                "Jumat, 16 Juli 2027",
                "dua bulan kalender sebelum perjanjian berakhir",
                "Petunjuk Teknis angka VI huruf F",
                "Tanda tangani surat",
                "https://kawal.nusakencana.example/perjanjian/01981f2e",
                "Tembusan: Disdukcapil",
            ] {
                assert!(part.contains(said), "{said:?} is missing in\n{part}");
            }
        }
        if std::env::var_os("KAWAL_LOOK").is_some() {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("surel-pengingat.html"), &mail.html).unwrap();
            std::fs::write(folder.join("surel-pengingat.txt"), &mail.text).unwrap();
        }
    }

    #[test]
    fn a_mail_sent_ahead_names_the_day_and_the_working_day_before_a_day_off() {
        let mail = RenewalReminder {
            due_today: false,
            letter_due_on: "Minggu, 18 Juli 2027".into(),
            working_day_before: Some("Jumat, 16 Juli 2027".into()),
            ..reminder()
        };
        let mail = mail.render().unwrap();
        assert!(mail.subject.contains("paling lambat Minggu, 18 Juli 2027"), "{}", mail.subject);
        assert!(mail.text.contains("hari libur") && mail.text.contains("Jumat, 16 Juli 2027"));
        assert!(!mail.text.contains("hari ini"));
    }

    #[test]
    fn a_mail_that_goes_out_late_says_so() {
        let mail = RenewalReminder { due_today: false, overdue: true, ..reminder() }.render().unwrap();
        assert_eq!(
            mail.subject,
            "Batas surat perpanjangan PKS Dinas Perikanan Kabupaten Nusa Kencana sudah lewat"
        );
        for part in [&mail.text, &mail.html] {
            assert!(part.contains("seharusnya") && part.contains("Jumat, 16 Juli 2027"), "{part}");
            assert!(!part.contains("hari ini"), "{part}");
        }
    }

    #[test]
    fn a_long_name_never_makes_a_long_subject() {
        let mail = RenewalReminder {
            agency:
                "Badan Pengelolaan Keuangan, Pendapatan, Aset Daerah, Penelitian, Pengembangan, dan Inovasi \
                     Kabupaten Nusa Kencana Provinsi Samudra Raya"
                    .into(),
            due_today: false,
            ..reminder()
        };
        let subject = mail.render().unwrap().subject;
        assert!(subject.chars().count() <= SUBJECT_LIMIT, "{subject}");
        assert!(subject.contains('…') && subject.contains("16 Juli 2027"), "{subject}");
    }

    #[test]
    fn nothing_typed_becomes_a_header_or_markup() {
        let mail = RenewalReminder {
            agency: "Dinas\r\nBcc: semua@nusakencana.example".into(),
            head_name: "<script>alert(1)</script>".into(),
            ..reminder()
        };
        let mail = mail.render().unwrap();
        assert!(!mail.subject.contains(['\r', '\n']));
        assert!(!mail.html.contains("<script>"));
    }
}
