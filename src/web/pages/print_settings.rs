//! The settings of papers: `/pengaturan/naskah`.

use super::form::{FieldKind, FormSection, Typed};
use crate::domain::fact_sheet::ParafBoxes;
use crate::domain::print::{PaperSize, PrintSettings, Typeface};

/// Sizes of the type: value posted and name.
const FONT_SIZES: &[(&str, &str)] = &[("11", "11 pt"), ("12", "12 pt")];

/// Distances of lines: value posted and name.
const SPACINGS: &[(&str, &str)] =
    &[("100", "Rapat (1,0)"), ("115", "Longgar (1,15)"), ("150", "Renggang (1,5)")];

/// The fields of [`PrintSettings::in_words`].
pub fn sections(typed: &Typed) -> Vec<FormSection> {
    let margin = |name: &str, label: &str| {
        typed.field(name, label, FieldKind::Number(typed.text(name).to_owned(), "mm")).quarter().into()
    };
    let tick = |name: &str, label: &str| typed.field(name, label, FieldKind::Checkbox(typed.ticked(name)));
    vec![
        FormSection::new(
            "halaman",
            "Halaman",
            vec![
                typed.radio_field("paper", "Kertas", PaperSize::CHOICES).into(),
                typed.radio_field("typeface", "Huruf", Typeface::CHOICES).into(),
                typed.radio_field("font_size", "Ukuran huruf", FONT_SIZES).half().into(),
                typed.radio_field("line_spacing", "Jarak baris", SPACINGS).half().into(),
                margin("margin_top", "Tepi atas"),
                margin("margin_right", "Tepi kanan"),
                margin("margin_bottom", "Tepi bawah"),
                margin("margin_left", "Tepi kiri"),
            ],
        )
        .intro("Berlaku untuk naskah yang dicetak sesudah ini. Yang sudah dicetak atau ditandatangani tetap seperti adanya."),
        FormSection::new(
            "tanda-tangan",
            "Paraf dan tanggal",
            vec![
                typed
                    .radio_field("paraf", "Kotak paraf perjanjian baru", ParafBoxes::CHOICES)
                    .help("Awal bagi perjanjian baru; pada setiap perjanjian dapat diubah.")
                    .into(),
                tick("blank_dates", "Kosongkan tanggal pada naskah siap tanda tangan")
                    .help("Tanggal menjadi titik-titik dan ditulis tangan saat penandatanganan, walaupun sudah diketahui.")
                    .into(),
            ],
        ),
        FormSection::new(
            "kode",
            "Kode pemeriksaan",
            vec![
                tick("check_mark", "Cetak kode QR pada naskah yang diterbitkan")
                    .help("Pemegang salinan dapat memeriksa apakah salinannya sama dengan yang diterbitkan kantor.")
                    .into(),
                tick("check_mark_on_forms", "Juga pada formulir baku (SPTJM dan pernyataan kerahasiaan)")
                    .help("Formulir baku Direktorat Jenderal biasanya dicetak tanpa tambahan apa pun.")
                    .into(),
            ],
        ),
    ]
}

/// The settings as the form shows them.
pub fn typed_of(settings: &PrintSettings) -> Typed {
    let mut typed = Typed::default();
    let [top, right, bottom, left] = settings.margins.map(|margin| margin.to_string());
    for (name, value) in [
        ("paper", settings.paper.code().to_owned()),
        ("typeface", settings.typeface.code().to_owned()),
        ("font_size", settings.font_size.to_string()),
        ("line_spacing", settings.line_spacing.to_string()),
        ("margin_top", top),
        ("margin_right", right),
        ("margin_bottom", bottom),
        ("margin_left", left),
        ("paraf", settings.paraf.code().to_owned()),
    ] {
        typed.set(name, value);
    }
    for (name, on) in [
        ("blank_dates", settings.blank_dates),
        ("check_mark", settings.check_mark),
        ("check_mark_on_forms", settings.check_mark_on_forms),
    ] {
        if on {
            typed.set(name, "ya");
        }
    }
    typed
}

/// The settings that the form describes; what does not hold stands beside its field.
pub fn settings_of(typed: &mut Typed, version: i32) -> Option<PrintSettings> {
    fn choice<T: Copy>(typed: &mut Typed, name: &str, all: &[T], code: fn(T) -> &'static str) -> Option<T> {
        let found = all.iter().copied().find(|one| code(*one) == typed.text(name));
        if found.is_none() {
            typed.refuse(name, "Pilih salah satu.");
        }
        found
    }
    let paper = choice(typed, "paper", PaperSize::ALL, PaperSize::code);
    let typeface = choice(typed, "typeface", Typeface::ALL, Typeface::code);
    let paraf = choice(typed, "paraf", ParafBoxes::ALL, ParafBoxes::code);
    let number = |typed: &mut Typed, name: &str, fits: &dyn Fn(i32) -> bool, help: String| {
        let found = typed.text(name).parse::<i32>().ok().filter(|number| fits(*number));
        if found.is_none() {
            typed.refuse(name, help);
        }
        found
    };
    let font_size = number(
        typed,
        "font_size",
        &|size| PrintSettings::FONT_SIZES.contains(&size),
        "Pilih 11 atau 12 pt.".to_owned(),
    );
    let line_spacing = number(
        typed,
        "line_spacing",
        &|spacing| PrintSettings::SPACINGS.contains(&spacing),
        "Pilih salah satu.".to_owned(),
    );
    let mut margins = [0; 4];
    for (margin, name) in
        margins.iter_mut().zip(["margin_top", "margin_right", "margin_bottom", "margin_left"])
    {
        let range = PrintSettings::MARGINS;
        let help = format!("Isi {} sampai {} mm.", range.start(), range.end());
        *margin = number(typed, name, &|mm| range.contains(&mm), help).unwrap_or_default();
    }
    if typed.refused() {
        return None;
    }
    Some(PrintSettings {
        version,
        paper: paper?,
        typeface: typeface?,
        font_size: font_size?,
        margins,
        line_spacing: line_spacing?,
        check_mark: typed.ticked("check_mark"),
        check_mark_on_forms: typed.ticked("check_mark_on_forms"),
        paraf: paraf?,
        blank_dates: typed.ticked("blank_dates"),
    })
}

#[cfg(test)]
pub(crate) fn sample() -> super::form::FormPage {
    use super::form::{Form, FormPage, Preview};
    use super::layout::{self, NavItem};
    FormPage {
        layout: layout::sample("Naskah", NavItem::Settings),
        heading: "Pengaturan naskah".into(),
        lead: Some("Berlaku untuk naskah yang dicetak sesudah ini.".into()),
        form: Form {
            action: "/pengaturan/naskah".into(),
            key: "k-8".into(),
            version: Some("0".into()),
            sections: sections(&typed_of(&PrintSettings::default())),
            submit: "Simpan pengaturan".into(),
            preview: Some(Preview {
                label: "Lihat contoh".into(),
                href: "/pengaturan/naskah/contoh.pdf".into(),
            }),
            ..Form::default()
        },
        ..FormPage::default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_form_gives_back_the_settings_it_was_opened_on() {
        let settings = PrintSettings {
            version: 4,
            paper: PaperSize::A4,
            typeface: Typeface::Liberation,
            font_size: 11,
            margins: [20, 21, 22, 33],
            line_spacing: 115,
            check_mark: false,
            check_mark_on_forms: true,
            paraf: ParafBoxes::Offices,
            blank_dates: true,
        };
        for settings in [settings, PrintSettings::default()] {
            assert_eq!(settings_of(&mut typed_of(&settings), settings.version), Some(settings));
        }
    }

    #[test]
    fn what_no_printer_can_print_is_refused_beside_its_field() {
        let mut typed = typed_of(&PrintSettings::default());
        typed.set("margin_left", "5");
        typed.set("font_size", "9");
        assert_eq!(settings_of(&mut typed, 0), None);
        assert_eq!(typed.errors("margin_left"), ["Isi 10 sampai 60 mm."]);
        assert!(!typed.errors("font_size").is_empty() && typed.errors("margin_top").is_empty());
    }
}
