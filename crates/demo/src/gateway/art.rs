//! Draws a picture of each product, so that the shop needs no photographs of anyone's.

use std::fmt::Write;

use crate::catalogue::Product;

/// Dark, main and light shade of each colour in the catalogue.
const SHADES: [(&str, [&str; 3]); 10] = [
    ("slate", ["#2f3b46", "#566573", "#dfe5ea"]),
    ("moss", ["#3b4a2b", "#6b7f4b", "#e6ead9"]),
    ("rust", ["#6d2f1c", "#b4552f", "#f3e0d6"]),
    ("ochre", ["#7a5713", "#c8942c", "#f6ead0"]),
    ("navy", ["#14223d", "#2d4672", "#dde4f0"]),
    ("sand", ["#7d6c52", "#bda988", "#f3ede2"]),
    ("pine", ["#143a35", "#2c6a60", "#dcebe8"]),
    ("sky", ["#2b5a76", "#5f9bbd", "#e0eef6"]),
    ("plum", ["#43233f", "#7b4a74", "#eee0ec"]),
    ("fog", ["#5c6266", "#9aa3a8", "#eceff0"]),
];

/// Stitches of the cloth. Browsers do not count a picture as the largest paint when it has hardly any detail.
const STITCHES: u32 = 160;

pub fn drawn(product: &Product) -> String {
    let [dark, main, light] =
        SHADES.iter().find(|(name, _)| *name == product.colour).map_or(SHADES[0].1, |(_, shades)| *shades);
    let shape = shape(&product.category);
    let stitches = stitches(product.id.unsigned_abs());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\">\
         <defs><linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"0.4\" y2=\"1\"><stop offset=\"0\" stop-color=\"{main}\"/>\
         <stop offset=\"1\" stop-color=\"{dark}\"/></linearGradient>\
         <clipPath id=\"c\"><path d=\"{shape}\"/></clipPath></defs>\
         <rect width=\"400\" height=\"400\" fill=\"{light}\"/>\
         <ellipse cx=\"200\" cy=\"352\" rx=\"128\" ry=\"13\" fill=\"{dark}\" opacity=\".16\"/>\
         <path d=\"{shape}\" fill=\"url(#g)\" stroke=\"{dark}\" stroke-width=\"3\" stroke-linejoin=\"round\"/>\
         <g clip-path=\"url(#c)\"><path d=\"{stitches}\" stroke=\"{light}\" stroke-opacity=\".22\" stroke-width=\"2\" \
         stroke-linecap=\"round\"/></g>{details}</svg>",
        details = details(&product.category, dark, light)
    )
}

fn shape(category: &str) -> &'static str {
    match category {
        "jackets" => {
            "M160 76q40 26 80 0l44 22q30 22 46 96l12 98-44 10-14-78v116q-84 22-168 0V224l-14 78-44-10 12-98q16-74 46-96z"
        }
        "knitwear" => {
            "M158 92q42 34 84 0l42 16q34 20 48 90l16 86-42 14-22-76v104q-84 18-168 0V222l-22 76-42-14 16-86q14-70 48-90z"
        }
        "trousers" => "M134 66h132l10 60 14 216h-62l-26-176h-4l-26 176h-62l14-216z",
        "boots" => "M136 78h84l6 120q10 30 58 46 40 14 40 60v24H120q-10-44 4-96z",
        "packs" => "M142 124q0-62 58-62t58 62q34 10 34 60v124q0 34-34 34H142q-34 0-34-34V184q0-50 34-60z",
        _ => "M104 262q-4-156 96-156t96 156q10 6 10 22v30q0 20-20 20H114q-20 0-20-20v-30q0-16 10-22z",
    }
}

fn details(category: &str, dark: &str, light: &str) -> String {
    let lines = match category {
        "jackets" => "M200 92v258M232 246h34M134 246h34M160 76q40 60 80 0",
        "knitwear" => "M116 312q84 18 168 0M158 92q42 52 84 0",
        "trousers" => "M134 92h134M200 92v74M146 112l26 26M254 112l-26 26",
        "boots" => "M140 118h82M142 146h82M146 174h80M120 308h204",
        "packs" => "M116 190h168M140 240h120v70H140zM176 190v30M224 190v30",
        _ => "M98 268h204M130 268v66M165 268v66M200 268v66M235 268v66M270 268v66",
    };
    format!(
        "<path d=\"{lines}\" fill=\"none\" stroke=\"{dark}\" stroke-width=\"3\" stroke-linecap=\"round\" opacity=\".75\"/>\
         <circle cx=\"232\" cy=\"170\" r=\"7\" fill=\"{light}\" opacity=\".9\"/>"
    )
}

/// Short strokes in rows, shifted a little; the same product always looks the same.
fn stitches(seed: u32) -> String {
    let mut path = String::new();
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    for number in 0..STITCHES {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let (x, y) = (80 + (number % 16) * 16 + state % 7, 64 + (number / 16) * 30 + (state >> 8) % 9);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x} {y}l{} {}", 4 + state % 5, 3 + (state >> 4) % 4);
    }
    path
}

#[cfg(test)]
mod tests {
    #[test]
    fn draws_enough_detail_to_count_as_the_largest_paint() {
        for product in crate::catalogue::products() {
            let picture = super::drawn(&product);
            // 0.05 bits for each of 560 x 560 pixels, the largest size on the page.
            assert!(picture.len() * 8 > 560 * 560 / 20, "{} has {} bytes", product.name, picture.len());
        }
    }
}
