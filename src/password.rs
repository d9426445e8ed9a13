//! Passwords: argon2id, checked off the async threads. Long rather than complicated (ASVS 6.2).

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// Shortest password, in characters.
pub const SHORTEST: usize = 12;
/// Longest password, in characters.
pub const LONGEST: usize = 128;

/// How dear a hash is: full in operation, cheapest in tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes (OWASP's floor for argon2id).
    #[default]
    Full,
    /// The least that argon2 allows.
    Cheapest,
}

fn hasher(cost: Cost) -> anyhow::Result<Argon2<'static>> {
    let params = match cost {
        Cost::Full => Params::new(19_456, 2, 1, None),
        Cost::Cheapest => Params::new(8, 1, 1, None),
    };
    let params = params.map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Why a password is not good enough; a sentence for its owner.
///
/// # Errors
/// The sentence.
pub fn check(password: &str, email: &str) -> Result<(), String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(format!("Sandi paling sedikit {SHORTEST} huruf; kalimat pendek mudah diingat dan kuat."));
    }
    if length > LONGEST {
        return Err(format!("Sandi paling banyak {LONGEST} huruf."));
    }
    let lower = password.to_lowercase();
    let mailbox = email.split('@').next().unwrap_or_default().to_lowercase();
    let common = ["password", "dukcapil", "disdukcapil", "kawal", "qwerty", "123456", "rahasia", "admin"];
    let rest = common.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    if rest.chars().count() < SHORTEST / 2 || lower.chars().all(|c| lower.starts_with(c)) {
        return Err("Sandi ini terlalu mudah ditebak.".to_owned());
    }
    if mailbox.len() > 3 && lower.contains(&mailbox) && length < mailbox.chars().count() + 8 {
        return Err("Sandi tidak boleh hanya mengulang alamat surel.".to_owned());
    }
    Ok(())
}

/// Hash of a password as a PHC string.
///
/// # Errors
/// When the system gives no random salt.
pub fn hash(password: &str, cost: Cost) -> anyhow::Result<String> {
    let hash = hasher(cost)?
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

/// Whether a password fits a hash. Without an account, verify against [`decoy`]: the same work, so
/// that time does not tell whether an address is known.
pub fn fits(password: &str, phc: &str) -> bool {
    let Ok(parsed) = argon2::password_hash::phc::PasswordHash::new(phc) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

/// A hash that no password fits, of the same cost.
pub fn decoy(cost: Cost) -> String {
    hash("\u{0}tidak ada yang bersandi ini", cost).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let phc = hash("kuda laut menari", Cost::Cheapest).unwrap();
        assert!(phc.starts_with("$argon2id$"));
        assert!(fits("kuda laut menari", &phc) && !fits("kuda laut menarik", &phc));
        assert!(!fits("x", &decoy(Cost::Cheapest)));
    }

    #[test]
    fn weak_passwords_are_told_why() {
        for weak in ["pendek", "dukcapil12345", "aaaaaaaaaaaaaaaa", "password1234"] {
            assert!(check(weak, "rini@nusakencana.example").is_err(), "{weak}");
        }
        assert!(check("kuda laut menari", "rini@nusakencana.example").is_ok());
        assert!(check("rini.wulandari1", "rini.wulandari@nusakencana.example").is_err());
    }
}
