//! What the business is: facts, states, rules, deadlines. No I/O; never asks time or chance.

pub mod dates;
pub mod fact_sheet;
pub mod legal_basis;
pub mod wording;
