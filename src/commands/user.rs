//! `kawal user add`: a user from the command line. The password is read from stdin, never an argument.

use std::io::BufRead;

use super::{Global, Outcome, complain, say};
use crate::app::os_user;
use crate::domain::permission::Role;
use crate::password::{self, Cost};
use crate::store::{institutions, offices, users};

/// What to do with users.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum What {
    /// Menambah pengguna; sandi dibaca dari masukan baku (satu baris).
    Add {
        /// Alamat surel.
        email: String,
        /// Nama.
        #[arg(long)]
        name: String,
        /// Peran: admin, staff, approver, agency_head, operator, auditor.
        #[arg(long)]
        role: String,
        /// Nama kantor; boleh dikosongkan bila hanya ada satu.
        #[arg(long)]
        office: Option<String>,
        /// Nama instansi, untuk agency_head dan operator.
        #[arg(long)]
        institution: Option<String>,
    },
}

/// Adds the user.
///
/// # Errors
/// When office or institution is unknown, or the database refuses.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let What::Add { email, name, role, office, institution } = &args.what;
    let app = global.app()?;
    let Some(role) = Role::parse(role) else {
        complain(&format!(
            "peran \"{role}\" tidak dikenal; pilih admin, staff, approver, agency_head, operator atau auditor"
        ));
        return Ok(Outcome::Refused);
    };
    if !validator::ValidateEmail::validate_email(email) {
        complain(&format!("\"{email}\" bukan alamat surel"));
        return Ok(Outcome::Refused);
    }
    let all = app.store.read_now(offices::all)?;
    let chosen = match office {
        Some(name) => all.iter().find(|office| crate::store::key(&office.name) == crate::store::key(name)),
        None if all.len() == 1 => all.first(),
        None => None,
    };
    let Some(chosen) = chosen else {
        let names: Vec<&str> = all.iter().map(|office| office.name.as_str()).collect();
        complain(&format!("sebut kantornya dengan --office: {}", names.join("; ")));
        return Ok(Outcome::Refused);
    };
    if role.sees_own_institution_only() != institution.is_some() {
        complain("peran agency_head dan operator memerlukan --institution, peran lain tidak");
        return Ok(Outcome::Refused);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if let Err(reason) = password::check(password, email) {
        complain(&reason);
        return Ok(Outcome::Refused);
    }
    let hash = password::hash(password, Cost::Full)?;
    app.store.write_now(|db| {
        let deed = app.deed(db, chosen.id, os_user())?;
        let institution = match institution {
            Some(name) => Some(
                institutions::by_name(db, chosen.id, name)?.ok_or(crate::store::StoreError::NotFound)?.id,
            ),
            None => None,
        };
        users::add(db, &deed, email, name, Some(&hash), role, institution)
    })?;
    say(&format!("{name} <{email}> ditambahkan sebagai {} pada {}.", role.label(), chosen.name));
    Ok(Outcome::Done)
}
