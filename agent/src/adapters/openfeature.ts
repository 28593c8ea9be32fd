// OpenFeature: a hook for the web SDK that tells which variant of a flag the page was given, and why.
import type { EvaluationDetails, FlagValue, Hook } from '@openfeature/web-sdk';
import { tell } from './running';

/** For `OpenFeature.addHooks`, or for one client or evaluation. */
export function limenHook(): Hook {
  // An evaluation is often part of a render: only what differs is told, but anew for each path.
  const told = new Map<string, string>();
  let path: string | undefined;

  return {
    // Last of all stages: what is known here is what the page gets, its own default after an error included.
    finally({ flagKey, providerMetadata }, details) {
      try {
        if (path !== location.pathname) told.clear();
        path = location.pathname;
        const variant = variantOf(details);
        const detail = { reason: details.reason?.toLowerCase(), provider: providerMetadata.name };
        const result = JSON.stringify([variant, detail]);
        if (told.get(flagKey) === result) return;
        told.set(flagKey, result);
        tell('flag', flagKey, variant, detail);
      } catch {
        // Flags are answered whatever becomes of us; and a server has no location.
      }
    },
  };
}

/** Providers without variants have only the value; an object as a value is no name for one. */
const variantOf = ({ variant, value }: EvaluationDetails<FlagValue>): string | number | boolean =>
  variant ?? (typeof value === 'object' ? 'object' : value);
