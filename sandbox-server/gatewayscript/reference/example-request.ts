// The request that the examples of the reference are run with, on the page and in the tests.

/** As it goes over the wire, with LF for line ends. */
export const EXAMPLE_REQUEST = `POST /demo/sandbox/orders?id=7&tag=new HTTP/1.1
Host: localhost:9443
Date: Tue, 05 Nov 2024 10:00:00 GMT
Authorization: Basic YW5uOnNlY3JldA==
Content-Type: application/json
X-Trace: abc123

{"item":"lamp","count":2}`;

/** What answers the examples' own requests. */
export const EXAMPLE_ANSWERS = [
  {
    target: 'http://backend:8091/lamps',
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: '{"stock":3}',
  },
  {
    target: 'http://backend:8091/lamps.xml',
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: '<stock>3</stock>',
  },
];

/** What the context holds beside: a client that was identified, a caught error, and a policy's parameter. */
export const EXAMPLE_VARIABLES = {
  client: { app: { id: 'a7', name: 'shop' }, org: { id: 'o3', name: 'lamps-inc' } },
  plan: { id: 'p1', name: 'gold', version: '1.0.0' },
  error: { name: 'ConnectionError', message: 'no answer' },
  local: { parameter: { limit: 10 } },
};
