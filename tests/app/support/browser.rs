//! A person at a browser: signs in, opens pages, fills the form that the page shows and posts it.
//! Requests go through the real service, door included.

use actix_web::http::{StatusCode, header};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::Data;
use kawal::app::App;
use kawal::password::Cost;
use kawal::web::{State, service};

use super::{TestApp, cast};

/// A browser with its cookies.
pub struct Browser {
    app: Data<App>,
    state: Data<State>,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Page {
    /// Status.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// Policy of the answer.
    pub policy: String,
    /// The page.
    pub body: String,
}

impl Browser {
    /// A browser that nobody signed in with.
    pub fn new(test: &TestApp) -> Self {
        Self {
            app: Data::new(test.app.clone()),
            state: Data::new(State::new(Cost::Cheapest)),
            cookies: Vec::new(),
        }
    }

    /// A browser of somebody of the cast, signed in.
    pub async fn of(test: &TestApp, person: (&str, &str)) -> Self {
        let mut this = Self::new(test);
        let page = this.post("/masuk", &[("email", person.0), ("password", cast::PASSWORD)]).await;
        assert_eq!(page.status, 303, "{} signs in", person.1);
        this
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Posts pairs as a form of our own pages does.
    pub async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Page {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.submit(path, &pairs).await
    }

    /// Posts what a form holds.
    pub async fn submit(&mut self, path: &str, pairs: &[(String, String)]) -> Page {
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(body.join("&"));
        self.send(request).await
    }

    async fn send(&mut self, request: TestRequest) -> Page {
        let service = init_service(service(self.app.clone(), self.state.clone())).await;
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.insert_header((header::COOKIE, cookies.join("; "))).to_request();
        let response = call_service(&service, request).await;
        for cookie in response.response().cookies() {
            self.cookies.retain(|(name, _)| name != cookie.name());
            if cookie.max_age().is_none_or(|age| !age.is_zero()) {
                self.cookies.push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
        let text =
            |name| response.headers().get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
        let (location, policy) = (text(header::LOCATION), text(header::CONTENT_SECURITY_POLICY));
        let status = response.status();
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "a page failed");
        let body = String::from_utf8_lossy(&read_body(response).await).into_owned();
        Page { status: status.as_u16(), location, policy: policy.unwrap_or_default(), body }
    }
}

impl Page {
    /// Whether the page shows these words, as written into HTML.
    pub fn shows(&self, words: &str) -> bool {
        self.body.contains(&escape(words))
    }

    /// What a browser would post for the page's main form.
    pub fn form(&self) -> Vec<(String, String)> {
        let start = self.body.find("<form class=\"form\"").expect("the page has a form");
        let html = &self.body[start..];
        fields(&html[..html.find("</form>").expect("the form ends")])
    }

    /// The same with some fields typed over; a field that is not there is added.
    pub fn filled(&self, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut pairs = self.form();
        for (name, value) in typed {
            match pairs.iter_mut().find(|(known, _)| known == name) {
                Some(pair) => (*value).clone_into(&mut pair.1),
                None => pairs.push(((*name).to_owned(), (*value).to_owned())),
            }
        }
        pairs
    }

    /// The errors beside a field.
    pub fn errors_at(&self, name: &str) -> Vec<String> {
        let id = kawal::web::pages::form::id_of(name);
        let Some(start) = self.body.find(&format!("id=\"{id}-e\"")) else { return Vec::new() };
        let html = &self.body[start..];
        let html = &html[..html.find("</div>").unwrap_or(html.len())];
        html.split("<span>").skip(1).filter_map(|rest| rest.split("</span>").next()).map(unescape).collect()
    }
}

/// The successful controls of a form, in their order.
fn fields(html: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut select: Option<(String, Option<String>, Option<String>)> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let Some(end) = tag.find('>') else { break };
        let (tag, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        let name = attribute(tag, "name");
        match tag.split([' ', '/']).next().unwrap_or_default() {
            "input" => {
                let kind = attribute(tag, "type").unwrap_or_default();
                let chosen = !matches!(kind.as_str(), "checkbox" | "radio") || tag.contains(" checked");
                if let (Some(name), true) = (name, chosen) {
                    pairs.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            }
            "textarea" => {
                let text = after.split("</textarea>").next().unwrap_or_default();
                let text = unescape(text.strip_prefix('\n').unwrap_or(text));
                if let Some(name) = name {
                    pairs.push((name, text.replace('\n', "\r\n")));
                }
            }
            "select" => select = name.map(|name| (name, None, None)),
            "option" => {
                if let Some((_, first, chosen)) = &mut select {
                    let value = attribute(tag, "value").unwrap_or_default();
                    if tag.contains(" selected") {
                        *chosen = Some(value.clone());
                    }
                    first.get_or_insert(value);
                }
            }
            "" if tag == "/select" => {
                if let Some((name, first, chosen)) = select.take() {
                    pairs.push((name, chosen.or(first).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    pairs
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(unescape(&tag[start..start + tag[start..].find('"')?]))
}

fn escape(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
