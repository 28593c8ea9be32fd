// Looks at every word of the page with each click. The amount of work is always the same: slow processors take longer.
const ROUNDS = 12_000_000;

addEventListener('click', () => {
  let sum = 0;
  for (let round = 0; round < ROUNDS; round += 1) sum = (sum * 31 + round) | 0;
  document.documentElement.dataset.words = String(sum);
});
