//! A browser for stories, on the real service: the same door, routes and handlers that `serve` runs.
//! It keeps cookies, says where its requests come from, and posts forms as they stand on the page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::rt::SystemRunner;
use actix_web::test::TestRequest;
use actix_web::{dev::Service, web};
use kawal::password::Cost;
use kawal::store::users;
use kawal::web::State;

use super::html::{self, Form};
use super::{TestApp, cast};

type Call = Rc<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Page>>>>;

/// The pages of one application, as one server worker serves them.
pub struct Site {
    call: Call,
    state: web::Data<State>,
    runner: SystemRunner,
    /// The application.
    pub test: TestApp,
}

impl Site {
    /// Pages over the two offices of the cast.
    pub fn new() -> Self {
        Self::of(TestApp::new())
    }

    /// Pages over an application.
    pub fn of(test: TestApp) -> Self {
        Self::with_route(test, "/uji/tidak-ada", String::new)
    }

    /// The same, with one more page behind the door, for what no page of Kawal does.
    pub fn with_route(test: TestApp, path: &'static str, page: fn() -> String) -> Self {
        let runner = actix_web::rt::System::new();
        let state = web::Data::new(State::new(Cost::Cheapest));
        let service = kawal::web::service(web::Data::new(test.app.clone()), state.clone())
            .route(path, web::get().to(move || async move { page() }));
        let service = Rc::new(runner.block_on(actix_web::test::init_service(service)));
        let call: Call = Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let request = request.to_request();
                let path = request.path().to_owned();
                let response = match service.call(request).await {
                    Ok(response) => response.into_parts().1.map_into_boxed_body(),
                    Err(error) => error.error_response(),
                };
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default().to_vec();
                Page { path, status, headers, body }
            })
        });
        Self { call, state, runner, test }
    }

    /// A browser that nobody has signed in with; each has an address of its own.
    pub fn browser(&self) -> Browser<'_> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let n = LAST.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Browser {
            site: self,
            cookies: RefCell::default(),
            peer: SocketAddr::from(([10, n[1], n[2], n[3]], 40_000)),
        }
    }

    /// A browser in which somebody of the cast has signed in.
    pub fn sign_in(&self, who: (&str, &str)) -> Browser<'_> {
        let browser = self.browser();
        let answer = browser.post("/masuk", &[("email", who.0), ("password", cast::PASSWORD)]);
        assert_eq!(answer.status, 303, "{} cannot sign in: {}", who.1, answer.words());
        browser
    }

    /// Sends a request as it is.
    pub fn send(&self, request: TestRequest) -> Page {
        self.runner.block_on((self.call)(request))
    }

    /// Writes down which sessions were seen, as the server does once a minute.
    pub fn note_sessions(&self) {
        let seen = self.state.seen.take();
        self.test.app.store.write_now(|db| users::touch_sessions(db, &seen)).unwrap();
    }
}

/// Somebody's browser.
pub struct Browser<'s> {
    site: &'s Site,
    cookies: RefCell<BTreeMap<String, String>>,
    peer: SocketAddr,
}

impl Browser<'_> {
    /// Opens a page; redirects are not followed.
    pub fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, None)
    }

    /// Opens a page that is there.
    pub fn open(&self, path: &str) -> Page {
        let page = self.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.words());
        page
    }

    /// Posts pairs from one of our own pages; redirects are not followed.
    pub fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Page {
        self.send(Method::POST, path, Some(pairs))
    }

    /// Posts the form of a page with some fields changed; redirects are not followed.
    pub fn submit(&self, page: &Page, changed: &[(&str, &str)]) -> Page {
        let form = page.form().filled(changed);
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&form.action, &pairs)
    }

    /// Posts the form of a page and opens the page it leads to.
    pub fn save(&self, page: &Page, changed: &[(&str, &str)]) -> Page {
        let answer = self.submit(page, changed);
        assert_eq!(answer.status, 303, "{}: {}", answer.path, answer.complaints());
        self.open(&answer.location())
    }

    /// Presses the button of the form with this action.
    pub fn press(&self, page: &Page, action: &str) -> Page {
        let form = page.form_to(action);
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(action, &pairs)
    }

    /// Sends a file with the form of a page that has this action; redirects are not followed.
    pub fn upload(&self, page: &Page, action: &str, file: (&str, &[u8])) -> Page {
        let form = page.form_to(action);
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send_file(action, &fields, Some(file))
    }

    /// Sends fields and a file as a browser does.
    pub fn send_file(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields.iter().filter(|(name, _)| *name != "berkas") {
            body.extend(
                format!("--batas\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        if let Some((name, bytes)) = file {
            body.extend(
                format!(
                    "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n"
                )
                .bytes(),
            );
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--batas--\r\n");
        let request = self
            .request(Method::POST, path)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("content-type", "multipart/form-data; boundary=batas"))
            .set_payload(body);
        self.take(request)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Sets a cookie by hand.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// A request with this browser's address and cookies.
    pub fn request(&self, method: Method, path: &str) -> TestRequest {
        let path = path.split('#').next().unwrap_or(path);
        let request = TestRequest::default().method(method).uri(path).peer_addr(self.peer);
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() { request } else { request.insert_header(("cookie", cookies.join("; "))) }
    }

    /// Sends a request and keeps the cookies of the answer.
    pub fn take(&self, request: TestRequest) -> Page {
        let page = self.site.send(request);
        for set in page.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            if set.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        page
    }

    fn send(&self, method: Method, path: &str, form: Option<&[(&str, &str)]>) -> Page {
        let mut request = self.request(method, path).insert_header(("sec-fetch-site", "same-origin"));
        if let Some(pairs) = form {
            request = request
                .insert_header(("content-type", "application/x-www-form-urlencoded"))
                .set_payload(encoded(pairs));
        }
        self.take(request)
    }
}

/// Pairs as a form is posted.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => {
                    char::from(byte).to_string()
                }
                b' ' => "+".to_owned(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// What a request was answered.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path that was asked for.
    pub path: String,
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Page {
    /// The body as it came.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The words a person reads, blanks folded.
    pub fn words(&self) -> String {
        html::words(&self.source())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Where it leads.
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_else(|| panic!("{} leads nowhere", self.path)).to_owned()
    }

    /// Asserts that these words are read on the page.
    #[track_caller]
    pub fn says(&self, words: &str) {
        let all = self.words();
        assert!(all.contains(words), "{} does not say {words:?}:\n{all}", self.path);
    }

    /// Asserts that these words are not on the page.
    #[track_caller]
    pub fn is_silent_about(&self, words: &str) {
        let all = self.words();
        assert!(!all.contains(words), "{} says {words:?}:\n{all}", self.path);
    }

    /// The form of the page (not the search, not the sign-out button).
    pub fn form(&self) -> Form {
        html::forms(&self.source())
            .into_iter()
            .find(|form| form.posts && form.action != "/keluar")
            .unwrap_or_else(|| panic!("{} {} has no form: {}", self.status, self.path, self.words()))
    }

    /// The form with this action.
    pub fn form_to(&self, action: &str) -> Form {
        html::forms(&self.source())
            .into_iter()
            .find(|form| form.action == action)
            .unwrap_or_else(|| panic!("{} has no form to {action}: {}", self.path, self.words()))
    }

    /// What stands in a field of the form.
    pub fn field(&self, name: &str) -> String {
        self.form().value(name).unwrap_or_else(|| panic!("{} has no field {name}", self.path)).to_owned()
    }

    /// What stands beside a field because it does not hold.
    pub fn beside(&self, name: &str) -> String {
        html::element(&self.source(), &format!("{}-e", kawal::web::pages::form::id_of(name)))
    }

    /// Every complaint on the page, for the message of a failing test.
    pub fn complaints(&self) -> String {
        html::classed(&self.source(), "section", "note errors").join(" ")
            + &html::classed(&self.source(), "p", "err").join(" | ")
    }
}
