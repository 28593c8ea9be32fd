//! A week with known things hidden in it, sent by `limen load --truths`: each panel's answer shows the one that is its own.
//! docs/known-week.md lists them. The sessions are those of a seed, so that figures are the same at any hour.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

#[path = "../../../enrich/tests/it/mmdb.rs"]
#[allow(dead_code)]
mod mmdb;

use crate::serving::{Serving, command, eventually};

/// Enough for Explain, which does not speak of a country with fewer than thirty sessions.
const EVENTS: &str = "100000";
/// The first byte of the addresses that the generator gives to each country.
const NETWORKS: &[(u8, &str)] =
    &[(73, "US"), (91, "DE"), (86, "GB"), (90, "FR"), (126, "JP"), (117, "IN"), (177, "BR"), (101, "AU")];

struct Week {
    server: Serving,
    end: OffsetDateTime,
}

impl Week {
    /// A server that was told all of it.
    fn told(data: &Path) -> Self {
        let countries = data.join("countries.mmdb");
        std::fs::write(&countries, mmdb::database("GeoLite2-Country", NETWORKS)).expect("written");
        let mut serve = command(&data.join("data"));
        serve.args(["--trusted-proxies", "127.0.0.1", "--geoip-file"]).arg(countries);
        let server = Serving::from(serve);
        let mut load = Command::new(env!("CARGO_BIN_EXE_limen"));
        load.args(["load", "--to", &server.otlp, "--key", &server.key, "--history", "7d", "--truths"]);
        load.args(["--seed", "7", "--total", EVENTS, "--request", "session", "--format", "protobuf"]);
        let said = load.output().expect("the binary starts");
        assert!(said.status.success(), "{said:?}");
        Self { server, end: OffsetDateTime::now_utc() }
    }

    async fn ask(&self, path: &str) -> Value {
        self.ask_of(path, Duration::days(8)).await
    }

    async fn ask_of(&self, path: &str, length: Duration) -> Value {
        let text = |time: OffsetDateTime| time.format(&Rfc3339).expect("a time of our days");
        let end = self.end + Duration::seconds(1);
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = self.server.ask(&format!("{path}{mark}from={}&to={}", text(end - length), text(end))).await;
        assert!(!has_negative_zero(&answer), "{path}: {answer}");
        answer
    }
}

/// The standard library's sum of nothing, which nobody should see.
fn has_negative_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number == 0.0 && number.is_sign_negative()),
        Value::Array(values) => values.iter().any(has_negative_zero),
        Value::Object(fields) => fields.values().any(has_negative_zero),
        _ => false,
    }
}

/// A line for each entry of a list, with some of what it says.
fn lines(answer: &Value, list: &str, fields: &[&str]) -> String {
    let entries = answer.pointer(list).and_then(Value::as_array).expect("a list");
    let mut text = String::new();
    for entry in entries {
        for (at, field) in fields.iter().enumerate() {
            let value = entry.pointer(&format!("/{field}")).unwrap_or(&Value::Null);
            let mark = if at == 0 { "" } else { "  " };
            let _ = match value {
                Value::String(value) => write!(text, "{mark}{value}"),
                Value::Number(value) if !value.is_u64() => write!(text, "{mark}{:.3}", value.as_f64().unwrap_or(0.0)),
                other => write!(text, "{mark}{other}"),
            };
        }
        text.push('\n');
    }
    text
}

#[tokio::test]
async fn every_panel_shows_what_is_hidden_in_the_week() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("data")).expect("a folder for the data");
    let week = Week::told(folder.path());
    overview(&week).await;
    breakdowns(&week).await;
    page(&week).await;
    errors(&week).await;
    origins(&week).await;
    requests(&week).await;
    services(&week).await;
    journey(&week).await;
    set_up(&week).await;
    traces_by_host(&week).await;
    explained(&week).await;
    week.server.stop();
}

async fn overview(week: &Week) {
    let traffic = week.ask("/traffic").await;
    assert_snapshot!(lines(&Value::Array(vec![traffic]), "", &["views", "sessions", "errors", "requests", "failed_requests"]), @"6072.000  1620.000  409.000  7311.000  54.000");
    let vitals = week.ask("/vitals").await;
    assert_snapshot!(lines(&vitals, "/vitals", &["metric", "n", "p75", "good", "poor"]), @r"
    lcp  3510  3692.600  0.552  0.215
    inp  2802  229.800  0.712  0.091
    cls  3510  0.081  0.797  0.090
    fcp  3510  2713.600  0.537  0.211
    ttfb  3510  973.800  0.672  0.075
    ");
    let releases = week.ask("/releases").await;
    assert_snapshot!(lines(&releases, "/releases", &["service", "release"]), @"shop-web  3.9.0");
}

async fn breakdowns(week: &Week) {
    let by = async |dimension: &str, limit: u64, fields: &[&str]| {
        let answer = week.ask(&format!("/breakdown?dimension={dimension}&limit={limit}")).await;
        lines(&answer, "/rows", &[&["value", "views"], fields].concat())
    };
    // The browser whose interactions take four times as long, the route that shifts, the release that breaks.
    assert_snapshot!(by("browser", 6, &["vitals/inp/p75"]).await, @r"
    Chrome  3479.000  216.200
    Safari  1866.000  178.000
    Firefox  411.000  168.000
    Samsung Internet  316.000  1831.300
    ");
    assert_snapshot!(by("route", 6, &["vitals/cls/p75", "error_rate"]).await, @r"
    /  1537.000  0.062  0.042
    /product/:id  948.000  0.063  0.193
    /cart  564.000  0.058  0.050
    /checkout  383.000  0.062  0.052
    /search  369.000  0.361  0.038
    /category/:id  233.000  0.117  0.026
    ");
    assert_snapshot!(by("release", 6, &["error_rate"]).await, @r"
    3.9.0  3519.000  0.103
    3.8.0  2553.000  0.019
    ");
    assert_snapshot!(by("country", 8, &["vitals/ttfb/p75", "vitals/lcp/p75"]).await, @r"
    US  1779.000  789.800  3189.700
    DE  926.000  1298.400  3381.700
    IN  766.000  1389.600  5899.200
    FR  625.000  708.900  2968.300
    GB  609.000  796.900  3123.900
    JP  511.000  720.200  2766.200
    AU  443.000  1098.200  4186.600
    BR  413.000  1292.100  5226.800
    ");
}

async fn page(week: &Week) {
    let causes = week.ask("/causes?filter=route:/search").await;
    assert_snapshot!(lines(&causes, "/targets", &["metric", "target", "n", "p75"]), @r"
    cls  main>aside>div.banner  182  0.361
    inp  main>section.buy>button.add-to-cart  139  147.400
    lcp  main>article>img#hero  182  3062.900
    ");
}

async fn errors(week: &Week) {
    let found = eventually("every error has a group", async || {
        let answer = week.ask("/errors").await;
        (answer["ungrouped"] == 0.0).then_some(answer)
    });
    assert_snapshot!(lines(&found.await, "/groups", &["error_type", "message", "errors", "sessions", "first_release", "class"]), @r"
    RangeError  Invalid currency code : EURO  145.000  125.000  3.9.0  app
    TypeError  Cannot read properties of undefined (reading 'price')  129.000  122.000  3.8.0  app
    NetworkError  Failed to fetch  72.000  69.000  3.8.0  app
    ReferenceError  currency is not defined  63.000  61.000  3.8.0  app
    ");
    let of_products = week.ask("/errors?filter=route:/product/:id").await;
    assert_snapshot!(lines(&of_products, "/groups", &["message", "errors"]), @r"
    Invalid currency code : EURO  145.000
    e.items is not iterable  25.000
    Failed to fetch  7.000
    currency is not defined  6.000
    ");
}

async fn origins(week: &Week) {
    let origins = week.ask("/origins").await;
    assert_snapshot!(lines(&origins, "/origins", &["host", "third_party", "loads/count", "loads/p75", "loads/blocking", "loads/hidden"]), @r"
    cdn.shop.example  false  52878.000  109.600  0.000  0.000
    chat.widgets.example  true  5018.000  452.100  1.000  1.000
    ");
}

async fn requests(week: &Week) {
    let requests = week.ask("/requests").await;
    assert_snapshot!(lines(&requests, "/requests", &["method", "host", "what", "requests", "failed", "answered"]), @r"
    GET  shop.example  /api/offers  5980.000  0.000  1.000
    GET  legacy.shop.example  /api/recommendations  948.000  0.000  0.000
    POST  shop.example  /api/orders  383.000  0.141  1.000
    ");
}

async fn services(week: &Week) {
    let services = week.ask("/services").await;
    assert_snapshot!(lines(&services, "/services", &["kind", "name", "load/requests", "load/failed"]), @r"
    browser  shop-web  12329.000  0.004
    service  shop-api  11381.000  0.005
    ");
    assert_snapshot!(lines(&services, "/calls", &["from", "to", "load/requests"]), @"shop-web  shop-api  6363.000");
}

async fn journey(week: &Week) {
    let steps = "step=route:/&step=route:/product/:id&step=route:/cart&step=route:/checkout";
    let funnel = week.ask(&format!("/funnel?{steps}")).await;
    assert_snapshot!(lines(&funnel, "/steps", &["step/value", "sessions", "of_previous", "of_first"]), @r"
    /  1181.000  null  1.000
    /product/:id  604.000  0.511  0.511
    /cart  376.000  0.623  0.318
    /checkout  260.000  0.691  0.220
    ");
    let impact = week.ask(&format!("/impact?{steps}&metric=lcp")).await;
    assert_snapshot!(lines(&impact, "/buckets", &["from", "sessions", "share"]), @r"
    0.000  140.000  0.314
    901.900  138.000  0.420
    1265.700  139.000  0.309
    1552.300  138.000  0.268
    2025.000  139.000  0.245
    2526.700  140.000  0.093
    3182.300  138.000  0.116
    4561.200  138.000  0.109
    ");
    assert_snapshot!(impact["says"].as_str().expect("a sentence"), @"Among visitors of the same device and country, sessions whose LCP was 100 ms longer got to the end 0.35 percentage points less often (0.16 to 0.55). That goes along with speed; it need not be caused by it.");
}

async fn set_up(week: &Week) {
    let doctor = week.ask("/doctor").await;
    assert_snapshot!(lines(&doctor, "/findings", &["state", "subject", "says"]), @r"
    todo  chat.widgets.example  100 % of the resources of chat.widgets.example hide their sizes and parts.
    todo  legacy.shop.example  100 % of the calls to legacy.shop.example have no span of a service in their trace.
    todo  3.9.0  100 % of the errors last met in 3.9.0 have frames without a source.
    unknown    0 % of the agents' reports tell of records that were lost.
    unknown    0 % of the agents' reports tell of faults of the agent itself.
    unknown    0 % of the agents' reports say that they left features off, because the page is slow.
    done  shop.example  0 % of the calls to shop.example have no span of a service in their trace.
    done    Every view names its release.
    done    Every view names its environment.
    done    Every view names its service.
    done    Every view names its country.
    done    0 % of the loads of documents have no span of the service that answered.
    done    0 % of the errors say nothing but `Script error.`
    ");
}

async fn traces_by_host(week: &Week) {
    let continuity = week.ask("/continuity").await;
    assert_snapshot!(lines(&continuity, "/hosts", &["host", "calls", "share"]), @r"
    shop.example  6363.000  1.000
    legacy.shop.example  948.000  0.000
    ");
}

/// The week goes on until now, so that its last seventh is about the last day, but for the hour of the day.
async fn explained(week: &Week) {
    let answer = week.ask_of("/explain?metric=lcp", Duration::hours(23)).await;
    let verdict = answer["verdict"].as_str().expect("a sentence");
    assert!(verdict.starts_with("LCP became slower for country DE: p75 from "), "{verdict}");
    assert!(verdict.ends_with("in the service (shop-api)."), "{verdict}");
    let change = answer.pointer("/cohorts/0/owners/0/change").and_then(Value::as_f64).expect("a change");
    assert!((1_350.0..1_650.0).contains(&change), "of the 1500 ms: {change}");
}
