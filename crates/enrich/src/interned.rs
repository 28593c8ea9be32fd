//! Country codes and version numbers as texts that live for ever, so that no row needs its own copy.

/// All pairs of capital letters: AA, AB, … ZZ.
const PAIRS: [u8; 26 * 26 * 2] = {
    let mut pairs = [0; 26 * 26 * 2];
    let mut at = 0;
    while at < 26 * 26 {
        pairs[at * 2] = b'A' + (at / 26) as u8;
        pairs[at * 2 + 1] = b'A' + (at % 26) as u8;
        at += 1;
    }
    pairs
};

/// The numbers 000 to 999.
const NUMBERS: [u8; 3000] = {
    let mut numbers = [0; 3000];
    let mut at = 0;
    while at < 1000 {
        numbers[at * 3] = b'0' + (at / 100) as u8;
        numbers[at * 3 + 1] = b'0' + (at / 10 % 10) as u8;
        numbers[at * 3 + 2] = b'0' + (at % 10) as u8;
        at += 1;
    }
    numbers
};

static PAIRS_TEXT: &str = ascii(&PAIRS);
static NUMBERS_TEXT: &str = ascii(&NUMBERS);

const fn ascii(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// The code of a country as ISO 3166-1 writes it; empty when it is none.
pub(crate) fn country(code: &str) -> &'static str {
    let index = match code.as_bytes() {
        [one @ b'A'..=b'Z', two @ b'A'..=b'Z'] => usize::from(one - b'A') * 26 + usize::from(two - b'A'),
        _ => return "",
    };
    PAIRS_TEXT.get(index * 2..index * 2 + 2).unwrap_or_default()
}

/// The digits a version starts with, up to 999; empty when there are none.
pub(crate) fn major(version: &str) -> &'static str {
    let digits = version.bytes().take_while(u8::is_ascii_digit).count();
    let Ok(number) = version[..digits].parse::<usize>() else {
        return "";
    };
    let skipped = if number < 10 { 2 } else { usize::from(number < 100) };
    NUMBERS_TEXT.get(number * 3 + skipped..number * 3 + 3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_country_code() {
        for code in ["AA", "DE", "US", "ZZ"] {
            assert_eq!(country(code), code);
        }
        for none in ["", "de", "DEU", "D", "Ä", "1A"] {
            assert_eq!(country(none), "", "{none}");
        }
    }

    #[test]
    fn finds_the_major_version() {
        for (version, expected) in [("0", "0"), ("7.1", "7"), ("17_4", "17"), ("142.0.0.0", "142"), ("999", "999")] {
            assert_eq!(major(version), expected);
        }
        for none in ["", "x", "1000", "99999999999999999999999"] {
            assert_eq!(major(none), "", "{none}");
        }
    }
}
