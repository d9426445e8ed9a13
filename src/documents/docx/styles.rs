//! The paragraph, character and table styles of the file, and the settings beside them. Headings,
//! lists, captions, headers and footers are the built-in ones, so that navigation, tables of contents
//! and an office's own template find them; their Indonesian names are aliases.

use std::fmt::Write;

use super::units::Face;
use super::xml::{self, NAMESPACES};

/// A paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Chapter,
    Article,
    Body,
    /// Items by depth: (1), a., 1).
    Item,
    Item2,
    Item3,
    Cell,
    HeadCell,
    Fact,
    Signature,
    Signatory,
    Issuer,
    IssuerAbove,
    IssuerDetail,
    Caption,
    Box,
    BoxTitle,
    Arrow,
    Mark,
    Small,
    Spacer,
    Header,
    Footer,
}

/// What a style says beside its name.
struct Look {
    style: Style,
    id: &'static str,
    /// Built-in name, or ours.
    name: &'static str,
    alias: &'static str,
    based_on: &'static str,
    next: &'static str,
    /// Size as a share of the text's.
    share: f32,
    /// Space before and after, in type sizes.
    space: (f32, f32),
    /// "both", "center", … or empty for that of the base.
    align: &'static str,
    /// More of the paragraph, before its spacing.
    keep: &'static str,
    /// Outline level.
    outline: Option<u8>,
    /// More of the letters: before the size, and behind it.
    letters: (&'static str, &'static str),
}

const PLAIN: Look = Look {
    style: Style::Body,
    id: "",
    name: "",
    alias: "",
    based_on: "Normal",
    next: "",
    share: 1.0,
    space: (0.0, 0.0),
    align: "",
    keep: "",
    outline: None,
    letters: ("", ""),
};

const BOLD: &str = "<w:b/><w:bCs/>";
const KEPT: &str = "<w:keepNext/><w:keepLines/>";

const LOOKS: [Look; 24] = [
    Look {
        style: Style::Title,
        id: "Judul",
        name: "heading 1",
        alias: "Judul",
        next: "Badan",
        space: (0.4, 1.0),
        align: "center",
        keep: KEPT,
        outline: Some(0),
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look {
        style: Style::Chapter,
        id: "Bab",
        name: "heading 2",
        alias: "Bab",
        next: "Badan",
        space: (1.4, 0.4),
        align: "center",
        keep: KEPT,
        outline: Some(1),
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look {
        style: Style::Article,
        id: "Pasal",
        name: "heading 3",
        alias: "Pasal",
        next: "Badan",
        space: (1.2, 0.4),
        align: "center",
        keep: KEPT,
        outline: Some(2),
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look {
        style: Style::Body,
        id: "Badan",
        name: "Body Text",
        alias: "Badan",
        space: (0.0, 0.6),
        align: "both",
        ..PLAIN
    },
    Look {
        style: Style::Item,
        id: "Butir",
        name: "List Number",
        alias: "Butir",
        space: (0.0, 0.4),
        align: "both",
        ..PLAIN
    },
    Look {
        style: Style::Item2,
        id: "Butir2",
        name: "List Number 2",
        alias: "Butir 2",
        space: (0.0, 0.25),
        align: "both",
        ..PLAIN
    },
    Look {
        style: Style::Item3,
        id: "Butir3",
        name: "List Number 3",
        alias: "Butir 3",
        space: (0.0, 0.25),
        align: "both",
        ..PLAIN
    },
    Look { style: Style::Cell, id: "IsiTabel", name: "Isi Tabel", space: (0.1, 0.1), ..PLAIN },
    Look {
        style: Style::HeadCell,
        id: "KepalaTabel",
        name: "Kepala Tabel",
        based_on: "IsiTabel",
        space: (0.1, 0.1),
        align: "center",
        keep: "<w:keepNext/>",
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look { style: Style::Fact, id: "IsiFakta", name: "Isi Fakta", space: (0.0, 0.1), ..PLAIN },
    Look {
        style: Style::Signature,
        id: "TandaTangan",
        name: "Signature",
        alias: "Tanda Tangan",
        align: "center",
        ..PLAIN
    },
    Look {
        style: Style::Signatory,
        id: "NamaPenandaTangan",
        name: "Nama Penanda Tangan",
        based_on: "TandaTangan",
        align: "center",
        letters: (BOLD, "<w:u w:val=\"single\"/>"),
        ..PLAIN
    },
    Look {
        style: Style::Issuer,
        id: "KopInstansi",
        name: "Kop Instansi",
        share: 1.32,
        align: "center",
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look {
        style: Style::IssuerAbove,
        id: "KopPemerintah",
        name: "Kop Pemerintah",
        share: 1.15,
        align: "center",
        ..PLAIN
    },
    Look {
        style: Style::IssuerDetail,
        id: "KopAlamat",
        name: "Kop Alamat",
        share: 0.8,
        align: "center",
        ..PLAIN
    },
    Look {
        style: Style::Caption,
        id: "Keterangan",
        name: "caption",
        alias: "Keterangan",
        space: (0.4, 0.8),
        align: "center",
        ..PLAIN
    },
    Look {
        style: Style::Box,
        id: "KotakDiagram",
        name: "Kotak Diagram",
        share: 0.92,
        space: (0.1, 0.1),
        align: "center",
        ..PLAIN
    },
    Look {
        style: Style::BoxTitle,
        id: "JudulKotak",
        name: "Judul Kotak",
        based_on: "KotakDiagram",
        share: 0.92,
        space: (0.1, 0.0),
        align: "center",
        keep: "<w:keepNext/>",
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look {
        style: Style::Arrow,
        id: "PanahDiagram",
        name: "Panah Diagram",
        share: 0.85,
        align: "center",
        keep: "<w:keepNext/>",
        ..PLAIN
    },
    Look {
        style: Style::Mark,
        id: "TandaKlasifikasi",
        name: "Tanda Klasifikasi",
        share: 0.9,
        align: "right",
        letters: (BOLD, ""),
        ..PLAIN
    },
    Look { style: Style::Small, id: "CatatanKaki", name: "Catatan Pemeriksaan", share: 0.64, ..PLAIN },
    Look { style: Style::Spacer, id: "Sela", name: "Sela", ..PLAIN },
    Look { style: Style::Header, id: "Header", name: "header", alias: "Kepala Halaman", share: 0.9, ..PLAIN },
    Look {
        style: Style::Footer,
        id: "Footer",
        name: "footer",
        alias: "Kaki Halaman",
        share: 0.9,
        align: "center",
        ..PLAIN
    },
];

impl Style {
    fn look(self) -> &'static Look {
        LOOKS.iter().find(|look| look.style == self).unwrap_or(&PLAIN)
    }

    /// Its name in `w:pStyle`.
    pub(super) fn id(self) -> &'static str {
        self.look().id
    }

    /// Its size as a share of the text's.
    pub(super) fn share(self) -> f32 {
        self.look().share
    }

    /// The style of an item by depth.
    pub(super) fn item(level: u8) -> Self {
        match level {
            0 => Self::Item,
            1 => Self::Item2,
            _ => Self::Item3,
        }
    }
}

/// `word/styles.xml` for papers in this type.
pub(super) fn part(face: &Face) -> String {
    let mut inside = String::with_capacity(8 * 1024);
    let name = face.name();
    let _ = write!(
        inside,
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" \
         w:eastAsia=\"{name}\" w:cs=\"{name}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
         <w:lang w:val=\"id-ID\" w:eastAsia=\"id-ID\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:line=\"{line}\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>",
        size = face.half_points(1.0),
        line = face.line,
    );
    for look in &LOOKS {
        paragraph_style(&mut inside, look, face);
    }
    let side =
        |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).concat();
    let _ = write!(
        inside,
        "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Celah\"><w:name w:val=\"Celah\"/>\
         <w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/><w:rPr><w:i/><w:iCs/>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF200\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Panah\"><w:name w:val=\"Panah\"/>\
         <w:basedOn w:val=\"DefaultParagraphFont\"/><w:rPr><w:sz w:val=\"{arrow}\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"TabelBergaris\"><w:name w:val=\"Table Grid\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>",
        arrow = face.half_points(1.1),
    );
    xml::part("w:styles", NAMESPACES, &inside)
}

fn paragraph_style(into: &mut String, look: &Look, face: &Face) {
    let builtin = !look.alias.is_empty();
    let custom = if builtin { "" } else { " w:customStyle=\"1\"" };
    let _ = write!(
        into,
        "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
        look.id, look.name
    );
    if builtin && look.alias != look.name {
        let _ = write!(into, "<w:aliases w:val=\"{}\"/>", look.alias);
    }
    let _ = write!(into, "<w:basedOn w:val=\"{}\"/>", look.based_on);
    if !look.next.is_empty() {
        let _ = write!(into, "<w:next w:val=\"{}\"/>", look.next);
    }
    let _ = write!(into, "<w:qFormat/><w:pPr>{}", look.keep);
    if look.style == Style::Spacer {
        into.push_str("<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>");
    } else {
        let (before, after) = (face.em(look.space.0), face.em(look.space.1));
        let _ = write!(into, "<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
    }
    if !look.align.is_empty() {
        let _ = write!(into, "<w:jc w:val=\"{}\"/>", look.align);
    }
    if let Some(level) = look.outline {
        let _ = write!(into, "<w:outlineLvl w:val=\"{level}\"/>");
    }
    let _ = write!(into, "</w:pPr><w:rPr>{}", look.letters.0);
    if look.style == Style::Spacer {
        into.push_str("<w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/>");
    } else if (look.share - 1.0).abs() > 0.001 {
        let size = face.half_points(look.share);
        let _ = write!(into, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    }
    let _ = write!(into, "{}</w:rPr></w:style>", look.letters.1);
}

/// `word/settings.xml`: laid out as Word 2013 and later do, in Indonesian.
pub(super) fn settings() -> String {
    let setting = |name: &str, value: &str| {
        format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        )
    };
    let compat = [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ]
    .map(|(name, value)| setting(name, value))
    .concat();
    let inside = format!(
        "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>{compat}</w:compat>\
         <w:themeFontLang w:val=\"id-ID\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>"
    );
    xml::part("w:settings", NAMESPACES, &inside)
}

/// `word/fontTable.xml`: what to take where an office's machine lacks a family.
pub(super) fn fonts() -> String {
    let inside = "<w:font w:name=\"Bookman Old Style\"><w:altName w:val=\"TeX Gyre Bonum\"/>\
         <w:panose1 w:val=\"02050604050505020204\"/><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/>\
         <w:pitch w:val=\"variable\"/></w:font>\
         <w:font w:name=\"Arial\"><w:altName w:val=\"Liberation Sans\"/>\
         <w:panose1 w:val=\"020B0604020202020204\"/><w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>\
         <w:pitch w:val=\"variable\"/></w:font>";
    xml::part("w:fonts", NAMESPACES, inside)
}
