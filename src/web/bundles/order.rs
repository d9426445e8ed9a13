//! What is asked for: which agreements, which papers, and how.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::error::WebError;
use super::super::posted::{self, Posted};
use super::super::{agreements::list, pages::bundles as page};
use super::{MOST, as_map, nothing, too_many};
use crate::documents::papers::PaperGroup;
use crate::export::bundle::BundleFormat;
use crate::store;
use crate::store::agreement_lines::{self, Asked, From};
use crate::store::agreements::{self, Scope};
use crate::store::connection::Db;

/// What was picked in the list.
pub(super) enum Selection {
    /// These.
    These(Vec<Uuid>),
    /// Whatever matches.
    Matching(Box<Asked>),
}

/// What a selection is made of.
pub(super) enum Found {
    /// Ids and names in the order of the list.
    Picked(Vec<(Uuid, String)>),
    /// More than go into one bundle; how many, counted to a cap.
    TooMany(i64),
    /// Nothing that this person may see.
    Nothing,
}

impl Selection {
    /// Reads the address that the list makes: everything that matches, everything on the page, or what
    /// is ticked, in this order.
    pub(super) fn read(query: &str) -> Result<Self, WebError> {
        let pairs = posted::pairs(query.as_bytes())?;
        if pairs.iter().any(|(name, _)| name == "semua") {
            let mut asked = list::asked(&as_map(&pairs));
            asked.from = From::First;
            asked.limit = MOST;
            return Ok(Self::Matching(Box::new(asked)));
        }
        let of = |wanted: &'static str| pairs.iter().filter(move |(name, _)| name == wanted);
        let page: Vec<Uuid> = of("halaman").flat_map(|(_, ids)| ids.split(',')).filter_map(id).collect();
        let ids =
            if page.is_empty() { of("pilih").filter_map(|(_, value)| id(value)).collect() } else { page };
        Ok(Self::These(without_doubles(ids)))
    }

    /// Finds it within the scope.
    pub(super) fn find(&self, db: &mut Db, scope: Scope, today: NaiveDate) -> store::Result<Found> {
        let picked: Vec<(Uuid, String)> = match self {
            Self::These(ids) if ids.len() > MOST => {
                return Ok(Found::TooMany(i64::try_from(ids.len()).unwrap_or(i64::MAX)));
            }
            Self::These(ids) => {
                let names = agreements::names(db, scope, ids)?;
                ids.iter().filter_map(|id| Some((*id, names.get(id)?.clone()))).collect()
            }
            Self::Matching(asked) => {
                let page = agreement_lines::page(db, scope, today, asked)?;
                if page.has_next {
                    return Ok(Found::TooMany(agreement_lines::count(db, scope, today, asked)?));
                }
                page.lines.into_iter().map(|line| (line.id, line.agency)).collect()
            }
        };
        Ok(if picked.is_empty() { Found::Nothing } else { Found::Picked(picked) })
    }
}

/// What the form asks for.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// The download, by the id that the page chose.
    pub(super) job: Uuid,
    /// Agreements, in the order of the list.
    pub(super) ids: Vec<Uuid>,
    /// Shelves.
    pub(super) groups: Vec<PaperGroup>,
    /// ZIP or PDF.
    pub(super) format: BundleFormat,
    /// Whether drafts come along.
    pub(super) drafts: bool,
}

impl Order {
    /// Reads the form.
    pub(super) fn read(posted: &Posted) -> Result<Self, WebError> {
        let values = |wanted: &'static str| {
            posted.pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let ids = without_doubles(values(page::PICKED).filter_map(id).collect());
        if ids.is_empty() {
            return Err(nothing());
        }
        if ids.len() > MOST {
            return Err(too_many(i64::try_from(ids.len()).unwrap_or(i64::MAX)));
        }
        let group = |code: &str| PaperGroup::ALL.iter().copied().find(|group| group.code() == code);
        let groups: Vec<PaperGroup> = values(page::GROUP).filter_map(group).collect();
        if groups.is_empty() {
            return Err(WebError::Invalid("Pilih sekurangnya satu kelompok naskah.".to_owned()));
        }
        let format = values(page::FORMAT)
            .find_map(|code| BundleFormat::ALL.iter().copied().find(|format| format.code() == code));
        Ok(Self {
            job: id(posted.key()).ok_or_else(|| {
                WebError::BadRequest("Formulir tidak lengkap. Buka lagi dari daftar perjanjian.".to_owned())
            })?,
            ids,
            groups,
            format: format.unwrap_or_default(),
            drafts: values(page::DRAFTS).next() == Some(page::WITH_DRAFTS),
        })
    }

    /// "ZIP; Perjanjian, Surat pernyataan; termasuk draf": for the log.
    pub(super) fn told(&self) -> String {
        let groups: Vec<&str> = self.groups.iter().map(|group| group.label()).collect();
        let drafts = if self.drafts { "termasuk draf" } else { "hanya naskah final" };
        format!("{}; {}; {drafts}", self.format.label(), groups.join(", "))
    }
}

fn id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text.trim()).ok()
}

fn without_doubles(ids: Vec<Uuid>) -> Vec<Uuid> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}
