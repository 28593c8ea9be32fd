// What browsers and others put on the page that TypeScript's own types do not know yet: names the build leaves alone.

declare namespace Limen {
  interface Platform {
    // Performance entries
    activationStart: number;
    blockingDuration: number;
    deliveryType: string;
    firstUIEventTimestamp: number;
    forcedStyleAndLayoutDuration: number;
    executionStart: number;
    hadRecentInput: boolean;
    interactionCount: number;
    interactionId: number;
    invoker: string;
    invokerType: string;
    largestContentfulPaint: unknown;
    getLargestInteractionContentfulPaint: unknown;
    lastInputTime: number;
    navigationId: string;
    pauseDuration: number;
    presentationTime: number;
    paintTime: number;
    renderBlockingStatus: string;
    renderStart: number;
    scripts: unknown;
    sourceCharPosition: number;
    sourceFunctionName: string;
    sources: unknown;
    sourceURL: string;
    styleAndLayoutStart: number;
    targetSelector: string;
    durationThreshold: number;
    windowAttribution: string;
    droppedEntriesCount: number;
    // Navigator and document
    brands: unknown;
    brand: string;
    connection: unknown;
    deviceMemory: number;
    effectiveType: string;
    globalPrivacyControl: boolean;
    mobile: boolean;
    platform: string;
    prerendering: boolean;
    userAgentData: unknown;
    wasDiscarded: boolean;
    navigation: unknown;
    navigationType: string;
    // Reporting
    ReportingObserver: unknown;
    anticipatedRemoval: unknown;
    // Consent managers
    __tcfapi: unknown;
    analytics_storage: string;
    dataLayer: unknown;
    eventStatus: string;
    gdprApplies: boolean;
    listenerId: number;
    purpose: unknown;
    consents: unknown;
    // Libraries
    Zone: unknown;
    __symbol__: unknown;
    __original: unknown;
    _limenDebugIds: unknown;
    _sentryDebugIds: unknown;
    Limen: unknown;
  }
}
