//! The one-time set-up of an empty installation.

use super::form::Form;
use super::layout::Layout;
use askama::Template;

/// `/siapkan/{token}`; its sections are [`super::settings::setup_sections`].
#[derive(Debug, Clone, Default, Template)]
#[template(path = "setup/show.html", whitespace = "minimize")]
pub struct SetupPage {
    /// Frame; only title, banner and ids are shown.
    pub layout: Layout,
    /// The form.
    pub form: Form,
}

#[cfg(test)]
pub(crate) fn sample() -> SetupPage {
    use super::form::Typed;
    SetupPage {
        layout: super::layout::sample("Siapkan Kawal", super::layout::NavItem::Settings),
        form: Form {
            action: "/siapkan/contoh".into(),
            key: "k-7".into(),
            sections: super::settings::setup_sections(&Typed::default()),
            submit: "Siapkan Kawal".into(),
            ..Form::default()
        },
    }
}
