//! Mails: what they say, and how they leave. Lettre is used here and nowhere else.
//!
//! To add a mail: a struct in [`messages`] and three small files in `templates/mail/<mail>/`.

pub mod letter;
pub mod messages;
pub mod relay;
mod relay_url;

pub use letter::{Letter, is_usable};
pub use relay::{Answer, Relay, Session, Unreachable};
pub use relay_url::RelayUrl;
