//! From an address to a country, and no further.

use std::fs;
use std::net::IpAddr;

use limen_enrich::{EnrichOptions, Enricher, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::Signal;

use crate::mmdb;
use crate::samples::{from_agent, read};

fn enricher(kind: &str) -> Enricher {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("countries.mmdb");
    fs::write(&path, mmdb::database(kind, &[(198, "DE"), (203, "NZ"), (7, "??")])).expect("written");
    let options = EnrichOptions { geo_file: Some(path), trusted_proxies: vec!["10.0.0.0/8".to_owned()] };
    Enricher::new(options).expect("a database")
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
