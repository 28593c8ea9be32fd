// Finds a Chrome or Chromium on this machine and starts it without a window.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env.HOME ?? ''}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
  '/opt/google/chrome/chrome',
];

export const INSTALL_HINT =
  'no Chrome or Chromium found: install one (`apt-get install chromium`, `brew install --cask google-chrome`), ' +
  'or name it with --chromium PATH or the variable CHROMIUM';

/** The path of a browser, or `null`. One that was named is not replaced by another when it is missing. */
export function findBrowser(named) {
  const wanted = named || process.env.CHROMIUM;
  if (wanted) return existsSync(wanted) ? wanted : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** The browser's own user agent, as it is with a window. */
function userAgentOf(executablePath) {
  const said = spawnSync(executablePath, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const major = /(\d+)\./.exec(said)?.[1] ?? '140';
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

export function startBrowser(executablePath) {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    // Signals are ours to answer: visits end first, then the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      // Its visitors stand for people; browsers that say that nobody sits at them are left out of all figures.
      '--disable-blink-features=AutomationControlled',
      `--user-agent=${userAgentOf(executablePath)}`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
