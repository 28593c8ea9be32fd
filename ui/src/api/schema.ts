// The shapes of the HTTP API, generated from the OpenAPI snapshot by `npm run -w ui generate`: do not edit.

export interface paths {
    "/api/v1/admission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may send, and how much. */
        get: operations["admission"];
        /** Sets who may send, and how much, as a whole; it holds from the next request on. */
        put: operations["set_admission"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apdex": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How content are people with how long they wait, and how were they before? */
        get: operations["apdex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apdex/target": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The target of Apdex. */
        get: operations["target"];
        /** Sets the target of Apdex; it holds for every question from then on, whatever range it is about. */
        put: operations["set_target"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The applications that report here. */
        get: operations["apps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest entries of the log of what was done with whose data. */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose is the time of these views? The ledger near their p75, beside that of another time or of others. */
        get: operations["blame_population"];
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
        /** For whom? The views of a range by the values of one dimension. */
        get: operations["breakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/breakdown/distributions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How is one vital spread, for every value of one dimension? Read from views, however long the range. */
        get: operations["distributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why is it as it is? The parts of loading, the elements and requests to blame, the errors, and the hours of a range's views. */
        get: operations["causes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/continuity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Do traces go on from the page into the services? Per host that pages call: the share of calls with a span of a service, by the
         *     service that answered and by release of the page, and the likely cause of the rest with what to do.
         */
        get: operations["continuity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much of what was served do we see? Documents that services answered with beside the views that reported them, by browser,
         *     device, country and route, and what took the rest. Filters by country, environment, route, browser and device hold; services
         *     know nothing of others.
         */
        get: operations["coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dashboards of an application. */
        get: operations["dashboards"];
        put?: never;
        /** Makes a dashboard, from nothing or from one that was exported. */
        post: operations["make_dashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a dashboard as a whole. */
        put: operations["change_dashboard"];
        post?: never;
        /** Deletes a dashboard. */
        delete: operations["delete_dashboard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is missing in the set-up? Each finding names what to add, where, and is done once the data shows it. */
        get: operations["doctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest erasures. */
        get: operations["erasures"];
        put?: never;
        /** Takes a person's data away. The answer comes when the job is on the disk; ask for it by its id until it is `done`. */
        post: operations["erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One erasure with its receipt. */
        get: operations["erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/error-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which errors belong together, or are noise, whatever their stacks say. */
        get: operations["error_rules"];
        /** Sets these rules as a whole; within seconds they hold for what came in before as well. */
        put: operations["set_error_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/error-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries rules on the errors that are stored, without setting them. Frames count as their sources have them. */
        post: operations["preview_error_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What breaks, is it new, and whom does it meet? Errors in groups that stay the same from release to release. */
        get: operations["errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Resolves, ignores, opens or assigns groups of errors. */
        patch: operations["change_errors"];
        trace?: never;
    };
    "/api/v1/errors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group of errors: who meets it, its newest errors, and one of them with its source and what came before it. */
        get: operations["error"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why did it get slower? The smallest cohort that explains it, or that none does, compared with the same hours of earlier
         *     days. Who accepts `text/markdown` gets it in words.
         */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything there is of a person: what an erasure would take away, but the exemplars of metrics that are about others as well.
         *     A line is a row; `table` says of which table.
         */
        get: operations["export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where do people leave a journey? Sessions that reached each step, in order and in time, of those with a matching view that began
         *     the journey in the range. What comes after may lie up to 24 hours after it.
         */
        get: operations["funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What goes along with speed? How often sessions get to the last step of a journey, by how fast its first page was, and by how
         *     much that differs for each 100 ms, also among visitors of the same device and country.
         */
        get: operations["impact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ingest keys of an application, with what came with each. */
        get: operations["keys"];
        put?: never;
        /** Makes an ingest key. The answer is the only one with all of it. */
        post: operations["make_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes an ingest key: it is taken until its grace is over, so that senders can change to another one. */
        delete: operations["delete_key"];
        options?: never;
        head?: never;
        /** Names, disables or enables an ingest key; it holds from the next request on. */
        patch: operations["change_key"];
        trace?: never;
    };
    "/api/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was written? Log records of the range that match, newest first. */
        get: operations["logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What did the same service write just before and after one record? */
        get: operations["log_context"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What fields do the newest matching records have, and with which values? */
        get: operations["log_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many log records of each level were there when? */
        get: operations["log_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which metrics do the services report, and what was last seen of each? Filters do not apply. */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How does one metric go over time? As a rate, as a quantile of its histograms, or its values. Filters do not apply. */
        get: operations["metric_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/origins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom do pages load from, and what does it cost? Hosts, third parties among them. */
        get: operations["origins"];
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
        /** What became of everything that was sent. */
        get: operations["outcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the operator pays. */
        get: operations["prices"];
        /** Sets what the operator pays, as a whole; usage is told as money from then on. */
        put: operations["set_prices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redaction-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is secret in the application beside what every application hides. */
        get: operations["redaction_rules"];
        /** Sets what is secret in the application, as a whole; it holds for what comes in from now on. */
        put: operations["set_redaction_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redaction-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries rules on a text, without setting them. The text is neither kept nor logged. */
        post: operations["preview_redaction_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was released when? Releases of pages and services that were first seen in the range; filters do not matter. */
        get: operations["releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which calls cost us? The requests that pages make by script, by what they ask for. */
        get: operations["requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What pages load from one host. */
        get: operations["resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long data is kept. */
        get: operations["retention"];
        /** Sets how long data is kept, as a whole; what is older goes with the next daily round, and does not come back. */
        put: operations["set_retention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would be dropped with these settings. Nothing is changed. */
        post: operations["preview_retention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/route-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How pages are put together to routes. */
        get: operations["route_rules"];
        /** Sets how pages are put together to routes, as a whole; it holds for what comes in from now on. */
        put: operations["set_route_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/route-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries rules on the views of a range, without setting them. */
        post: operations["preview_route_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sampling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which sessions agents record. */
        get: operations["sampling"];
        /** Sets which sessions agents record, as a whole; agents learn of it with the next answer to what they send. */
        put: operations["set_sampling"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How do the services hang together? Pages, services, databases and outside hosts, and the calls between them. */
        get: operations["services"];
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
        /** Who was here? Sessions with a matching view in the range, newest first. */
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
        /** What happened to this person? One session with its views, events and requests. */
        get: operations["session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sourcemaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The source maps of an application. */
        get: operations["source_maps"];
        /**
         * Keeps a source map; errors that came before are looked at again with it. The same bytes again change nothing, others of
         *     the same script take their place.
         */
        put: operations["put_source_map"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sourcemaps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a source map. Errors that it was used for keep what was found by it. */
        delete: operations["delete_source_map"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks one SELECT over the tables, read-only and within limits of time, memory and size. */
        post: operations["sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sql/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables that can be asked about, with their columns. */
        get: operations["sql_tables"];
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
        /** How the server is, and whether anything has arrived. */
        get: operations["status"];
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
        /** Which traces are there? Those with a matching span in the range, newest first. */
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
        /** Where did the time go? One trace of browser and services as a tree. */
        get: operations["trace"];
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
        /** How much goes on, and how much of it fails? */
        get: operations["traffic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What does an application send and keep, and what will it cost? Filters do not apply. */
        get: operations["usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whose is the time of this view? Its vital, or the time to first byte of one of its requests, as a ledger
         *     by owner that sums to it, and as the critical path.
         */
        get: operations["blame"];
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
        /** How are the five vitals, and how were they before? */
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
        /** How has one vital moved over time? */
        get: operations["vitals_series"];
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
        /** @description Who may send to an application, and how much. Null is no limit; what is left out of a document is as at the beginning. */
        Admission: {
            /**
             * Format: int32
             * @description Requests from one address, or from one /64 of IPv6; loopback has no limit.
             * @default 200
             */
            address_requests_per_second: number | null;
            /**
             * Format: int64
             * @description Bytes of its requests, as they are sent, in a day of UTC.
             * @default null
             */
            daily_bytes_max: number | null;
            /**
             * Format: int64
             * @description Records of the whole application in a day of UTC.
             * @default null
             */
            daily_events_max: number | null;
            /**
             * Format: int32
             * @description Requests with one key.
             * @default 2000
             */
            key_requests_per_second: number | null;
            /**
             * Format: int32
             * @description Records of the whole application.
             * @default null
             */
            max_events_per_second: number | null;
            /**
             * @description Origins of pages that may send, such as https://shop.example or https://*.shop.example; with none any may.
             * @default []
             */
            origins: string[];
            /**
             * Format: int32
             * @description Records of one session; those beyond are dropped.
             * @default 100
             */
            session_events_per_second: number | null;
        };
        /** @description Apdex of a range, compared with the equally long range before it. */
        ApdexAnswer: {
            /**
             * Format: double
             * @description How many independent visits would say as much.
             */
            effective_n: number;
            /**
             * Format: double
             * @description Weighted share of frustrated views, 0 to 1; null without views.
             */
            frustrated: number | null;
            interval: components["schemas"]["Interval"] | null;
            /**
             * Format: int64
             * @description Views of which is known how long somebody waited, or that failed, as they are stored (not weighted). A change of route
             *     counts with its transition time, any other view with its LCP, else its load time; one with an error is frustrated.
             */
            n: number;
            previous: components["schemas"]["PreviousApdex"];
            range: components["schemas"]["Range"];
            /**
             * Format: double
             * @description Weighted share of satisfied views, 0 to 1; null without views.
             */
            satisfied: number | null;
            /**
             * Format: double
             * @description 0 to 1, weighted; null without views.
             */
            score: number | null;
            /** @description From sums, views whose time is within `quantile_error` of T or 4T may count as if it were on the other side. */
            source: components["schemas"]["Source"];
            /**
             * Format: double
             * @description T: who waits so many milliseconds at most is satisfied, who waits four times as long at most tolerates it.
             */
            target_ms: number;
            /**
             * Format: double
             * @description Weighted share of tolerating views, 0 to 1; null without views.
             */
            tolerating: number | null;
        };
        /** @description Who waits up to this long is satisfied, who waits up to four times as long tolerates it. */
        ApdexTarget: {
            /**
             * Format: double
             * @default 2500
             */
            target_ms: number;
        };
        /** @description One application. */
        AppItem: {
            created: components["schemas"]["Time"];
            /** @description Slug, as the parameter `app` takes it. */
            id: string;
            /** @description The public ingest key that pages and services send with their data. */
            key: string;
            name: string;
        };
        /** @description The applications. */
        AppsAnswer: {
            /** @description The default one first. */
            apps: components["schemas"]["AppItem"][];
        };
        /** @description The newest first. */
        AuditAnswer: {
            entries: components["schemas"]["AuditItem"][];
        };
        /** @description Something that was done with somebody's data. */
        AuditItem: {
            action: string;
            app: string;
            detail: string;
            time: components["schemas"]["Time"];
        };
        /** @description The vital of one view, divided. */
        BlameAnswer: {
            /**
             * Format: double
             * @description How wrong the places of services' pieces can be, in milliseconds, because clocks are not known better.
             */
            clock_error: number;
            /** @description Clocks of services that do not agree with the browser's, as far as the path met them. */
            clocks: components["schemas"]["ClockShift"][];
            /** @description By owner, the largest first; the milliseconds sum to `total`. */
            ledger: components["schemas"]["LedgerLine"][];
            /** @description What would be needed to say more. */
            missing: string[];
            /** @description The critical path: one after the other, without gap or overlap, from 0 to the vital. */
            pieces: components["schemas"]["BlamePiece"][];
            session_id: string;
            /** @description Where the time line begins: with the view, for inp with the interaction, for a request with it. */
            start: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description The vital, or the time to first byte of the request, in whole milliseconds, halves rounded up. A request of which the
             *     browser hides the phases is divided up to its last byte.
             */
            total: number;
            view_id: string;
            vital: components["schemas"]["BlamedVital"] | null;
        };
        /** @description A stretch of the time line. */
        BlamePiece: {
            /**
             * Format: double
             * @description Milliseconds.
             */
            duration: number;
            /**
             * Format: double
             * @description Milliseconds from the start of the time line.
             */
            offset: number;
            owner: components["schemas"]["Owner"];
            span_id: string | null;
            /** @description The trace of the span behind it; null without a span. */
            trace_id: string | null;
            /** @description What happened, for people. */
            what: string;
        };
        /**
         * @description A time of a view that can be divided between owners.
         * @enum {string}
         */
        BlamedVital: "lcp" | "inp" | "fcp" | "ttfb" | "transition";
        /** @description The views of a range by the values of one dimension. */
        BreakdownAnswer: {
            dimension: components["schemas"]["Dimension"];
            /**
             * Format: double
             * @description Weighted number of views of all values that did not fit into `limit`.
             */
            other: number;
            rows: components["schemas"]["BreakdownRow"][];
            source: components["schemas"]["Source"];
        };
        /**
         * @description What the rows are ordered by, most first; for a vital by its p75.
         * @enum {string}
         */
        BreakdownOrder: "views" | "lcp" | "inp" | "cls";
        /** @description All views with one value of the dimension. */
        BreakdownRow: {
            /**
             * Format: double
             * @description Weighted share of views with at least one error, 0 to 1.
             */
            error_rate: number;
            /**
             * Format: double
             * @description Weighted number of sessions with such a view.
             */
            sessions: number;
            transition: components["schemas"]["TransitionShare"];
            /** @description The value; empty means unknown. */
            value: string;
            /**
             * Format: double
             * @description Weighted number of views.
             */
            views: number;
            vitals: components["schemas"]["VitalShares"];
        };
        /** @enum {string} */
        BrokenCause: "not_sent" | "stripped" | "rewritten" | "late" | "silent";
        /** @description Calls without a span of a service, by why. */
        BrokenTraces: {
            /** Format: double */
            calls: number;
            cause: components["schemas"]["BrokenCause"];
            /** @description What to do, and where. */
            to_do: string;
        };
        /** @description Requests that ask for the same. */
        CalledRequest: {
            /**
             * Format: double
             * @description Weighted share that the page called off, 0 to 1.
             */
            aborted: number;
            /**
             * Format: double
             * @description Weighted share that a service's span answers, 0 to 1.
             */
            answered: number;
            /**
             * Format: double
             * @description Weighted share that failed, 0 to 1; what the page called off is no failure.
             */
            failed: number;
            host: string;
            method: string;
            /**
             * Format: int64
             * @description As they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The weighted median, in milliseconds.
             */
            p50: number;
            /**
             * Format: double
             * @description The weighted 75th percentile, in milliseconds.
             */
            p75: number;
            /**
             * Format: double
             * @description The weighted 95th percentile, in milliseconds.
             */
            p95: number;
            /** @description The weighted 75th percentile of each part, in milliseconds; null where the browser hides it. */
            phases: components["schemas"]["RequestPhases"];
            /**
             * Format: double
             * @description Weighted number.
             */
            requests: number;
            /** @description The slowest with such a span; null if there is none. */
            slowest_trace: string | null;
            /** @description Weighted numbers by `2xx`, `4xx` and so on, `no answer` and `aborted`. */
            statuses: {
                [key: string]: number;
            };
            third_party: boolean;
            /**
             * Format: double
             * @description Weighted share whose parts the browser tells, 0 to 1. Other origins hide them without `Timing-Allow-Origin`.
             */
            timed: number;
            /**
             * Format: double
             * @description How long all of them took together, weighted, in milliseconds.
             */
            waited: number;
            /** @description Template of the path where there is one, else the path. */
            what: string;
        };
        /** @description The causes behind the figures of a range. */
        CausesAnswer: {
            /** @description Errors inside the views, those that most sessions met first; at most 20. */
            errors: components["schemas"]["ErrorGroup"][];
            /** @description Hours of UTC in which a view began. */
            hours: components["schemas"]["Hour"][];
            /**
             * @description Parts of loading, of LCP and of INP, in the order in which they happen. Those that no view has are not there.
             *     Percentiles of parts do not add up to that of the whole.
             */
            parts: components["schemas"]["Part"][];
            range: components["schemas"]["Range"];
            /** @description Requests inside the views, those that people waited longest for in total first; at most 20. */
            requests: components["schemas"]["RequestGroup"][];
            /** @description Elements that LCP, INP and CLS are blamed on, those with most poor views first; at most 20 for each vital. */
            targets: components["schemas"]["Target"][];
        };
        /** @description How a service's clock was moved to lie between request and answer. */
        ClockShift: {
            /**
             * Format: double
             * @description How far the truth can be from there to either side, in milliseconds.
             */
            error: number;
            service: string;
            /**
             * Format: double
             * @description Milliseconds added to its times.
             */
            shift: number;
        };
        /** @description A dimension's value. */
        CohortValue: {
            dimension: components["schemas"]["Dimension"];
            /** @description Empty when unknown. */
            value: string;
        };
        /** @description By host, those with the most calls first. */
        ContinuityAnswer: {
            hosts: components["schemas"]["ContinuityHost"][];
            /**
             * Format: int64
             * @description Drawn from one of so many traces; calls are scaled up.
             */
            one_of: number;
            range: components["schemas"]["Range"];
        };
        /** @description Calls that one service answered first. */
        ContinuityGateway: {
            /** Format: double */
            calls: number;
            service: string;
        };
        /** @description The calls to one host. */
        ContinuityHost: {
            /**
             * Format: double
             * @description Of these, the ones with a span of a service below them.
             */
            answered: number;
            /** @description What the rest is likely to lack, most first. */
            broken: components["schemas"]["BrokenTraces"][];
            /**
             * Format: double
             * @description Weighted.
             */
            calls: number;
            /** @description The services that answered first, most first. */
            gateways: components["schemas"]["ContinuityGateway"][];
            host: string;
            /**
             * Format: int64
             * @description As stored, of the traces that were looked at.
             */
            n: number;
            /** @description By release of the page, most calls first. */
            releases: components["schemas"]["ContinuityRelease"][];
            /** Format: double */
            share: number;
            /** Format: double */
            share_high: number | null;
            /**
             * Format: double
             * @description The 95 % interval of the share; null when there are too few.
             */
            share_low: number | null;
            third_party: boolean;
        };
        /** @description Calls of one release of the page. */
        ContinuityRelease: {
            /** Format: double */
            answered: number;
            /** Format: double */
            calls: number;
            /** Format: int64 */
            n: number;
            /** @description Empty when unknown. */
            release: string;
        };
        /** @description What 30 days will cost. */
        Cost: {
            /** Format: double */
            bytes_in: number;
            currency: string;
            /** Format: double */
            events: number;
            /** Format: double */
            stored: number;
            /** Format: double */
            total: number;
        };
        /** @description What of the served documents was seen. */
        CoverageAnswer: {
            /** @description Who reports and who does not, those most served first. */
            by: components["schemas"]["CoverageBy"][];
            /** @description Filters that services know nothing of and that were left out. */
            ignored: components["schemas"]["Dimension"][];
            /** @description What took the rest; the first is what can be helped most easily. */
            losses: components["schemas"]["Loss"][];
            /**
             * Format: int64
             * @description The same as stored.
             */
            n: number;
            range: components["schemas"]["Range"];
            /**
             * Format: double
             * @description Of those, the ones with a view.
             */
            reported: number;
            /**
             * Format: double
             * @description Documents served to robots and tests, which are in no other figure.
             */
            robots: number;
            /** @description In one sentence. */
            says: string;
            /**
             * Format: double
             * @description Documents served to people, as services' spans tell (weighted, where those are sampled).
             */
            served: number;
            /**
             * Format: double
             * @description The share of people's documents that report, or would if no session were left out, with its 95 % interval; null
             *     without documents.
             */
            share: number | null;
            /** Format: double */
            share_high: number | null;
            /** Format: double */
            share_low: number | null;
            /** @description Whether there were more kinds of visitors than were looked at. */
            truncated: boolean;
        };
        /** @description By one dimension. */
        CoverageBy: {
            /** @description `browser`, `device`, `country` or `route`; `network` where services record the client hint ECT. */
            dimension: components["schemas"]["Dimension"];
            rows: components["schemas"]["CoverageRow"][];
        };
        /** @description Of one value. */
        CoverageRow: {
            /** Format: int64 */
            n: number;
            /** Format: double */
            reported: number;
            /** Format: double */
            served: number;
            /**
             * Format: double
             * @description As above.
             */
            share: number;
            /** Format: double */
            share_high: number | null;
            /**
             * Format: double
             * @description Null when there are too few.
             */
            share_low: number | null;
            /** @description Empty when unknown. */
            value: string;
        };
        /** @description What is on a dashboard; the same document is exported and imported. */
        Dashboard: {
            /** @description 1 to 80 characters. */
            name: string;
            /** @description In their order; at most 24. */
            panels: components["schemas"]["DashboardPanel"][];
        };
        /** @description One panel. Which of the fields below it needs follows from its kind; the others stay away. */
        DashboardPanel: {
            /** @description Of `metric`: a line for each value of this attribute. */
            by: string;
            /** @description Of `breakdown`. */
            dimension: string;
            /** @description `dimension:value`, beside those of the page; of vitals, traffic and breakdowns. */
            filters: string[];
            kind: components["schemas"]["PanelKind"];
            /** @description Of `vital` and `breakdown`: `lcp`, `inp`, `cls`, `fcp` or `ttfb`. Of `metric`: its name. */
            metric: string;
            /** @description Of `metric`: how it is read, as `/api/v1/metrics/series` takes it. */
            reading: string;
            /** @description Of `metric`: only of this service. */
            service: string;
            /** @description Of `sql`: the statement. Of `text`: the text. */
            text: string;
            /** @description Left out, what it shows. */
            title: string;
            /**
             * Format: int32
             * @description How many of three columns it takes, 1 to 3.
             */
            width: number;
        };
        /** @description By name. */
        DashboardsAnswer: {
            dashboards: components["schemas"]["KeptDashboard"][];
        };
        /** @description What is known of a call of a database. Empty text means unknown. */
        DatabaseCall: {
            /** @description As the sender wrote it. */
            statement: string;
            /** @description Such as `postgresql`. */
            system: string;
        };
        /**
         * @description What views can be filtered by and broken down by. This is the whitelist: a name in SQL comes from here only.
         * @enum {string}
         */
        Dimension: "route" | "country" | "device" | "browser" | "os" | "release" | "environment" | "network" | "service";
        /** @description The spread of one value. */
        Distribution: {
            /** @description Weighted number of views in each bin from 0 upwards, empty ones too; the last one has no upper end. */
            counts: number[];
            /**
             * Format: int64
             * @description Views with the vital, as they are stored (not weighted).
             */
            n: number;
            /** @description The value; empty means unknown. */
            value: string;
        };
        /** @description The spread of one vital by the values of one dimension. */
        DistributionsAnswer: {
            /**
             * Format: double
             * @description Width of a bin, in the unit of the vital; bin i holds what is above i and up to i + 1 of these.
             */
            bin_width: number;
            dimension: components["schemas"]["Dimension"];
            metric: components["schemas"]["Metric"];
            /** @description Those with the most views first; values that nobody measured are not there. */
            rows: components["schemas"]["Distribution"][];
            thresholds: components["schemas"]["Thresholds"];
        };
        /** @description The findings of a range, what is to be done first. */
        DoctorAnswer: {
            findings: components["schemas"]["Finding"][];
            range: components["schemas"]["Range"];
        };
        /**
         * @description Where the database runs.
         * @enum {string}
         */
        EngineKind: "embedded" | "clickhouse";
        /**
         * @description Whether questions can be answered.
         * @enum {string}
         */
        EngineState: "ready" | "starting" | "down";
        /** @description The database behind the server. */
        EngineStatus: {
            /** @description What the state means, in a sentence; empty when all is well. */
            detail: string;
            kind: components["schemas"]["EngineKind"];
            state: components["schemas"]["EngineState"];
        };
        /** @description An erasure, how far it is and what it has done. Whom it was about can only be told from the id itself, by its hash. */
        ErasureItem: {
            app: string;
            asked: components["schemas"]["Time"];
            /** @description Why it has to wait, or why it failed. */
            error: string | null;
            finished: components["schemas"]["Time"] | null;
            id: string;
            include_traces: boolean;
            kind: components["schemas"]["ErasureKind"];
            reason: string;
            receipt: components["schemas"]["Receipt"] | null;
            state: components["schemas"]["ErasureState"];
            /** @description Equal for the same id of the same application. */
            subject_hash: string;
        };
        /**
         * @description What the id is the id of.
         * @enum {string}
         */
        ErasureKind: "user" | "session" | "device";
        /** @description Whose data to take away: exactly one of the ids, as the pages and services sent it. */
        ErasureRequest: {
            /** @description Slug of the application; left out, the first one. */
            app: string | null;
            /** @description `device.id` or `app.installation.id`. */
            device_id: string | null;
            /** @description Whether the spans and logs of services go as well that only share a trace with the person; left out, they stay. */
            include_traces: boolean;
            /** @description Why; it is kept with the receipt, so it must not name the person. */
            reason: string;
            /** @description `session.id`. */
            session_id: string | null;
            /** @description `user.id`: everything that names the user, and all of the sessions in which it is named. */
            user_id: string | null;
        };
        /**
         * @description What is done.
         * @enum {string}
         */
        ErasureState: "asked" | "found" | "erased" | "summed" | "done" | "failed";
        /** @description The newest first. */
        ErasuresAnswer: {
            erasures: components["schemas"]["ErasureItem"][];
        };
        /** @description A refusal. The hint says what to do next. */
        ErrorAnswer: {
            error: components["schemas"]["ErrorDetail"];
        };
        /** @description What is to hold for groups from now on; what is left out stays. */
        ErrorChange: {
            /**
             * @description Slug of the application; left out, the first one.
             * @default null
             */
            app: string | null;
            /**
             * @description Who looks after them; empty for nobody.
             * @default null
             */
            assignee: string | null;
            /**
             * @description The groups, at most 200.
             * @default []
             */
            ids: string[];
            /**
             * @description They are resolved in the release after those of now.
             * @default false
             */
            next_release: boolean;
            /**
             * @description The release they are resolved in: older ones may still throw them. Left out, they are gone everywhere.
             * @default null
             */
            resolved_in: string | null;
            /** @default null */
            status: components["schemas"]["ErrorStatus"] | null;
            /** @default null */
            until: components["schemas"]["Until"] | null;
        };
        /** @description What went wrong. */
        ErrorDetail: {
            /**
             * @description For programs; never changes its meaning.
             * @example bad_request
             */
            code: string;
            /** @description For people: what to do. */
            hint: string;
            /** @description For people: what happened. */
            message: string;
        };
        /** @description Errors of one type with one message. */
        ErrorGroup: {
            error_type: string;
            /**
             * Format: double
             * @description Weighted number of errors.
             */
            errors: number;
            last: components["schemas"]["Time"];
            /** @description Its first 300 characters. */
            message: string;
            /**
             * Format: int64
             * @description Errors, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description Weighted number of sessions that met it.
             */
            sessions: number;
        };
        /** @description One group as a whole, with what was decided about it. */
        ErrorGroupAnswer: components["schemas"]["OneErrorAnswer"] & {
            state: components["schemas"]["ErrorState"];
        };
        /** @description Errors that are one and the same. */
        ErrorItem: {
            /** @description `app`, or what is no fault of the application's code: `third_party`, `opaque` for `Script error.`, `extension`. */
            class: string;
            /** @description Function and file of the first frame that counts; empty where there is none. */
            culprit: string;
            /** @description Of the newest. */
            error_type: string;
            /**
             * Format: double
             * @description Weighted number of errors.
             */
            errors: number;
            /** @description The release it was first met in; empty when unknown. */
            first_release: string;
            /** @description When it was first met at all, not in the range alone. */
            first_seen: components["schemas"]["Time"];
            /** @description 16 hexadecimal digits; the same in every release. */
            id: string;
            /** @description The release it was last met in. */
            last_release: string;
            /** @description When it was last met in the range. */
            last_seen: components["schemas"]["Time"];
            /** @description Of the newest, its first 300 characters. */
            message: string;
            /**
             * Format: int64
             * @description Errors, as they are stored (not weighted).
             */
            n: number;
            /** @description A rule calls it noise. */
            noise: boolean;
            /**
             * Format: double
             * @description Weighted number of sessions that met it.
             */
            sessions: number;
            /** @description Weighted number of errors in each step of the range. */
            trend: number[];
            /**
             * Format: double
             * @description Weighted number of those that the page did not catch itself.
             */
            unhandled: number;
            /** @description Why frames of it have no source, each reason once, of one of its stacks. */
            unresolved: string[];
            /**
             * Format: int64
             * @description Users that met it, of those whom the page has named; not weighted.
             */
            users: number;
        };
        /** @description One error. */
        ErrorOccurrence: {
            browser: string;
            country: string;
            handled: boolean;
            /** @description Give it as `occurrence` to see this one. */
            id: string;
            message: string;
            os: string;
            release: string;
            route: string;
            /** @description Empty for what belongs to no session. */
            session_id: string;
            time: components["schemas"]["Time"];
            /** @description Null when it is not part of a trace. */
            trace_id: string | null;
            url: string;
            user_id: string;
            view_id: string;
        };
        /** @description One error of a chain: the error itself, or what caused the one before. */
        ErrorPart: {
            /** @description The innermost call first. */
            frames: components["schemas"]["SourceFrame"][];
            /** @description What the runtime wrote above the frames; empty where it writes nothing. */
            head: string;
        };
        /** @description What is given must all match; `*` stands for any text. Say either `group` or `noise`. */
        ErrorRule: {
            /**
             * @description The file of one of its frames, of the source where that is known.
             * @default null
             */
            file: string | null;
            /**
             * @description The function of one of its frames.
             * @default null
             */
            function: string | null;
            /**
             * @description They are one group; the name is only seen here.
             * @default null
             */
            group: string | null;
            /**
             * @description The message.
             * @default null
             */
            message: string | null;
            /**
             * @description They are kept and counted, and stand apart.
             * @default false
             */
            noise: boolean;
            /**
             * @description The type, such as `ChunkLoadError`.
             * @default null
             */
            type: string | null;
        };
        /** @description What one rule would have matched. */
        ErrorRuleHits: {
            /** @description Type and message of one of them; null if there is none. */
            example: string | null;
            /**
             * Format: int64
             * @description Groups of now that these are in.
             */
            groups: number;
            /** Format: int64 */
            stacks: number;
        };
        /** @description Which errors belong together or are noise, whatever their stacks say. It holds for what came in before as well. */
        ErrorRules: {
            /**
             * @description The first that matches decides. At most 100.
             * @default []
             */
            rules: components["schemas"]["ErrorRule"][];
        };
        /** @description What rules would have made of the stacks that are known. */
        ErrorRulesPreview: {
            /** @description Whether these are all. */
            all: boolean;
            /** Format: int64 */
            groups_after: number;
            /** Format: int64 */
            groups_before: number;
            /** @description In the order of the rules; a stack counts for the first that matches. */
            rules: components["schemas"]["ErrorRuleHits"][];
            /**
             * Format: int64
             * @description Different stacks that were looked at.
             */
            stacks: number;
        };
        /** @description The part of a group with one value. */
        ErrorShare: {
            /**
             * Format: double
             * @description Weighted number of errors.
             */
            errors: number;
            /**
             * Format: double
             * @description Weighted number of sessions.
             */
            sessions: number;
            /** @description Empty means unknown. */
            value: string;
        };
        /** @description The values of one dimension, the most frequent first. */
        ErrorShares: {
            /** @description `release`, `route`, `browser`, `os`, `device`, `country`. */
            dimension: string;
            values: components["schemas"]["ErrorShare"][];
        };
        /** @description One error as a whole. */
        ErrorShown: {
            /** @description Attributes that have no field of their own. */
            attributes: {
                [key: string]: string;
            };
            /** @description What happened in the session before, the last first; at most 30. */
            before: components["schemas"]["SessionEvent"][];
            /** @description What made it part of this group: `rule`, `app_frames`, `all_frames` or `message`. */
            grouped_by: string;
            occurrence: components["schemas"]["ErrorOccurrence"];
            /** @description The error itself first, then what caused it. */
            parts: components["schemas"]["ErrorPart"][];
            /** @description Why frames have no source, each reason once. */
            unresolved: string[];
        };
        /** @description What is decided about a group. Without a decision it is open. */
        ErrorState: {
            /**
             * @description Who looks after it; empty for nobody.
             * @default
             */
            assignee: string;
            /**
             * Format: int64
             * @description When the status last changed, in seconds since 1970.
             * @default 0
             */
            changed: number;
            /**
             * @description It is resolved in the release after those of that time.
             * @default false
             */
            next_release: boolean;
            /**
             * @description The release it came back in.
             * @default null
             */
            regressed_in: string | null;
            /**
             * @description The release it is resolved in: older ones may still throw it.
             * @default null
             */
            resolved_in: string | null;
            /** @default open */
            status: components["schemas"]["ErrorStatus"];
            /** @default null */
            until: components["schemas"]["Until"] | null;
        };
        /** @description What holds now, by group. */
        ErrorStatesAnswer: {
            states: {
                [key: string]: components["schemas"]["ErrorState"];
            };
        };
        /** @enum {string} */
        ErrorStatus: "open" | "regressed" | "ignored" | "resolved";
        /**
         * @description What an event is to the person who reads the session.
         * @enum {string}
         */
        EventKind: "vital" | "error" | "action" | "navigation" | "session" | "custom";
        /** @description What became slower, for whom, since when and by whom. */
        ExplainAnswer: {
            /** @description The first explains most; empty when no cohort explains a change. */
            cohorts: components["schemas"]["ExplainedCohort"][];
            metric: components["schemas"]["ExplainedMetric"];
            /**
             * Format: int32
             * @description … each so many days before the next.
             */
            period_days: number;
            /**
             * Format: int32
             * @description It is compared with the same time of so many earlier periods …
             */
            periods: number;
            /** @description The window that is explained. */
            range: components["schemas"]["Range"];
            /**
             * Format: int64
             * @description How many cohorts were looked at.
             */
            tested: number;
            /** @description Cohorts of one value with enough sessions that are not slower by themselves, the largest first. */
            unchanged: components["schemas"]["CohortValue"][];
            /** @description In one sentence. */
            verdict: string;
        };
        /** @description A cohort that became slower by itself. */
        ExplainedCohort: {
            /**
             * @description Variants of feature flags that more of its sessions were shown since the beginning, or since the start of the window when
             *     there is no clear step; the largest change first.
             */
            flags: components["schemas"]["FlagChange"][];
            onset: components["schemas"]["Time"] | null;
            /** @description Whose time changed near the p75, most first. */
            owners: components["schemas"]["OwnerChange"][];
            /**
             * Format: double
             * @description Null when there was nobody like that.
             */
            p75: number | null;
            /** Format: double */
            p75_before: number | null;
            /** @description What was first seen within the window or the equally long time before it. */
            releases: components["schemas"]["SeenRelease"][];
            /** @description Up to three sessions with a view near the p75. */
            representatives: components["schemas"]["Representative"][];
            /** Format: double */
            sessions: number;
            /**
             * Format: double
             * @description How far its views moved up among those of before, at equal mix: +0.1 is a tenth of them.
             */
            shift: number;
            /** @description Values that look slower too, only because they have visitors in common with this cohort. */
            symptoms: components["schemas"]["CohortValue"][];
            /**
             * Format: int64
             * @description As far as they are known by an id.
             */
            users: number;
            /** @description All of these; of several values of one dimension any. Empty stands for everybody. */
            values: components["schemas"]["CohortValue"][];
            /**
             * Format: double
             * @description Weighted, in the window.
             */
            views: number;
            /**
             * Format: double
             * @description The shift in units of its standard error, from day to day.
             */
            z: number;
        };
        /**
         * @description A figure of a view that can get worse.
         * @enum {string}
         */
        ExplainedMetric: "lcp" | "inp" | "cls" | "fcp" | "ttfb" | "transition";
        /** @description Something that was looked at. */
        Finding: {
            /** @description `release`, `environment`, `country`, `documents`, `calls`, `timing`, `opaque`, `sources`, `agent`. */
            about: string;
            /**
             * Format: double
             * @description Share of what was looked at that lacks it, 0 to 1.
             */
            missing: number;
            /**
             * Format: int64
             * @description What was looked at: views, calls, loads, errors, agents; as stored (not weighted).
             */
            n: number;
            /** @description One sentence. */
            says: string;
            state: components["schemas"]["FindingState"];
            /** @description The host or release it is about; empty where it is about all. */
            subject: string;
            /** @description What to add, and where; empty where there is nothing to do. */
            to_do: string;
        };
        /** @enum {string} */
        FindingState: "todo" | "unknown" | "done";
        /** @description The first record that was ever received. */
        FirstEvent: {
            /** @description Slug of the application it belongs to. */
            app: string;
            /** @description Empty when a service sent it. */
            browser: string;
            /** @description Empty when a service sent it. */
            os: string;
            /** @description When the server received it. */
            time: components["schemas"]["Time"];
        };
        /** @description A variant of a feature flag that was shown in more sessions than before. */
        FlagChange: {
            first_seen: components["schemas"]["Time"] | null;
            key: string;
            /**
             * Format: double
             * @description Of the cohort's sessions with this flag, since the beginning of the change: 0 to 1.
             */
            share: number;
            /**
             * Format: double
             * @description The same before; null when the flag was not there.
             */
            share_before: number | null;
            variant: string;
        };
        /** @description The next 30 days on the trend of the last seven; nothing that is stored is deleted in it. */
        ForecastUsage: {
            /** Format: double */
            bytes_sent: number;
            /**
             * Format: double
             * @description On the disk, at the end.
             */
            bytes_stored: number;
            cost: components["schemas"]["Cost"] | null;
            /** Format: double */
            events: number;
            /**
             * Format: int32
             * @description On how many days it rests: zero when nothing came yet.
             */
            from_days: number;
        };
        /** @description How often one kind of secret is in the text. */
        FoundSecret: {
            /** Format: int64 */
            count: number;
            /** @description What it is, in a sentence. */
            meaning: string;
            /** @description Name of the kind, such as `card`; `own` for what the rules themselves found. */
            secret: string;
        };
        /** @description How far sessions came on a journey that they began in the range. */
        FunnelAnswer: {
            /**
             * Format: int64
             * @description Sessions (not weighted) in which so much happened that only the beginning was looked at.
             */
            long_sessions: number;
            range: components["schemas"]["Range"];
            /** @description In the order of the journey; each counts those sessions that reached all before it too. */
            steps: components["schemas"]["FunnelStep"][];
            /**
             * Format: int32
             * @description From the first step to the last, in seconds, at most.
             */
            window: number;
        };
        /** @description The sessions that reached one step. */
        FunnelStep: {
            /** @description Sessions that got here and no further, those that were here last first. */
            left_here: string[];
            /**
             * Format: double
             * @description The weighted median from the step before, as it was last done, until this one was reached first, in milliseconds; null
             *     for the first step and where nobody came here.
             */
            median_wait: number | null;
            /**
             * Format: int64
             * @description As stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description Weighted share of the first step, 0 to 1; null where nobody reached it.
             */
            of_first: number | null;
            /** Format: double */
            of_first_high: number | null;
            /**
             * Format: double
             * @description The 95 % interval of that share; null when there are too few sessions.
             */
            of_first_low: number | null;
            /**
             * Format: double
             * @description Weighted share of the step before, 0 to 1; null for the first step and where nobody reached the one before.
             */
            of_previous: number | null;
            /** Format: double */
            of_previous_high: number | null;
            /**
             * Format: double
             * @description The 95 % interval of that share; null when there are too few sessions.
             */
            of_previous_low: number | null;
            /**
             * Format: double
             * @description Weighted number.
             */
            sessions: number;
            step: components["schemas"]["Step"];
        };
        /** @description The file that turns addresses into countries. */
        GeoStatus: {
            /** @description What the file's licence asks to be shown. */
            attribution: string | null;
            /** @description Without one all countries are unknown. */
            loaded: boolean;
            /** @description Why the file on the disk is not the one in use; null when it is. */
            problem: string | null;
        };
        /** @description Something of which all is kept: exactly one of a route and an event. */
        HighValue: {
            /**
             * @description Name of an event, such as that of a transaction.
             * @default null
             */
            event: string | null;
            /**
             * @description A route as reports show it, and what is below it: its views, and their events and browser spans.
             * @default null
             */
            route: string | null;
        };
        /** @description One bin of a histogram. Its upper edge belongs to it, its lower one does not (but for 0). */
        HistogramBin: {
            /**
             * Format: double
             * @description Weighted number of views.
             */
            count: number;
            /**
             * Format: double
             * @description Null for the last bin, which holds everything above `low`.
             */
            high: number | null;
            /** Format: double */
            low: number;
        };
        /** @description The views that began in one hour. */
        Hour: {
            time: components["schemas"]["Time"];
            /**
             * Format: double
             * @description Weighted number of views.
             */
            views: number;
            /**
             * Format: double
             * @description Weighted number of views with at least one error.
             */
            with_error: number;
        };
        /** @description What is known of an HTTP request. Empty text means unknown. */
        HttpCall: {
            method: string;
            /**
             * Format: int32
             * @description Null when there was no answer.
             */
            status: number | null;
            /** @description Template of the path: `url.template` or `http.route`. */
            template: string;
            url: string;
        };
        /** @description How often sessions get there, by how fast they began. */
        ImpactAnswer: {
            /** @description Of speed, the fastest first; the last has no upper end. */
            buckets: components["schemas"]["ImpactBucket"][];
            /**
             * Format: int64
             * @description Kinds of device and country that were told apart.
             */
            kinds: number;
            metric: components["schemas"]["Metric"];
            /**
             * Format: int64
             * @description Sessions that did the first step and whose first page there has the vital, as stored.
             */
            n: number;
            range: components["schemas"]["Range"];
            /** @description In words that claim no more than was seen. */
            says: string;
            slope: components["schemas"]["ImpactSlope"] | null;
            /**
             * Format: double
             * @description What is one unit of the slopes: milliseconds, or a part of the CLS.
             */
            unit: number;
            /**
             * Format: int32
             * @description From the first step to the last, in seconds, at most.
             */
            window: number;
            within: components["schemas"]["ImpactSlope"] | null;
        };
        /** @description Sessions whose page was about as fast. */
        ImpactBucket: {
            /**
             * Format: double
             * @description Above this …
             */
            from: number;
            /** Format: int64 */
            n: number;
            /**
             * Format: double
             * @description Weighted.
             */
            sessions: number;
            /**
             * Format: double
             * @description Weighted share that got to the last step, 0 to 1.
             */
            share: number;
            /** Format: double */
            share_high: number | null;
            /**
             * Format: double
             * @description The 95 % interval of the share; null when there are too few.
             */
            share_low: number | null;
            /**
             * Format: double
             * @description … up to this; null for the last.
             */
            to: number | null;
        };
        /** @description Change of the share that gets there, for each unit that the page took longer. */
        ImpactSlope: {
            /**
             * Format: double
             * @description -0.01 is one percentage point less often.
             */
            change: number;
            /** Format: double */
            high: number;
            /**
             * Format: double
             * @description Its 95 % interval.
             */
            low: number;
        };
        /** @description The inbox. */
        InboxAnswer: {
            groups: components["schemas"]["InboxItem"][];
            /** @description Whether there are more than these. */
            more: boolean;
            range: components["schemas"]["Range"];
            /**
             * Format: int64
             * @description Length of a step of the trends, in seconds.
             */
            step_seconds: number;
            /**
             * Format: double
             * @description Weighted number of errors that just came and are not grouped yet, or that are more different ones than are kept apart.
             */
            ungrouped: number;
        };
        /** @description A group with what was decided about it. */
        InboxItem: components["schemas"]["ErrorItem"] & {
            state: components["schemas"]["ErrorState"];
        };
        /** @description The three sub-parts of the INP, in milliseconds (<https://web.dev/articles/optimize-inp>). */
        InpDetail: {
            /** Format: double */
            input_delay: number | null;
            /** Format: double */
            presentation_delay: number | null;
            /** Format: double */
            processing_duration: number | null;
            /** @description Selector of the element. */
            target: string | null;
            /** @description `pointer` or `keyboard`. */
            type: string | null;
        };
        /** @description The interval that covers the true value in 95 of 100 cases. */
        Interval: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
        };
        /** @description A dashboard as it is kept. */
        KeptDashboard: {
            changed: components["schemas"]["Time"];
            dashboard: components["schemas"]["Dashboard"];
            id: string;
            /**
             * Format: int64
             * @description Rises with every change; whoever changes it says which one they saw.
             */
            version: number;
        };
        /** @description What is to be different; what is left out stays. */
        KeyChange: {
            /** @description A key that is not enabled is refused; it can be enabled again. */
            enabled: boolean | null;
            name: string | null;
        };
        /** @description An ingest key, and what came with it. */
        KeyItem: {
            /**
             * Format: int64
             * @description As they were sent.
             */
            bytes: number;
            created: components["schemas"]["Time"];
            ends: components["schemas"]["Time"] | null;
            /** Format: int64 */
            events: number;
            id: string;
            /** @description `browser`: public, for pages, services too; or `server`: a secret, which no page may use. */
            kind: string;
            last_used: components["schemas"]["Time"] | null;
            name: string;
            /**
             * Format: int64
             * @description Requests with it that were kept.
             */
            requests: number;
            /** @description Of a browser key the key, of a server key its beginning and end: only its hash is kept. */
            shown: string;
            /** @description `live`, `ending` until its grace is over, `disabled`, or `ended`. */
            state: string;
        };
        /** @description A key that was just made. */
        KeyMade: components["schemas"]["KeyItem"] & {
            /** @description All of it. A server key is told this once and never again. */
            key: string;
        };
        /** @description A key to make. */
        KeyWanted: {
            /** @description Slug of the application; left out, the first one. */
            app: string | null;
            /** @description `browser` or `server`. */
            kind: string;
            /** @description Such as where it is used. */
            name: string;
        };
        /** @description The keys of one application, the oldest first. */
        KeysAnswer: {
            keys: components["schemas"]["KeyItem"][];
        };
        /** @description The four sub-parts of the LCP, in milliseconds; they add up to it (<https://web.dev/articles/optimize-lcp>). */
        LcpDetail: {
            /** Format: double */
            element_render_delay: number | null;
            /** Format: double */
            resource_load_delay: number | null;
            /** Format: double */
            resource_load_duration: number | null;
            /** @description Selector of the element. */
            target: string | null;
            /** Format: double */
            ttfb: number | null;
            /** @description URL of its resource; null for text. */
            url: string | null;
        };
        /** @description What one owner took. */
        LedgerLine: {
            /**
             * Format: int64
             * @description Whole milliseconds.
             */
            millis: number;
            owner: components["schemas"]["Owner"];
            /**
             * Format: double
             * @description Of the vital, 0 to 1.
             */
            share: number;
        };
        /** @description Views that no person looked at. */
        LeftOut: {
            /**
             * Format: double
             * @description By robots, such as crawlers.
             */
            bots: number;
            /**
             * Format: double
             * @description By tests and other automated browsers.
             */
            tests: number;
        };
        /**
         * @description A range of severity numbers (OpenTelemetry, Logs Data Model, "Displaying Severity").
         * @enum {string}
         */
        Level: "unset" | "trace" | "debug" | "info" | "warn" | "error" | "fatal";
        /** @description The addresses the server listens on. */
        Listening: {
            /** @description UI, API, agent script and browsers' data. */
            main: string;
            /** @description OTLP over HTTP. */
            otlp: string;
        };
        /** @description How much there is to do and how it goes. Every count is weighted: a trace that was sampled stands for others. */
        Load: {
            /**
             * Format: double
             * @description Share of them that failed: an error status, an error type, or an HTTP status of 500 and above. 0 to 1.
             */
            failed: number;
            /**
             * Format: double
             * @description How long half of them take at most, in milliseconds.
             */
            p50: number;
            /**
             * Format: double
             * @description How long 95 of 100 take at most, in milliseconds.
             */
            p95: number;
            /**
             * Format: double
             * @description Per second of the range.
             */
            rate: number;
            /**
             * Format: double
             * @description Requests taken by a service, traces begun by a browser, calls made to a database or an outside host.
             */
            requests: number;
        };
        /** @description One resource. */
        LoadedResource: {
            /** @description What asks for it: `script`, `img`, `link`, `css` and so on. */
            kind: string;
            loads: components["schemas"]["Loads"];
            /** @description `h2`, `h3`, `http/1.1`; empty when unknown. */
            protocol: string;
            /** @description Without its query's values. */
            url: string;
        };
        /** @description What was loaded. Every number but `n` is weighted. */
        Loads: {
            /**
             * Format: double
             * @description Share that held back the first paint, 0 to 1.
             */
            blocking: number;
            /**
             * Format: double
             * @description Bytes over the network, of those whose size is told.
             */
            bytes: number;
            /**
             * Format: double
             * @description Share out of the browser's cache, 0 to 1.
             */
            cached: number;
            /** Format: double */
            count: number;
            /**
             * Format: double
             * @description Share answered with a status of 400 and above, 0 to 1.
             */
            failed: number;
            /**
             * Format: double
             * @description Share whose sizes and parts the browser hides, 0 to 1: their host sends no `Timing-Allow-Origin`.
             */
            hidden: number;
            /**
             * Format: int64
             * @description As they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The median, in milliseconds; null where the browser tells none.
             */
            p50: number | null;
            /**
             * Format: double
             * @description The 75th percentile, in milliseconds.
             */
            p75: number | null;
        };
        /** @description A log record and its neighbours. */
        LogContextAnswer: {
            /**
             * Format: int32
             * @description The place of the record in `logs`.
             */
            at: number;
            /** @description In the order in which they were written; the record itself is among them. */
            logs: components["schemas"]["LogItem"][];
        };
        /** @description One field, by the name that a search takes. */
        LogField: {
            /**
             * Format: int64
             * @description How many different values it has; about right when there are many.
             */
            different: number;
            /**
             * Format: int64
             * @description Records that have it.
             */
            lines: number;
            name: string;
            /** @description The most frequent ones. */
            values: components["schemas"]["LogFieldValue"][];
        };
        LogFieldValue: {
            /** Format: int64 */
            lines: number;
            value: string;
        };
        /** @description The fields of log records. */
        LogFieldsAnswer: {
            /** @description Those with a column of their own first, then attributes, the most frequent first. */
            fields: components["schemas"]["LogField"][];
            /**
             * Format: int64
             * @description Records that were looked at: the newest that match, and no more than a limit.
             */
            lines: number;
        };
        /** @description One log record. */
        LogItem: {
            attributes: {
                [key: string]: string;
            };
            body: string;
            environment: string;
            /** @description Empty for a record that is no event. */
            event_name: string;
            /** @description The same for the same record, however often it was sent. */
            id: string;
            level: components["schemas"]["Level"];
            release: string;
            resource: {
                [key: string]: string;
            };
            /** @description The instrumentation scope, which many SDKs fill with the logger's name. */
            scope_name: string;
            /** @description Empty when unknown. */
            service: string;
            session_id: string | null;
            /** @description The level as it was sent; empty when it was not. */
            severity_text: string;
            span_id: string | null;
            time: components["schemas"]["Time"];
            trace_id: string | null;
        };
        /** @description A log record written inside the trace. */
        LogLine: {
            attributes: {
                [key: string]: string;
            };
            body: string;
            /**
             * Format: double
             * @description Milliseconds from the start of the trace; negative when the log is earlier.
             */
            offset: number;
            service: string;
            /** @description As the sender wrote it; empty when it wrote none. */
            severity: string;
            /**
             * Format: int32
             * @description OTLP's number: 1 to 24, 0 when unknown; 17 and above are errors.
             */
            severity_number: number;
            span_id: string | null;
            time: components["schemas"]["Time"];
        };
        /** @description The log records of one step by level. */
        LogPoint: {
            /** Format: int64 */
            debug: number;
            /** Format: int64 */
            error: number;
            /** Format: int64 */
            fatal: number;
            /** Format: int64 */
            info: number;
            time: components["schemas"]["Time"];
            /** Format: int64 */
            trace: number;
            /** Format: int64 */
            unset: number;
            /** Format: int64 */
            warn: number;
        };
        /** @description Counts of matching log records over time. */
        LogSeriesAnswer: {
            /** @description One per step in order; empty steps too. */
            points: components["schemas"]["LogPoint"][];
            range: components["schemas"]["Range"];
            /** Format: int64 */
            step_seconds: number;
            /**
             * Format: int64
             * @description All of the range.
             */
            total: number;
        };
        /** @description One page of the list of log records. */
        LogsAnswer: {
            /** @description Newest first. */
            logs: components["schemas"]["LogItem"][];
            /** @description Give it as `cursor` to read on; null at the end of the list. */
            next_cursor: string | null;
            /** @description Give it as `since` to get what comes in from now on. Some of what was given may be given again: `id` tells. */
            next_since: string;
        };
        /** @description A flow that is kept longer: exactly one of a route and an event. */
        LongerFlow: {
            /**
             * Format: int32
             * @default 0
             */
            days: number;
            /**
             * @description Name of an event.
             * @default null
             */
            event: string | null;
            /**
             * @description Template of a route, as reports show it: its views, their events and browser spans.
             * @default null
             */
            route: string | null;
        };
        /** @description Documents without a view, by why. */
        Loss: {
            cause: components["schemas"]["LossCause"];
            /** Format: double */
            documents: number;
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
        };
        /** @enum {string} */
        LossCause: "not_instrumented" | "sampled" | "unseen";
        /** @description A moment of a view that the trace loaded. */
        Mark: {
            /** @description `TTFB`, `FCP`, `LCP` or `load` for documents, `settled` for changes of route. */
            name: string;
            /**
             * Format: double
             * @description Milliseconds from the start of the trace.
             */
            offset: number;
            /**
             * Format: double
             * @description Milliseconds from the start of the view: the vital itself.
             */
            value: number;
            view_id: string;
        };
        /**
         * @description A web vital.
         * @enum {string}
         */
        Metric: "lcp" | "inp" | "cls" | "fcp" | "ttfb";
        /** @description An attribute of points. */
        MetricAttribute: {
            key: string;
            /**
             * Format: int64
             * @description How many values it has in the range.
             */
            values: number;
        };
        /** @description A measurement with its trace. */
        MetricExemplar: {
            time: components["schemas"]["Time"];
            trace_id: string;
            /** Format: double */
            value: number;
        };
        /** @description One line. */
        MetricGroup: {
            /** @description One per step; null where there is none. */
            points: (number | null)[];
            /**
             * Format: int64
             * @description How many series are in it.
             */
            series: number;
            /** @description Of the attribute; empty when the points have none, or without one. */
            value: string;
        };
        /**
         * @description How a metric is read.
         * @enum {string}
         */
        MetricReading: "mean" | "min" | "max" | "sum" | "rate" | "increase" | "p50" | "p75" | "p90" | "p95" | "p99";
        /** @description A metric over time. */
        MetricSeriesAnswer: {
            /** @description Attributes of its points that tell series apart, to be asked `by`. */
            attributes: components["schemas"]["MetricAttribute"][];
            description: string;
            /** @description Measurements that were taken inside of a trace, the largest first. */
            exemplars: components["schemas"]["MetricExemplar"][];
            /** @description The largest first. */
            groups: components["schemas"]["MetricGroup"][];
            kind: string;
            /**
             * Format: int64
             * @description Groups that did not fit into the answer.
             */
            left_out: number;
            name: string;
            range: components["schemas"]["Range"];
            reading: components["schemas"]["MetricReading"];
            /** @description Those that fit this metric, the usual one first. */
            readings: components["schemas"]["MetricReading"][];
            /** Format: int64 */
            step_seconds: number;
            /** @description Start of each step; the first and the last may be cut by the range. */
            times: components["schemas"]["Time"][];
            /** @description Whether there were more points than are read; the end of the time is then missing. */
            truncated: boolean;
            /** @description Of the figures, which for a rate is not that of the metric. */
            unit: string;
        };
        /** @description One metric of one service. */
        MetricSummary: {
            description: string;
            /** @description `gauge`, `sum`, `histogram`, `exponential_histogram` or `summary`. */
            kind: string;
            /**
             * Format: int64
             * @description How many measurements the newest point of a histogram or summary holds; null for the other kinds.
             */
            last_count: number | null;
            /**
             * Format: double
             * @description The sum of those measurements; null when the sender left it out.
             */
            last_sum: number | null;
            last_time: components["schemas"]["Time"];
            /**
             * Format: double
             * @description The newest value of a gauge or sum; null for the other kinds.
             */
            last_value: number | null;
            name: string;
            /** Format: int64 */
            points: number;
            /**
             * Format: int64
             * @description How many combinations of attributes it has.
             */
            series: number;
            service: string;
            /** @description As the sender wrote it, such as `s` or `{item}`. */
            unit: string;
        };
        /** @description The metrics that had a point in the range, by name. */
        MetricsAnswer: {
            metrics: components["schemas"]["MetricSummary"][];
            /** @description Whether there are more than fit into one answer. */
            truncated: boolean;
        };
        /** @description The phases of the load of a document, in milliseconds; null is unknown. */
        NavigationPhases: {
            /** Format: double */
            dns: number | null;
            /**
             * Format: double
             * @description From the last byte to interactive.
             */
            dom_processing: number | null;
            /**
             * Format: double
             * @description Handlers of the load event.
             */
            load: number | null;
            /** Format: double */
            redirect: number | null;
            /**
             * Format: double
             * @description From the request to the first byte of the answer.
             */
            request: number | null;
            /**
             * Format: double
             * @description Download.
             */
            response: number | null;
            /** Format: double */
            tcp: number | null;
            /** Format: double */
            tls: number | null;
            /**
             * Format: double
             * @description Start of the service worker and look-up in the HTTP cache.
             */
            worker: number | null;
        };
        /** @description One group of errors in a range. */
        OneErrorAnswer: {
            group: components["schemas"]["ErrorItem"];
            /** @description The newest first, at most 20. */
            occurrences: components["schemas"]["ErrorOccurrence"][];
            range: components["schemas"]["Range"];
            shares: components["schemas"]["ErrorShares"][];
            shown: components["schemas"]["ErrorShown"];
            /**
             * Format: int64
             * @description Length of a step of the trend, in seconds.
             */
            step_seconds: number;
        };
        /** @description One host. */
        Origin: {
            host: string;
            /** @description What asks for it, most often first: `script`, `img`, `link`, `css` and so on. */
            kinds: string[];
            loads: components["schemas"]["Loads"];
            /**
             * Format: double
             * @description How long its scripts ran inside frames of more than 50 ms, weighted, in milliseconds.
             */
            script_time: number;
            /**
             * Format: double
             * @description Weighted number of views whose INP is above 200 ms and blamed on a script of it.
             */
            slow_interactions: number;
            third_party: boolean;
            /**
             * Format: int64
             * @description Views that load from it, not weighted.
             */
            views: number;
        };
        /** @description The hosts that pages of a range load from. */
        OriginsAnswer: {
            /** @description Those that most is loaded from first. */
            origins: components["schemas"]["Origin"][];
            range: components["schemas"]["Range"];
        };
        /** @description How often one thing happened. */
        OutcomeCount: {
            /** @description Null when a request was refused before its application was known. */
            app: string | null;
            /**
             * Format: int64
             * @description Records, or requests when `signal` is null.
             */
            count: number;
            /** @description What it means, in a sentence. */
            meaning: string;
            /** @description Name of the outcome, such as `accepted` or `key_unknown`. */
            outcome: string;
            /** @description `logs`, `traces` or `metrics`; null for whole requests. */
            signal: string | null;
        };
        /** @description What became of every request and record since the server started. */
        OutcomesAnswer: {
            outcomes: components["schemas"]["OutcomeCount"][];
            /** @description What was taken out of records before they were stored; the records themselves were kept. */
            redactions: components["schemas"]["RedactionCount"][];
            /** @description Applications with too many routes: rules that put pages together are wanted. */
            routes_over_limit: components["schemas"]["RoutesOverLimit"][];
            /** @description When the server started counting. */
            since: components["schemas"]["Time"];
        };
        /** @description An owner; the name is the service, the kind of database or the host, and empty where the kind says it all. */
        Owner: {
            kind: components["schemas"]["OwnerKind"];
            name: string;
        };
        /** @description What one owner takes of the views near the p75, before and now, in milliseconds. */
        OwnerChange: {
            /** Format: double */
            before: number;
            /** Format: double */
            change: number;
            /** Format: double */
            change_high: number;
            /**
             * Format: double
             * @description The 95 % interval of the change.
             */
            change_low: number;
            /** Format: double */
            now: number;
            owner: components["schemas"]["Owner"];
        };
        /**
         * @description What kind of owner: who could make this piece of time shorter.
         * @enum {string}
         */
        OwnerKind: "browser" | "network" | "cdn" | "gateway" | "service" | "database" | "third_party" | "render_delay" | "unknown";
        /** @enum {string} */
        PanelKind: "vital" | "traffic" | "breakdown" | "metric" | "sql" | "text";
        /** @description One part of what a view spends its time on. */
        Part: {
            /**
             * Format: int64
             * @description Views that have it, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The weighted median, in milliseconds.
             */
            p50: number;
            /**
             * Format: double
             * @description The weighted 75th percentile, in milliseconds.
             */
            p75: number;
            /**
             * @description Of loading `redirect`, `worker`, `dns`, `tcp`, `tls`, `request` (until the server's first byte), `response`,
             *     `dom_processing`, `load`; of LCP `lcp_resource_load_delay`, `lcp_resource_load_duration`, `lcp_element_render_delay`;
             *     of INP `inp_input_delay`, `inp_processing_duration`, `inp_presentation_delay`.
             */
            part: string;
        };
        /** @description Some views, and those of them that were divided. */
        Population: {
            /**
             * Format: int64
             * @description How many views between the 70th and the 80th percentile stand for it, …
             */
            divided: number;
            /**
             * Format: double
             * @description … and their mean, to which the ledger sums; null when none could be divided.
             */
            divided_mean: number | null;
            /** @description `dimension:value`; of several values of one dimension any. */
            filters: string[];
            /** @description What each owner took of them on average, most first. */
            ledger: components["schemas"]["PopulationLine"][];
            /**
             * Format: double
             * @description Milliseconds; null without such views.
             */
            p75: number | null;
            range: components["schemas"]["Range"];
            /**
             * Format: double
             * @description Weighted number of views with the vital.
             */
            views: number;
        };
        /** @description The ledger of a population, compared with another one. */
        PopulationBlame: {
            /** @description What it is compared with. */
            before: components["schemas"]["Population"];
            /** @description What would be needed to say more, most frequent first. */
            missing: string[];
            now: components["schemas"]["Population"];
            /** @description By owner, those that changed most first; empty when one of the two has no views that can be divided. */
            owners: components["schemas"]["OwnerChange"][];
            /** @description In one sentence. */
            verdict: string;
            vital: components["schemas"]["BlamedVital"];
        };
        /** @description What one owner took. */
        PopulationLine: {
            /**
             * Format: double
             * @description Milliseconds.
             */
            mean: number;
            owner: components["schemas"]["Owner"];
        };
        /** @description Apdex of the range before, with the same target. */
        PreviousApdex: {
            /** Format: int64 */
            n: number;
            /**
             * Format: double
             * @description Null without views.
             */
            score: number | null;
        };
        /** @description The equally long range before. */
        PreviousTraffic: {
            /**
             * Format: double
             * @description Null without views.
             */
            error_rate: number | null;
            /** Format: double */
            errors: number;
            /** Format: double */
            sessions: number;
            /** Format: double */
            views: number;
        };
        /** @description The same vital in the range before. */
        PreviousVital: {
            /** Format: int64 */
            n: number;
            /**
             * Format: double
             * @description Null without views.
             */
            p75: number | null;
        };
        /** @description Prices of an application's data; all zero until somebody sets them. A GB is 10^9 bytes. */
        Prices: {
            /**
             * @description As it is to be written, such as EUR.
             * @default
             */
            currency: string;
            /**
             * Format: double
             * @description Of requests as they are sent.
             * @default 0
             */
            per_gigabyte_in: number;
            /**
             * Format: double
             * @description Of the disk, for a month.
             * @default 0
             */
            per_gigabyte_month_stored: number;
            /**
             * Format: double
             * @default 0
             */
            per_million_events: number;
        };
        /** @description A span of time: `from` belongs to it, `to` does not. */
        Range: {
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
        };
        /**
         * @description The class of a p75.
         * @enum {string}
         */
        Rating: "good" | "needs-improvement" | "poor";
        /** @description What was done, for whoever must prove it; it holds no id. */
        Receipt: {
            /** Format: date-time */
            erased: string | null;
            /**
             * Format: int64
             * @description Points of metrics that stay, without their exemplars.
             */
            exemplars: number;
            /**
             * Format: int64
             * @description Hours whose sums were computed again.
             */
            hours: number;
            /** @description The query that looks for rows that are left; `erasing` held the ids. */
            proof: string;
            /**
             * Format: date-time
             * @description When the last file that had held a row of these was gone from the disk.
             */
            removed: string | null;
            /** @description Rows that there were, by table; views and spans count once for every time that they were received. */
            rows: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Its answer.
             */
            rows_left: number;
            /** Format: int64 */
            sessions: number;
            /** @description Whether a damaged spool is kept beside the data, as the file `spool-aside.sqlite`: it was not searched. */
            spool_aside: boolean;
            /** Format: date-time */
            summed: string | null;
            /**
             * Format: int64
             * @description Traces that the person was in.
             */
            traces: number;
        };
        /** @description How often one kind of secret was taken out. */
        RedactionCount: {
            app: string;
            /** Format: int64 */
            count: number;
            /** @description What it is, in a sentence. */
            meaning: string;
            /** @description Name of the kind, such as `card` or `email`; in the rows stands `[redacted:card]` instead. */
            secret: string;
        };
        /** @description What would be stored of a text. */
        RedactionPreview: {
            /** @description What would be taken out of it, also by what every application hides. */
            found: components["schemas"]["FoundSecret"][];
            /** @description The text as it would be stored. */
            text: string;
        };
        /** @description Texts that are replaced before anything is stored. */
        RedactionRule: {
            /** @description 1 to 32 letters in lower case, digits and `_`; `[redacted:name]` stands in the row instead. */
            name: string;
            /** @description A regular expression without look-around and back references. */
            pattern: string;
        };
        /** @description What is secret in an application beside what every application hides. */
        RedactionRules: {
            /**
             * @description At most 20.
             * @default []
             */
            rules: components["schemas"]["RedactionRule"][];
        };
        /** @description Rules and a text to try them on. */
        RedactionTrial: {
            /** @description As they would be set. */
            rules: components["schemas"]["RedactionRules"];
            /** @description Something that a record could hold. */
            text: string;
        };
        /** @description The releases that were first seen in a range. */
        ReleasesAnswer: {
            range: components["schemas"]["Range"];
            /** @description By time; at most 20, those with the most records. */
            releases: components["schemas"]["SeenRelease"][];
        };
        /** @description A view to look at. */
        Representative: {
            session_id: string;
            trace_id: string | null;
            /**
             * Format: double
             * @description Of the metric.
             */
            value: number;
            view_id: string;
        };
        /** @description Requests that ask for the same. */
        RequestGroup: {
            /**
             * Format: double
             * @description Weighted share of those that failed, 0 to 1; those that the page called off are not failures.
             */
            failed: number;
            method: string;
            /**
             * Format: int64
             * @description Requests, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The weighted median, in milliseconds.
             */
            p50: number;
            /**
             * Format: double
             * @description The weighted 75th percentile, in milliseconds.
             */
            p75: number;
            /**
             * Format: double
             * @description Weighted number of requests.
             */
            requests: number;
            /**
             * Format: double
             * @description How long all of them took together, weighted, in milliseconds.
             */
            waited: number;
            /** @description The template of the address where there is one, else host and path. */
            what: string;
        };
        /** @description A request by fetch or XMLHttpRequest. */
        RequestItem: {
            /** @description Whether the page aborted it. */
            aborted: boolean;
            /**
             * Format: double
             * @description Milliseconds.
             */
            duration: number;
            /** @description Class of the failure; null when it went well. */
            error_type: string | null;
            /** @description Whether another service has reported into its trace. */
            has_backend: boolean;
            /** @description Empty when unknown. */
            method: string;
            span_id: string | null;
            /**
             * Format: int32
             * @description Null when there was no answer.
             */
            status: number | null;
            /** @description Template of the URL's path; empty when unknown. */
            template: string;
            /** @description When it began. */
            time: components["schemas"]["Time"];
            trace_id: string | null;
            url: string;
            view_id: string;
        };
        RequestPhases: {
            /** Format: double */
            dns: number | null;
            /** Format: double */
            response: number | null;
            /** Format: double */
            tcp: number | null;
            /** Format: double */
            tls: number | null;
            /**
             * Format: double
             * @description From the request to the first byte of the answer.
             */
            wait: number | null;
        };
        /** @description The requests of a range. */
        RequestsAnswer: {
            /** @description Whether there are more than these. */
            more: boolean;
            range: components["schemas"]["Range"];
            requests: components["schemas"]["CalledRequest"][];
        };
        /** @description What pages load from one host. */
        ResourcesAnswer: {
            host: string;
            range: components["schemas"]["Range"];
            resources: components["schemas"]["LoadedResource"][];
        };
        /** @description Days for which raw data is kept, the day on which it happened not counted. Sums by hour and day are kept for good. */
        Retention: {
            /**
             * Format: int32
             * @default 30
             */
            events_days: number;
            /**
             * Format: int32
             * @description Days for which the routes and events are kept that `/api/v1/sampling` names as of high value; null is no longer than the rest.
             * @default null
             */
            high_value_days: number | null;
            /**
             * Format: int32
             * @default 30
             */
            logs_days: number;
            /**
             * @description What is kept longer than that.
             * @default []
             */
            longer: components["schemas"]["LongerFlow"][];
            /**
             * Format: int32
             * @default 30
             */
            metrics_days: number;
            /**
             * Format: int32
             * @default 30
             */
            spans_days: number;
            /**
             * Format: int32
             * @default 30
             */
            views_days: number;
        };
        /** @description What would be dropped if it were done now. */
        RetentionPreview: {
            tables: components["schemas"]["RetentionTable"][];
        };
        /** @description One kind of data. */
        RetentionTable: {
            /** @description What is older goes, but for what is kept longer. */
            before: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Rows that would go; views count once for every version that was received.
             */
            rows: number;
            table: string;
        };
        /** @description Views that would be under another route. */
        RouteChange: {
            after: string;
            before: string;
            example: string;
            /** Format: int64 */
            urls: number;
            /** Format: double */
            views: number;
        };
        /** @description What rules would have made of the views of a range. */
        RoutePreview: {
            all_urls: boolean;
            /** @description The routes that would be others, those with the most views first; at most 200. */
            changes: components["schemas"]["RouteChange"][];
            /**
             * Format: double
             * @description Views whose route was named by the page itself, or by rules that hold no longer. They stay as they are.
             */
            named_views: number;
            range: components["schemas"]["Range"];
            /** Format: int64 */
            routes_after: number;
            /**
             * Format: int64
             * @description Different routes of these as they are stored, and as they would be.
             */
            routes_before: number;
            /** @description In the order of the rules. */
            rules: components["schemas"]["RuleHits"][];
            /**
             * Format: int64
             * @description Different addresses of pages that were looked at, those with the most views first; the others were not tried.
             */
            urls: number;
        };
        /** @description Paths that belong together. */
        RouteRule: {
            /** @description A path such as `/blog/*\/comments`: `*` stands for one segment, `**` at the end for all that follow. */
            pattern: string;
            /** @description The route, such as `/blog/:slug/comments`. */
            template: string;
        };
        /** @description How the pages of an application are put together to routes. A name given by the page itself goes before all of it. */
        RouteRules: {
            /**
             * @description Different routes a day that are kept apart, 1 to 20,000; what comes beyond is put under `other` and counted. Null is 2,000.
             * @default null
             */
            routes_a_day: number | null;
            /**
             * @description The first one that matches names the route; where none does, it is learned from the path. At most 200.
             * @default []
             */
            rules: components["schemas"]["RouteRule"][];
        };
        /** @description Records that were kept under the route `other`, because their application had too many routes that day. */
        RoutesOverLimit: {
            app: string;
            /** Format: int64 */
            count: number;
        };
        /** @description What one rule would have matched. */
        RuleHits: {
            /** @description The one with the most views; null when there is none. */
            example: string | null;
            pattern: string;
            template: string;
            /** Format: int64 */
            urls: number;
            /** Format: double */
            views: number;
        };
        /**
         * @description Which sessions the agents of an application record, what they leave off, and what is kept of what comes. No figure is off by
         *     any of it: docs/sampling.md.
         */
        Sampling: {
            /**
             * Format: double
             * @description Of sessions that failures brought back, the share of which more is kept than the failures, 0 to 1; null is all.
             * @default null
             */
            brought_back_rate: number | null;
            /**
             * @description Of these everything is kept. Agents bring a session back that comes to such a route or event.
             * @default []
             */
            high_value: components["schemas"]["HighValue"][];
            /**
             * @description Features to leave off: user_timing, console, resources, frames, reports, scroll, clicks.
             * @default []
             */
            off: string[];
            /**
             * @description Names of events that bring back a session that was not drawn, as every error does.
             * @default []
             */
            promote_on: string[];
            /**
             * Format: double
             * @description The most share of sessions and traces, of whatever sender; null is all.
             * @default null
             */
            rate_max: number | null;
            /**
             * Format: double
             * @description The least share of sessions and traces, however much comes; what is too much is refused then. Null is none.
             * @default null
             */
            rate_min: number | null;
            /**
             * @description The first one that means a record says how much of its kind is kept, of whatever sender.
             * @default []
             */
            rules: components["schemas"]["SamplingRule"][];
            /**
             * Format: double
             * @description Share of the sessions to record, 0 to 1; null leaves it to the page. Every record carries the probability that held
             *     when its session began, so figures stay right whatever is set, and whenever.
             * @default null
             */
            sample_rate: number | null;
            /**
             * Format: double
             * @description Share of the views whose static files (`browser.resource_timing`) are kept, 0 to 1; null is all.
             * @default null
             */
            static_rate: number | null;
        };
        /** @description Something that is kept more seldom than the rest: exactly one of a route and an event. */
        SamplingRule: {
            /**
             * @description Name of an event.
             * @default null
             */
            event: string | null;
            /**
             * Format: double
             * @description Share that is kept, 0 to 1; where fewer of the sessions are, that share holds.
             * @default 0
             */
            rate: number;
            /**
             * @description A route as reports show it, and what is below it.
             * @default null
             */
            route: string | null;
        };
        /** @description What sampling has kept away. */
        SavedUsage: {
            /**
             * Format: double
             * @description What the kept records stand for, without themselves. Below zero when more were kept for what happened than were
             *     left out.
             */
            events: number;
            /**
             * Format: double
             * @description The share of new sessions and of traces that comes in at the moment: below 1 while the application would send more
             *     than its `max_events_per_second`.
             */
            rate: number;
            /**
             * Format: double
             * @description Of all that there would be; null when there would be nothing.
             */
            share: number | null;
        };
        /** @description A release that was not there before, of a service that had another one. */
        SeenRelease: {
            first_seen: components["schemas"]["Time"];
            release: string;
            /** @description Of a page or of a service. */
            service: string;
        };
        /** @description What answers calls or begins them. */
        Service: {
            kind: components["schemas"]["ServiceKind"];
            load: components["schemas"]["Load"];
            name: string;
        };
        /** @description Who calls whom. */
        ServiceCall: {
            from: string;
            from_kind: components["schemas"]["ServiceKind"];
            load: components["schemas"]["Load"];
            to: string;
            to_kind: components["schemas"]["ServiceKind"];
        };
        /** @enum {string} */
        ServiceKind: "browser" | "service" | "database" | "outside";
        /** @description What one service did in a trace. */
        ServiceTime: {
            /** @description `service.name`; empty when the sender gave none. */
            name: string;
            /**
             * Format: double
             * @description Time of its spans not covered by their children, in milliseconds. Spans that run side by side each count.
             */
            own_time: number;
            /** Format: int64 */
            spans: number;
        };
        /** @description The map of services of a range. */
        ServicesAnswer: {
            calls: components["schemas"]["ServiceCall"][];
            /**
             * Format: int64
             * @description Whole traces that were looked at: one of this many, chosen by their ids, when there are very many spans. Counts are
             *     scaled up.
             */
            one_of: number;
            range: components["schemas"]["Range"];
            /** @description The most called first. */
            services: components["schemas"]["Service"][];
        };
        /** @description One session as a story: views as chapters, with what happened in them. */
        SessionAnswer: {
            /** @description In the order in which they happened. */
            events: components["schemas"]["SessionEvent"][];
            /** @description Whether one of the lists reached its limit, so that the end of the session is not shown. */
            partial: boolean;
            /** @description Requests by fetch and XMLHttpRequest in the order in which they began. */
            requests: components["schemas"]["RequestItem"][];
            session: components["schemas"]["SessionSummary"];
            /** @description In the order in which they began. */
            views: components["schemas"]["SessionView"][];
        };
        /** @description Something that happened in a session. */
        SessionEvent: {
            /** @description Attributes that have no field of their own. */
            attributes: {
                [key: string]: string;
            };
            /** @description The error's class. */
            error_type: string | null;
            /** @description Whether the page caught the error itself; null when it is no error. */
            handled: boolean | null;
            /** @description Unique within the session. */
            id: string;
            kind: components["schemas"]["EventKind"];
            /** @description The vital's or the action's name. */
            label: string | null;
            /** @description The error's message, or the text of the event. */
            message: string | null;
            /** @description OTLP's event name, such as `browser.web_vital`. */
            name: string;
            span_id: string | null;
            /** @description The error's stack as the browser wrote it. */
            stack: string | null;
            /** @description Selector of the element. */
            target: string | null;
            time: components["schemas"]["Time"];
            trace_id: string | null;
            /**
             * Format: double
             * @description The vital's value; milliseconds but for cls.
             */
            value: number | null;
            /** @description The view it happened in; empty when unknown. */
            view_id: string;
        };
        /** @description One session as a whole. Counts are those of the session itself, not weighted. */
        SessionSummary: {
            /** Format: int64 */
            actions: number;
            browser: string;
            /** @description ISO 3166-1 alpha-2; empty means unknown, as it does in the fields below. */
            country: string;
            /** @description `desktop`, `mobile`, `tablet` or empty. */
            device: string;
            /**
             * Format: double
             * @description From start to end, in milliseconds.
             */
            duration: number;
            /** @description The last moment at which one of its views was known to be open. */
            end: components["schemas"]["Time"];
            entry_route: string;
            /** Format: int64 */
            errors: number;
            id: string;
            last_route: string;
            os: string;
            release: string;
            /** Format: int64 */
            requests: number;
            /** @description Start of its first view. */
            start: components["schemas"]["Time"];
            /** @description Id that the page has given the user; empty when it gave none. */
            user_id: string;
            /** Format: int64 */
            views: number;
            /**
             * Format: double
             * @description Largest INP of its views, in milliseconds; null when none has one.
             */
            worst_inp: number | null;
            /**
             * Format: double
             * @description Largest LCP of its views, in milliseconds; null when none has one.
             */
            worst_lcp: number | null;
        };
        /** @description One page or route view. Durations are in milliseconds; null is unknown, never zero. */
        SessionView: {
            /**
             * Format: double
             * @description No unit.
             */
            cls: number | null;
            /** @description Selector of the element that moved most. */
            cls_target: string | null;
            /**
             * Format: double
             * @description How long it was open as far as is known.
             */
            duration: number | null;
            /** Format: int32 */
            errors: number;
            /** Format: double */
            fcp: number | null;
            id: string;
            /** Format: double */
            inp: number | null;
            inp_detail: components["schemas"]["InpDetail"] | null;
            /** @description `load` for a document, `route` for a change of route in it, `restore` for a return from the bfcache. */
            kind: string;
            /** Format: double */
            lcp: number | null;
            lcp_detail: components["schemas"]["LcpDetail"] | null;
            /**
             * Format: double
             * @description From activation to the end of the load event.
             */
            load_time: number | null;
            /** @description How the page was reached, as web-vitals names it; empty when unknown. */
            navigation_type: string;
            phases: components["schemas"]["NavigationPhases"];
            /** @description Template of the path; empty when unknown. */
            route: string;
            start: components["schemas"]["Time"];
            /** @description The trace of the load or of the change of route. */
            trace_id: string | null;
            /**
             * Format: double
             * @description From the interaction to the quiet page, for changes of route.
             */
            transition_time: number | null;
            /** Format: double */
            ttfb: number | null;
            url: string;
        };
        /** @description One page of the list of sessions. */
        SessionsAnswer: {
            /** @description Give it as `cursor` to read on; null at the end of the list. */
            next_cursor: string | null;
            /** @description Newest first. */
            sessions: components["schemas"]["SessionSummary"][];
        };
        /**
         * @description Where a span was made.
         * @enum {string}
         */
        Side: "browser" | "service";
        /** @description One signal. A batch of several counts for each by its share of the records. */
        SignalUsage: {
            /**
             * Format: int64
             * @description … and unpacked.
             */
            bytes_opened: number;
            /**
             * Format: int64
             * @description Bytes of requests as they were sent …
             */
            bytes_sent: number;
            /**
             * Format: int64
             * @description Records that were accepted.
             */
            events: number;
            /** @description `logs`, with the views and events of browsers; `traces` or `metrics`. */
            signal: string;
            /**
             * Format: double
             * @description How many records there would be without sampling.
             */
            stands_for: number;
        };
        /** @description What an answer was read from. */
        Source: {
            kind: components["schemas"]["SourceKind"];
            /**
             * Format: double
             * @description The most by which a quantile may differ from that of the views, as a part of it. Counts and shares do not, but that
             *     a session which pauses for more than four hours counts as two.
             */
            quantile_error: number;
            sums_until: components["schemas"]["Time"] | null;
        };
        /** @description One call. */
        SourceFrame: {
            /**
             * Format: int32
             * @description From 1; 0 is unknown.
             */
            column: number;
            /** @description Lines of the source around it. */
            context: string[];
            /**
             * Format: int32
             * @description Number of the first line of `context`.
             */
            context_first: number;
            /** @description Path of the source, or address of the script where no source was found. */
            file: string;
            /** @description Empty for code outside of any function. */
            function: string;
            /**
             * Format: int32
             * @description From 1; 0 is unknown.
             */
            line: number;
            /** @description Whose code it is: `app`, `library`, `third_party`, `extension`, `runtime`. */
            party: string;
            /** @description The place in the script as it was loaded, where a source was found. */
            raw: string | null;
            /**
             * @description Why no source was found: `nothing_uploaded`, `nothing_for_release`, `no_such_file`, `unknown_debug_id`, `no_position`,
             *     `not_in_map`, `map_damaged`, `no_release`; null where one was found and where there is none to find.
             */
            unresolved: string | null;
        };
        /** @enum {string} */
        SourceKind: "views" | "sums";
        /** @description A source map that was uploaded. */
        SourceMapItem: {
            /**
             * Format: int64
             * @description Opened, and as it lies on the disk.
             */
            bytes: number;
            debug_id: string | null;
            id: string;
            /** Format: int64 */
            packed_bytes: number;
            /** @description Of the script. */
            path: string | null;
            /** @description Null for a map that is only known by its debug id, and so is the path. */
            release: string | null;
            /** @description When its present content came. */
            uploaded: components["schemas"]["Time"];
        };
        /** @description The newest first. */
        SourceMapsAnswer: {
            maps: components["schemas"]["SourceMapItem"][];
            /** @description Where the next page begins; null at the end. */
            next_cursor: string | null;
        };
        /** @description An event inside a span. */
        SpanEvent: {
            attributes: {
                [key: string]: string;
            };
            name: string;
            /**
             * Format: double
             * @description Milliseconds from the start of the trace.
             */
            offset: number;
            time: components["schemas"]["Time"];
        };
        /**
         * @description OTLP's kind of a span.
         * @enum {string}
         */
        SpanKind: "unspecified" | "internal" | "server" | "client" | "producer" | "consumer";
        /**
         * @description OTLP's status of a span.
         * @enum {string}
         */
        SpanStatus: "unset" | "ok" | "error";
        /** @description What was acknowledged while the database was away and is not in it yet, so no figure counts it yet. */
        SpoolStatus: {
            /** Format: int64 */
            bytes: number;
            /**
             * Format: int64
             * @description The limit; beyond it requests are refused for now.
             */
            bytes_max: number;
            /**
             * Format: int64
             * @description Inserts that wait; each holds the rows of many requests.
             */
            entries: number;
            /**
             * Format: double
             * @description How long the oldest has waited; null when nothing waits.
             */
            oldest_age: number | null;
        };
        /** @description What a statement says. */
        SqlAnswer: {
            columns: components["schemas"]["SqlColumn"][];
            /** @description Whether there are more than these. */
            more: boolean;
            /** @description Each with a value for each column, as ClickHouse writes it in JSON; integers of 64 bits are texts. */
            rows: Record<string, never>[][];
            /**
             * Format: double
             * @description How long the engine took, in milliseconds.
             */
            took: number;
        };
        SqlColumn: {
            name: string;
            /** @description In ClickHouse's words. */
            type: string;
        };
        /** @description A free question. */
        SqlQuestion: {
            /**
             * Format: int32
             * @description Rows in the answer, 1 to 10,000; left out, 1,000.
             */
            limit: number | null;
            /** @description One SELECT in ClickHouse's SQL over the tables of `/api/v1/sql/tables`. */
            query: string;
        };
        SqlTable: {
            columns: components["schemas"]["SqlColumn"][];
            name: string;
        };
        /** @description What can be asked about. */
        SqlTablesAnswer: {
            tables: components["schemas"]["SqlTable"][];
        };
        /** @description How the server is. */
        StatusAnswer: {
            engine: components["schemas"]["EngineStatus"];
            first_event: components["schemas"]["FirstEvent"] | null;
            geo: components["schemas"]["GeoStatus"];
            listening: components["schemas"]["Listening"];
            /** @description Whether only this machine can reach the server. */
            local_only: boolean;
            /** @description Whether people must sign in. */
            sign_in: boolean;
            spool: components["schemas"]["SpoolStatus"] | null;
            /** @description Version of the server. */
            version: string;
        };
        /** @description What a session has to do to get one step further. */
        Step: {
            kind: components["schemas"]["StepKind"];
            /** @description The route, or the name of the action or transaction. */
            value: string;
        };
        /** @enum {string} */
        StepKind: "route" | "action" | "transaction-start" | "transaction-success" | "transaction-failure";
        /** @description What is in the store: tables as they are now, the rest in the range. */
        StoredAnswer: {
            /**
             * Format: int64
             * @description The attributes are those of so many records of each table at most.
             */
            attribute_records_max: number;
            /** @description Those that weigh most first. */
            attributes: components["schemas"]["StoredAttribute"][];
            /** @description The most frequent ones first. */
            events: components["schemas"]["StoredEvent"][];
            tables: components["schemas"]["StoredTable"][];
            warnings: components["schemas"]["UsageWarning"][];
        };
        /** @description One attribute that has no column of its own. */
        StoredAttribute: {
            /**
             * Format: int64
             * @description Of keys and values, before they are packed.
             */
            bytes: number;
            key: string;
            /** Format: int64 */
            records: number;
            table: string;
            /**
             * Format: int64
             * @description Different values, about.
             */
            values: number;
        };
        /** @description One kind of event. */
        StoredEvent: {
            /**
             * Format: int64
             * @description On the disk, by its share of the rows of all events.
             */
            bytes: number;
            name: string;
            /** Format: int64 */
            rows: number;
            /**
             * Format: double
             * @description How many these rows stand for: more than there are where sessions are sampled.
             */
            stands_for: number;
        };
        /** @description One table. */
        StoredTable: {
            /**
             * Format: int64
             * @description On the disk, packed: the share of the table's bytes that the rows are of its rows.
             */
            bytes: number;
            /** Format: int64 */
            rows: number;
            /** @description `views`, `events`, `spans`, `logs` or `metrics`. */
            table: string;
        };
        /** @description One element of the page, and how its vital is where it was to blame. */
        Target: {
            /** @description For LCP the address of the resource without its query, for INP the kind of event; else empty. */
            detail: string;
            /** @description `lcp`, `inp` or `cls`. */
            metric: string;
            /**
             * Format: int64
             * @description Views, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The weighted 75th percentile; milliseconds but for cls.
             */
            p75: number;
            /**
             * Format: double
             * @description Weighted share of poor views, 0 to 1.
             */
            poor: number;
            /** @description The element as a selector; empty where the browser did not say. */
            target: string;
            /**
             * Format: double
             * @description Weighted number of views.
             */
            views: number;
        };
        /** @description Where a vital stops being good and where it becomes poor. A value on a boundary belongs to the better class. */
        Thresholds: {
            /**
             * Format: double
             * @description Values up to and including this one are good.
             */
            good: number;
            /**
             * Format: double
             * @description Values above this one are poor.
             */
            poor: number;
        };
        /**
         * Format: date-time
         * @description An instant in UTC, RFC 3339 with as many decimals as it needs, up to nanoseconds.
         */
        Time: string;
        /** @description What is used of the day's quota, which begins at midnight UTC. */
        TodayUsage: {
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            bytes_max: number | null;
            /** Format: int64 */
            events: number;
            /**
             * Format: int64
             * @description Null is no quota.
             */
            events_max: number | null;
        };
        /** @description One trace of browser and services in one tree. */
        TraceAnswer: {
            /**
             * Format: double
             * @description From the start of the first span to the end of the last, in milliseconds.
             */
            duration: number;
            /** @description By time. */
            logs: components["schemas"]["LogLine"][];
            /** @description Paints and other moments of the views that this trace loaded. */
            marks: components["schemas"]["Mark"][];
            /**
             * Format: int64
             * @description Spans whose parent is not in the trace (or is their own descendant); they stand at the root of the tree.
             */
            missing_parents: number;
            /** @description The services in the order in which they first appear. */
            services: components["schemas"]["ServiceTime"][];
            /** @description The session it belongs to; null when no browser reported into it. */
            session_id: string | null;
            /** @description In the order of the tree: every span stands before its children, siblings by their start. */
            spans: components["schemas"]["TraceSpan"][];
            /** @description Start of the first span; what `offset` counts from everywhere below. */
            start: components["schemas"]["Time"];
            trace_id: string;
            /** @description Whether there are more spans or logs than the limit, so that some are not shown. */
            truncated: boolean;
        };
        /** @description A span in its place in the tree. What a sender claims is shown as it is: children may reach beyond their parents. */
        TraceSpan: {
            /** @description Attributes that have no field of their own. */
            attributes: {
                [key: string]: string;
            };
            db: components["schemas"]["DatabaseCall"] | null;
            /**
             * Format: int32
             * @description 0 at the root of the tree.
             */
            depth: number;
            /**
             * Format: double
             * @description Milliseconds.
             */
            duration: number;
            /** @description Class of the failure; null when there was none. */
            error_type: string | null;
            events: components["schemas"]["SpanEvent"][];
            http: components["schemas"]["HttpCall"] | null;
            id: string;
            kind: components["schemas"]["SpanKind"];
            name: string;
            /**
             * Format: double
             * @description Milliseconds from the start of the trace.
             */
            offset: number;
            /**
             * @description The span it stands under; null at the root of the tree. For the server's span of a document this is the
             *     browser's request, although the server did not know it.
             */
            parent_id: string | null;
            /** @description The span names a parent that is not in the trace. */
            parent_missing: boolean;
            /** @description Attributes of the service, process and machine that sent it. */
            resource: {
                [key: string]: string;
            };
            /** @description `service.name`; empty when the sender gave none. */
            service: string;
            session_id: string | null;
            side: components["schemas"]["Side"];
            start: components["schemas"]["Time"];
            status: components["schemas"]["SpanStatus"];
            /** @description What the sender said about an error. */
            status_message: string | null;
            view_id: string | null;
        };
        /** @description One trace as a whole. */
        TraceSummary: {
            /**
             * Format: double
             * @description From the start of the first span to the end of the last, in milliseconds.
             */
            duration: number;
            /**
             * Format: int64
             * @description Spans with the status "error".
             */
            errors: number;
            /** @description Name of the earliest span without a parent. */
            root_name: string;
            /** @description Service of that span; empty when unknown. */
            root_service: string;
            /** @description Route of the page it began on; null when no browser reported into it. */
            route: string | null;
            /** @description Names of the services that reported into it, sorted. */
            services: string[];
            /** @description The session it belongs to; null when no browser reported into it. */
            session_id: string | null;
            /** Format: int64 */
            spans: number;
            /** @description Start of its first span. */
            start: components["schemas"]["Time"];
            trace_id: string;
        };
        /** @description One page of the list of traces. */
        TracesAnswer: {
            /** @description Give it as `cursor` to read on; null at the end of the list. */
            next_cursor: string | null;
            /** @description Newest first. */
            traces: components["schemas"]["TraceSummary"][];
        };
        /**
         * @description Sessions, views, errors and requests of a range. All counts are weighted: they estimate the real numbers when only
         *     a sample is recorded.
         */
        TrafficAnswer: {
            /**
             * Format: double
             * @description Share of views with at least one error, 0 to 1; null without views.
             */
            error_rate: number | null;
            /**
             * Format: double
             * @description Errors that happened in the range.
             */
            errors: number;
            /**
             * Format: double
             * @description Those of them that had no answer, or a status of 400 and above.
             */
            failed_requests: number;
            /** @description How sure these are. */
            intervals: components["schemas"]["TrafficIntervals"];
            /** @description What is in none of the figures above; `visitors=all` brings it in. */
            left_out: components["schemas"]["LeftOut"];
            /** @description One per step without gaps; the first and the last may be cut by the range. */
            points: components["schemas"]["TrafficPoint"][];
            previous: components["schemas"]["PreviousTraffic"];
            /**
             * Format: double
             * @description Requests by fetch and XMLHttpRequest of these views.
             */
            requests: number;
            /**
             * Format: double
             * @description Sessions that opened a view in the range.
             */
            sessions: number;
            source: components["schemas"]["Source"];
            /**
             * Format: int64
             * @description Length of each point, in seconds.
             */
            step_seconds: number;
            /**
             * Format: double
             * @description Views that began in the range.
             */
            views: number;
        };
        /**
         * @description The 95 % intervals of the counts; where every session is recorded they are the counts themselves. Errors have none:
         *     they are recorded in sessions that were not drawn, too.
         */
        TrafficIntervals: {
            error_rate: components["schemas"]["Interval"] | null;
            failed_requests: components["schemas"]["Interval"];
            requests: components["schemas"]["Interval"];
            sessions: components["schemas"]["Interval"];
            views: components["schemas"]["Interval"];
        };
        /** @description One step of time; 0 means that nothing happened. */
        TrafficPoint: {
            /** Format: double */
            errors: number;
            /**
             * Format: double
             * @description Sessions that opened a view in the step; one session can count in several steps.
             */
            sessions: number;
            /** @description Start of the step. */
            time: components["schemas"]["Time"];
            /** Format: double */
            views: number;
        };
        /** @description How long changes of route took, from the interaction to the quiet page. */
        TransitionShare: {
            /**
             * Format: int64
             * @description Changes of route, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description The weighted 75th percentile, in milliseconds; null when there are none.
             */
            p75: number | null;
        };
        /** @description The first of these that comes ends it. */
        Until: {
            /**
             * Format: double
             * @description So many errors more, weighted.
             * @default null
             */
            errors: number | null;
            /**
             * Format: double
             * @description So many sessions more, weighted.
             * @default null
             */
            sessions: number | null;
            /**
             * Format: int64
             * @description In seconds since 1970.
             * @default null
             */
            time: number | null;
        };
        /** @description What an application sends and keeps. */
        UsageAnswer: {
            forecast: components["schemas"]["ForecastUsage"];
            /** @description Without those in which nothing came. */
            points: components["schemas"]["UsagePoint"][];
            /** @description The hours that are counted: those that the range touches. */
            range: components["schemas"]["Range"];
            saved: components["schemas"]["SavedUsage"];
            signals: components["schemas"]["SignalUsage"][];
            /**
             * Format: int32
             * @description Seconds of one point: an hour, or a day of long ranges.
             */
            step_seconds: number;
            stored: components["schemas"]["StoredAnswer"];
            today: components["schemas"]["TodayUsage"];
        };
        /** @description One hour or day. */
        UsagePoint: {
            /** Format: int64 */
            bytes_opened: number;
            /** Format: int64 */
            bytes_sent: number;
            /** Format: int64 */
            events: number;
            time: components["schemas"]["Time"];
        };
        /** @description Something with so many different values that questions about it become slow and answers useless. */
        UsageWarning: {
            /** @description For people: what to do. */
            hint: string;
            /** @description `routes`, `event_names` or `attribute_values`. */
            kind: string;
            /** @description The attribute's key; empty for the other kinds. */
            subject: string;
            /** Format: int64 */
            values: number;
            /**
             * Format: int64
             * @description From so many on it is told.
             */
            warned_from: number;
        };
        /** @description One vital over all views of a range. There is no average on purpose. */
        Vital: {
            /**
             * Format: double
             * @description How many independent visits would say as much about the p75: views of one session resemble each other, and what
             *     was sampled less counts for more.
             */
            effective_n: number;
            /**
             * Format: double
             * @description Weighted share of good views, 0 to 1; null without views.
             */
            good: number | null;
            good_interval: components["schemas"]["Interval"] | null;
            /** @description All bins from 0 upwards, empty ones too; the last one has no upper end. Empty without views. */
            histogram: components["schemas"]["HistogramBin"][];
            metric: components["schemas"]["Metric"];
            /**
             * Format: int64
             * @description Views that have this vital, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description Weighted share of views that need improvement, 0 to 1; null without views.
             */
            needs_improvement: number | null;
            /**
             * Format: double
             * @description The weighted 75th percentile, in `unit`; null without views.
             */
            p75: number | null;
            /**
             * Format: double
             * @description Upper end of the 95 % interval of the p75; null when there are too few views.
             */
            p75_high: number | null;
            /**
             * Format: double
             * @description Lower end of the 95 % interval of the p75; null when there are too few views.
             */
            p75_low: number | null;
            /**
             * Format: double
             * @description Weighted share of poor views, 0 to 1; null without views.
             */
            poor: number | null;
            poor_interval: components["schemas"]["Interval"] | null;
            previous: components["schemas"]["PreviousVital"];
            rating: components["schemas"]["Rating"] | null;
            thresholds: components["schemas"]["Thresholds"];
            /** @description `ms`, or empty for cls, which has no unit. */
            unit: string;
        };
        /** @description One vital in one step of time. Everything but `n` is null when no view of the step has the vital. */
        VitalPoint: {
            /**
             * Format: double
             * @description Weighted share of good views, 0 to 1.
             */
            good: number | null;
            /**
             * Format: int64
             * @description Views with this vital, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description Weighted share of views that need improvement, 0 to 1.
             */
            needs_improvement: number | null;
            /**
             * Format: double
             * @description The weighted median, in the metric's unit.
             */
            p50: number | null;
            /**
             * Format: double
             * @description The weighted 75th percentile, in the metric's unit.
             */
            p75: number | null;
            /**
             * Format: double
             * @description The weighted 95th percentile, in the metric's unit.
             */
            p95: number | null;
            /**
             * Format: double
             * @description Weighted share of poor views, 0 to 1.
             */
            poor: number | null;
            /** @description Start of the step. */
            time: components["schemas"]["Time"];
        };
        /** @description One vital of the views of one row. Everything but `n` is null when no view has it. */
        VitalShare: {
            /**
             * Format: double
             * @description Weighted share of good views, 0 to 1.
             */
            good: number | null;
            /**
             * Format: int64
             * @description Views with this vital, as they are stored (not weighted).
             */
            n: number;
            /**
             * Format: double
             * @description Weighted share of views that need improvement, 0 to 1.
             */
            needs_improvement: number | null;
            /**
             * Format: double
             * @description The weighted 75th percentile; milliseconds but for cls.
             */
            p75: number | null;
            /**
             * Format: double
             * @description Weighted share of poor views, 0 to 1.
             */
            poor: number | null;
        };
        /** @description Every vital of the views of one row. */
        VitalShares: {
            cls: components["schemas"]["VitalShare"];
            fcp: components["schemas"]["VitalShare"];
            inp: components["schemas"]["VitalShare"];
            lcp: components["schemas"]["VitalShare"];
            ttfb: components["schemas"]["VitalShare"];
        };
        /** @description The five vitals of a range, each compared with the equally long range before it. */
        VitalsAnswer: {
            previous: components["schemas"]["Range"];
            range: components["schemas"]["Range"];
            source: components["schemas"]["Source"];
            /** @description Always five, in the order lcp, inp, cls, fcp, ttfb. */
            vitals: components["schemas"]["Vital"][];
        };
        /** @description One vital in equal steps of time. */
        VitalsSeriesAnswer: {
            metric: components["schemas"]["Metric"];
            /** @description One per step without gaps; the first and the last may be cut by the range. */
            points: components["schemas"]["VitalPoint"][];
            source: components["schemas"]["Source"];
            /**
             * Format: int64
             * @description Length of each point, in seconds.
             */
            step_seconds: number;
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
    admission: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admission"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_admission: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Admission"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admission"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    apdex: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description T in milliseconds; left out, the one that is set for the application. */
                target_ms?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApdexAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    target: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApdexTarget"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_target: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApdexTarget"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApdexTarget"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    apps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppsAnswer"];
                };
            };
        };
    };
    audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    blame_population: {
        parameters: {
            query?: {
                /** @description `lcp`, `inp`, `fcp`, `ttfb` or `transition`; left out, lcp. */
                vital?: string;
                /**
                 * @description Start of the range to compare with, RFC 3339; left out with its end, the range directly before, or the same range when a
                 *     filter of its own is given.
                 */
                baseline_from?: string;
                /** @description End of the range to compare with, RFC 3339, not part of it. */
                baseline_to?: string;
                /** @description Whom to compare with, as `filter`; left out, the same as `filter`. */
                baseline_filter?: string[];
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PopulationBlame"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    breakdown: {
        parameters: {
            query: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description The dimension whose values become rows. */
                dimension: components["schemas"]["Dimension"];
                /** @description Number of rows; the rest is counted in `other`. */
                limit?: number;
                /** @description What the rows are ordered by, most first; left out, `views`. */
                order?: components["schemas"]["BreakdownOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakdownAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    distributions: {
        parameters: {
            query: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description The dimension whose values become rows. */
                dimension: components["schemas"]["Dimension"];
                /** @description The vital. */
                metric: components["schemas"]["Metric"];
                /** @description Number of rows, those with the most views. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DistributionsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    causes: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CausesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    continuity: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuityAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    coverage: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    dashboards: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    make_dashboard: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Dashboard"];
            };
        };
        responses: {
            /** @description The dashboard */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptDashboard"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There are as many as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    change_dashboard: {
        parameters: {
            query: {
                /** @description The version that was read; when it is another one by now, nothing is changed. */
                version: number;
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path: {
                /** @description Id of the dashboard */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Dashboard"];
            };
        };
        responses: {
            /** @description The dashboard as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptDashboard"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Somebody else changed it meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    delete_dashboard: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path: {
                /** @description Id of the dashboard */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dashboard as it was, which can be made again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptDashboard"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    doctor: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    erasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasuresAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    erase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureRequest"];
            };
        };
        responses: {
            /** @description The job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    erasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the erasure */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    error_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_error_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErrorRules"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    preview_error_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErrorRules"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorRulesPreview"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    errors: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description `open` for those somebody should look at, regressed ones included; `new` for those of them first met in the range;
                 *     `regressed`, `ignored`, `resolved` or `all`; left out, open.
                 */
                state?: string;
                /**
                 * @description `app`, or what is no fault of the application: `third_party`, `opaque`, `extension`; `noise` for what rules call so; `all`.
                 *     Left out, app.
                 */
                class?: string;
                /** @description Part of the type, the message or the place. */
                search?: string;
                /** @description `sessions`, `errors`, `users`, `last` or `first` (seen); the most or the newest first; left out, sessions. */
                order?: string;
                /** @description Only what this person looks after. */
                assignee?: string;
                /** @description Groups in the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    change_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErrorChange"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorStatesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    error: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description Id of one error of the group; left out, the newest that has a stack. */
                occurrence?: string;
            };
            header?: never;
            path: {
                /** @description Id of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGroupAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: {
                /** @description `lcp`, `inp`, `cls`, `fcp`, `ttfb` or `transition`; left out, lcp. */
                metric?: string;
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    export: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description `user.id`: every row that names the user, and all of the sessions in which it is named. */
                user_id?: string;
                /** @description `session.id`. */
                session_id?: string;
                /** @description `device.id` or `app.installation.id`. */
                device_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    funnel: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description `kind:value`, 2 to 8 times, in the order of the journey. Kinds: `route`, `action` (by its name), `transaction-start`,
                 *     `transaction-success` and `transaction-failure` (by the transaction's name).
                 */
                step?: string[];
                /** @description From the first step to the last, in seconds, at most; left out, 24 hours, the length of a session. */
                window?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunnelAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    impact: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description `kind:value`, 2 to 8 times, in the order of the journey. Kinds: `route`, `action` (by its name), `transaction-start`,
                 *     `transaction-success` and `transaction-failure` (by the transaction's name).
                 */
                step?: string[];
                /** @description From the first step to the last, in seconds, at most; left out, 24 hours, the length of a session. */
                window?: number;
                /**
                 * @description Speed: `lcp`, `inp`, `cls`, `fcp` or `ttfb` of the first view of a session that has it, on the route of the first step if
                 *     that is one; left out, lcp.
                 */
                metric?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImpactAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    keys: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    make_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyWanted"];
            };
        };
        responses: {
            /** @description The key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyMade"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There are as many as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    delete_key: {
        parameters: {
            query?: {
                /** @description For so long the key is still taken; left out, a day. 0 ends it at once. */
                grace_seconds?: number;
            };
            header?: never;
            path: {
                /** @description Id of the key */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key and when it ends */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description It is the last browser key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    change_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyChange"];
            };
        };
        responses: {
            /** @description The key as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description It is the last browser key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    logs: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description Words, texts in quotation marks, `field:value`, `field:start*`, `field:*`, `level>=warn`; each may have a `-` before it
                 *     for "not". All must hold. Fields: level, service, release, environment, event, scope, session, trace, span, and any attribute
                 *     by its name.
                 */
                search?: string;
                /** @description `next_since` of the answer before: only what was received since. */
                since?: string;
                /** @description Rows per page. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    log_context: {
        parameters: {
            query: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Its service. */
                service?: string;
                /** @description Its `time`. */
                time: string;
                /** @description Its `id`. */
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogContextAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    log_fields: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description Words, texts in quotation marks, `field:value`, `field:start*`, `field:*`, `level>=warn`; each may have a `-` before it
                 *     for "not". All must hold. Fields: level, service, release, environment, event, scope, session, trace, span, and any attribute
                 *     by its name.
                 */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogFieldsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    log_series: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /**
                 * @description Words, texts in quotation marks, `field:value`, `field:start*`, `field:*`, `level>=warn`; each may have a `-` before it
                 *     for "not". All must hold. Fields: level, service, release, environment, event, scope, session, trace, span, and any attribute
                 *     by its name.
                 */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogSeriesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    metric_series: {
        parameters: {
            query: {
                /** @description Name of the metric, such as `http.server.request.duration`. */
                name: string;
                /** @description Only of this service; left out, of all together. */
                service?: string;
                /**
                 * @description `mean`, `min`, `max` or `sum` of gauges and of sums that go up and down; `rate` or `increase` of counters; `p50`, `p75`, `p90`,
                 *     `p95`, `p99`, `mean`, `rate` or `increase` of histograms; left out, the first that fits.
                 */
                reading?: string;
                /** @description A line for each value of this attribute of points or their resource, or of `service`, `release` or `environment`. */
                by?: string;
                /** @description `key:value`; only points with all of these attributes. */
                attribute?: string[];
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSeriesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    origins: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OriginsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
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
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomesAnswer"];
                };
            };
        };
    };
    prices: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prices"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_prices: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Prices"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prices"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    redaction_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_redaction_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedactionRules"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    preview_redaction_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedactionTrial"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionPreview"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    releases: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    requests: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description `waited` (how long all of them took together), `requests`, `p75`, `p95` or `failed`; the most first; left out, waited. */
                order?: string;
                /** @description Rows in the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    resources: {
        parameters: {
            query: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description The host, as `/origins` names it. */
                host: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourcesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    retention: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_retention: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retention"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    preview_retention: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retention"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPreview"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    route_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_route_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RouteRules"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteRules"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    preview_route_rules: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RouteRules"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutePreview"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sampling: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sampling"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    set_sampling: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sampling"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sampling"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    services: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sessions: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description Rows per page. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path: {
                /** @description Id of the session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    source_maps: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Only those of this release. */
                release?: string;
                /** @description Rows per page. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceMapsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    put_source_map: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description A UUID that the script and its map share. Left out, the one that the map states. */
                debug_id?: string;
                /** @description `service.version` as pages report it. */
                release?: string;
                /** @description Address or path of the script as browsers load it; origin, query and fragment do not count. */
                url?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The map, perhaps packed with gzip; opened at most 64 MiB */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description It was there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceMapItem"];
                };
            };
            /** @description It was kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceMapItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The application has as many as it may have */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description It is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    delete_source_map: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the map */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceMapItem"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sql: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SqlQuestion"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SqlAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sql_tables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SqlTablesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
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
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusAnswer"];
                };
            };
        };
    };
    traces: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description Rows per page. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    trace: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path: {
                /** @description Id of the trace: 32 hexadecimal digits */
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    traffic: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrafficAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    usage: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    blame: {
        parameters: {
            query: {
                /** @description Id of the session that the view belongs to. */
                session: string;
                /** @description `lcp`, `inp`, `fcp`, `ttfb` or `transition`; left out, transition for a change of route, else lcp. */
                vital?: string;
                /**
                 * @description Trace id and span id, one after the other in hex, of a request that the view made: then its time to first byte is
                 *     divided, and not a vital.
                 */
                request?: string;
                /** @description Slug of the application; left out, the first one. */
                app?: string;
            };
            header?: never;
            path: {
                /** @description Id of the view */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlameAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    vitals: {
        parameters: {
            query?: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VitalsAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    vitals_series: {
        parameters: {
            query: {
                /** @description Slug of the application; left out, the first one. */
                app?: string;
                /** @description Start of the range, RFC 3339; left out, one hour before `to`. */
                from?: string;
                /** @description End of the range, RFC 3339, not part of it; left out, now. */
                to?: string;
                /**
                 * @description `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
                 *     value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
                 */
                filter?: string[];
                /**
                 * @description `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
                 *     are any; left out, whatever is quicker. The answer says which it was.
                 */
                source?: string;
                /**
                 * @description Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
                 *     people. Traces are listed whoever began them.
                 */
                visitors?: string;
                /** @description The vital. */
                metric: components["schemas"]["Metric"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VitalsSeriesAnswer"];
                };
            };
            /** @description The question is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description There is no such application, session or trace. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The store is away for now; `Retry-After` says when to come again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The answer took too long to find. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
}
