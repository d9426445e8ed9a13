//! What comes in as a file: agreement files and lists of running agreements.
//!
//! Reading answers what the file says, or every fault of it with line, field and reason; it touches
//! no database. `App::import` stores what was read, all or nothing per file.

pub mod agreement_file;
pub mod fault;
pub mod lists;
pub mod schema;
mod source;
mod tree;

pub use source::Source;

use crate::domain::acts::Acts;
use crate::domain::agreement::State;
use crate::domain::fact_sheet::FactSheet;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// An agreement as a file tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Facts.
    pub facts: FactSheet,
    /// State.
    pub state: State,
    /// Acts.
    pub acts: Acts,
}
