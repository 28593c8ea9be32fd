// zone.js comes in a script of its own, before the application, as Angular's own builds have it.
import 'zone.js';
