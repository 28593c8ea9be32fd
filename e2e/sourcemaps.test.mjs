// A built page throws in a real browser: its error finds its source once the maps are there, and the next build is the same group.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { limenSourcemaps } from "@limen/sourcemaps/vite";
import { build } from "esbuild";
import { build as buildWithVite } from "vite";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser } from "./stack/browser.mjs";
import { binary, startLimen } from "./stack/limen.mjs";

const run = promisify(execFile);
const SOURCES = {
  "checkout.ts": `import { priceOf } from './prices';

interface Line {
  sku: string;
}

export function payForAll(lines: Line[]): number {
  return lines.map((line) => priceOf(line.sku)).reduce((one, other) => one + other, 0);
}

document.getElementById('pay')!.addEventListener('click', () => {
  payForAll([{ sku: 'none' }]);
});
`,
  "prices.ts": `const PRICES: Record<string, { cents: number }> = { book: { cents: 1200 } };

export function priceOf(sku: string): number {
  const price = PRICES[sku]!;
  return price.cents;
}
`,
};

let limen, ask, browser, visitor, folder, site, page;
let dist;

before(async () => {
  limen = await startLimen();
  ask = api(limen);
  browser = await startBrowser();
  visitor = await browser.newContext();
  folder = await mkdtemp(path.join(tmpdir(), "limen-maps-"));
  await mkdir(path.join(folder, "src"));
  for (const [name, text] of Object.entries(SOURCES)) await writeFile(path.join(folder, "src", name), text);
  site = createServer(async (request, response) => {
    const script =
      request.url.startsWith("/assets/") && (await readFile(path.join(dist, request.url)).catch(() => null));
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script || document());
  }).listen(0, "127.0.0.1");
  await once(site, "listening");
});

after(async () => {
  await browser?.close();
  site?.close();
  await limen?.stop();
  await rm(folder, { recursive: true, force: true });
});

let release, scriptName;
const document = () =>
  `<!doctype html><title>Checkout</title><button id="pay">Pay</button>
   <script src="${limen.url}/limen.js" data-key="${limen.key}" data-service="shop" data-release="${release}"></script>
   <script src="/assets/${scriptName}"></script>`;

/** Builds as people do, minified and with a hash in the name. */
async function deploy(name) {
  release = name;
  dist = path.join(folder, `dist-${name}`);
  const built = await build({
    entryPoints: [path.join(folder, "src/checkout.ts")],
    outdir: path.join(dist, "assets"),
    entryNames: "checkout-[hash]",
    bundle: true,
    minify: true,
    sourcemap: true,
    metafile: true,
  });
  scriptName = path.basename(Object.keys(built.metafile.outputs).find((output) => output.endsWith(".js")));
}

const sourcemaps = (...words) => run(binary("limen"), ["sourcemaps", ...words]);

/** The tab closes and the browser stays: what is still on its way is the browser's to deliver, as it is for people. */
async function failOnce() {
  page = await visitor.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  const thrown = page.waitForEvent("pageerror");
  await page.getByRole("button", { name: "Pay" }).click();
  await thrown;
  await page.goto("about:blank");
  await page.close();
}

const groups = async () => (await ask("/errors?visitors=all")).groups;
const shown = async (id) => (await ask(`/errors/${id}?visitors=all`)).shown;

test("an error of a built script finds its source once its map is uploaded", async () => {
  await deploy("1.0.0");
  const { stdout } = await sourcemaps("inject", dist);
  assert.match(stdout, /injected assets\/checkout-/);
  assert.match((await sourcemaps("inject", dist)).stdout, /was injected/);
  await failOnce();
  const before = await eventually("a group without a source", async () => (await groups())[0]);
  assert.deepEqual(before.unresolved, ["nothing_uploaded"]);

  const sent = await sourcemaps("upload", dist, "--server", limen.url, "--release", "1.0.0");
  assert.match(sent.stdout, /uploaded/);
  const after = await eventually("its source", async () =>
    (await groups()).find(({ unresolved }) => unresolved.length === 0),
  );
  assert.equal(after.culprit, "priceOf src/prices.ts");
  const { parts } = await shown(after.id);
  const frames = parts[0].frames.filter(({ party }) => party === "app");
  assert.deepEqual(
    frames.slice(0, 1).map(({ function: name, line }) => [name, line]),
    [["priceOf", 5]],
  );
  assert.ok(frames[0].context.includes("  return price.cents;"));
  assert.ok(frames.some(({ file, line }) => file.endsWith("checkout.ts") && line === 8));
});

test("the next build, with other lines and another hash, is the same group", async () => {
  const first = (await groups())[0];
  for (const name of Object.keys(SOURCES)) {
    const file = path.join(folder, "src", name);
    await writeFile(
      file,
      `// Two lines more,\n// as edits make them.\n${await readFile(file, "utf8")}console.debug('${name}');\n`,
    );
  }
  await deploy("1.1.0");
  await sourcemaps("inject", dist);
  await sourcemaps("upload", dist, "--server", limen.url);
  await failOnce();
  const [group] = await eventually("both in one group", async () => {
    const found = await groups();
    return found[0]?.n === 2 && found;
  });
  assert.deepEqual([group.id, group.first_release, group.last_release], [first.id, "1.0.0", "1.1.0"]);
  const { parts } = await shown(group.id);
  assert.equal(parts[0].frames[0].line, 7);
});

test("the page of the group shows the line", async () => {
  const [{ id }] = await groups();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${limen.url}/errors/${id}`);
  await page.getByTestId("frame").first().getByText("return price.cents;").waitFor();
  assert.equal(await page.getByTestId("unresolved").count(), 0);
  await picture(page, "error-source");
  await page.close();
});

test("a build with the plugin has uploaded its map: its error is of the same group, and the map is not deployed", async () => {
  const [first] = await groups();
  release = "1.2.0";
  dist = path.join(folder, `dist-${release}`);
  await buildWithVite({
    root: folder,
    configFile: false,
    logLevel: "warn",
    plugins: [limenSourcemaps({ server: limen.url, deleteMaps: true, required: true })],
    build: {
      outDir: dist,
      sourcemap: "hidden",
      modulePreload: false,
      rollupOptions: { input: path.join(folder, "src/checkout.ts") },
    },
  });
  const built = await readdir(path.join(dist, "assets"));
  assert.equal(built.length, 1, `a script and no map: ${built}`);
  scriptName = built[0];
  await failOnce();
  const group = await eventually("the error of the new build in the group", async () =>
    (await groups()).find(({ id, n }) => id === first.id && n === first.n + 1),
  );
  assert.equal(group.last_release, release);
  assert.deepEqual(group.unresolved, []);
  const { parts } = await shown(group.id);
  assert.deepEqual([parts[0].frames[0].function, parts[0].frames[0].line], ["priceOf", 7]);
});

test("without an id and without a release nothing is sent, and it says what to do", async () => {
  await deploy("2.0.0");
  await assert.rejects(sourcemaps("upload", dist, "--server", limen.url), /run `limen sourcemaps inject` first/);
  await assert.rejects(sourcemaps("inject", path.join(folder, "src")), /no script below/);
  await assert.rejects(
    sourcemaps("upload", dist, "--server", "127.0.0.1:1", "--release", "2"),
    /NOT uploaded: no server answers/,
  );
});
