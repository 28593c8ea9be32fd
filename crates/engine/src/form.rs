//! Names and values of a request: from its address, or from the parts of its body.

use crate::exception::{Exception, code};

pub type Fields = Vec<(String, String)>;

/// `name=value&…` with `%XX` and `+`, as in an address.
pub fn from_address(query: &str) -> Result<Fields, Exception> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Result<String, Exception> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = rest.next().zip(rest.next()).and_then(|(high, low)| Some(digit(high)? << 4 | digit(low)?));
                pair.ok_or_else(|| refused("a percent sign in the address is not followed by two hex digits"))?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| refused("the address is not UTF-8"))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The boundary of a body in parts, when the content type names one.
pub fn boundary(content_type: &str) -> Option<&str> {
    let (kind, attributes) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let attribute = attributes.split(';').find_map(|attribute| attribute.trim().strip_prefix("boundary="))?;
    Some(attribute.trim_matches('"'))
}

/// The parts of `multipart/form-data`, each a field of text.
pub fn from_parts(body: &str, boundary: &str) -> Result<Fields, Exception> {
    let broken = || refused("the body is not valid multipart/form-data");
    let first = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&first).ok_or_else(broken)?;
    let mut fields = Fields::new();
    loop {
        if rest.starts_with("--") {
            return Ok(fields);
        }
        let (headers, content) = rest.split_once("\r\n\r\n").ok_or_else(broken)?;
        let (value, behind) = content.split_once(&between).ok_or_else(broken)?;
        fields.push((name(headers).ok_or_else(broken)?.to_owned(), value.to_owned()));
        rest = behind;
    }
}

fn name(headers: &str) -> Option<&str> {
    let header = headers.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let attribute = header.split(';').find_map(|attribute| attribute.trim().strip_prefix("name="))?;
    Some(attribute.trim_matches('"'))
}

fn refused(message: &str) -> Exception {
    Exception::new(code::BAD_ARGUMENTS, "BAD_ARGUMENTS", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn an_address_is_decoded() {
        let fields = from_address("query=INSERT+INTO+t%28a%29&database=d&&flag").expect("valid");

        assert_eq!(fields, [pair("query", "INSERT INTO t(a)"), pair("database", "d"), pair("flag", "")]);
    }

    #[test]
    fn broken_escapes_are_refused() {
        for query in ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%+1"] {
            assert_eq!(from_address(query).expect_err(query).code, code::BAD_ARGUMENTS);
        }
    }

    #[test]
    fn parts_keep_every_line_of_their_text() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nSELECT\r\n1\r\n--b\r\n\
                    Content-Disposition: form-data; name=\"param_a\"\r\n\r\n\r\n--b--\r\n";

        assert_eq!(from_parts(body, "b").expect("valid"), [pair("query", "SELECT\r\n1"), pair("param_a", "")]);
    }

    #[test]
    fn broken_parts_are_refused() {
        for body in ["", "--b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "--b\r\n\r\nx"] {
            from_parts(body, "b").expect_err(body);
        }
    }

    #[test]
    fn the_boundary_is_found_in_the_content_type_only() {
        assert_eq!(boundary("multipart/form-data; boundary=abc"), Some("abc"));
        assert_eq!(boundary("text/plain; boundary=abc"), None);
        assert_eq!(boundary("text/plain"), None);
    }
}
