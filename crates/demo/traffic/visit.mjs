// One visit: a person walks through the shop, looks around, and buys something or gives up on the way.

/** How many of those who got this far go on, per step. A purchase needs all of them. */
const GOES_ON = { list: 0.92, product: 0.88, cart: 0.66, checkout: 0.8, confirmation: 0.9 };
/** Visitors who look at the product whose size guide fails. */
const UNLUCKY = 0.12;
const UNLUCKY_PRODUCT = 13;

/** Walks through `page`; `will` decides, `think` waits. Resolves to the names of the steps that were reached. */
export async function shop(page, { url, will, think, buysForSure, signal }) {
  const steps = [];
  const on = (step) => !signal.aborted && (buysForSure || will(GOES_ON[step]));
  const reached = async (step) => {
    steps.push(step);
    await think();
  };

  await page.goto(url, { waitUntil: 'load' });
  await page.waitForSelector('.shelf .card');
  await reached('home');
  if (!on('list')) return steps;

  await page.click("a[data-limen-name='nav all']");
  await page.waitForSelector('.tools');
  await reached('list');
  if (will(0.4)) await pickCategory(page, think);
  if (!on('product')) return steps;

  await openProduct(page, will);
  await reached('product');
  if (will(0.45)) await readSizes(page, think);
  if (!on('cart')) return steps;

  await page.click("button[data-limen-name='add to cart']");
  await page.waitForFunction(() => document.getElementById('cart-count').textContent !== '0');
  await think();
  await page.click("a[data-limen-name='nav cart']");
  await page.waitForSelector("button[data-limen-name='to checkout']");
  await reached('cart');
  if (!on('checkout')) return steps;

  await page.click("button[data-limen-name='to checkout']");
  await page.fill("input[name='name']", 'Robin Example');
  await page.fill("input[name='address']", '1 Harbour Road');
  await reached('checkout');
  if (!on('confirmation')) return steps;

  await page.click("button[data-limen-name='place order']");
  await page.waitForSelector('.thanks');
  await reached('confirmation');
  return steps;
}

async function pickCategory(page, think) {
  const chips = page.locator('.chip');
  await chips.nth(1 + Math.floor(Math.random() * ((await chips.count()) - 1))).click();
  await page.waitForSelector('.grid .card');
  await think();
}

async function openProduct(page, will) {
  const unlucky = page.locator(`.card[href='/product/${UNLUCKY_PRODUCT}']`);
  const cards = page.locator('.grid .card');
  const chosen =
    will(UNLUCKY) && (await unlucky.count()) > 0
      ? unlucky
      : cards.nth(Math.floor(Math.random() * Math.min(12, await cards.count())));
  await chosen.click();
  await page.waitForSelector("button[data-limen-name='add to cart']");
}

async function readSizes(page, think) {
  await page.click("button[data-limen-name='size guide']");
  await think();
  // For one product no dialog opens, because its size guide fails.
  const close = page.locator("button[data-limen-name='close size guide']");
  if ((await close.count()) > 0) await close.click();
}
