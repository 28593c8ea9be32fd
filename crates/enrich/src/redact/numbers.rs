//! Numbers with a check digit: payment cards and bank accounts.

use limen_model::redaction::Secret;

use super::scan::{Found, begins};

pub(super) const CARD_DIGITS_MIN: usize = 14;
const CARD_DIGITS_MAX: usize = 19;

/// Malta's numbers have the fewest digits for sure: two of the checksum and five of the bank.
pub(super) const IBAN_DIGITS_MIN: usize = 7;
/// The longest number of a bank account, that of Malta or Saint Lucia and a margin.
const IBAN_BYTES_MAX: usize = 34;

/// How the digits of cards are grouped in print.
const GROUPS: [&[usize]; 4] = [&[4, 4, 4, 4, 3], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4]];

/// Countries with the length of their account numbers, as the registry of IBANs has them.
const IBANS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18\
    FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27\
    MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25\
    SV28TL23TN24TR26UA29VA22VG24XK20YE30";

pub(super) fn find_cards(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        if begins(bytes, start)
            && !is_fraction(bytes, start)
            && let Some(length) = card_length(&bytes[start..])
        {
            at = start + length;
            found.push(Found { start, end: at, secret: Secret::Card });
        } else {
            at = start + digits_at(&bytes[start..]);
        }
    }
}

/// Whether a number that was sent as one is that of a card.
pub(super) fn is_card(number: i64) -> bool {
    number >= 10_i64.pow(CARD_DIGITS_MIN as u32 - 1) && is_card_number(number.to_string().as_bytes())
}

/// Times and shares are written with as many digits as cards have.
fn is_fraction(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[..at], [.., b'0'..=b'9', b'.'])
}

/// The bytes of the card that stands at the beginning.
fn card_length(bytes: &[u8]) -> Option<usize> {
    let ends = |length: usize| match bytes[length..] {
        [b'.', b'0'..=b'9', ..] => false,
        [next, ..] => !next.is_ascii_alphanumeric(),
        [] => true,
    };
    let run = digits_at(bytes);
    if run != 4 {
        return (ends(run) && is_card_number(&bytes[..run])).then_some(run);
    }
    GROUPS.into_iter().find_map(|groups| {
        let mut digits = [0; CARD_DIGITS_MAX];
        let length = take_groups(bytes, groups, &mut digits)?;
        (ends(length) && is_card_number(&digits[..groups.iter().sum()])).then_some(length)
    })
}

/// Copies the digits of groups with one and the same separator; the bytes that they take.
fn take_groups(bytes: &[u8], groups: &[usize], digits: &mut [u8; CARD_DIGITS_MAX]) -> Option<usize> {
    let separator = bytes.get(4).filter(|byte| matches!(byte, b' ' | b'-'))?;
    let (mut length, mut count) = (0, 0);
    for group in groups {
        if length > 0 {
            bytes.get(length).filter(|byte| *byte == separator)?;
            length += 1;
        }
        let found = bytes.get(length..length + group).filter(|found| found.iter().all(u8::is_ascii_digit))?;
        digits[count..count + group].copy_from_slice(found);
        length += group;
        count += group;
    }
    Some(length)
}

fn digits_at(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The prefixes of the large networks, each with the lengths that it issues.
fn is_card_number(digits: &[u8]) -> bool {
    let first = |count: usize| digits[..count].iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    if !(CARD_DIGITS_MIN..=CARD_DIGITS_MAX).contains(&digits.len()) {
        return false;
    }
    let issued = matches!(
        (digits.len(), first(4)),
        (16 | 19, 4000..=4999)
            | (16, 5100..=5599 | 2221..=2720 | 6011 | 6440..=6599 | 3528..=3589)
            | (15, 3400..=3499 | 3700..=3799)
            | (14, 3000..=3059 | 3600..=3699 | 3800..=3999)
            | (16..=19, 6200..=6299)
    );
    issued && luhn(digits)
}

/// Every second digit from the right counts twice; the digits of all must add up to a multiple of ten.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0') * if at % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The bytes of the account number at the beginning, together or in groups of four.
pub(super) fn iban_length(bytes: &[u8]) -> Option<usize> {
    let [one @ b'A'..=b'Z', two @ b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9', ..] = bytes else {
        return None;
    };
    let entry = IBANS.as_bytes().chunks(4).find(|entry| entry[..2] == [*one, *two])?;
    let wanted = usize::from(entry[2] - b'0') * 10 + usize::from(entry[3] - b'0');
    let mut number = [0; IBAN_BYTES_MAX];
    let (mut length, mut count) = (0, 0);
    while count < wanted {
        let byte = *bytes.get(length)?;
        length += 1;
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' => {
                number[count] = byte;
                count += 1;
            }
            b' ' if count.is_multiple_of(4) && bytes[length - 2] != b' ' => {}
            _ => return None,
        }
    }
    let ends = bytes.get(length).is_none_or(|next| !next.is_ascii_alphanumeric());
    (ends && remainder_97(&number[..wanted]) == 1).then_some(length)
}

/// The number with its first four characters at the end and letters as 10 to 35, modulo 97.
fn remainder_97(number: &[u8]) -> u32 {
    let (head, tail) = number.split_at(4);
    tail.iter().chain(head).fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    })
}
