// Bytes and money as people read them; a GB is 10^9 bytes, as it is paid for.
const SPACE = '\u202f';
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

export function formatBytes(bytes: number): string {
  let size = Math.abs(bytes);
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${bytes < 0 ? '−' : ''}${size.toFixed(digits).replace(/\.0+$/, '')}${SPACE}${UNITS[unit]}`;
}

/** An amount with its currency, with cents only where they matter. */
export function formatMoney(amount: number, currency: string): string {
  const digits = Math.abs(amount) >= 100 ? 0 : 2;
  const value =
    amount > 0 && amount < 0.005
      ? '<0.01'
      : amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return currency === '' ? value : `${value}${SPACE}${currency}`;
}
