// A made-up histogram of a service, sent straight to the intake: half an hour of requests by route.
const MINUTES = 30;
const ROUTES = { "/api/cart": [40, 8, 2, 0], "/api/checkout": [10, 30, 9, 1] };
const BOUNDS = [0.05, 0.25, 1];

const text = (key, value) => ({ key, value: { stringValue: value } });

export async function sendMetrics(limen) {
  const now = Date.now();
  const nanos = (minutesAgo) => (BigInt(now - minutesAgo * 60_000) * 1_000_000n).toString();
  const dataPoints = Object.entries(ROUTES).flatMap(([route, counts]) =>
    Array.from({ length: MINUTES }, (_, minute) => ({
      attributes: [text("http.route", route)],
      startTimeUnixNano: nanos(MINUTES + 1),
      timeUnixNano: nanos(MINUTES - minute),
      count: String(counts.reduce((sum, each) => sum + each, 0) * (minute + 1)),
      sum: 12.5 * (minute + 1),
      explicitBounds: BOUNDS,
      bucketCounts: counts.map((each) => String(each * (minute + 1))),
    })),
  );
  const histogram = { dataPoints, aggregationTemporality: 2 };
  const metrics = [{ name: "http.server.request.duration", unit: "s", histogram }];
  const resource = { attributes: [text("service.name", "gateway")] };
  const response = await fetch(`${limen.otlp}/v1/metrics`, {
    method: "POST",
    headers: { "content-type": "application/json", "limen-key": limen.key },
    body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
