//! Settings as a person would write them, rightly and wrongly.

use super::*;

fn pairs(entries: &[(&str, &str)]) -> Vec<(String, String)> {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn refused(toml: &str) -> String {
    let file = file(toml);
    match load(Some(file.path()), [], []).and_then(|written| Settings::check(&written)) {
        Ok(settings) => panic!("taken: {settings:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn starts_on_loopback_when_nothing_is_written() {
    let settings = Settings::check(&load(None, [], []).expect("defaults")).expect("defaults are valid");
    assert!(settings.local_only());
    assert_eq!(settings.server.listen.port(), 4600);
    assert_eq!(settings.server.otlp_listen.port(), 4318);
    assert_eq!(settings.server.grpc.expect("on").port(), 4317);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = file("[server]\nlisten = \"127.0.0.1:1\"\notlp_listen = \"127.0.0.1:2\"\ndata = \"from-file\"\n");
    let variables = pairs(&[("LIMEN_SERVER_LISTEN", "127.0.0.1:3"), ("LIMEN_SERVER_OTLP_LISTEN", "127.0.0.1:4")]);
    let flags = pairs(&[("listen", "127.0.0.1:5")]);
    let settings = Settings::check(&load(Some(file.path()), variables, flags).expect("read")).expect("valid");
    assert_eq!(settings.server.listen.port(), 5);
    assert_eq!(settings.server.otlp_listen.port(), 4);
    assert_eq!(settings.server.data, PathBuf::from("from-file"));
}

#[test]
fn grpc_can_be_off_and_makes_the_server_reachable_as_any_port_does() {
    let read = |text: &str| {
        let written = load(None, [], pairs(&[("grpc", text)])).expect("read");
        Settings::check(&written).map(|settings| (settings.server.grpc.is_some(), settings.local_only()))
    };
    assert_eq!(read("off"), Ok((false, true)));
    assert_eq!(read("0.0.0.0:4317"), Ok((true, false)));
    assert!(read("4317").expect_err("refused").to_string().contains("127.0.0.1:4317"));
}

#[test]
fn a_list_may_be_a_toml_array_or_separated_by_commas() {
    let file = file("[enrich]\ntrusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\"]\n");
    let settings = Settings::check(&load(Some(file.path()), [], []).expect("read")).expect("valid");
    let proxies: Vec<String> = settings.enrich.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(proxies, ["10.0.0.0/8", "127.0.0.1/32"]);
}

#[test]
fn refuses_unknown_keys_and_guesses_what_was_meant() {
    let text = refused("[server]\nlisen = \"127.0.0.1:4600\"\n");
    assert!(text.contains("`server.lisen`") && text.contains("did you mean `server.listen`?"), "{text}");
    assert!(refused("listen = \"127.0.0.1:4600\"\n").contains("is no setting"));
    let variable = load(None, pairs(&[("LIMEN_SERVER_LISEN", "x")]), []).expect_err("unknown").to_string();
    assert!(variable.contains("did you mean `LIMEN_SERVER_LISTEN`?"), "{variable}");
    assert!(
        load(None, pairs(&[("OTHER_THING", "x"), ("LIMEN_LOG", "debug"), ("LIMEN_SOURCEMAPS_SERVER", "x")]), [])
            .is_ok()
    );
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_what_is_expected() {
    let text = refused("[server]\nlisten = \"4600\"\n");
    assert!(text.contains("`4600`") && text.contains("127.0.0.1:4600") && text.contains("the file"), "{text}");
    let flag = load(None, [], pairs(&[("connections", "0")])).and_then(|written| Settings::check(&written));
    assert!(flag.expect_err("refused").to_string().contains("the flag --connections"));
}

#[test]
fn a_size_is_read_with_its_unit_and_refused_with_another() {
    let read = |text: &str| {
        let flags = pairs(&[("spool-max", text)]);
        load(None, [], flags)
            .and_then(|written| Settings::check(&written))
            .map(|settings| settings.server.spool_bytes_max)
    };
    for (text, bytes) in [("0", 0), ("4096", 4096), ("64KiB", 65_536), ("512 MiB", 536_870_912), ("1GiB", 1 << 30)] {
        assert_eq!(read(text).ok(), Some(bytes), "{text}");
    }
    for text in ["1GB", "-1", "1.5GiB", "GiB", "99999999999GiB", "18446744073709551615"] {
        assert!(read(text).expect_err("refused").to_string().contains("512MiB"), "{text}");
    }
}

#[test]
fn no_two_settings_share_a_flag() {
    let mut flags: Vec<_> = KEYS.iter().map(Key::flag).collect();
    flags.sort();
    flags.dedup();
    assert_eq!(flags.len(), KEYS.len());
}
