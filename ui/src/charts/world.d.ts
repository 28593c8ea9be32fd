// The module that build/world.js makes: the map of the world, in units of its own.
declare module 'virtual:world' {
  export const width: number;
  export const height: number;
  /** SVG paths by code of ISO 3166. */
  export const shapes: Record<string, string>;
  /** Where a country's mark is drawn; places that are too small for a path are here too. */
  export const centres: Record<string, [number, number]>;
}
