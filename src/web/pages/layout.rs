//! The frame of every page: navigation, who is signed in, what was just done.

use super::parts::Tone;

/// The frame of a page of the office.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Title of the page; the window adds the name of the product.
    pub title: String,
    /// Navigation that this person may see, in groups.
    pub nav: Vec<NavGroup>,
    /// Name of who is signed in.
    pub user_name: String,
    /// Role in words: "Staf", "Penyetuju", "Kepala instansi", "Pemeriksa".
    pub user_role: String,
    /// Name of the office in short.
    pub office_name: String,
    /// What was just done, said once.
    pub flash: Option<Flash>,
    /// A standing notice of the installation, such as an unprotected connection.
    pub banner: Option<String>,
    /// Identifies this request in the log.
    pub request_id: String,
    /// Changes whenever a style sheet or a script changes; part of their addresses.
    pub asset_version: String,
    /// One-time key of the sign-out button.
    pub sign_out_key: String,
}

/// What was just done.
#[derive(Debug, Clone, Default)]
pub struct Flash {
    /// Colour and icon.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
}

/// Pages that the navigation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavItem {
    /// `/`
    Dashboard,
    /// `/perjanjian`
    Agreements,
    /// `/tenggat`
    Deadlines,
    /// `/tugas`
    Tasks,
    /// `/instansi`
    Institutions,
    /// `/dasar-hukum`
    LegalBases,
    /// `/redaksi`
    Wordings,
    /// `/surel`
    Outbox,
    /// `/catatan`
    AuditLog,
    /// `/pengaturan`
    Settings,
}

impl NavItem {
    /// Every page, in the order of the navigation.
    pub const ALL: [NavItem; 10] = [
        NavItem::Dashboard,
        NavItem::Agreements,
        NavItem::Deadlines,
        NavItem::Tasks,
        NavItem::Institutions,
        NavItem::LegalBases,
        NavItem::Wordings,
        NavItem::Outbox,
        NavItem::AuditLog,
        NavItem::Settings,
    ];

    /// Group heading, name, address and icon.
    const fn parts(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            NavItem::Dashboard => ("", "Beranda", "/", "house"),
            NavItem::Agreements => ("", "Perjanjian", "/perjanjian", "handshake"),
            NavItem::Deadlines => ("", "Tenggat", "/tenggat", "calendar-clock"),
            NavItem::Tasks => ("", "Tugas", "/tugas", "list-checks"),
            NavItem::Institutions => ("Data", "Instansi & pejabat", "/instansi", "building-2"),
            NavItem::LegalBases => ("Data", "Dasar hukum", "/dasar-hukum", "scale"),
            NavItem::Wordings => ("Data", "Redaksi naskah", "/redaksi", "file-pen"),
            NavItem::Outbox => ("Pengawasan", "Surel", "/surel", "mail"),
            NavItem::AuditLog => ("Pengawasan", "Catatan", "/catatan", "history"),
            NavItem::Settings => ("Pengawasan", "Pengaturan", "/pengaturan", "settings"),
        }
    }
}

/// A group of the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavGroup {
    /// Heading; empty for the first.
    pub heading: &'static str,
    /// Its pages.
    pub links: Vec<NavLink>,
}

/// A page in the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavLink {
    /// Name.
    pub label: &'static str,
    /// Address.
    pub href: &'static str,
    /// Icon of the sprite.
    pub icon: &'static str,
    /// Whether the page shown is, or lies under, this one.
    pub current: bool,
    /// How much waits there.
    pub badge: Option<Badge>,
}

/// How much waits on a page of the navigation.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    /// "4", "99+".
    pub count: String,
    /// What is counted, for those who do not see the colour: "4 lewat tenggat".
    pub means: String,
    /// Colour.
    pub tone: Tone,
}

/// The navigation over the pages that a person may see.
pub fn navigation(
    may_see: &[NavItem],
    active: Option<NavItem>,
    badge: impl Fn(NavItem) -> Option<Badge>,
) -> Vec<NavGroup> {
    let mut groups: Vec<NavGroup> = Vec::with_capacity(3);
    for item in NavItem::ALL.into_iter().filter(|item| may_see.contains(item)) {
        let (heading, label, href, icon) = item.parts();
        let link = NavLink { label, href, icon, current: active == Some(item), badge: badge(item) };
        match groups.last_mut() {
            Some(group) if group.heading == heading => group.links.push(link),
            _ => groups.push(NavGroup { heading, links: vec![link] }),
        }
    }
    groups
}

#[cfg(test)]
pub(crate) fn sample(title: &str, active: NavItem) -> Layout {
    Layout {
        title: title.into(),
        nav: navigation(&NavItem::ALL, Some(active), |item| match item {
            NavItem::Deadlines => Some(Badge {
                count: "4".into(),
                means: "4 tenggat hari ini atau lewat".into(),
                tone: Tone::Overdue,
            }),
            NavItem::Tasks => {
                Some(Badge { count: "2".into(), means: "2 tugas menunggu".into(), tone: Tone::Attention })
            }
            _ => None,
        }),
        user_name: "Rini Wulandari".into(),
        user_role: "Staf".into(),
        office_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
        request_id: "01981f2e-7c55-7d10-9f1b-3b1d2f60a7c1".into(),
        asset_version: "1".into(),
        sign_out_key: "k-1".into(),
        ..Layout::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_sees_only_the_pages_of_the_role() {
        let nav = navigation(&[NavItem::Agreements, NavItem::AuditLog], Some(NavItem::AuditLog), |_| None);
        let seen: Vec<_> =
            nav.iter().flat_map(|group| group.links.iter().map(|link| (link.href, link.current))).collect();
        assert_eq!(seen, [("/perjanjian", false), ("/catatan", true)]);
        assert_eq!(nav[1].heading, "Pengawasan");
    }
}
