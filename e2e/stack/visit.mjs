// A visitor of the shop: what they do, and what their own browser says about it.

/** Runs in the page before anything else: the page's own measurement, independent of the agent. */
export function watchPaints() {
  window.ownPaints = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.ownPaints.push(entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

/** Resolves in the page once nothing was loaded and nothing has moved for a while, as a person waits before going on. */
function standStill() {
  const STILL_MS = 300;
  return new Promise((resolve) => {
    let timer = setTimeout(done, STILL_MS);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(done, STILL_MS);
    };
    const mutations = new MutationObserver(again);
    mutations.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const resources = new PerformanceObserver(again);
    resources.observe({ type: "resource" });
    function done() {
      mutations.disconnect();
      resources.disconnect();
      resolve();
    }
  });
}

/** Home, list, a product (with an error on the way), cart, checkout, confirmation. Returns the page's own LCP. */
export async function buySomething(page, shop) {
  const arrive = async (heading) => {
    await page.locator("h1, h2", { hasText: heading }).first().waitFor();
    await page.evaluate(standStill);
  };
  await page.goto(shop.url, { waitUntil: "load" });
  await arrive("Chosen this week");
  // The last candidate before the first input is the LCP.
  const ownLcp = await page.evaluate(() => window.ownPaints.at(-1));

  await page.getByRole("link", { name: "All things" }).click();
  await arrive("All things");
  // Product 13 has a fit without a chart: its size guide throws.
  await page.locator('a[href="/product/13"]').click();
  await page.locator("button", { hasText: "Size guide" }).waitFor();
  await page.evaluate(standStill);
  await page.locator("button", { hasText: "Size guide" }).click();
  await page.locator("button", { hasText: "Add to cart" }).click();
  await page.locator("#notice", { hasText: "is in your cart" }).waitFor();
  await page.evaluate(standStill);
  await page.getByRole("link", { name: "Cart" }).click();
  await arrive("Your cart");
  await page.locator("button", { hasText: "To the checkout" }).click();
  await arrive("Checkout");
  await page.getByLabel("Name").fill("Jo Doe");
  await page.getByLabel("Address").fill("1 Secret Street");
  await page.locator("button", { hasText: "Place the order" }).click();
  await arrive("Thank you");
  return ownLcp;
}
