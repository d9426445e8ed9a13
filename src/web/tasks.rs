//! What waits for staff: mails that reached nobody, letters to print, gaps to confirm.

use std::collections::{BTreeMap, HashMap};

use actix_web::web;
use uuid::Uuid;

use super::deeds::press;
use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::layout::NavItem;
use super::pages::parts::{Act as Button, FilterChip, Pager, Todo, Tone};
use super::pages::tasks::TaskListPage;
use super::posted::Posted;
use super::{html, see_other_saying};
use crate::app::App;
use crate::domain::permission::Act;
use crate::domain::wording::{date_short, distance};
use crate::jobs::remind;
use crate::store::agreements::{self, Scope};
use crate::store::tasks::{self, Task};

/// Finished tasks shown.
const DONE: i64 = 100;

/// `GET /tugas`
///
/// # Errors
/// 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadOffice)?;
    let (office, done) = (me.user.office_id, query.contains_key("selesai"));
    let (tasks, names) = app
        .store
        .read(move |db| {
            let tasks =
                if done { tasks::done_tasks(db, office, DONE)? } else { tasks::open_tasks(db, office)? };
            let ids: Vec<Uuid> = tasks.iter().filter_map(|task| task.agreement_id).collect();
            Ok((tasks, agreements::names(db, Scope::office(office), &ids)?))
        })
        .await?;
    html(&print(&app, &me, done, &tasks, &names))
}

fn print(app: &App, me: &Me, done: bool, tasks: &[Task], names: &BTreeMap<Uuid, String>) -> TaskListPage {
    let chip = |label: &str, count: String, href: &str, current| FilterChip {
        label: label.to_owned(),
        count,
        href: href.to_owned(),
        current,
    };
    let open = if done { me.open_tasks } else { i64::try_from(tasks.len()).unwrap_or(i64::MAX) };
    TaskListPage {
        layout: me.layout("Tugas", Some(NavItem::Tasks)),
        summary: match open {
            0 => "Tidak ada yang menunggu".to_owned(),
            many => format!("{many} tugas terbuka"),
        },
        chips: vec![
            chip("Terbuka", open.to_string(), "/tugas", !done),
            chip("Selesai", String::new(), "/tugas?selesai=1", done),
        ],
        tasks: tasks.iter().map(|task| todo(app, me, task, names)).collect(),
        nothing: if done {
            "Belum ada tugas yang diselesaikan.".to_owned()
        } else {
            "Tidak ada tugas. Semua surel punya alamat dan semua surat sudah tercatat.".to_owned()
        },
        pager: Pager { shown: format!("Menampilkan {} tugas", tasks.len()), ..Pager::default() },
    }
}

fn todo(app: &App, me: &Me, task: &Task, names: &BTreeMap<Uuid, String>) -> Todo {
    let opened = me.user.zone.date(task.created_at);
    let agreement = task.agreement_id.map(|id| (format!("/perjanjian/{id}"), names.get(&id)));
    let mut acts = Vec::new();
    if task.done.is_none() {
        if let Some((path, _)) = &agreement {
            acts.push(Button::link("Cetak surat", format!("{path}/naskah/surat-pemberitahuan.pdf")).small());
        }
        if me.may(Act::EditOffice) {
            let key = app.ids.next().to_string();
            acts.push(if task.kind == remind::HELD {
                Button::post("Tanggal benar, lanjutkan", "/tugas/lanjutkan-pengingat", key).small()
            } else {
                Button::post("Selesai", format!("/tugas/{}/selesai", task.id), key).small()
            });
        }
    }
    Todo {
        when: date_short(opened),
        when_note: match &task.done {
            Some((by, at)) => format!("selesai {} oleh {by}", date_short(me.user.zone.date(*at))),
            None => distance(opened, me.today),
        },
        tone: if task.done.is_some() { Tone::Quiet } else { Tone::Overdue },
        title: task.title.clone(),
        href: agreement.as_ref().map_or_else(|| "/tugas".to_owned(), |(path, _)| path.clone()),
        about: match agreement.and_then(|(_, name)| name) {
            Some(name) => format!("Perjanjian dengan {name}"),
            None => String::new(),
        },
        why: Some(task.reason.clone()).filter(|reason| !reason.is_empty()),
        acts,
    }
}

/// `POST /tugas/{id}/selesai`
///
/// # Errors
/// 404 for another office's task; 409 when a colleague was faster.
pub async fn finish(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let id = *id;
    press(&app, &me, &posted, "Tugas selesai.", move |db, deed| {
        if let Some((by, _)) = tasks::find(db, deed.office_id, id)?.done {
            return Err(crate::store::StoreError::Taken(format!("Tugas ini sudah diselesaikan oleh {by}.")));
        }
        tasks::finish(db, deed, id)?;
        Ok("/tugas".to_owned())
    })
    .await
}

/// `POST /tugas/lanjutkan-pengingat`: a person confirms that the date is right, and a held scan goes
/// on. Doing it twice reminds nobody twice: each reminder is unique.
///
/// # Errors
/// When the database refuses.
pub async fn confirm_scan(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::EditOffice)?;
    let (app_in, office, actor) = (app.clone(), me.user.office_id, me.actor());
    web::block(move || remind::confirm(&app_in, office, &actor)).await.map_err(|_| WebError::Busy)??;
    Ok(see_other_saying("/tugas", "Pengingat berjalan lagi; yang terlewat sudah masuk antrean surel."))
}
