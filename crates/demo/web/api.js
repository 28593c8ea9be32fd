// Talks to the gateway. A refusal becomes an error with the gateway's own sentence.

async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error?.message ?? `The shop answered ${response.status}`);
  return answer;
}

function send(method, path, body) {
  return ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

export const api = {
  products: () => ask('/api/products'),
  product: (id) => ask(`/api/products/${encodeURIComponent(id)}`),
  cart: () => ask('/api/cart'),
  add: (product, quantity) => send('POST', '/api/cart', { product, quantity }),
  remove: (product) => send('DELETE', `/api/cart/${product}`),
  checkout: (customer) => send('POST', '/api/checkout', customer),
  order: (id) => ask(`/api/orders/${encodeURIComponent(id)}`),
};

/** Shows how many things are in the cart; a failure here is not worth a word. */
export async function countCart() {
  const cart = await api.cart().catch(() => null);
  if (!cart) return;
  const pieces = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  document.getElementById('cart-count').textContent = String(pieces);
}
