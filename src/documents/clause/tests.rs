#![allow(clippy::unwrap_used, clippy::expect_used)]

use minijinja::{Value, context};
use proptest::prelude::*;

use super::*;
use crate::documents::model::{Para, Run};

fn print(text: &str, facts: Value) -> Result<Articles, ClauseError> {
    articles(&Wording::standard().with("uji", text), &["uji"], &facts, false)
}

fn paras(blocks: &[Block]) -> Vec<&Para> {
    blocks.iter().filter_map(|block| if let Block::Para(para) = block { Some(para) } else { None }).collect()
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Every paragraph with its label, indented by its level.
fn lines(articles: &Articles) -> Vec<String> {
    paras(&articles.blocks)
        .iter()
        .map(|para| {
            let label = para.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            format!("{}{label}{}", "  ".repeat(para.level.into()), text(&para.runs))
        })
        .collect()
}

const DUTIES: &str = "\
# Kewajiban ^duties

1. PIHAK KESATU wajib: ^duties.provider
   - memberikan akses
{% if readers %}
   - memberikan spesifikasi:
     - perangkat; ^spec
     - kartu
{% endif %}
   - memberikan *user id*. ^user_id
1. PIHAK KEDUA wajib menjaga rahasia ^duties.user

# Lain-Lain

1. Pelanggaran {{ ref('duties.user') }} mengakhiri perjanjian. ^breach
1. Akibat {{ ref('breach') }} diatur {{ ref('duties') }} dan {{ ref('user_id') }}.
";

#[test]
fn numbers_come_from_nesting_and_endings_from_the_engine() {
    let printed = print(DUTIES, context! { readers => true }).unwrap();
    assert_eq!(
        lines(&printed),
        [
            "(1) PIHAK KESATU wajib:",
            "  a. memberikan akses;",
            "  b. memberikan spesifikasi:",
            "    1) perangkat; dan",
            "    2) kartu; dan",
            "  c. memberikan user id.",
            "(2) PIHAK KEDUA wajib menjaga rahasia.",
            "(1) Pelanggaran Pasal 1 ayat (2) mengakhiri perjanjian.",
            "(2) Akibat ayat (1) diatur Pasal 1 dan Pasal 1 ayat (1) huruf c.",
        ]
    );
}

#[test]
fn numbering_closes_up_when_an_optional_item_falls_away() {
    let printed = print(DUTIES, context! { readers => false }).unwrap();
    assert_eq!(lines(&printed)[2], "  b. memberikan user id.");
    assert_eq!(printed.references["user_id"], "Pasal 1 ayat (1) huruf b");
    assert!(!printed.references.contains_key("spec"));
}

#[test]
fn a_single_ayat_prints_without_its_number() {
    let printed = print("# Jangka Waktu\n\n1. Berlaku dua tahun. ^term", context! {}).unwrap();
    assert_eq!(lines(&printed), ["Berlaku dua tahun."]);
    assert_eq!(printed.references["term"], "Pasal 1");
}

#[test]
fn items_below_a_lead_in_may_be_alternatives() {
    let printed =
        print("# Akhir\n\nBerakhir jika: ^or\n\n- habis\n- disepakati\n- berubah", context! {}).unwrap();
    assert_eq!(lines(&printed), ["Berakhir jika:", "a. habis;", "b. disepakati; atau", "c. berubah."]);
}

#[test]
fn a_reference_to_a_label_that_is_not_printed_is_refused() {
    let refused = print("# A\n\n1. Lihat {{ ref('spec') }}.\n1. B.", context! {}).unwrap_err();
    assert_eq!(refused, ClauseError::DanglingReference { file: "uji".into(), label: "spec".into() });
}

#[test]
fn a_label_that_stands_twice_is_refused() {
    let refused = print("# A ^a\n\n1. B. ^a\n1. C.", context! {}).unwrap_err();
    assert!(matches!(refused, ClauseError::DuplicateLabel { .. }));
}

#[test]
fn a_missing_fact_is_a_gap_and_false_in_conditions() {
    let facts = context! { place => gap("tempat") };
    let printed =
        print("# A\n\n1. Di **{{ place }}**{% if place %} sekarang{% endif %}.\n1. B.", facts).unwrap();
    let runs = &paras(&printed.blocks)[0].runs;
    assert_eq!(runs[1], Run { bold: true, ..Run::gap("tempat") });
    assert_eq!(text(runs), "Di …(tempat)….");
}

#[test]
fn a_fact_that_ends_in_a_full_stop_does_not_double_it() {
    let printed = print("# A\n\n1. Oleh {{ name }}.\n1. B.", context! { name => "Wira, S.Sos." }).unwrap();
    assert_eq!(lines(&printed)[0], "(1) Oleh Wira, S.Sos.");
}

#[test]
fn what_no_paper_can_hold_is_refused_and_not_dropped() {
    for wrong in
        ["<b>tebal</b>", "`kode`", "[tautan](http://a.example)", "> kutipan", "## Sub", "---", "![g](a)"]
    {
        let refused = print(&format!("# A\n\n{wrong}\n"), context! {});
        assert!(matches!(refused, Err(ClauseError::Markup { .. })), "{wrong}: {refused:?}");
    }
}

#[test]
fn an_unknown_placeholder_names_its_line() {
    let refused = print("# A\n\n1. {{ usr }}", context! {}).unwrap_err();
    assert!(matches!(refused, ClauseError::Placeholder { line: 3, .. }), "{refused:?}");
}

#[test]
fn a_wording_cannot_run_for_ever_or_reach_for_other_files() {
    let endless =
        "# A\n\n{% for a in n %}{% for b in n %}{% for c in n %}{{ a }}{% endfor %}{% endfor %}{% endfor %}";
    let n: Vec<u32> = (0..100).collect();
    assert!(matches!(print(endless, context! { n }), Err(ClauseError::Placeholder { .. })));
    assert!(matches!(print("# A\n\n{% include 'uji' %}", context! {}), Err(ClauseError::Placeholder { .. })));
}

#[test]
fn chapters_put_a_bab_over_each_pasal() {
    let wording = Wording::standard().with("uji", "# Keadaan Memaksa (*Force Majeure*) ^force\n\nAda.");
    let printed = articles(&wording, &["uji", "uji2"][..1], &context! {}, true).unwrap();
    let Block::Heading(chapter) = &printed.blocks[0] else { panic!("no chapter") };
    assert_eq!((chapter.level, text(&chapter.lines[0])), (2, "BAB I".into()));
    assert_eq!(text(&chapter.lines[1]), "KEADAAN MEMAKSA (FORCE MAJEURE)");
    assert!(chapter.lines[1].iter().any(|run| run.italic && run.bold));
    let Block::Heading(article) = &printed.blocks[1] else { panic!("no article") };
    assert_eq!((article.level, text(&article.lines[0])), (3, "Pasal 1".into()));
}

#[test]
fn running_text_numbers_its_lists_with_full_stops() {
    let wording =
        Wording::standard().with("uji", "Menerangkan:\n\n1. bahwa satu\n1. bahwa dua\n1. bahwa tiga.");
    let blocks = prose(&wording, "uji", &context! {}).unwrap();
    let labels: Vec<_> = paras(&blocks).iter().map(|para| (para.label.clone(), text(&para.runs))).collect();
    assert_eq!(labels[1], (Some("1.".into()), "bahwa satu;".into()));
    assert_eq!(labels[2], (Some("2.".into()), "bahwa dua;".into()));
    assert_eq!(labels[3], (Some("3.".into()), "bahwa tiga.".into()));
}

#[test]
fn a_captured_block_is_refused_because_it_would_mix_facts_with_markup() {
    let refused = print("# A\n\n{% set x %}{{ name }}{% endset %}{{ x }}", context! { name => "**a**" });
    assert!(matches!(refused, Err(ClauseError::Placeholder { .. })), "{refused:?}");
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*", "**", "_", "#", "# ", "{{", "}}", "{%", "%}", "{#", "[", "](", "<b>", "</b>", "`", "- ", "1. ",
        "^or", "^duties", "\n", "\n\n", "a", "Wira", " ", ".", ";", "&amp;", "\\", "|", "~", "!", "\u{E000}",
        "\u{E011}", "\u{E001}",
    ]);
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Invariant 5 of the design.
    #[test]
    fn a_value_never_becomes_markup(value in hostile()) {
        let value = sanitised(&value);
        let text = "# {{ v }} judul\n\n{{ v }} awal:\n\n- satu {{ v }}\n- **{{ v }}** dan *{{ v }}* dua\n\n1. {{ v }} tiga\n1. empat\n";
        let printed = print(text, context! { v => value.clone() }).unwrap();
        prop_assert_eq!(printed.blocks.len(), 6);
        prop_assert_eq!(&printed.references, &BTreeMap::new());
        let paras = paras(&printed.blocks);
        prop_assert_eq!(super::tests::text(&paras[0].runs), format!("{value} awal:"));
        prop_assert_eq!(super::tests::text(&paras[1].runs), format!("satu {value};{}", " dan"));
        let two = super::tests::text(&paras[2].runs);
        prop_assert_eq!(two, format!("{value} dan {value} dua."));
        prop_assert!(paras[2].runs.iter().filter(|run| run.bold).all(|run| run.text == value));
        prop_assert!(paras[2].runs.iter().filter(|run| run.italic).all(|run| run.text == value));
        prop_assert_eq!(super::tests::text(&paras[3].runs), format!("{value} tiga."));
    }

    #[test]
    fn even_a_forged_token_is_refused_or_printed_but_never_obeyed(value in hostile()) {
        if let Ok(printed) = print("# A\n\n1. {{ v }} x\n1. y", context! { v => value.as_str() }) {
            prop_assert_eq!(printed.blocks.len(), 3);
        }
    }
}
