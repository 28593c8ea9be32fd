// The shapes of the HTTP API, generated from the OpenAPI snapshot by `npm run -w ui generate`: do not edit.

export interface paths {
    "/api/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["apps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vitals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["vitals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vitals/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["vital_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["breakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traffic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["traffic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{trace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["outcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Metric: "lcp" | "inp" | "cls" | "fcp" | "ttfb";
        Range: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
        };
        ApiError: {
            error: {
                code: string;
                message: string;
                hint: string;
            };
        };
        Apps: {
            apps: {
                id: string;
                name: string;
                key: string;
                /** Format: date-time */
                created: string;
            }[];
        };
        Status: {
            version: string;
            engine: {
                /** @enum {string} */
                state: "ready" | "starting" | "down";
                /** @enum {string} */
                kind: "embedded" | "clickhouse";
                detail: string;
            };
            listening: {
                main: string;
                otlp: string;
            };
            local_only: boolean;
            sign_in: boolean;
            geo: {
                loaded: boolean;
                attribution: string | null;
            };
            first_event: components["schemas"]["FirstEvent"] | null;
        };
        FirstEvent: {
            app: string;
            /** Format: date-time */
            time: string;
            browser: string;
            os: string;
        };
        Vital: {
            metric: components["schemas"]["Metric"];
            /** @enum {string} */
            unit: "ms" | "";
            thresholds: {
                good: number;
                poor: number;
            };
            n: number;
            effective_n: number;
            p75: number | null;
            p75_low: number | null;
            p75_high: number | null;
            good: number;
            needs_improvement: number;
            poor: number;
            histogram: {
                low: number;
                high: number;
                count: number;
            }[];
            previous: {
                n: number;
                p75: number | null;
            };
            /** @enum {string|null} */
            rating: "good" | "needs-improvement" | "poor" | null;
        };
        Vitals: {
            range: components["schemas"]["Range"];
            previous: components["schemas"]["Range"];
            vitals: components["schemas"]["Vital"][];
        };
        VitalSeries: {
            metric: components["schemas"]["Metric"];
            step_seconds: number;
            points: {
                /** Format: date-time */
                time: string;
                n: number;
                p50: number | null;
                p75: number | null;
                p95: number | null;
                good: number | null;
                needs_improvement: number | null;
                poor: number | null;
            }[];
        };
        VitalShare: {
            n: number;
            p75: number | null;
            good: number;
            needs_improvement: number;
            poor: number;
        };
        BreakdownRow: {
            value: string;
            views: number;
            sessions: number;
            error_rate: number;
            vitals: {
                lcp: components["schemas"]["VitalShare"];
                inp: components["schemas"]["VitalShare"];
                cls: components["schemas"]["VitalShare"];
                fcp: components["schemas"]["VitalShare"];
                ttfb: components["schemas"]["VitalShare"];
            };
            transition: {
                n: number;
                p75: number | null;
            };
        };
        Breakdown: {
            dimension: string;
            rows: components["schemas"]["BreakdownRow"][];
            other: number;
        };
        Traffic: {
            sessions: number;
            views: number;
            errors: number;
            error_rate: number;
            requests: number;
            failed_requests: number;
            previous: {
                sessions: number;
                views: number;
                errors: number;
                error_rate: number;
            };
            step_seconds: number;
            points: {
                /** Format: date-time */
                time: string;
                sessions: number;
                views: number;
                errors: number;
            }[];
        };
        Session: {
            id: string;
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
            duration: number;
            views: number;
            errors: number;
            actions: number;
            requests: number;
            country: string;
            browser: string;
            os: string;
            device: string;
            release: string;
            entry_route: string;
            last_route: string;
            worst_lcp: number | null;
            worst_inp: number | null;
            user_id: string | null;
        };
        Sessions: {
            sessions: components["schemas"]["Session"][];
            next_cursor: string | null;
        };
        SessionView: {
            id: string;
            /** Format: date-time */
            start: string;
            duration: number;
            kind: string;
            route: string;
            url: string;
            navigation_type: string;
            trace_id: string | null;
            lcp: number | null;
            inp: number | null;
            cls: number | null;
            fcp: number | null;
            ttfb: number | null;
            load_time: number | null;
            transition_time: number | null;
            errors: number;
            phases: {
                redirect: number | null;
                worker: number | null;
                dns: number | null;
                tcp: number | null;
                tls: number | null;
                request: number | null;
                response: number | null;
                dom_processing: number | null;
                load: number | null;
            };
            lcp_detail: {
                target: string;
                url: string;
                ttfb: number | null;
                resource_load_delay: number | null;
                resource_load_duration: number | null;
                element_render_delay: number | null;
            };
            inp_detail: {
                target: string;
                type: string;
                input_delay: number | null;
                processing_duration: number | null;
                presentation_delay: number | null;
            };
            cls_target: string;
        };
        SessionEvent: {
            id: string;
            view_id: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            kind: "vital" | "error" | "action" | "navigation" | "session" | "custom";
            name: string;
            label: string;
            value: number | null;
            target: string | null;
            message: string | null;
            stack: string | null;
            error_type: string | null;
            handled: boolean | null;
            trace_id: string | null;
            span_id: string | null;
            attributes: {
                [key: string]: unknown;
            };
        };
        SessionRequest: {
            view_id: string;
            /** Format: date-time */
            time: string;
            duration: number;
            method: string;
            url: string;
            template: string;
            status: number | null;
            error_type: string | null;
            aborted: boolean;
            trace_id: string | null;
            span_id: string | null;
            has_backend: boolean;
        };
        SessionStory: {
            session: components["schemas"]["Session"];
            views: components["schemas"]["SessionView"][];
            events: components["schemas"]["SessionEvent"][];
            requests: components["schemas"]["SessionRequest"][];
        };
        TraceSummary: {
            trace_id: string;
            /** Format: date-time */
            start: string;
            duration: number;
            root_name: string;
            root_service: string;
            services: string[];
            spans: number;
            errors: number;
            session_id: string | null;
            route: string | null;
        };
        Traces: {
            traces: components["schemas"]["TraceSummary"][];
            next_cursor: string | null;
        };
        SpanHttp: {
            method: string;
            status: number | null;
            url: string;
            template: string;
        };
        SpanDb: {
            system: string;
            statement: string;
        };
        Span: {
            id: string;
            parent_id: string | null;
            name: string;
            kind: string;
            service: string;
            /** Format: date-time */
            start: string;
            offset: number;
            duration: number;
            /** @enum {string} */
            status: "unset" | "ok" | "error";
            error_type: string | null;
            http: components["schemas"]["SpanHttp"] | null;
            db: components["schemas"]["SpanDb"] | null;
            session_id: string | null;
            view_id: string | null;
            attributes: {
                [key: string]: unknown;
            };
            resource: {
                [key: string]: unknown;
            };
            events: {
                /** Format: date-time */
                time: string;
                offset: number;
                name: string;
                attributes: {
                    [key: string]: unknown;
                };
            }[];
            depth: number;
            /** @enum {string} */
            side: "browser" | "service";
        };
        Trace: {
            trace_id: string;
            /** Format: date-time */
            start: string;
            duration: number;
            services: {
                name: string;
                spans: number;
                own_time: number;
            }[];
            spans: components["schemas"]["Span"][];
            marks: {
                name: string;
                offset: number;
                value: number | null;
                view_id: string | null;
            }[];
            logs: {
                /** Format: date-time */
                time: string;
                offset: number;
                severity: string;
                severity_number: number;
                body: string;
                service: string;
                span_id: string | null;
                attributes: {
                    [key: string]: unknown;
                };
            }[];
            missing_parents: number;
            session_id: string | null;
        };
        Outcomes: {
            /** Format: date-time */
            since: string;
            outcomes: {
                app: string | null;
                signal: string | null;
                outcome: string;
                meaning: string;
                count: number;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    apps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Apps"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    vitals: {
        parameters: {
            query?: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vitals"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    vital_series: {
        parameters: {
            query: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
                metric: components["schemas"]["Metric"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VitalSeries"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    breakdown: {
        parameters: {
            query: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
                dimension: "route" | "country" | "device" | "browser" | "os" | "release" | "environment" | "network" | "service";
                limit?: number;
                order?: "views" | "lcp" | "inp" | "cls";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breakdown"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    traffic: {
        parameters: {
            query?: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Traffic"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    sessions: {
        parameters: {
            query?: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: {
                app?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionStory"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    traces: {
        parameters: {
            query?: {
                app?: string;
                from?: string;
                to?: string;
                filter?: string[];
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Traces"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    trace: {
        parameters: {
            query?: {
                app?: string;
            };
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trace"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    outcomes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcomes"];
                };
            };
            /** @description Why there is no answer. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
}
