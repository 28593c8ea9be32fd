// Constants that build.mjs writes into the bundle.
declare const AGENT_VERSION: string;
