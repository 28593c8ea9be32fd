// Attribute and event names, generated from crates/model/src/attributes.rs by scripts/attributes.mjs. Do not edit.

export const enum A {
  /** Resource: the name of the front end or service that reports. */
  SERVICE_NAME = 'service.name',
  /** Resource: its version; Limen calls it the release. */
  SERVICE_VERSION = 'service.version',
  /** Resource: where it is deployed, such as `production`. */
  DEPLOYMENT_ENVIRONMENT = 'deployment.environment.name',
  /** Resource: the older spelling of the environment, understood on the way in. */
  DEPLOYMENT_ENVIRONMENT_OLD = 'deployment.environment',
  /** Resource: name of the reporting library; `limen` for the Limen agent. */
  TELEMETRY_SDK_NAME = 'telemetry.sdk.name',
  /** Resource: language of the reporting library; `webjs` in browsers. */
  TELEMETRY_SDK_LANGUAGE = 'telemetry.sdk.language',
  /** Resource: version of the reporting library. */
  TELEMETRY_SDK_VERSION = 'telemetry.sdk.version',
  /** Resource: the user-agent string. */
  USER_AGENT = 'user_agent.original',
  /** Resource: `bot` or `test` when no person looks at the page. The agent says `test` in browsers that are driven by a program. */
  SYNTHETIC_TYPE = 'user_agent.synthetic.type',
  /** Resource: the browser's language. */
  BROWSER_LANGUAGE = 'browser.language',
  /** Resource: whether the browser says that it runs on a mobile device. */
  BROWSER_MOBILE = 'browser.mobile',
  /** Resource: the platform as the browser's client hints name it. */
  BROWSER_PLATFORM = 'browser.platform',
  /** Resource: brands and major versions as the browser's client hints name them. */
  BROWSER_BRANDS = 'browser.brands',
  /** Resource: width of the screen in CSS pixels. */
  SCREEN_WIDTH = 'limen.screen.width',
  /** Resource: height of the screen in CSS pixels. */
  SCREEN_HEIGHT = 'limen.screen.height',
  /** Resource: effective connection type: `slow-2g`, `2g`, `3g` or `4g`. */
  NETWORK_TYPE = 'limen.network.effective_type',
  /** Resource: device memory in GiB as the browser rounds it. */
  DEVICE_MEMORY = 'limen.device.memory',
  /** Resource: number of logical processor cores. */
  DEVICE_CORES = 'limen.device.cores',
  /** Resource: how many fingers the screen feels; a Mac has none that does, so what says it is one is an iPad. */
  TOUCH_POINTS = 'limen.device.touch_points',
  /** Written by the server into views, when its geographic database knows it: the organisation that runs the visitor's network. */
  NETWORK_OWNER = 'limen.network.owner',
  /** Written by the server into views, when it is set to keep something of addresses: the network, or a name for one day. */
  CLIENT = 'limen.client',
  /** The session a record belongs to. */
  SESSION_ID = 'session.id',
  /** The session that this one continues. */
  SESSION_PREVIOUS_ID = 'session.previous_id',
  /** Id of the user, sent only when the page sets it. */
  USER_ID = 'user.id',
  /** URL of the document when the record was made, query values removed. */
  DOCUMENT_URL = 'browser.document.url.full',
  /** Full URL of a request or navigation, query values removed. */
  URL_FULL = 'url.full',
  /** Low-cardinality template of a URL's path. */
  URL_TEMPLATE = 'url.template',
  /** The view a record belongs to. */
  VIEW_ID = 'limen.view.id',
  /** Number of an event within its page load; the same event sent twice has the same one. */
  EVENT_ID = 'limen.event.id',
  /** Probability with which the record was kept; absent means 1, and 0 that chance would not have kept it. */
  SAMPLING_PROBABILITY = 'limen.sampling.probability',
  /** Event: the state of a view so far; the highest version wins. The record's time is the start of the view. */
  EVENT_VIEW = 'limen.view',
  /** Number of this state of the view, counted up from 1. */
  VIEW_VERSION = 'limen.view.version',
  /** `load` for a document, `route` for a change of route, `restore` for a return from the back/forward cache. */
  VIEW_KIND = 'limen.view.kind',
  /** Route template given by the page or its router, such as `/product/:id`. */
  VIEW_NAME = 'limen.view.name',
  /** URL of the page before, query values removed. */
  VIEW_REFERRER = 'limen.view.referrer',
  /** How the page was reached, as web-vitals names it: `navigate`, `reload`, `back-forward`, `prerender`, …. */
  VIEW_NAVIGATION_TYPE = 'limen.view.navigation_type',
  /** Largest Contentful Paint, milliseconds. */
  VIEW_LCP = 'limen.view.lcp',
  /** Interaction to Next Paint, milliseconds. */
  VIEW_INP = 'limen.view.inp',
  /** Cumulative Layout Shift, no unit. */
  VIEW_CLS = 'limen.view.cls',
  /** First Contentful Paint, milliseconds. */
  VIEW_FCP = 'limen.view.fcp',
  /** Time to First Byte, milliseconds. */
  VIEW_TTFB = 'limen.view.ttfb',
  /** Selector of the element of the LCP. */
  VIEW_LCP_TARGET = 'limen.view.lcp.target',
  /** URL of the resource of the LCP, query values removed. */
  VIEW_LCP_URL = 'limen.view.lcp.url',
  /** LCP sub-part: from the first byte to the start of the resource's load, milliseconds. */
  VIEW_LCP_RESOURCE_LOAD_DELAY = 'limen.view.lcp.resource_load_delay',
  /** LCP sub-part: load of the resource, milliseconds. */
  VIEW_LCP_RESOURCE_LOAD_DURATION = 'limen.view.lcp.resource_load_duration',
  /** LCP sub-part: from the loaded resource to the paint, milliseconds. */
  VIEW_LCP_ELEMENT_RENDER_DELAY = 'limen.view.lcp.element_render_delay',
  /** Selector of the element of the slowest interaction. */
  VIEW_INP_TARGET = 'limen.view.inp.target',
  /** `pointer` or `keyboard`. */
  VIEW_INP_TYPE = 'limen.view.inp.type',
  /** INP sub-part: from the input to the first handler, milliseconds. */
  VIEW_INP_INPUT_DELAY = 'limen.view.inp.input_delay',
  /** INP sub-part: time in handlers, milliseconds. */
  VIEW_INP_PROCESSING_DURATION = 'limen.view.inp.processing_duration',
  /** INP sub-part: from the last handler to the next paint, milliseconds. */
  VIEW_INP_PRESENTATION_DELAY = 'limen.view.inp.presentation_delay',
  /** Selector of the element that moved most in the worst window of layout shifts. */
  VIEW_CLS_TARGET = 'limen.view.cls.target',
  /** Document phase: redirects, milliseconds. Absent when unknown, as are all phases. */
  VIEW_REDIRECT = 'limen.view.phase.redirect',
  /** Document phase: start of the service worker and look-up in the HTTP cache, milliseconds. */
  VIEW_WORKER = 'limen.view.phase.worker',
  /** Document phase: name look-up, milliseconds. */
  VIEW_DNS = 'limen.view.phase.dns',
  /** Document phase: TCP connection, milliseconds. */
  VIEW_TCP = 'limen.view.phase.tcp',
  /** Document phase: TLS handshake, milliseconds. */
  VIEW_TLS = 'limen.view.phase.tls',
  /** Document phase: from the request to the first byte of the answer, milliseconds. */
  VIEW_REQUEST = 'limen.view.phase.request',
  /** Document phase: download, milliseconds. */
  VIEW_RESPONSE = 'limen.view.phase.response',
  /** Document phase: from the last byte to interactive, milliseconds. */
  VIEW_DOM_PROCESSING = 'limen.view.phase.dom_processing',
  /** Document phase: handlers of the load event, milliseconds. */
  VIEW_LOAD = 'limen.view.phase.load',
  /** From activation to the end of the load event, milliseconds. */
  VIEW_LOAD_TIME = 'limen.view.load_time',
  /** From the interaction to the quiet page, milliseconds, for changes of route. */
  VIEW_TRANSITION_TIME = 'limen.view.transition_time',
  /** Total blocking time: what long animation frames or long tasks took beyond 50 ms each, milliseconds. */
  VIEW_BLOCKING_TIME = 'limen.view.blocking_time',
  /** How long the view has been open, milliseconds. */
  VIEW_DURATION = 'limen.view.duration',
  /** Errors in the view so far. */
  VIEW_ERRORS = 'limen.view.errors',
  /** Requests by fetch and XMLHttpRequest in the view so far. */
  VIEW_REQUESTS = 'limen.view.requests',
  /** Those of them that failed: no answer, or a status of 400 and above. */
  VIEW_FAILED_REQUESTS = 'limen.view.failed_requests',
  /** User actions in the view so far. */
  VIEW_ACTIONS = 'limen.view.actions',
  /** Records the agent had to drop in this page load so far, because a queue was full or the server refused them. */
  VIEW_DROPPED = 'limen.view.dropped',
  /** Event: a session began. */
  EVENT_SESSION_START = 'session.start',
  /** Event: the document was loaded or the route changed. */
  EVENT_NAVIGATION = 'browser.navigation',
  /** False for a page load, true for a change of route. */
  NAVIGATION_SAME_DOCUMENT = 'browser.navigation.same_document',
  /** Whether a fragment was added or changed. */
  NAVIGATION_HASH_CHANGE = 'browser.navigation.hash_change',
  /** `push`, `replace`, `reload` or `traverse`. */
  NAVIGATION_TYPE = 'browser.navigation.type',
  /** Event: a web vital was measured or has grown. */
  EVENT_WEB_VITAL = 'browser.web_vital',
  /** `lcp`, `inp`, `cls`, `fcp` or `ttfb`. */
  WEB_VITAL_NAME = 'browser.web_vital.name',
  /** Its value; milliseconds but for `cls`. */
  WEB_VITAL_VALUE = 'browser.web_vital.value',
  /** Change since the last report of the same id. */
  WEB_VITAL_DELTA = 'browser.web_vital.delta',
  /** Id of this measurement; a growing vital keeps it. */
  WEB_VITAL_ID = 'browser.web_vital.id',
  /** `good`, `needs-improvement` or `poor`. */
  WEB_VITAL_RATING = 'browser.web_vital.rating',
  /** How the page was reached. */
  WEB_VITAL_NAVIGATION_TYPE = 'browser.web_vital.navigation_type',
  /** Selector of the element behind the vital. */
  WEB_VITAL_TARGET = 'limen.web_vital.target',
  /** Prefix of the flat details of a vital, such as `limen.web_vital.lcp.url` or `limen.web_vital.inp.input_delay`. */
  WEB_VITAL_DETAIL = 'limen.web_vital',
  /** Event: an error. */
  EVENT_EXCEPTION = 'exception',
  /** Name of the error's class. */
  EXCEPTION_TYPE = 'exception.type',
  /** Message of the error. */
  EXCEPTION_MESSAGE = 'exception.message',
  /** Stack as the browser or runtime wrote it. */
  EXCEPTION_STACKTRACE = 'exception.stacktrace',
  /** Whether the page caught the error itself. */
  EXCEPTION_HANDLED = 'limen.exception.handled',
  /** What saw the error: `onerror`, `unhandledrejection`, `manual`, or in an app `crash` or `anr`. */
  EXCEPTION_MECHANISM = 'limen.exception.mechanism',
  /** True when the browser hid the details of the error, as it does for scripts of other origins ("Script error."). */
  EXCEPTION_OPAQUE = 'limen.exception.opaque',
  /** Event: a click. */
  EVENT_CLICK = 'browser.user_action.click',
  /** Selector of the element clicked. */
  CSS_SELECTOR = 'browser.css_selector',
  /** Tag of the element clicked. */
  TAG_NAME = 'browser.tag_name',
  /** Name of the action: from `data-limen-name`, else the kind of element; never the text on the page. */
  ACTION_NAME = 'limen.action.name',
  /** A duration in milliseconds, for events that have one. */
  DURATION = 'limen.duration',
  /** Method of a request. */
  HTTP_METHOD = 'http.request.method',
  /** Older spelling of the method, understood on the way in. */
  HTTP_METHOD_OLD = 'http.method',
  /** Status of the answer. */
  HTTP_STATUS = 'http.response.status_code',
  /** Older spelling of the status, understood on the way in. */
  HTTP_STATUS_OLD = 'http.status_code',
  /** Route template of a server span. */
  HTTP_ROUTE = 'http.route',
  /** Path of the request of a server span. */
  URL_PATH = 'url.path',
  /** Host that was called. */
  SERVER_ADDRESS = 'server.address',
  /** Port that was called. */
  SERVER_PORT = 'server.port',
  /** Class of failure of a span; absent when it went well or was aborted on purpose. */
  ERROR_TYPE = 'error.type',
  /** Kind of database behind a span, such as `postgresql`. */
  DB_SYSTEM = 'db.system.name',
  /** Older spelling of the kind of database, understood on the way in. */
  DB_SYSTEM_OLD = 'db.system',
  /** Statement sent to the database, values removed. */
  DB_STATEMENT = 'db.query.text',
  /** Older spelling of the statement, understood on the way in. */
  DB_STATEMENT_OLD = 'db.statement',
  /** Span id of the server's span that answered a document request, from its Server-Timing header. */
  SERVER_SPAN_ID = 'limen.server_span_id',
  /** Whether a request was aborted by the page. */
  REQUEST_ABORTED = 'limen.request.aborted',
  /** Whether the phases may be those of an equal request that ran at the same time. */
  REQUEST_AMBIGUOUS = 'limen.request.ambiguous',
  /** Request phase: name look-up, milliseconds. Absent when unknown, as are all phases. */
  REQUEST_DNS = 'limen.request.dns',
  /** Request phase: TCP connection, milliseconds. */
  REQUEST_TCP = 'limen.request.tcp',
  /** Request phase: TLS handshake, milliseconds. */
  REQUEST_TLS = 'limen.request.tls',
  /** Request phase: from the request to the first byte of the answer, milliseconds. */
  REQUEST_WAIT = 'limen.request.wait',
  /** Request phase: download, milliseconds. */
  REQUEST_RESPONSE = 'limen.request.response',
  /** Bytes of the answer's body as sent. */
  HTTP_RESPONSE_BODY_SIZE = 'http.response.body.size',
  /** The method of a request as it was written, where it is none of HTTP's. */
  HTTP_METHOD_ORIGINAL = 'http.request.method_original',
  /** Version of HTTP: `1.1`, `2` or `3`. */
  PROTOCOL_VERSION = 'network.protocol.version',
  /** Whether a request or resource went to a host of another party than the page's. */
  THIRD_PARTY = 'limen.third_party',
  /** Event: a session ended, because its time was over or another user came. */
  EVENT_SESSION_END = 'session.end',
  /** Event: all marks of the load of a document, as the browser has them. */
  EVENT_NAVIGATION_TIMING = 'browser.navigation_timing',
  /** Event: a resource of the page was loaded; requests by script are spans instead. */
  EVENT_RESOURCE = 'browser.resource_timing',
  /** Event: a frame that took longer than 50 ms, with the scripts that ran in it. */
  EVENT_LONG_FRAME = 'browser.long_animation_frame',
  /** Event: the page wrote to its console, and asked to have that told. */
  EVENT_CONSOLE = 'browser.console',
  /** The method of the console: `error`, `warn`, …. */
  CONSOLE_METHOD = 'browser.console.method',
  /** Event: the browser reported a violation of the page's policy, a deprecation or an intervention. */
  EVENT_REPORT = 'limen.report',
  /** `csp-violation`, `deprecation` or `intervention`. */
  REPORT_TYPE = 'limen.report.type',
  /** The directive that was violated, or the browser's own name of the report. */
  REPORT_ID = 'limen.report.id',
  /** What the browser says about it. */
  REPORT_MESSAGE = 'limen.report.message',
  /** URL of what was blocked, query values removed. */
  REPORT_BLOCKED_URL = 'limen.report.blocked_url',
  /** URL of the script that caused it, query values removed. */
  REPORT_SOURCE_URL = 'limen.report.source_url',
  /** Line in that script. */
  REPORT_LINE = 'limen.report.line',
  /** Event: the page measured how long something of its own took. */
  EVENT_TIMING = 'limen.timing',
  /** Name the page gave to what it measured. */
  TIMING_NAME = 'limen.timing.name',
  /** Event: a step of a business transaction, such as a checkout. */
  EVENT_TRANSACTION = 'limen.transaction',
  /** Name of the transaction. */
  TRANSACTION_NAME = 'limen.transaction.name',
  /** `start`, `success` or `failure`. */
  TRANSACTION_STATE = 'limen.transaction.state',
  /** Event: a feature flag was evaluated. */
  EVENT_FLAG = 'feature_flag.evaluation',
  /** Name of the flag. */
  FLAG_KEY = 'feature_flag.key',
  /** The variant that was shown. */
  FLAG_VARIANT = 'feature_flag.result.variant',
  /** Why this variant: `static`, `targeting_match`, `split`, …. */
  FLAG_REASON = 'feature_flag.result.reason',
  /** Who evaluated the flag. */
  FLAG_PROVIDER = 'feature_flag.provider.name',
  /** Event: a sign that the user is frustrated, with its evidence. */
  EVENT_FRUSTRATION = 'limen.frustration',
  /** `rage`, `dead` or `error`. */
  FRUSTRATION_TYPE = 'limen.frustration.type',
  /** The `limen.event.id` of the click. */
  FRUSTRATION_CLICK_ID = 'limen.frustration.click_id',
  /** Clicks on the same place, of a rage click. */
  FRUSTRATION_CLICKS = 'limen.frustration.clicks',
  /** How long was watched for, milliseconds. */
  FRUSTRATION_WINDOW = 'limen.frustration.window',
  /** The component stack of a framework, names only. */
  EXCEPTION_COMPONENT_STACK = 'limen.exception.component_stack',
  /** Which build each file of the stack is: a list of "url id". */
  EXCEPTION_DEBUG_IDS = 'limen.exception.debug_ids',
  /** Event: what the agent cost and lost in this page load so far. */
  EVENT_AGENT = 'limen.agent',
  /** Main-thread time of the agent, milliseconds. */
  AGENT_TIME = 'limen.agent.time',
  /** Longest task of the agent, milliseconds. */
  AGENT_LONGEST_TASK = 'limen.agent.longest_task',
  /** Bytes the agent has sent. */
  AGENT_SENT_BYTES = 'limen.agent.sent_bytes',
  /** Failures of the agent's own code, kept away from the page. */
  AGENT_FAULTS = 'limen.agent.faults',
  /** Features that were ended because the agent cost more than its budget. */
  AGENT_SHED = 'limen.agent.shed',
  /** Records lost, by reason: `.too_large`, `.queue_full`, `.refused`, `.unreachable`, `.before_send`. */
  AGENT_DROPPED = 'limen.agent.dropped',
  /** Blocking time by scripts of third parties, milliseconds. */
  VIEW_THIRD_PARTY_BLOCKING_TIME = 'limen.view.third_party_blocking_time',
  /** The share of the page's height that was seen, once the user has scrolled. */
  VIEW_SCROLL_DEPTH = 'limen.view.scroll_depth',
  /** What the user did not wait for: `before_lcp` or `before_scroll`. */
  VIEW_ABANDONED = 'limen.view.abandoned',
  /** Rage, dead and error clicks so far. */
  VIEW_FRUSTRATIONS = 'limen.view.frustrations',
  /** Resources of the view so far. */
  VIEW_RESOURCES = 'limen.view.resources',
  /** Long animation frames of the view so far. */
  VIEW_LONG_FRAMES = 'limen.view.long_frames',
  /** Feature flags of the view: a list of "key=variant". */
  VIEW_FEATURE_FLAGS = 'limen.view.feature_flags',
  /** The browser's own soft navigation, apart from all vitals: `.at`, `.fcp` and `.lcp`, milliseconds. */
  VIEW_SOFT_NAVIGATION = 'limen.view.soft_navigation',
  /** Resource: width of the viewport in CSS pixels. */
  VIEWPORT_WIDTH = 'limen.viewport.width',
  /** Resource: height of the viewport in CSS pixels. */
  VIEWPORT_HEIGHT = 'limen.viewport.height',
}
