//! Kawal keeps cooperation agreements on population data alive from the first letter to the last
//! hand-over.

pub mod app;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod documents;
pub mod domain;
pub mod export;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod password;
pub mod secrets;
pub mod store;
pub mod web;
