//! Why a file is refused: where it is wrong, what was found there and what is expected.

use std::fmt;

use crate::domain::fact_sheet::check;

/// One fault of a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileFault {
    /// Line, from 1; none when the fault has no place.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
    /// Path of the fact or name of the column; empty for a fault of the file as such.
    pub field: String,
    /// Name of the fact for people; empty where the field says it.
    pub label: String,
    /// What stands there; empty when nothing does, or a secret.
    pub found: String,
    /// What is expected, as the rest of the sentence "diharapkan …".
    pub expected: String,
}

impl FileFault {
    /// A fault of the file as such.
    pub fn of_file(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            line: None,
            column: None,
            field: String::new(),
            label: String::new(),
            found: found.into(),
            expected: expected.into(),
        }
    }

    /// The fault at a place of the file.
    pub fn at(mut self, line: usize, column: Option<usize>) -> Self {
        let short = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.line = Some(short(line));
        self.column = column.map(short);
        self
    }

    /// A fault of the facts, with the name of the fact.
    pub fn of_fact(fault: check::Fault, label: Option<String>) -> Self {
        Self {
            line: None,
            column: None,
            field: fault.path,
            label: label.unwrap_or_default(),
            found: fault.found,
            expected: fault.expected,
        }
    }
}

/// "baris 12, kolom 9: user.official.nip, NIP (PIHAK KEDUA): tertulis "12"; diharapkan NIP 18 angka …".
impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "baris {line}")?;
            if let Some(column) = self.column {
                write!(f, ", kolom {column}")?;
            }
            write!(f, ": ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}", self.field)?;
            if !self.label.is_empty() {
                write!(f, ", {}", self.label)?;
            }
            write!(f, ": ")?;
        }
        if !self.found.is_empty() {
            write!(f, "tertulis {}; ", self.found)?;
        }
        write!(f, "diharapkan {}", self.expected)
    }
}

/// The faults in the order of the file; those without a place first.
pub fn in_order(mut faults: Vec<FileFault>) -> Vec<FileFault> {
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults
}
