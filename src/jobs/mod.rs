//! What runs by itself. Each job decides nothing: rules are in `domain`, SQL in `store`.
//!
//! | job        | when                                                   | what                                  |
//! |------------|--------------------------------------------------------|---------------------------------------|
//! | [`remind`]  | every minute: offices whose 06:00 has come, once a day | reminders that are due into the outbox |
//! | [`deliver`] | every ten seconds, in one process of the installation  | the outbox to the relay               |
//!
//! To add a job: a file here, a line above, a task in [`spawn`].

pub mod deliver;
mod recipient;
pub mod remind;
mod renewal_mail;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::app::App;
use crate::domain::audit::Actor;
use crate::mail::Relay;
use deliver::Courier;

const REMIND_EVERY: Duration = Duration::from_secs(60);
const DELIVER_EVERY: Duration = Duration::from_secs(10);
/// Until another process may have given up the delivery lock.
const LOCK_EVERY: Duration = Duration::from_secs(30);
/// While the relay takes nothing: longer and longer, but never so long that an hour is lost.
const PAUSES: [Duration; 4] =
    [Duration::from_secs(60), Duration::from_secs(300), Duration::from_secs(600), Duration::from_secs(900)];

/// The running jobs.
#[must_use = "jobs end when they are stopped"]
pub struct Jobs {
    stop: watch::Sender<bool>,
    halt: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts the jobs on the current tokio runtime. Without a relay mails wait in the outbox.
pub fn spawn(app: &App, relay: Option<Relay>) -> Jobs {
    let (stop, stopped) = watch::channel(false);
    let halt = Arc::new(AtomicBool::new(false));
    let mut tasks = vec![tokio::spawn(remind_daily(app.clone(), stopped.clone()))];
    if let Some(relay) = relay {
        tasks.push(tokio::spawn(deliver_always(app.clone(), relay, Arc::clone(&halt), stopped)));
    }
    Jobs { stop, halt, tasks }
}

impl Jobs {
    /// Lets the mail that is on its way finish, then ends.
    pub async fn stop(self) {
        self.halt.store(true, Ordering::Relaxed);
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(job = "stop", error = %error);
            }
        }
    }
}

/// Waits; true when the jobs are to end.
async fn ends_within(stopped: &mut watch::Receiver<bool>, wait: Duration) -> bool {
    tokio::select! {
        // An error means that the handle is gone, and with it the server.
        _ = stopped.wait_for(|stop| *stop) => true,
        () = tokio::time::sleep(wait) => false,
    }
}

async fn remind_daily(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        let scanning = app.clone();
        match spawn_blocking(move || remind::scheduled(&scanning)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(job = "remind", error = %format!("{error:#}")),
            Err(error) => tracing::error!(job = "remind", error = %error),
        }
        if ends_within(&mut stopped, REMIND_EVERY).await {
            return;
        }
    }
}

async fn deliver_always(app: App, relay: Relay, halt: Arc<AtomicBool>, mut stopped: watch::Receiver<bool>) {
    let mut courier: Option<Courier> = None;
    let mut pauses = 0;
    loop {
        let (app, relay, halt) = (app.clone(), relay.clone(), Arc::clone(&halt));
        let held = courier.take();
        let turn = spawn_blocking(move || take_turn(&app, held, &relay, &halt)).await;
        let wait = match turn {
            Ok(Ok(Turn { courier: kept, paused })) => {
                let delivers = kept.is_some();
                courier = kept;
                pauses = if paused { pauses + 1 } else { 0 };
                match pauses {
                    0 if delivers => DELIVER_EVERY,
                    0 => LOCK_EVERY,
                    n => PAUSES[PAUSES.len().min(n) - 1],
                }
            }
            Ok(Err(error)) => {
                tracing::error!(job = "deliver", error = %format!("{error:#}"));
                LOCK_EVERY
            }
            Err(error) => {
                tracing::error!(job = "deliver", error = %error);
                LOCK_EVERY
            }
        };
        if ends_within(&mut stopped, wait).await {
            break;
        }
    }
    if let Some(courier) = courier {
        match spawn_blocking(move || courier.end()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(job = "deliver", error = %format!("{error:#}")),
            Err(error) => tracing::error!(job = "deliver", error = %error),
        }
    }
}

struct Turn {
    courier: Option<Courier>,
    paused: bool,
}

/// One round, with the delivery lock if it can be had. A courier that failed is dropped with its
/// lock; the next turn begins anew and takes over what it had claimed.
fn take_turn(app: &App, held: Option<Courier>, relay: &Relay, halt: &AtomicBool) -> anyhow::Result<Turn> {
    let courier = match held {
        Some(courier) => Some(courier),
        None => Courier::begin(app, &Actor::System)?,
    };
    let Some(mut courier) = courier else { return Ok(Turn { courier: None, paused: false }) };
    let delivered = courier.round(relay, halt)?;
    if delivered.paused.is_some() {
        // The relay's words may hold an address; they stand in the task of the office.
        tracing::error!(job = "deliver", "antrean surel tertahan");
    }
    Ok(Turn { courier: Some(courier), paused: delivered.paused.is_some() })
}
