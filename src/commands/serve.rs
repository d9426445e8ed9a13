//! `kawal serve`: migrate, serve pages, run jobs.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::{HttpServer, middleware, web};
use anyhow::Context;

use super::{Global, Outcome, say};
use crate::app::App;
use crate::config::Config;
use crate::password::Cost;
use crate::secrets::{new_token, token_hash};
use crate::store::users;
use crate::web::State;

/// No arguments of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Serves until told to stop.
///
/// # Errors
/// When settings, data folder, database or address cannot be opened.
pub fn run(global: &Global, _args: &Args) -> anyhow::Result<Outcome> {
    let mut config = global.config()?;
    log_to_stderr(&config.log);
    let listener = bind(&mut config)?;
    let app = App::open(config, crate::clock::Clock::System, crate::clock::Ids::Random)?;
    if !app.store.read_now(users::any)? {
        let token = new_token()?;
        let hash = token_hash(&token);
        app.store.write_now(|db| users::keep_setup_link(db, &hash, app.clock.now()))?;
        say(&format!(
            "Kawal masih kosong. Buka tautan ini sekali untuk menyiapkannya:\n  {}/siapkan/{token}",
            app.config.base_url
        ));
    }
    serve(app, State::new(Cost::Full), listener)?;
    Ok(Outcome::Done)
}

/// Takes the address before anything else is done. With port 0 it is a free one, and people open that,
/// unless BASE_URL says otherwise.
///
/// # Errors
/// When the address is taken.
pub fn bind(config: &mut Config) -> anyhow::Result<TcpListener> {
    let listen = config.listen;
    let listener = TcpListener::bind(listen)
        .with_context(|| format!("alamat {listen} tidak dapat dipakai; mungkin Kawal lain sudah berjalan"))?;
    if listen.port() == 0 {
        config.listen = listener.local_addr()?;
        if !config.sources.contains_key("BASE_URL") {
            config.base_url = format!("http://{}", config.listen);
        }
    }
    Ok(listener)
}

/// Runs pages and jobs on one application until SIGINT or SIGTERM.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(app: App, state: State, listener: TcpListener) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let (data, state) = (web::Data::new(app.clone()), web::Data::new(state));
        let relay = super::deliver::the_relay(&app)?;
        let jobs = crate::jobs::spawn(&app, relay);
        let sweeper = actix_web::rt::spawn(sweep(app.clone(), state.clone()));
        let seen = state.clone();
        let server = HttpServer::new(move || {
            crate::web::service(data.clone(), state.clone()).wrap(middleware::Compress::default())
        })
        .client_request_timeout(Duration::from_secs(10))
        .max_connections(2_000)
        .shutdown_timeout(20)
        .listen(listener)?
        .run();
        say(&format!("Kawal siap di {}", app.config.base_url));
        server.await?;
        sweeper.abort();
        jobs.stop().await;
        let noted = seen.seen.take();
        app.store.write(move |db| users::touch_sessions(db, &noted)).await?;
        Ok(())
    })
}

/// Once a minute: writes down which sessions were seen, and forgets quiet addresses.
async fn sweep(app: App, state: web::Data<State>) {
    let mut beat = tokio::time::interval(Duration::from_secs(60));
    loop {
        beat.tick().await;
        state.limits.sweep();
        let noted = state.seen.take();
        if !noted.is_empty()
            && let Err(error) = app.store.write(move |db| users::touch_sessions(db, &noted)).await
        {
            tracing::warn!(job = "sessions", error = %error, "sesi tidak tercatat");
        }
    }
}

/// One JSON line per event on stderr.
pub fn log_to_stderr(level: &str) {
    let filter =
        tracing_subscriber::EnvFilter::new(format!("{level},actix_server=warn,actix_http=warn,mio=warn"));
    // A second call, as in tests, leaves the first subscriber in place.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_target(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
