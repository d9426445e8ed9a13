//! How lines are chosen and set.

use super::super::font::Shaper;
use super::super::line::{Line, set};
use super::super::words::{Style, segments};
use crate::documents::any_document::sample;
use crate::documents::model::{Align, Block, FontFamily, Run};

const SIZE: f32 = 11.0;

fn lines(runs: &[Run], width: f32, align: Align) -> Vec<Line> {
    let style = Style { family: FontFamily::Bonum, size: SIZE, bold: false };
    Shaper::with(|shaper| {
        let segments = segments(shaper, runs, style, width)?;
        Ok(set(&segments, width, align, SIZE, &shaper.spaces()))
    })
    .unwrap()
}

fn text(line: &Line) -> String {
    let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
    text.trim_end().to_owned()
}

fn right(line: &Line) -> f32 {
    line.spans.last().map_or(0.0, |span| span.x + span.width)
}

#[test]
fn justified_lines_end_at_the_edge() {
    let document = sample();
    let paras = document.blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para),
        _ => None,
    });
    let mut seen = 0;
    for para in paras {
        let lines = lines(&para.runs, 420.0, Align::Justify);
        let (last, others) = lines.split_last().unwrap();
        for line in others {
            assert!((right(line) - 420.0).abs() < 0.1, "{}: {}", text(line), right(line));
        }
        assert!(right(last) <= 420.1);
        seen += others.len();
    }
    assert!(seen > 50);
}

#[test]
fn a_number_breaks_after_a_slash_rather_than_tear_its_line() {
    let torn = "Surat Direktur Jenderal Nomor 400.8.1.2/9876/Dukcapil/Sesditjen/SIAK/2030 tanggal dua.";
    let first = text(&lines(&[Run::plain(torn)], 310.0, Align::Justify)[0]);
    assert!(first.trim_end().ends_with('/'), "{first}");
    let easy = "Perjanjian ini dan/atau adendumnya berlaku bagi kedua belah pihak tanpa kecuali.";
    for line in lines(&[Run::plain(easy)], 310.0, Align::Justify) {
        assert!(!text(&line).trim_end().ends_with('/'), "{}", text(&line));
    }
}

#[test]
fn ragged_lines_take_what_fits_and_leave_numbers_whole() {
    let runs = [Run::plain("Nomor surat 400.8.1.2/1675/Dukcapil tanggal 2 Mei")];
    let set: Vec<String> = lines(&runs, 150.0, Align::Left).iter().map(text).collect();
    assert_eq!(set, ["Nomor surat", "400.8.1.2/1675/Dukcapil", "tanggal 2 Mei"]);
}

#[test]
fn a_word_wider_than_its_column_is_cut_and_nothing_is_lost() {
    let long = "Mahkamahkonstitusikependudukandanpencatatansipil";
    let set = lines(&[Run::plain(long)], 60.0, Align::Justify);
    assert!(set.iter().all(|line| right(line) <= 60.01));
    assert_eq!(set.iter().map(text).collect::<String>(), long);
}

#[test]
fn punctuation_in_another_style_stays_with_its_word() {
    let runs = [Run::plain("disebut "), Run::bold("PIHAK KESATU"), Run::plain(".")];
    for width in [60.0, 70.0, 80.0, 90.0, 110.0, 140.0] {
        for line in lines(&runs, width, Align::Justify) {
            assert!(!text(&line).starts_with('.'), "{width}");
        }
    }
}

#[test]
fn a_space_that_must_not_break_does_not() {
    let runs = [Run::plain("sebagaimana Pasal\u{a0}2 ayat\u{a0}(1) huruf\u{a0}a")];
    for width in [60.0, 80.0, 100.0, 120.0] {
        for line in lines(&runs, width, Align::Left) {
            assert!(!text(&line).trim_end().ends_with("Pasal"), "{width}: {}", text(&line));
        }
    }
}
