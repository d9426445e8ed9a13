//! People who sign in, their memberships, sessions and the one-time set-up link.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::{
    memberships::dsl as m, offices::dsl as f, sessions::dsl as s, setup_links::dsl as l, users::dsl as u,
};
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;
use crate::domain::permission::Role;

/// Hours without a request after which a session ends.
pub const IDLE_HOURS: i64 = 8;
/// Hours after which a session ends in any case.
pub const LONGEST_HOURS: i64 = 24;

/// A user who may sign in, with the stored password hash.
#[derive(Debug, Clone)]
pub struct Account {
    /// Id.
    pub id: Uuid,
    /// E-mail address, lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// PHC string; none until a password is set.
    pub password_hash: Option<String>,
    /// May not sign in any more.
    pub disabled: bool,
}

/// A signed-in user: who, where, as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Account.
    pub user_id: Uuid,
    /// Name.
    pub name: String,
    /// Office of the session.
    pub office_id: Uuid,
    /// Name of the office.
    pub office_name: String,
    /// Zone of the office.
    pub zone: crate::clock::Zone,
    /// Role there.
    pub role: Role,
    /// The institution of heads and operators.
    pub institution_id: Option<Uuid>,
    /// When the session was last seen.
    pub seen_at: DateTime<Utc>,
}

/// A member of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Account.
    pub user_id: Uuid,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// The institution of heads and operators.
    pub institution_id: Option<Uuid>,
}

/// The account of an e-mail address.
///
/// # Errors
/// When the database cannot be read.
pub fn by_email(db: &mut Db, email: &str) -> Result<Option<Account>> {
    let row: Option<(RowId, String, String, Option<String>, bool)> = u::users
        .filter(u::email.eq(email.trim().to_lowercase()))
        .select((u::id, u::email, u::name, u::password_hash, u::disabled))
        .first(db)
        .optional()?;
    Ok(row.map(|(id, email, name, password_hash, disabled)| Account {
        id: id.0,
        email,
        name,
        password_hash,
        disabled,
    }))
}

/// A new user with a role in the deed's office.
///
/// # Errors
/// [`StoreError::Taken`] when the address has an account in this office already.
pub fn add(
    db: &mut Db,
    deed: &Deed,
    email: &str,
    name: &str,
    password_hash: Option<&str>,
    role: Role,
    institution: Option<Uuid>,
) -> Result<Uuid> {
    let email = email.trim().to_lowercase();
    let id = match by_email(db, &email)? {
        Some(account) => account.id,
        None => {
            let id = deed.ids.next();
            diesel::insert_into(u::users)
                .values((
                    u::id.eq(RowId(id)),
                    u::version.eq(1),
                    u::email.eq(&email),
                    u::name.eq(name),
                    u::password_hash.eq(password_hash),
                    u::disabled.eq(false),
                    u::created_at.eq(deed.at()),
                    u::updated_at.eq(deed.at()),
                ))
                .execute(db)?;
            id
        }
    };
    let known: i64 = m::memberships
        .filter(m::user_id.eq(RowId(id)))
        .filter(m::office_id.eq(RowId(deed.office_id)))
        .count()
        .get_result(db)?;
    if known > 0 {
        return Err(StoreError::Taken(format!("Pengguna dengan surel {email} sudah ada.")));
    }
    diesel::insert_into(m::memberships)
        .values((
            m::user_id.eq(RowId(id)),
            m::office_id.eq(RowId(deed.office_id)),
            m::role.eq(role.code()),
            m::institution_id.eq(institution.map(RowId)),
        ))
        .execute(db)?;
    let changes = vec![
        FactChange {
            path: "email".into(),
            label: "Surel".into(),
            from: None,
            to: Some(email),
            secret: false,
        },
        FactChange {
            path: "role".into(),
            label: "Peran".into(),
            from: None,
            to: Some(role.label().into()),
            secret: false,
        },
    ];
    let subject = Subject { kind: "user", id, name: name.to_owned() };
    audit_log::append(db, deed, &subject, &Event::new(Verb::UserAdded, changes))?;
    Ok(id)
}

/// Members of an office by name.
///
/// # Errors
/// When the database cannot be read.
pub fn members(db: &mut Db, office: Uuid) -> Result<Vec<Member>> {
    let rows: Vec<(RowId, String, String, String, Option<RowId>)> = m::memberships
        .inner_join(u::users.on(u::id.eq(m::user_id)))
        .filter(m::office_id.eq(RowId(office)))
        .order(u::name.asc())
        .select((u::id, u::name, u::email, m::role, m::institution_id))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, email, role, institution)| Member {
            user_id: id.0,
            name,
            email,
            role: Role::parse(&role).unwrap_or_default(),
            institution_id: institution.map(Uuid::from),
        })
        .collect())
}

/// Offices a user belongs to, by name.
///
/// # Errors
/// When the database cannot be read.
pub fn offices_of(db: &mut Db, user: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<RowId> = m::memberships
        .inner_join(f::offices.on(f::id.eq(m::office_id)))
        .filter(m::user_id.eq(RowId(user)))
        .order((f::name.asc(), f::id.asc()))
        .select(m::office_id)
        .load(db)?;
    Ok(rows.into_iter().map(Uuid::from).collect())
}

/// Whether anybody of an institution can sign in.
///
/// # Errors
/// When the database cannot be read.
pub fn any_of_institution(db: &mut Db, office: Uuid, institution: Uuid) -> Result<bool> {
    let found = m::memberships
        .inner_join(u::users.on(u::id.eq(m::user_id)))
        .filter(m::office_id.eq(RowId(office)))
        .filter(m::institution_id.eq(RowId(institution)))
        .filter(u::disabled.eq(false))
        .select(u::id)
        .first::<RowId>(db)
        .optional()?;
    Ok(found.is_some())
}

/// Whether the installation has any user; without one only the set-up link opens it.
///
/// # Errors
/// When the database cannot be read.
pub fn any(db: &mut Db) -> Result<bool> {
    Ok(u::users.select(u::id).first::<RowId>(db).optional()?.is_some())
}

/// Opens a session; expired ones are swept.
///
/// # Errors
/// When the database refuses.
pub fn open_session(
    db: &mut Db,
    token_hash: &str,
    user: Uuid,
    office: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::delete(s::sessions.filter(s::expires_at.lt(now.naive_utc()))).execute(db)?;
    diesel::insert_into(s::sessions)
        .values((
            s::token_hash.eq(token_hash),
            s::user_id.eq(RowId(user)),
            s::office_id.eq(RowId(office)),
            s::created_at.eq(now.naive_utc()),
            s::seen_at.eq(now.naive_utc()),
            s::expires_at.eq((now + Duration::hours(LONGEST_HOURS)).naive_utc()),
        ))
        .execute(db)?;
    Ok(())
}

/// Who a session token belongs to; none when it ended, idled, or the user may no longer come in.
///
/// # Errors
/// When the database cannot be read: the door stays shut.
pub fn session(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    type Row =
        (RowId, String, bool, RowId, String, String, String, Option<RowId>, NaiveDateTime, NaiveDateTime);
    let row: Option<Row> = s::sessions
        .inner_join(u::users.on(u::id.eq(s::user_id)))
        .inner_join(f::offices.on(f::id.eq(s::office_id)))
        .inner_join(m::memberships.on(m::user_id.eq(s::user_id).and(m::office_id.eq(s::office_id))))
        .filter(s::token_hash.eq(token_hash))
        .select((
            u::id,
            u::name,
            u::disabled,
            f::id,
            f::short_name,
            f::zone,
            m::role,
            m::institution_id,
            s::seen_at,
            s::expires_at,
        ))
        .first(db)
        .optional()?;
    let Some((user, name, disabled, office, office_name, zone, role, institution, seen_at, expires_at)) = row
    else {
        return Ok(None);
    };
    let idle = now.naive_utc() - seen_at > Duration::hours(IDLE_HOURS);
    let Some(role) = Role::parse(&role).filter(|_| !disabled && !idle && expires_at > now.naive_utc()) else {
        return Ok(None);
    };
    Ok(Some(SignedIn {
        user_id: user.0,
        name,
        office_id: office.0,
        office_name,
        zone: crate::clock::Zone::parse(&zone).unwrap_or_default(),
        role,
        institution_id: institution.map(Uuid::from),
        seen_at: seen_at.and_utc(),
    }))
}

/// Notes that sessions were seen: written in batches, not in every request.
///
/// # Errors
/// When the database refuses.
pub fn touch_sessions(db: &mut Db, seen: &[(String, DateTime<Utc>)]) -> Result<()> {
    for (token_hash, at) in seen {
        diesel::update(s::sessions.find(token_hash)).set(s::seen_at.eq(at.naive_utc())).execute(db)?;
    }
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub fn end_session(db: &mut Db, token_hash: &str) -> Result<()> {
    diesel::delete(s::sessions.find(token_hash)).execute(db)?;
    Ok(())
}

/// Keeps the hash of a new set-up link; earlier unused links no longer open anything.
///
/// # Errors
/// When the database refuses.
pub fn keep_setup_link(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<()> {
    diesel::delete(l::setup_links.filter(l::used_at.is_null())).execute(db)?;
    diesel::insert_into(l::setup_links)
        .values((l::token_hash.eq(token_hash), l::created_at.eq(now.naive_utc())))
        .execute(db)?;
    Ok(())
}

/// Whether a set-up link still opens the installation.
///
/// # Errors
/// When the database cannot be read.
pub fn setup_link_opens(db: &mut Db, token_hash: &str) -> Result<bool> {
    let found = l::setup_links
        .filter(l::token_hash.eq(token_hash))
        .filter(l::used_at.is_null())
        .select(l::token_hash);
    Ok(found.first::<String>(db).optional()?.is_some() && !any(db)?)
}

/// Uses a set-up link up.
///
/// # Errors
/// [`StoreError::NotFound`] when it was used, or is no link.
pub fn use_setup_link(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<()> {
    let used =
        diesel::update(l::setup_links.filter(l::token_hash.eq(token_hash)).filter(l::used_at.is_null()))
            .set(l::used_at.eq(now.naive_utc()))
            .execute(db)?;
    if used == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
