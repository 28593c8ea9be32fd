// A visitor of the shop: what they do, and what their own browser says about it.

/** Runs in the page before anything else: the page's own measurement, independent of the agent. */
export function watchPaints() {
  window.ownPaints = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.ownPaints.push(entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

/** Home, list, a product (with an error on the way), cart, checkout, confirmation. Returns the page's own LCP. */
export async function buySomething(page, shop) {
  await page.goto(shop.url, { waitUntil: "load" });
  await page.locator("h2", { hasText: "Chosen this week" }).waitFor();
  // The last candidate before the first input is the LCP; two frames later no paint of the load is on its way.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForLoadState("networkidle");
  const ownLcp = await page.evaluate(() => window.ownPaints.at(-1));

  await page.getByRole("link", { name: "All things" }).click();
  await page.locator("h1", { hasText: "All things" }).waitFor();
  // Product 13 has a fit without a chart: its size guide throws.
  await page.locator('a[href="/product/13"]').click();
  await page.locator("button", { hasText: "Size guide" }).click();
  await page.locator("button", { hasText: "Add to cart" }).click();
  await page.locator("#notice", { hasText: "is in your cart" }).waitFor();
  await page.getByRole("link", { name: "Cart" }).click();
  await page.locator("button", { hasText: "To the checkout" }).click();
  await page.getByLabel("Name").fill("Jo Doe");
  await page.getByLabel("Address").fill("1 Secret Street");
  await page.locator("button", { hasText: "Place the order" }).click();
  await page.locator("h1", { hasText: "Thank you" }).waitFor();
  await page.waitForLoadState("networkidle");
  return ownLcp;
}
