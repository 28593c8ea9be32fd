// Made-up errors sent straight to the intake: of one build and the next, of an extension, and hostile ones.
import { createHash } from "node:crypto";

const text = (key, value) => ({ key, value: { stringValue: value } });
const idOf = (name, digits) => createHash("sha256").update(name).digest("hex").slice(0, digits);

const declined = (build) =>
  `TypeError: card was declined\n    at payWithCard (https://shop.example/assets/index-${build}.js:1:200)\n` +
  `    at Array.map (<anonymous>)\n    at t (https://shop.example/assets/index-${build}.js:1:900)`;

/** Each in a session of its own, which clicks before it fails. */
export const ERRORS = [
  { release: "1.41.3", type: "TypeError", message: "card was declined", stack: declined("BxY1z_2A"), times: 6 },
  { release: "1.42.0", type: "TypeError", message: "card was declined", stack: declined("Qw3rTy9u"), times: 9 },
  {
    release: "1.42.0",
    type: "Error",
    message: `<img src=x onerror=alert(1)> \u202eevil ${"long ".repeat(200)}`,
    stack: "Error\n    at <b>bold</b> (https://shop.example/<script>alert(1)</script>.js:1:1)",
    times: 2,
  },
  {
    release: "1.42.0",
    type: "Error",
    message: "x",
    stack: "Error: x\n    at f (chrome-extension://abc/c.js:1:1)",
    times: 3,
  },
  { release: "1.42.0", type: "Error", message: "Script error.", stack: "", times: 4 },
];

export async function sendErrors(limen, errors = ERRORS) {
  for (const [number, error] of errors.entries()) {
    for (let time = 0; time < error.times; time++) {
      const name = `${number} ${time} ${error.release}`;
      const at = BigInt(Date.now() - 60_000 - time * 30_000) * 1_000_000n;
      const who = [
        text("session.id", idOf(`session ${name}`, 32)),
        text("limen.view.id", idOf(`view ${name}`, 16)),
        text("browser.document.url.full", "https://shop.example/checkout"),
      ];
      const thrown = [
        text("exception.type", error.type),
        text("exception.message", error.message),
        ...(error.stack ? [text("exception.stacktrace", error.stack)] : []),
        ...(error.debugIds
          ? [{ key: "limen.exception.debug_ids", value: { arrayValue: { values: [{ stringValue: error.debugIds }] } } }]
          : []),
      ];
      const logRecords = [
        {
          eventName: "browser.user_action.click",
          timeUnixNano: String(at - 2_000_000_000n),
          attributes: [...who, text("limen.action.name", "Pay now")],
        },
        { eventName: "exception", timeUnixNano: String(at), attributes: [...who, ...thrown] },
      ];
      const resource = { attributes: [text("service.name", "shop"), text("service.version", error.release)] };
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
}
