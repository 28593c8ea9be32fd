//! A request in ClickHouse's HTTP interface, sorted into what it asks, for which values and under which settings.

use http::{Method, Uri};

use crate::exception::{Exception, code};
use crate::ffi::Parameters;
use crate::form::{self, Fields};

/// The database of a request that names none.
const DATABASE_DEFAULT: &str = "default";

/// What the address, and later the body, of a request say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The statement as far as the address has it.
    pub statement: String,
    pub database: String,
    pub default_format: Option<String>,
    /// Names and values for `{name:Type}`.
    parameters: Vec<(String, String)>,
    /// Settings for this statement only.
    pub settings: Vec<(String, String)>,
}

impl Ask {
    pub fn from_address(method: &Method, uri: &Uri) -> Result<Self, Exception> {
        if method != Method::POST {
            let message = "only POST is served, as a GET must not change anything and this is not checked here";
            return Err(Exception::new(code::NOT_IMPLEMENTED, "NOT_IMPLEMENTED", message));
        }
        let mut ask = Self { database: DATABASE_DEFAULT.to_owned(), ..Self::default() };
        for (name, value) in form::from_address(uri.query().unwrap_or_default())? {
            ask.add(name, value)?;
        }
        Ok(ask)
    }

    pub fn add_parts(&mut self, fields: Fields) -> Result<(), Exception> {
        fields.into_iter().try_for_each(|(name, value)| self.add(name, value))
    }

    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    fn add(&mut self, name: String, value: String) -> Result<(), Exception> {
        if let Some(parameter) = name.strip_prefix("param_") {
            self.parameters.push((parameter.to_owned(), value));
            return Ok(());
        }
        match name.as_str() {
            "query" => self.statement.push_str(&value),
            "database" if value.is_empty() => {}
            "database" => self.database = value,
            "default_format" => self.default_format = Some(value),
            // Whoever can open the socket is the owner, so there are no users and roles to choose from.
            "user" | "password" | "role" | "quota_key" | "query_id" | "log_comment" | "stacktrace" => {}
            // What only tunes how a server buffers and reports; the answer is the same.
            "buffer_size" | "wait_end_of_query" | "enable_http_compression" | "client_protocol_version" => {}
            "compress" | "decompress" if value == "0" => {}
            "compress" | "decompress" => return Err(missing("compression", "switch it off in the client")),
            "session_id" | "session_timeout" | "session_check" => {
                return Err(missing("sessions", "each request stands alone: send its settings with it"));
            }
            _ if is_setting(&name) => self.settings.push((name, value)),
            _ => {
                let message = format!("`{name}` is no name of a setting");
                return Err(Exception::new(code::BAD_ARGUMENTS, "BAD_ARGUMENTS", &message));
            }
        }
        Ok(())
    }
}

fn is_setting(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn missing(what: &str, instead: &str) -> Exception {
    let message = format!("the embedded engine has no {what}; {instead}");
    Exception::new(code::NOT_IMPLEMENTED, "NOT_IMPLEMENTED", &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(query: &str) -> Result<Ask, Exception> {
        let uri = format!("http://engine/?{query}").parse().expect("an address");
        Ask::from_address(&Method::POST, &uri)
    }

    #[test]
    fn fields_go_where_they_belong() {
        let ask =
            ask("query=SELECT+1&database=limen&default_format=CSV&param_a=b&max_threads=1&query_id=q").expect("ask");

        assert_eq!(ask.statement, "SELECT 1");
        assert_eq!(ask.database, "limen");
        assert_eq!(ask.default_format.as_deref(), Some("CSV"));
        assert_eq!(ask.parameters(), [("a".to_owned(), "b".to_owned())]);
        assert_eq!(ask.settings, [("max_threads".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn a_setting_that_could_be_sql_is_refused() {
        assert_eq!(ask("a%20%3D%201%2C%20b=2").expect_err("no name").code, code::BAD_ARGUMENTS);
    }

    #[test]
    fn what_is_not_served_is_refused_and_not_ignored() {
        for query in ["compress=1", "decompress=1", "session_id=s"] {
            assert_eq!(ask(query).expect_err(query).code, code::NOT_IMPLEMENTED);
        }
        let uri = "http://engine/?query=SELECT+1".parse().expect("an address");
        assert_eq!(Ask::from_address(&Method::GET, &uri).expect_err("GET").code, code::NOT_IMPLEMENTED);
    }
}
