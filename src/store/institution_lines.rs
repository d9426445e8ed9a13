//! The list of institutions as a read model: who heads each today, what lacks, how many agreements.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use uuid::Uuid;

use super::Result;
use super::connection::{Db, MultiBackend};
use super::institutions::{Listed, Row};
use super::officials::{self, Term};
use super::schema::{
    agreements::dsl as a,
    institutions::{self, dsl as t},
    officials::dsl as o,
    terms_of_office::dsl as m,
};
use super::types::RowId;

/// An institution as a line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct InstitutionLine {
    /// The institution.
    pub listed: Listed,
    /// Who holds its office today.
    pub head: Option<Term>,
    /// How many agreements it has.
    pub agreements: i64,
    /// Where it stands in the list: the key that paging goes on from.
    pub cursor: String,
}

/// What an institution may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Nobody holds its office today.
    Head,
    /// Neither it nor whoever holds its office has an e-mail address.
    Email,
}

/// What a list asks for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Every word must occur in the institution's name or in one of its officials' names.
    pub search: String,
    /// Only institutions that lack this.
    pub lack: Option<Lack>,
    /// Only institutions after this cursor.
    pub after: Option<String>,
    /// Only institutions before this cursor; the page ends there.
    pub before: Option<String>,
    /// Lines on a page.
    pub limit: usize,
}

/// A page of lines.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Lines by name.
    pub lines: Vec<InstitutionLine>,
    /// Whether there are lines before.
    pub has_previous: bool,
    /// Whether there are lines after.
    pub has_next: bool,
}

/// A page of the list, by name.
///
/// # Errors
/// When the database cannot be read.
pub fn page(db: &mut Db, office: Uuid, today: NaiveDate, asked: &Asked) -> Result<Page> {
    let mut query = matching(office, today, asked);
    let backward = asked.before.is_some();
    if let Some(cursor) = &asked.before {
        query = query.filter(t::name_key.lt(cursor.clone())).order(t::name_key.desc());
    } else {
        query = query.order(t::name_key.asc());
        if let Some(cursor) = &asked.after {
            query = query.filter(t::name_key.gt(cursor.clone()));
        }
    }
    let limit = i64::try_from(asked.limit).unwrap_or(50);
    let mut rows: Vec<Row> = query.limit(limit + 1).load(db)?;
    let more = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    if backward {
        rows.reverse();
    }
    let ids: Vec<RowId> = rows.iter().map(|row| row.id).collect();
    let counts: Vec<(Option<RowId>, i64)> = a::agreements
        .filter(a::office_id.eq(RowId(office)))
        .filter(a::institution_id.eq_any(ids.clone()))
        .group_by(a::institution_id)
        .select((a::institution_id, diesel::dsl::count_star()))
        .load(db)?;
    let counts: HashMap<_, _> = counts.into_iter().collect();
    let mut heads = officials::holders(db, office, &ids, today)?;
    let lines = rows
        .into_iter()
        .map(|row| InstitutionLine {
            head: heads.remove(&row.id),
            agreements: counts.get(&Some(row.id)).copied().unwrap_or(0),
            cursor: row.name_key.clone(),
            listed: row.listed(),
        })
        .collect();
    Ok(Page {
        lines,
        has_previous: if backward { more } else { asked.after.is_some() },
        has_next: backward || more,
    })
}

/// How many institutions an office has.
///
/// # Errors
/// When the database cannot be read.
pub fn total(db: &mut Db, office: Uuid) -> Result<i64> {
    Ok(t::institutions.filter(t::office_id.eq(RowId(office))).count().get_result(db)?)
}

fn matching(
    office: Uuid,
    today: NaiveDate,
    asked: &Asked,
) -> institutions::BoxedQuery<'static, MultiBackend> {
    let mut query = t::institutions.into_boxed().filter(t::office_id.eq(RowId(office)));
    for word in super::key(&asked.search).split(' ').filter(|word| !word.is_empty()).take(8) {
        let word = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let pattern = format!("%{word}%");
        let officials = m::terms_of_office
            .inner_join(o::officials.on(o::id.eq(m::official_id)))
            .filter(m::office_id.eq(RowId(office)))
            .filter(o::name_key.like(pattern.clone()).escape('!'))
            .select(m::institution_id);
        query = query.filter(t::name_key.like(pattern).escape('!').or(t::id.eq_any(officials)));
    }
    macro_rules! in_office {
        ($terms:expr) => {
            $terms
                .filter(m::office_id.eq(t::office_id))
                .filter(m::institution_id.eq(t::id))
                .filter(m::from_on.le(today))
                .filter(m::to_on.ge(today))
        };
    }
    match asked.lack {
        None => query,
        Some(Lack::Head) => query.filter(not(exists(in_office!(m::terms_of_office)))),
        Some(Lack::Email) => {
            let reachable = m::terms_of_office.inner_join(o::officials.on(o::id.eq(m::official_id)));
            query
                .filter(t::email.is_null())
                .filter(not(exists(in_office!(reachable).filter(o::email.is_not_null()))))
        }
    }
}
