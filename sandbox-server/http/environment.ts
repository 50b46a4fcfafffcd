// What every route of the HTTP interface can reach through its context.
import type { HttpBindings } from '@hono/node-server';
import type { Sandbox } from '../sandboxes/sandbox.ts';

/** Node's request and response are there on a socket, and missing where a test calls `app.request`. */
export type LabEnvironment = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** The sandbox that the request's token has opened; set by `authorized`. */
    sandbox: Sandbox;
    /** Whether another site asks, whose pages may run scripts here; set by `embeddedRuns`. */
    embedded: true | undefined;
    /** The file that answers a request for a page; set by `siteRoutes`. */
    file: string | undefined;
  };
};
