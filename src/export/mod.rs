//! What goes out as a file.

pub mod agreement_file;
pub mod bundle;
pub mod dossier;
