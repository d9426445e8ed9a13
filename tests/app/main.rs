//! The integration tests: stories with a cast.

fn main() {}
