//! The country of an address, from a database file in MaxMind's format.

use std::net::IpAddr;
use std::path::Path;

use maxminddb::{PathElement, Reader};

use crate::error::EnrichError;
use crate::interned;

/// Where a record holds the code: MaxMind's own files and DB-IP's nest it, converted ones often have it on top.
const CODES: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("country"), PathElement::Key("iso_code")], &[PathElement::Key("country_code")]];

pub(crate) struct Geo {
    reader: Reader<Vec<u8>>,
    /// What the user says must be named; files do not always say it themselves.
    attribution: Option<String>,
}

impl Geo {
    pub fn open(path: &Path, attribution: Option<String>) -> Result<Self, EnrichError> {
        let error = |source| EnrichError::GeoFile { path: path.to_owned(), source };
        let reader = Reader::open_readfile(path).map_err(error)?;
        Ok(Self { reader, attribution })
    }

    /// The ISO code of the country; empty when it is unknown, as for private addresses.
    pub fn country(&self, address: IpAddr) -> &'static str {
        // A damaged record is as good as none: the event matters more than its country.
        let Ok(found) = self.reader.lookup(address) else { return "" };
        let code = CODES.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten());
        code.map_or("", interned::country)
    }

    /// The words that the licence of the database asks for.
    pub fn attribution(&self) -> String {
        let kind = &self.reader.metadata().database_type;
        if let Some(attribution) = &self.attribution {
            attribution.clone()
        } else if kind.contains("DBIP") {
            "IP geolocation by DB-IP (https://db-ip.com)".to_owned()
        } else if kind.contains("GeoLite2") {
            "This product includes GeoLite2 data created by MaxMind (https://www.maxmind.com)".to_owned()
        } else {
            format!("IP geolocation by {kind}")
        }
    }
}
