// The floor of any agent that explains vitals: web-vitals with attribution, and nothing that sends.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';

for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(console.log);
