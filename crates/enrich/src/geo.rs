//! The country of an address, from a database file in MaxMind's format.

use std::net::IpAddr;
use std::path::Path;

use maxminddb::{PathElement, Reader};

use crate::error::EnrichError;
use crate::interned;

pub(crate) struct Geo(Reader<Vec<u8>>);

impl Geo {
    pub fn open(path: &Path) -> Result<Self, EnrichError> {
        let error = |source| EnrichError::GeoFile { path: path.to_owned(), source };
        Reader::open_readfile(path).map(Geo).map_err(error)
    }

    /// The ISO code of the country; empty when it is unknown, as for private addresses.
    pub fn country(&self, address: IpAddr) -> &'static str {
        let path = [PathElement::Key("country"), PathElement::Key("iso_code")];
        let code = self.0.lookup(address).and_then(|found| found.decode_path::<&str>(&path));
        // A damaged record is as good as none: the event matters more than its country.
        code.ok().flatten().map_or("", interned::country)
    }

    /// The words that the licences of the common databases ask for.
    pub fn attribution(&self) -> String {
        let kind = &self.0.metadata().database_type;
        if kind.contains("DBIP") {
            "IP geolocation by DB-IP (https://db-ip.com)".to_owned()
        } else if kind.contains("GeoLite2") {
            "This product includes GeoLite2 data created by MaxMind (https://www.maxmind.com)".to_owned()
        } else {
            format!("IP geolocation by {kind}")
        }
    }
}
