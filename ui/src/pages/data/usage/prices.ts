// Prices as the fields of a form, and back.
import type { Prices } from '../../../api/types';
import { type Bounds, readNumber, type Typed, writeNumber } from '../../../state/form';

export interface PricesForm {
  currency: string;
  events: string;
  sent: string;
  stored: string;
}

const PRICE: Bounds = { min: 0, max: 1e12, empty: 'free', whole: false };
const PARTS = [
  ['events', 'per_million_events'],
  ['sent', 'per_gigabyte_in'],
  ['stored', 'per_gigabyte_month_stored'],
] as const;

export function pricesForm(prices: Prices): PricesForm {
  const price = (value: number) => (value === 0 ? '' : writeNumber(value));
  return {
    currency: prices.currency,
    events: price(prices.per_million_events),
    sent: price(prices.per_gigabyte_in),
    stored: price(prices.per_gigabyte_month_stored),
  };
}

export function readPrices(form: PricesForm, saved: Prices): Typed<Prices> {
  const value: Prices = { ...saved, currency: form.currency.trim() };
  const errors: Record<string, string> = {};
  for (const [field, part] of PARTS) {
    const read = readNumber(form[field], PRICE);
    if ('error' in read) errors[field] = read.error;
    else value[part] = read.value ?? 0;
  }
  return { value, errors };
}

export function describePrices(prices: Prices): Record<string, string> {
  const price = (value: number) => (value === 0 ? 'free' : String(value));
  return {
    Currency: prices.currency || 'none',
    'A million events': price(prices.per_million_events),
    'A GB sent in': price(prices.per_gigabyte_in),
    'A GB on the disk': price(prices.per_gigabyte_month_stored),
  };
}
