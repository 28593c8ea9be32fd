// Google's library with its own soft navigations, as a copy apart: it changes what the library says of the document.
import { onFCP, onLCP } from 'web-vitals';

globalThis.theirSoft = [];
const told = ({ name, value, navigationType, navigationURL }) => {
  if (navigationType === 'soft-navigation') theirSoft.push({ name: name.toLowerCase(), value, url: navigationURL });
};
for (const on of [onFCP, onLCP]) on(told, { reportAllChanges: true, reportSoftNavs: true });
