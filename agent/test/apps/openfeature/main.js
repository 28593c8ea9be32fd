// A page that asks for flags: some exist, one does not, and one has no variant.
import { limenHook } from '@limen/agent/openfeature';
import { InMemoryProvider, OpenFeature } from '@openfeature/web-sdk';

const flags = {
  checkout: { variants: { old: 'one page', new: 'three steps' }, defaultVariant: 'new', disabled: false },
  banner: { variants: { on: true, off: false }, defaultVariant: 'off', disabled: false },
};

await OpenFeature.setProviderAndWait(new InMemoryProvider(flags));
OpenFeature.addHooks(limenHook());
const client = OpenFeature.getClient();
globalThis.answers = [
  client.getStringValue('checkout', 'one page'),
  client.getStringValue('checkout', 'one page'),
  client.getBooleanValue('banner', true),
  client.getBooleanValue('unknown', true),
  client.getObjectValue('unknown-object', { a: 1 }),
];
