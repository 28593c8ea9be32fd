// Made-up resources of pages sent straight to the intake: own files that tell their timing, and a third party that hides it.
import { createHash } from "node:crypto";

const text = (key, value) => ({ key, value: { stringValue: String(value) } });
const idOf = (name, digits) => createHash("sha256").update(name).digest("hex").slice(0, digits);
const timing = (values) => Object.entries(values).map(([key, value]) => text(`browser.resource_timing.${key}`, value));

const RESOURCES = [
  [
    "https://shop.example/assets/app.js",
    {
      duration: 80,
      transfer_size: 40_000,
      decoded_body_size: 120_000,
      render_blocking_status: "blocking",
      response_status: 200,
      initiator_type: "script",
      next_hop_protocol: "h2",
    },
  ],
  ["https://tags.example/tag.js", { duration: 350, initiator_type: "script" }, [text("limen.third_party", "true")]],
];
const FRAME = JSON.stringify([{ source_url: "https://tags.example/tag.js", duration: 140 }]);

/** Each visitor loads all of them, and waits for a long frame of the third party. */
export async function sendResources(limen, visitors = 25) {
  for (let visitor = 0; visitor < visitors; visitor++) {
    const at = BigInt(Date.now() - 60_000 - visitor * 1000) * 1_000_000n;
    const who = [
      text("session.id", idOf(`resources ${visitor}`, 32)),
      text("limen.view.id", idOf(`resources view ${visitor}`, 16)),
      text("browser.document.url.full", "https://shop.example/"),
    ];
    const event = (eventName, attributes) => ({
      eventName,
      timeUnixNano: String(at),
      attributes: [...who, ...attributes],
    });
    const logRecords = [
      ...RESOURCES.map(([url, values, more = []]) =>
        event("browser.resource_timing", [text("url.full", url), ...timing(values), ...more]),
      ),
      event("browser.long_animation_frame", [text("browser.long_animation_frame.scripts", FRAME)]),
    ];
    const resource = { attributes: [text("service.name", "shop")] };
    const response = await fetch(`${limen.url}/v1/rum?key=${limen.key}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent":
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36",
      },
      body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }
}
