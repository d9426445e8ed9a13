//! Pages over actix: handlers, routes, sessions.

pub mod pages;
