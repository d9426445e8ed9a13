//! What the business is: facts, states, rules, deadlines. No I/O; never asks time or chance.

pub mod acts;
pub mod agreement;
pub mod audit;
pub mod calendar;
pub mod dates;
pub mod deadline;
pub mod fact_sheet;
pub mod finding;
pub mod legal_basis;
pub mod life_line;
pub mod permission;
pub mod renewal;
pub mod semester_report;
pub mod status;
pub mod term;
pub mod wording;
