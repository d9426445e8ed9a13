//! `GET /perjanjian`: search, filter by state, sort, paging by key.

use std::collections::HashMap;

use actix_web::web;
use chrono::NaiveDate;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::agreements::{AgreementListPage, Empty, Pick, SortDirection, SortLink};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, FilterChip, Jump, Pager};
use super::super::{State, encode, html};
use crate::app::App;
use crate::domain::permission::Act;
use crate::domain::status::Status;
use crate::domain::wording::{figures, month_name};
use crate::store::agreement_lines::{self, Asked, CAP, Counts, From, Page, Sort};

/// Lines on a page.
const PAGE: usize = 25;

/// From so many lines in a status on, a page of them is found by the order's index.
const MANY: i64 = 200;

/// What the address asks for, with the text to write it again.
#[derive(Debug, Clone, Default)]
struct Query {
    asked: Asked,
    pairs: Vec<(&'static str, String)>,
}

fn read(query: &HashMap<String, String>) -> Query {
    let get = |name: &str| query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut pairs = Vec::new();
    let mut asked = Asked { limit: PAGE, ..Asked::default() };
    if let Some(search) = get("cari") {
        asked.search = search.chars().take(200).collect();
        pairs.push(("cari", asked.search.clone()));
    }
    if let Some(status) =
        get("keadaan").and_then(|code| Status::ALL.iter().copied().find(|status| status.code() == code))
    {
        asked.status = Some(status);
        pairs.push(("keadaan", status.code().to_owned()));
    }
    if let Some((first, last)) = get("bulan").as_deref().and_then(month) {
        asked.ends_between = Some((first, last));
        pairs.push(("bulan", first.format("%Y-%m").to_string()));
    }
    if let Some(sort) = get("urut") {
        let (name, descending) = sort.strip_prefix('-').map_or((sort.as_str(), false), |name| (name, true));
        let known = [
            ("diubah", Sort::Changed),
            ("instansi", Sort::Agency),
            ("nomor", Sort::Number),
            ("berakhir", Sort::End),
        ];
        if let Some((_, sort)) = known.iter().find(|(known, _)| *known == name) {
            asked.sort = *sort;
            asked.descending = descending;
            pairs.push(("urut", if descending { format!("-{name}") } else { name.to_owned() }));
        }
    }
    asked.from = if let Some(cursor) = get("sesudah") {
        From::After(cursor)
    } else if let Some(cursor) = get("sebelum") {
        From::Before(cursor)
    } else if query.contains_key("akhir") {
        From::Last
    } else if let Some(day) = get("mulai").and_then(|day| day.parse::<NaiveDate>().ok()) {
        asked.sort = Sort::End;
        asked.descending = false;
        pairs.retain(|(name, _)| *name != "urut");
        pairs.push(("urut", "berakhir".to_owned()));
        From::Day(day)
    } else {
        From::First
    };
    Query { asked, pairs }
}

/// What an address asks for.
pub fn asked(query: &HashMap<String, String>) -> Asked {
    read(query).asked
}

fn month(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first: NaiveDate = format!("{text}-01").parse().ok()?;
    Some((first, crate::domain::dates::last_day_of_month(first)))
}

impl Query {
    /// The address with some pairs replaced; `None` takes one away.
    fn href(&self, changed: &[(&'static str, Option<&str>)]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        let mut parts: Vec<String> = kept.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        parts.extend(
            changed.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(value)))),
        );
        if parts.is_empty() { "/perjanjian".to_owned() } else { format!("/perjanjian?{}", parts.join("&")) }
    }

    fn sort_link(&self, label: &str, name: &str, sort: Sort) -> SortLink {
        let current = self.asked.sort == sort;
        let next = if current && !self.asked.descending { format!("-{name}") } else { name.to_owned() };
        SortLink {
            label: label.to_owned(),
            href: self.href(&[("urut", Some(&next))]),
            direction: current.then_some(if self.asked.descending {
                SortDirection::Descending
            } else {
                SortDirection::Ascending
            }),
        }
    }
}

/// `GET /perjanjian`
///
/// # Errors
/// When the database cannot be read.
pub async fn show(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    me.must(Act::ReadAgreements)?;
    let query = read(&query);
    let (mut asked, scope, today, kept) = (query.asked.clone(), me.scope(), me.today, state.counts.clone());
    let (page, counts, matches) = app
        .store
        .read(move |db| {
            let counts = kept.get(db, scope, today)?;
            asked.many = asked.status.is_some_and(|status| counts.of(status) > MANY);
            let page = agreement_lines::page(db, scope, today, &asked)?;
            let narrowed = !asked.search.is_empty() || asked.ends_between.is_some();
            let matches =
                if narrowed { Some(agreement_lines::count(db, scope, today, &asked)?) } else { None };
            Ok((page, counts, matches))
        })
        .await
        .map_err(WebError::from)?;
    html(&print(&me, &query, &page, &counts, matches))
}

/// A count that was capped: "1.000+".
pub fn capped(count: i64) -> String {
    if count > CAP { format!("{}+", figures(CAP.unsigned_abs())) } else { figures(count.unsigned_abs()) }
}

fn print(me: &Me, query: &Query, page: &Page, counts: &Counts, matches: Option<i64>) -> AgreementListPage {
    let asked = &query.asked;
    let total = matches.unwrap_or_else(|| asked.status.map_or(counts.total, |status| counts.of(status)));
    let mut acts = Vec::new();
    if me.may(Act::EditAgreements) {
        acts.push(Button::link("Daftarkan yang berjalan", "/perjanjian/daftarkan"));
        acts.push(Button::link("Perjanjian baru", "/perjanjian/baru").primary());
    }
    let mut chips = vec![FilterChip {
        label: "Semua".to_owned(),
        count: capped(counts.total),
        href: query.href(&[("keadaan", None)]),
        current: asked.status.is_none(),
    }];
    chips.extend(
        Status::ALL.iter().filter(|status| counts.of(**status) > 0 || asked.status == Some(**status)).map(
            |status| FilterChip {
                label: status.label().to_owned(),
                count: capped(counts.of(*status)),
                href: query.href(&[("keadaan", (asked.status != Some(*status)).then_some(status.code()))]),
                current: asked.status == Some(*status),
            },
        ),
    );
    let filtered = !asked.search.is_empty() || asked.status.is_some() || asked.ends_between.is_some();
    let mut summary = format!("{} perjanjian", capped(total));
    if let Some((first, _)) = asked.ends_between {
        summary.push_str(&format!(" berakhir {} {}", month_name(first), first.format("%Y")));
    }
    AgreementListPage {
        layout: me.layout("Perjanjian", Some(NavItem::Agreements)),
        summary,
        search: asked.search.clone(),
        keep: query
            .pairs
            .iter()
            .filter(|(name, _)| *name != "cari")
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        clear_href: filtered.then(|| "/perjanjian".to_owned()),
        chips,
        sort_agency: query.sort_link("Instansi", "instansi", Sort::Agency),
        sort_number: query.sort_link("Nomor", "nomor", Sort::Number),
        sort_end: query.sort_link("Berakhir", "berakhir", Sort::End),
        pick: (!page.lines.is_empty()).then(|| pick(query, page, total)),
        rows: page.lines.iter().map(|line| super::row(line, me.today)).collect(),
        pager: pager(query, page, total),
        empty: page.lines.is_empty().then(|| empty(me, filtered, &acts)),
        acts,
    }
}

/// The choice of agreements whose papers are printed together.
fn pick(query: &Query, page: &Page, total: i64) -> Pick {
    let ids: Vec<String> = page.lines.iter().map(|line| line.id.to_string()).collect();
    Pick {
        keep: query.pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        page: ids.join(","),
        all: (page.has_previous || page.has_next).then(|| capped(total)),
        filtered: query.pairs.iter().any(|(name, _)| *name != "urut"),
    }
}

fn pager(query: &Query, page: &Page, total: i64) -> Pager {
    let cursor = |line: Option<&agreement_lines::AgreementLine>| {
        line.map(|line| line.cursor.clone()).unwrap_or_default()
    };
    let (first, last) = (cursor(page.lines.first()), cursor(page.lines.last()));
    let keep = query
        .pairs
        .iter()
        .filter(|(name, _)| *name != "urut")
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    Pager {
        shown: format!("Menampilkan {} dari {} perjanjian", page.lines.len(), capped(total)),
        first: page.has_previous.then(|| query.href(&[])),
        previous: page.has_previous.then(|| query.href(&[("sebelum", Some(&first))])),
        next: page.has_next.then(|| query.href(&[("sesudah", Some(&last))])),
        last: page.has_next.then(|| query.href(&[("akhir", Some("1"))])),
        jump: (page.has_previous || page.has_next).then(|| Jump {
            action: "/perjanjian".to_owned(),
            name: "mulai".to_owned(),
            value: match query.asked.from {
                From::Day(day) => day.to_string(),
                _ => String::new(),
            },
            label: "Lompat ke tanggal berakhir".to_owned(),
            keep,
        }),
    }
}

fn empty(me: &Me, filtered: bool, acts: &[Button]) -> Empty {
    if filtered {
        return Empty {
            title: "Tidak ada yang cocok".to_owned(),
            text: "Ubah kata yang dicari, atau hapus saringannya.".to_owned(),
            acts: vec![Button::link("Hapus saringan", "/perjanjian")],
        };
    }
    Empty {
        title: "Belum ada perjanjian".to_owned(),
        text: if me.may(Act::EditAgreements) {
            "Daftarkan perjanjian yang sudah berjalan agar segera diingatkan, atau mulai rancangan baru."
                .to_owned()
        } else {
            "Perjanjian instansi Anda tampil di sini setelah dicatat oleh Disdukcapil.".to_owned()
        },
        acts: acts.to_vec(),
    }
}
