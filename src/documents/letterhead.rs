//! The head of an institution's letters: its own lines where it has some, else composed from facts.

use super::HeadLines;
use super::facts::known;
use super::model::{Letterhead, Picture, Run};
use crate::domain::fact_sheet::{Institution, InstitutionKind};
use crate::domain::wording::heading;

/// The head of an institution's letters. `role` names the party in gaps.
pub fn letterhead(
    institution: &Institution,
    own: &HeadLines,
    logo: Option<&Picture>,
    role: &str,
) -> Letterhead {
    let lines = |own: &[String]| -> Vec<Vec<Run>> {
        own.iter().filter_map(|line| known(Some(line))).map(|line| vec![Run::plain(line)]).collect()
    };
    let (names, details) = (lines(&own.names), lines(&own.details));
    Letterhead {
        logo: logo.cloned(),
        names: if names.is_empty() { composed_names(institution, role) } else { names },
        details: if details.is_empty() { composed_details(institution, role) } else { details },
    }
}

/// "PEMERINTAH KABUPATEN …" above the office's name; a body that is no part of a region's government
/// stands alone.
fn composed_names(institution: &Institution, role: &str) -> Vec<Vec<Run>> {
    let region = known(institution.region.full_name().as_deref());
    let own_body = matches!(institution.kind, InstitutionKind::LegalEntity | InstitutionKind::CentralAgency);
    let name = known(institution.name.as_deref());
    let mut lines = Vec::new();
    if !own_body {
        lines.push(match &region {
            Some(region) => Run::bold(heading(&format!("Pemerintah {region}"))),
            None => Run::gap(&format!("wilayah {role}")),
        });
    }
    lines.push(match &name {
        Some(name) => {
            let office = region.as_deref().filter(|_| !own_body).and_then(|region| name.strip_suffix(region));
            let office = office.map(str::trim_end).filter(|office| !office.is_empty());
            Run::bold(heading(office.unwrap_or(name)))
        }
        None => Run::gap(&format!("nama instansi {role}")),
    });
    lines.into_iter().map(|line| vec![line]).collect()
}

fn composed_details(institution: &Institution, role: &str) -> Vec<Vec<Run>> {
    let address =
        known(institution.address.as_deref()).map_or_else(|| Run::gap(&format!("alamat {role}")), Run::plain);
    let reachable: Vec<String> = [("Telepon", &institution.phone), ("Surel", &institution.email)]
        .into_iter()
        .filter_map(|(label, fact)| known(fact.as_deref()).map(|fact| format!("{label} {fact}")))
        .collect();
    let mut lines = vec![vec![address]];
    if !reachable.is_empty() {
        lines.push(vec![Run::plain(reachable.join("; "))]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::{Region, RegionKind};

    fn text(lines: &[Vec<Run>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    fn fisheries() -> Institution {
        Institution {
            name: Some("Dinas Perikanan Kabupaten Nusa Kencana".into()),
            region: Region {
                kind: RegionKind::Kabupaten,
                name: Some("Nusa Kencana".into()),
                ..Region::default()
            },
            address: Some("Jalan Pelabuhan Nomor 7".into()),
            ..Institution::default()
        }
    }

    #[test]
    fn a_head_is_composed_from_facts_and_shows_what_is_unknown() {
        let head = letterhead(&fisheries(), &HeadLines::default(), None, "PIHAK KEDUA");
        assert_eq!(text(&head.names), ["PEMERINTAH KABUPATEN NUSA KENCANA", "DINAS PERIKANAN"]);
        assert_eq!(text(&head.details), ["Jalan Pelabuhan Nomor 7"]);
        let unknown = Institution { address: None, ..fisheries() };
        let head = letterhead(&unknown, &HeadLines::default(), None, "PIHAK KEDUA");
        assert!(head.details[0][0].gap && head.details[0][0].text.contains("alamat PIHAK KEDUA"));
    }

    #[test]
    fn a_body_of_its_own_is_no_part_of_the_regions_government() {
        let bank = Institution {
            kind: InstitutionKind::LegalEntity,
            name: Some("Bank Nusa Kencana".into()),
            ..fisheries()
        };
        let head = letterhead(&bank, &HeadLines::default(), None, "PIHAK KEDUA");
        assert_eq!(text(&head.names), ["BANK NUSA KENCANA"]);
    }

    #[test]
    fn own_lines_stand_as_they_were_written() {
        let own = HeadLines {
            names: vec!["UPT Pelabuhan".into(), " ".into()],
            details: vec!["Kotak pos 7".into()],
        };
        let head = letterhead(&fisheries(), &own, None, "PIHAK KEDUA");
        assert_eq!(
            (text(&head.names), text(&head.details)),
            (vec!["UPT Pelabuhan".into()], vec!["Kotak pos 7".into()])
        );
    }
}
