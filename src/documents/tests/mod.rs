//! What holds for all papers and all writers together.
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub(in crate::documents) mod same_words;
