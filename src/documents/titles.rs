//! What people call a wording, and the paper it stands in.

use super::clause::standard;

/// Papers by the folder of their wordings.
const GROUPS: &[(&str, &str)] = &[
    ("pks", "Perjanjian Kerja Sama (PKS)"),
    ("juknis", "Petunjuk Teknis"),
    ("statements", "Pernyataan: SPTJM dan NDA"),
    ("letters", "Surat"),
    ("handover", "Berita acara serah terima"),
    ("addendum", "Adendum"),
    ("report", "Laporan semester"),
];

/// Names of wordings that have no heading of their own to be called by.
const TITLES: &[(&str, &str)] = &[
    ("pks/preamble", "Kalimat pembuka"),
    ("pks/party_rows", "Penutup rincian para pihak"),
    ("pks/party_sentence", "Kalimat para pihak"),
    ("pks/recitals", "Pertimbangan"),
    ("pks/legal_bases", "Dasar hukum"),
    ("pks/agreement", "Kalimat kesepakatan"),
    ("pks/ending", "Berakhirnya perjanjian"),
    ("letters/renewal_notice", "Pemberitahuan masa berlaku akan berakhir"),
];

/// The folder of a wording ("pks").
pub fn folder(name: &str) -> &str {
    name.split_once('/').map_or(name, |(folder, _)| folder)
}

/// What the paper of a folder is called.
pub fn group(folder: &str) -> String {
    GROUPS
        .iter()
        .find(|(known, _)| *known == folder)
        .map_or_else(|| spoken(folder), |(_, title)| (*title).to_owned())
}

/// Where a group stands in a list of papers.
pub fn group_place(folder: &str) -> usize {
    GROUPS.iter().position(|(known, _)| *known == folder).unwrap_or(GROUPS.len())
}

/// What a standard wording is called.
pub fn title(name: &str) -> String {
    let known = TITLES.iter().find(|(known, _)| *known == name).map(|(_, title)| (*title).to_owned());
    known
        .or_else(|| heading(standard(name)?))
        .unwrap_or_else(|| spoken(name.rsplit_once('/').map_or(name, |(_, part)| part)))
}

/// The first heading of a text in plain words; none where it has none, or one with placeholders.
pub fn heading(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let words = line.rsplit_once(" ^").map_or(line, |(words, _)| words);
    let plain = words.replace(['*', '_'], "");
    let plain = plain.trim();
    (!plain.is_empty() && !plain.contains(['{', '}'])).then(|| plain.to_owned())
}

/// "renewal_notice" → "Renewal notice".
fn spoken(name: &str) -> String {
    crate::domain::wording::capitalise(&name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::super::clause::standard_names;
    use super::*;

    #[test]
    fn every_wording_of_the_agreement_has_a_name_for_people() {
        for name in standard_names().filter(|name| name.starts_with("pks/")) {
            let title = title(name);
            assert!(!title.is_empty() && !title.contains(['_', '{', '*', '^']), "{name}: {title}");
        }
        assert_eq!(title("pks/force_majeure"), "Keadaan Memaksa (Force Majeure)");
        assert_eq!(title("pks/ending"), "Berakhirnya perjanjian");
    }

    #[test]
    fn names_have_a_folder_and_a_part_because_addresses_have() {
        for name in standard_names() {
            assert_eq!(name.matches('/').count(), 1, "{name}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '/' || c == '_'), "{name}");
        }
    }
}
