// What a script finds on the gateway, as the lab has it: it feeds the editor, and the reference pages are made of it.
// Each member says what it does, shows it (`// prints` is checked), and how far it is known to be the product's: documented, seen,
// inferred, or the lab's choice. `@from` gives an expression for such a value, by which the tests compare this file with the runtime.
// biome-ignore-all lint/suspicious/noExplicitAny: variables and bodies hold what a script puts there.
// biome-ignore-all lint/suspicious/noShadowRestrictedNames: modules have members of these names.

/**
 * The variables of the transaction, the message and the request. A global: no `require` is needed.
 * @from context
 * @page context
 */
interface Context {
  /**
   * The message that travels through the assembly. It starts as a copy of the request; what it is at the end is the response.
   * @example
   * context.message.body.write('hello');
   * console.info(context.get('message.body').toString()); // prints hello
   * @standing documented
   */
  readonly message: Message;
  /**
   * The original request, which never changes.
   * @example
   * console.info(context.request.header.get('X-Trace')); // prints abc123
   * @standing documented
   */
  readonly request: RequestMessage;
  /**
   * The value of a variable, `undefined` where it is not set. A name takes dots, `['x']`, `[0]` and unquoted hyphens, and reaches into parsed bodies.
   * @example
   * console.info(context.get('request.verb'), context.get('request.headers.x-trace')); // prints POST 'abc123'
   * @standing documented
   */
  get<Name extends keyof ContextVariables>(name: Name): ContextVariables[Name];
  get(name: string): any;
  /**
   * Sets a variable, and makes the path to it. Setting a read-only variable throws an error that names it.
   * @example
   * context.set('order.items[0]', { sku: 'lamp' });
   * console.info(context.get('order')); // prints { items: [ { sku: 'lamp' } ] }
   * @standing documented
   */
  set(name: string, value: any): void;
  /**
   * Deletes a variable. A read-only one throws an error that names it.
   * @example
   * context.set('note', 'x');
   * context.clear('note');
   * console.info(context.get('note')); // prints undefined
   * @standing documented
   */
  clear(name: string): void;
  /**
   * Makes a message of that name, empty or as a copy of `source`.
   * @example
   * var copy = context.createMessage('audit', context.request);
   * console.info(copy.header.get('X-Trace'), context.get('audit.headers.X-Trace')); // prints abc123 'abc123'
   * @standing documented
   */
  createMessage(name: string, source?: Message | RequestMessage): Message;
  /**
   * The message of that name; `null` where there is none.
   * @example
   * context.createMessage('audit').statusCode = 204;
   * console.info(context.getMessage('audit').statusCode, context.getMessage('nope')); // prints 204 null
   * @standing documented
   */
  getMessage(name: string): Message | null;
  /**
   * Raises an error and ends the assembly, but does not throw: the script goes on, and may set the status.
   * @example
   * context.reject('TooMany', 'Only ten lamps an order');
   * context.message.statusCode = '429 Too Many Lamps';
   * console.info('still here'); // prints still here
   * @standing documented
   * @outcome rejected
   */
  reject(name: string, message?: string): void;
}

/**
 * The transaction as a script sees it.
 * @example
 * console.info(context.get('request.path')); // prints /demo/sandbox/orders
 * @standing seen
 * @page context
 */
declare const context: Context;

/**
 * A message: `context.message`, or one that `createMessage` or `getMessage` gave.
 * @from context.message
 * @page context
 */
interface Message {
  /**
   * All headers as an object: name to value, or to a list where a name stands more than once. It is a copy: assigned back, it changes the message.
   * @example
   * console.info(Object.keys(context.message.headers).join()); // prints Host,Date,Authorization,Content-Type,X-Trace
   * @standing documented
   */
  headers: Record<string, string | string[]>;
  /**
   * The status code. Takes `302`, `'403'`, or `'501 Custom Error'`, which sets the reason too.
   * @example
   * context.message.statusCode = '501 Custom Error';
   * console.info(context.message.statusCode); // prints 501
   * @standing documented
   */
  get statusCode(): number;
  set statusCode(value: number | string);
  /**
   * The words after the status code.
   * @example
   * context.message.statusCode = 302;
   * console.info(context.message.reasonPhrase); // prints Found
   * @standing documented
   */
  reasonPhrase: string;
  /**
   * The headers one by one.
   * @example
   * context.message.header.set('X-Answer', '42');
   * console.info(context.get('message.headers.X-Answer')); // prints 42
   * @standing documented
   */
  readonly header: MessageHeader;
  /**
   * The body, read by callback and written at once.
   * @example
   * context.message.body.write({ ok: true });
   * context.message.body.readAsJSON(function (error, body) { console.info(body.ok); }); // prints true
   * @standing documented
   */
  readonly body: MessageBody;
}

/**
 * The headers of a message, one by one. Names are case-insensitive, but for messages of the script’s own.
 * @from context.message.header
 * @page context
 */
interface MessageHeader {
  /**
   * The value of a header; `undefined` where there is none.
   * @example
   * console.info(context.message.header.get('content-type'), context.message.header.get('X-None')); // prints application/json undefined
   * @standing documented
   */
  get(name: string): string | string[] | undefined;
  /**
   * Sets a header.
   * @example
   * context.message.header.set('Cache-Control', 'no-store');
   * console.info(context.message.headers['Cache-Control']); // prints no-store
   * @standing documented
   */
  set(name: string, value: string | number | string[]): void;
  /**
   * Removes a header.
   * @example
   * context.message.header.remove('X-Trace');
   * console.info(context.message.header.get('X-Trace')); // prints undefined
   * @standing documented
   */
  remove(name: string): void;
}

/**
 * The body of the request, which a script can read but not write.
 * @from context.request.body
 * @page context
 */
interface ReadableBody {
  /**
   * Reads the body as JSON. An empty body gives `undefined` and no error.
   * @example
   * context.request.body.readAsJSON(function (error, order) { console.info(order.item); }); // prints lamp
   * @standing documented
   */
  readAsJSON(callback: (error: Error | null, value: any) => void): void;
  /**
   * Reads the body as XML: a list of nodes.
   * @example
   * context.message.body.write('<order><item>lamp</item></order>');
   * context.message.body.readAsXML(function (error, nodes) { console.info(nodes.item(0).textContent); }); // prints lamp
   * @standing documented
   */
  readAsXML(callback: (error: Error | null, nodes: NodeList) => void): void;
  /**
   * Reads the body as one Buffer.
   * @example
   * context.request.body.readAsBuffer(function (error, bytes) { console.info(bytes.length); }); // prints 25
   * @standing documented
   */
  readAsBuffer(callback: (error: Error | null, bytes: Buffer) => void): void;
  /**
   * Reads the body as a list of Buffers, which spares the gateway a copy.
   * @example
   * context.request.body.readAsBuffers(function (error, parts) { console.info(parts.length, parts.toString().length); }); // prints 1 25
   * @standing documented
   */
  readAsBuffers(callback: (error: Error | null, parts: Buffers) => void): void;
}

/**
 * The body of a message.
 * @from context.message.body
 * @page context
 */
interface MessageBody extends ReadableBody {
  /**
   * Writes the body: text, a Buffer or Buffers, XML nodes, or an object, which is written as JSON.
   * @example
   * context.message.body.write({ item: 'lamp' });
   * console.info(JSON.stringify(context.get('message.body'))); // prints {"item":"lamp"}
   * @standing documented
   */
  write(value: string | Buffer | Buffers | Node | NodeList | object): void;
}

/**
 * What `readAsBuffers` gives.
 * @from context.get('answer')
 * @by context.request.body.readAsBuffers(function (error, parts) { done(parts); });
 * @page context
 */
interface Buffers {
  /**
   * How many Buffers there are. In the lab it is always one.
   * @example
   * context.request.body.readAsBuffers(function (error, parts) { console.info(parts.length); }); // prints 1
   * @standing documented
   */
  readonly length: number;
  /**
   * The Buffer at that place.
   * @example
   * context.request.body.readAsBuffers(function (error, parts) { console.info(parts.item(0).length); }); // prints 25
   * @standing inferred
   */
  item(index: number): Buffer | undefined;
  /**
   * All of them in one.
   * @example
   * context.request.body.readAsBuffers(function (error, parts) { console.info(parts.toBuffer().length); }); // prints 25
   * @standing seen
   */
  toBuffer(): Buffer;
  /**
   * The text of all of them.
   * @example
   * context.request.body.readAsBuffers(function (error, parts) { console.info(parts.toString('utf8')); }); // prints {"item":"lamp","count":2}
   * @standing seen
   */
  toString(encoding?: string): string;
}

/**
 * The original request: `context.request`.
 * @from context.request
 * @page context
 */
interface RequestMessage {
  /**
   * All headers as an object.
   * @example
   * console.info(context.request.headers['X-Trace']); // prints abc123
   * @standing documented
   */
  readonly headers: Record<string, string | string[]>;
  /**
   * The query’s parameters: where each was found, and its values.
   * @example
   * console.info(context.request.parameters.id); // prints { locations: [ 'query' ], values: [ '7' ] }
   * @standing seen
   */
  readonly parameters: Record<string, { locations: string[]; values: string[] }>;
  /**
   * The query without its question mark.
   * @example
   * console.info(context.request.querystring); // prints id=7&tag=new
   * @standing documented
   */
  readonly querystring: string;
  /**
   * The headers one by one.
   * @example
   * console.info(context.request.header.get('Content-Type')); // prints application/json
   * @standing documented
   */
  readonly header: RequestHeader;
  /**
   * The body, read by callback.
   * @example
   * context.request.body.readAsJSON(function (error, order) { console.info(order.count); }); // prints 2
   * @standing documented
   */
  readonly body: ReadableBody;
}

/**
 * The headers of the request, one by one.
 * @from context.request.header
 * @page context
 */
interface RequestHeader {
  /**
   * The value of a header, whatever its case; `undefined` where there is none.
   * @example
   * console.info(context.request.header.get('x-TRACE')); // prints abc123
   * @standing documented
   */
  get(name: string): string | string[] | undefined;
}

/**
 * What `context.get` finds. `request`, `api`, `client`, `plan` and `system` are read-only.
 * @page variables
 */
interface ContextVariables {
  /**
   * The method.
   * @example
   * console.info(context.get('request.verb')); // prints POST
   * @standing documented
   */
  'request.verb': string;
  /**
   * Path and query.
   * @example
   * console.info(context.get('request.uri')); // prints /demo/sandbox/orders?id=7&tag=new
   * @standing documented
   */
  'request.uri': string;
  /**
   * The path alone.
   * @example
   * console.info(context.get('request.path')); // prints /demo/sandbox/orders
   * @standing documented
   */
  'request.path': string;
  /**
   * The query with its question mark; empty where there is none.
   * @example
   * console.info(context.get('request.search')); // prints ?id=7&tag=new
   * @standing documented
   */
  'request.search': string;
  /**
   * The query without its question mark; empty where there is none.
   * @example
   * console.info(context.get('request.querystring')); // prints id=7&tag=new
   * @standing documented
   */
  'request.querystring': string;
  /**
   * The headers; `request.headers.<name>` is one of them, whatever its case.
   * @example
   * console.info(context.get('request.headers.CONTENT-TYPE')); // prints application/json
   * @standing documented
   */
  'request.headers': Record<string, string | string[]>;
  /**
   * The body as a Buffer; `undefined` where it is empty.
   * @example
   * console.info(JSON.parse(context.get('request.body')).item); // prints lamp
   * @standing documented
   */
  'request.body': any;
  /**
   * The query’s parameters: where each was found, and its values.
   * @example
   * console.info(context.get('request.parameters.id.values[0]')); // prints 7
   * @standing seen
   */
  'request.parameters': Record<string, { locations: string[]; values: string[] }>;
  /**
   * The header `Content-Type`.
   * @example
   * console.info(context.get('request.content-type')); // prints application/json
   * @standing documented
   */
  'request.content-type': string;
  /**
   * The header `Date`.
   * @example
   * console.info(context.get('request.date')); // prints Tue, 05 Nov 2024 10:00:00 GMT
   * @standing documented
   */
  'request.date': string;
  /**
   * The header `Authorization`.
   * @example
   * console.info(context.get('request.authorization')); // prints Basic YW5uOnNlY3JldA==
   * @standing seen
   */
  'request.authorization': string;
  /**
   * The status code of the answer; a write takes a number, digits, or code and reason.
   * @example
   * context.set('message.status.code', 201);
   * console.info(context.get('message.status')); // prints { code: 201, reason: 'Created' }
   * @standing documented
   */
  'message.status.code': number;
  /**
   * The words after the status code.
   * @example
   * context.set('message.status.code', 204);
   * console.info(context.get('message.status.reason')); // prints No Content
   * @standing documented
   */
  'message.status.reason': string;
  /**
   * The headers of the message; `message.headers.<name>` is one of them, whatever its case.
   * @example
   * context.set('message.headers.X-Answer', 'yes');
   * console.info(context.get('message.headers.x-answer')); // prints yes
   * @standing documented
   */
  'message.headers': Record<string, string | string[]>;
  /**
   * The body of the message: a Buffer at first, or what was written.
   * @example
   * context.set('message.body', { ok: true });
   * console.info(context.get('message.body.ok')); // prints true
   * @standing documented
   */
  'message.body': any;
  /**
   * The name of the API, from its definition.
   * @example
   * console.info(context.get('api.name')); // prints websocket-test
   * @standing documented
   */
  'api.name': string;
  /**
   * The version of the API.
   * @example
   * console.info(context.get('api.version')); // prints 1.0.0
   * @standing documented
   */
  'api.version': string;
  /**
   * The title of the API.
   * @example
   * console.info(context.get('api.title')); // prints WebSocket test
   * @standing lab
   */
  'api.title': string;
  /**
   * The API by one name: organization, name and version.
   * @example
   * console.info(context.get('api.id')); // prints demo:websocket-test:1.0.0
   * @standing documented
   */
  'api.id': string;
  /**
   * The kind of API.
   * @example
   * console.info(context.get('api.type')); // prints REST
   * @standing documented
   */
  'api.type': string;
  /**
   * The base path.
   * @example
   * console.info(context.get('api.root')); // prints /websocket-test
   * @standing documented
   */
  'api.root': string;
  /**
   * The provider organization: `id` and `name`.
   * @example
   * console.info(context.get('api.org.name')); // prints demo
   * @standing documented
   */
  'api.org': { id: string; name: string };
  /**
   * The catalog: `id`, `name` and `path`.
   * @example
   * console.info(context.get('api.catalog.name'), context.get('api.catalog.path')); // prints sandbox '/sandbox'
   * @standing documented
   */
  'api.catalog': { id: string; name: string; path: string };
  /**
   * The operation that was called: `id` and `path`.
   * @example
   * console.info(context.get('api.operation.path')); // prints /
   * @standing documented
   */
  'api.operation': { id: string; path: string };
  /**
   * The gateway’s own address and host name, as the client asked for it.
   * @example
   * console.info(context.get('api.endpoint.hostname')); // prints localhost
   * @standing documented
   */
  'api.endpoint': { address: string; hostname: string };
  /**
   * The properties of the API; each is also reached under its bare name.
   * @example
   * console.info(typeof context.get('api.properties')); // prints object
   * @standing documented
   */
  'api.properties': Record<string, any>;
  /**
   * The time now, as `YYYY-MM-DDTHH:mm:ssZ`.
   * @example
   * console.info(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(context.get('system.datetime'))); // prints true
   * @standing documented
   */
  'system.datetime': string;
  /**
   * The date in parts: `year`, `month`, `day-of-month`, `day-of-week`.
   * @example
   * console.info(Object.keys(context.get('system.date')).join()); // prints year,month,day-of-month,day-of-week
   * @standing documented
   */
  'system.date': Record<string, number>;
  /**
   * The time in parts: `hour`, `minute`, `second`.
   * @example
   * console.info(Object.keys(context.get('system.time')).join()); // prints hour,minute,second
   * @standing documented
   */
  'system.time': Record<string, number>;
  /**
   * The time zone of the gateway. In the lab it is UTC.
   * @example
   * console.info(context.get('system.timezone')); // prints UTC
   * @standing documented
   */
  'system.timezone': string;
  /**
   * The number of the transaction, 24 hexadecimal digits.
   * @example
   * console.info(context.get('session.globalTransactionID').length); // prints 24
   * @standing seen
   */
  'session.globalTransactionID': string;
  /**
   * The application that called; set only where the client was identified. A run may give it.
   * @example
   * console.info(context.get('client.app.name')); // prints shop
   * @standing documented
   */
  'client.app': { id: string; name: string };
  /**
   * The organization of the application; set only where the client was identified.
   * @example
   * console.info(context.get('client.org.name')); // prints lamps-inc
   * @standing documented
   */
  'client.org': { id: string; name: string };
  /**
   * The plan that the application has; set only where the client was identified.
   * @example
   * console.info(context.get('plan.name'), context.get('plan.version')); // prints gold '1.0.0'
   * @standing documented
   */
  plan: { id: string; name: string; version: string };
  /**
   * The error that is handled: `name` and `message`. Set only in a `catch`.
   * @example
   * console.info(context.get('error.name')); // prints ConnectionError
   * @standing seen
   */
  error: { name: string; message: string };
  /**
   * The parameters of a user-defined policy.
   * @example
   * console.info(context.get('local.parameter.limit')); // prints 10
   * @standing seen
   */
  'local.parameter': Record<string, any>;
}

/**
 * Ten levels, from `debug` to `emerg`. The first argument may have formats: `%s %d %i %f %j %o %x %c %%`, positional too (`%2$s`). What no format takes is inspected, so that strings come out quoted.
 * @from console
 * @page console
 */
interface Console {
  /**
   * Writes to the log as `debug`.
   * @example
   * console.debug('tries: %d', 3); // prints tries: 3
   * @standing documented
   */
  debug(...args: any[]): void;
  /**
   * Writes to the log as `trace`. It is a level here and brings no stack.
   * @example
   * console.trace('%j', { id: 7 }); // prints {"id":7}
   * @standing documented
   */
  trace(...args: any[]): void;
  /**
   * Writes to the log as `info`.
   * @example
   * console.info('%2$s comes before %1$s', 'second', 'first'); // prints first comes before second
   * @standing documented
   */
  info(...args: any[]): void;
  /**
   * Writes to the log as `log`, which the gateway labels `info`.
   * @example
   * console.log('no format:', 'so it is quoted', 5); // prints no format: 'so it is quoted' 5
   * @standing documented
   */
  log(...args: any[]): void;
  /**
   * Writes to the log as `notice`.
   * @example
   * console.notice('%x', 255); // prints ff
   * @standing documented
   */
  notice(...args: any[]): void;
  /**
   * Writes to the log as `warn`.
   * @example
   * console.warn('%f of %i', 1.5, 2.9); // prints 1.5 of 2
   * @standing documented
   */
  warn(...args: any[]): void;
  /**
   * Writes to the log as `error`, the level that the gateway shows by default.
   * @example
   * console.error('failed: %s', new Error('no stock').message); // prints failed: no stock
   * @standing documented
   */
  error(...args: any[]): void;
  /**
   * Writes to the log as `critical`.
   * @example
   * console.critical('100 %%'); // prints 100 %
   * @standing documented
   */
  critical(...args: any[]): void;
  /**
   * Writes to the log as `alert`.
   * @example
   * console.alert('%c%c', 'o', 107); // prints ok
   * @standing documented
   */
  alert(...args: any[]): void;
  /**
   * Writes to the log as `emerg`.
   * @example
   * console.emerg('%o', [1, 'a']); // prints [ 1, 'a' ]
   * @standing documented
   */
  emerg(...args: any[]): void;
  /**
   * A logger for a log category. The lab has one log, so the category changes nothing.
   * @example
   * var log = console.options({ category: 'mpgw' });
   * log.info('from the category'); // prints from the category
   * @standing documented
   */
  options(options: { category: string }): Console;
}

/**
 * The log of the gateway.
 * @example
 * console.info('hello'); // prints hello
 * @standing documented
 * @page console
 */
declare const console: Console;

/**
 * What `Error` has beside what the language gives it.
 * @page globals
 */
interface ErrorConstructor {
  /**
   * Gives an object the stack of this call, as in Node.js; with `opening` the stack from below that function.
   * @example
   * var order = { stack: '' };
   * Error.captureStackTrace(order);
   * console.info(order.stack.indexOf('gatewayscript.js') > 0); // prints true
   * @standing inferred
   */
  captureStackTrace(target: object, opening?: (...args: any[]) => any): void;
}

/**
 * The script as a CommonJS module.
 * @from module
 * @page globals
 */
interface Module {
  /**
   * What a module would export. For a script of a policy it has no effect.
   * @example
   * module.exports = { answer: 42 };
   * console.info(module.exports.answer); // prints 42
   * @standing inferred
   */
  exports: any;
}

/**
 * The script as a CommonJS module.
 * @example
 * console.info(typeof module.exports); // prints object
 * @standing inferred
 * @page globals
 */
declare const module: Module;

/**
 * The same object as `module.exports` at the start.
 * @example
 * console.info(exports === module.exports); // prints true
 * @standing inferred
 * @page globals
 */
declare const exports: any;

/**
 * A module by its name. One that is not there fails by its name and says which there are.
 * @example
 * console.info(require('util').isArray([])); // prints true
 * @standing documented
 * @page globals
 */
declare function require(name: string): any;

/**
 * Calls back once after so many milliseconds. The script ends when its callbacks have ended.
 * @example
 * setTimeout(function (who) { console.info('hello', who); }, 5, 'you'); // prints hello 'you'
 * @standing documented
 * @page globals
 */
declare function setTimeout(
  callback: (...args: any[]) => void,
  milliseconds?: number,
  ...args: any[]
): number;

/**
 * Calls back again and again, until `clearInterval`.
 * @example
 * var count = 0;
 * var timer = setInterval(function () { count += 1; if (count === 3) { clearInterval(timer); console.info(count); } }, 1); // prints 3
 * @standing documented
 * @page globals
 */
declare function setInterval(
  callback: (...args: any[]) => void,
  milliseconds?: number,
  ...args: any[]
): number;

/**
 * Calls back as soon as the script’s own turn is over.
 * @example
 * setImmediate(function () { console.info('second'); }); // prints second
 * console.info('first'); // prints first
 * @standing inferred
 * @page globals
 */
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): number;

/**
 * Takes a `setTimeout` back.
 * @example
 * clearTimeout(setTimeout(function () { console.error('never'); }, 1));
 * console.info('nothing waits'); // prints nothing waits
 * @standing documented
 * @page globals
 */
declare function clearTimeout(timer?: number): void;

/**
 * Takes a `setInterval` back.
 * @example
 * clearInterval(setInterval(function () { console.error('never'); }, 1));
 * console.info('nothing waits'); // prints nothing waits
 * @standing documented
 * @page globals
 */
declare function clearInterval(timer?: number): void;

/**
 * Takes a `setImmediate` back.
 * @example
 * clearImmediate(setImmediate(function () { console.error('never'); }));
 * console.info('nothing waits'); // prints nothing waits
 * @standing inferred
 * @page globals
 */
declare function clearImmediate(timer?: number): void;

/**
 * The class `Buffer` itself. It is a global; `require('buffer')` has it too.
 * @from Buffer
 * @page buffer
 */
interface BufferConstructor {
  /**
   * Text in an encoding, bytes, or so many bytes of zero: the older form, which published scripts use.
   * @example
   * console.info(new Buffer('aGVsbG8=', 'base64').toString()); // prints hello
   * @standing seen
   */
  new (text: string, encoding?: string): Buffer;
  new (source: ArrayLike<number> | ArrayBuffer | number): Buffer;
  /**
   * The same as `new Buffer`.
   * @example
   * console.info(Buffer('ab').length); // prints 2
   * @standing inferred
   */
  (text: string, encoding?: string): Buffer;
  (source: ArrayLike<number> | ArrayBuffer | number): Buffer;
  /**
   * What instances inherit.
   * @example
   * console.info(typeof Buffer.prototype.write); // prints function
   * @standing inferred
   */
  readonly prototype: Buffer;
  /**
   * The bytes of a text in an encoding (`utf8` by default, `hex`, `base64`, `latin1`, `ascii`, `ucs2`), of a list of numbers, or of another Buffer.
   * @example
   * console.info(Buffer.from('6869', 'hex').toString()); // prints hi
   * @standing seen
   */
  from(text: string, encoding?: string): Buffer;
  from(source: ArrayLike<number> | ArrayBuffer | { toJSON(): any }, offset?: number, length?: number): Buffer;
  /**
   * So many bytes, of zero or of what `fill` says.
   * @example
   * console.info(Buffer.alloc(3, 'ab').toString()); // prints aba
   * @standing inferred
   */
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: string): Buffer;
  /**
   * So many bytes. In the lab they are zero, whatever the name says.
   * @example
   * console.info(Buffer.allocUnsafe(4).length); // prints 4
   * @standing inferred
   */
  allocUnsafe(size: number): Buffer;
  /**
   * So many bytes outside of a pool. The lab has no pool.
   * @example
   * console.info(Buffer.allocUnsafeSlow(4).length); // prints 4
   * @standing inferred
   */
  allocUnsafeSlow(size: number): Buffer;
  /**
   * Whether a value is a Buffer.
   * @example
   * console.info(Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer('a')); // prints true false
   * @standing seen
   */
  isBuffer(value: any): value is Buffer;
  /**
   * The order of two Buffers: -1, 0 or 1.
   * @example
   * console.info([Buffer.from('b'), Buffer.from('a')].sort(Buffer.compare).join()); // prints a,b
   * @standing inferred
   */
  compare(a: Uint8Array, b: Uint8Array): number;
  /**
   * Whether a name is one of an encoding.
   * @example
   * console.info(Buffer.isEncoding('base64'), Buffer.isEncoding('base32')); // prints true false
   * @standing inferred
   */
  isEncoding(encoding: string): boolean;
  /**
   * One Buffer of several.
   * @example
   * console.info(Buffer.concat([Buffer.from('a'), Buffer.from('b')]).toString()); // prints ab
   * @standing seen
   */
  concat(buffers: Uint8Array[], totalLength?: number): Buffer;
  /**
   * How many bytes a text has in an encoding.
   * @example
   * console.info(Buffer.byteLength('é'), 'é'.length); // prints 2 1
   * @standing seen
   */
  byteLength(value: string | ArrayBuffer | Uint8Array, encoding?: string): number;
  /**
   * A size that Node has for its pool. Nothing in the lab depends on it.
   * @example
   * console.info(Buffer.poolSize); // prints 8192
   * @standing inferred
   */
  poolSize: number;
}

/**
 * Bytes: a `Uint8Array` with the methods of Node.
 * @example
 * console.info(Buffer.from('hi').toString('hex')); // prints 6869
 * @standing documented
 * @page buffer
 */
declare const Buffer: BufferConstructor;

/**
 * Bytes. All of `Uint8Array` is there as well.
 * @from Buffer.from('a')
 * @page buffer
 */
interface Buffer extends Uint8Array, BufferReads, BufferWrites {
  /**
   * The text of the bytes in an encoding, `utf8` by default.
   * @example
   * console.info(Buffer.from('hi').toString('base64')); // prints aGk=
   * @standing seen
   */
  toString(encoding?: string, start?: number, end?: number): string;
  /**
   * The same as `toString`.
   * @example
   * console.info(Buffer.from('hi').toLocaleString('hex')); // prints 6869
   * @standing inferred
   */
  toLocaleString(...args: any[]): string;
  /**
   * Bytes as `{type: 'Buffer', data: […]}`, which `Buffer.from` takes back.
   * @example
   * console.info(JSON.stringify(Buffer.from('hi'))); // prints {"type":"Buffer","data":[104,105]}
   * @standing inferred
   */
  toJSON(): { type: 'Buffer'; data: number[] };
  /**
   * What `console` shows of it.
   * @example
   * console.info(Buffer.from('hi').inspect()); // prints <Buffer 68 69>
   * @standing inferred
   */
  inspect(): string;
  /**
   * Whether the bytes are the same.
   * @example
   * console.info(Buffer.from('a').equals(Buffer.from([97]))); // prints true
   * @standing inferred
   */
  equals(other: Uint8Array): boolean;
  /**
   * The order of this and another, or of parts of them: -1, 0 or 1.
   * @example
   * console.info(Buffer.from('a').compare(Buffer.from('b'))); // prints -1
   * @standing inferred
   */
  compare(
    other: Uint8Array,
    targetStart?: number,
    targetEnd?: number,
    sourceStart?: number,
    sourceEnd?: number,
  ): number;
  /**
   * Whether text, byte or bytes stand in it.
   * @example
   * console.info(Buffer.from('websocket').includes('sock')); // prints true
   * @standing inferred
   */
  includes(value: string | number | Uint8Array, offset?: number, encoding?: string): boolean;
  /**
   * Where text, byte or bytes stand first; -1 where nowhere.
   * @example
   * console.info(Buffer.from('websocket').indexOf('sock')); // prints 3
   * @standing inferred
   */
  indexOf(value: string | number | Uint8Array, offset?: number, encoding?: string): number;
  /**
   * Where text, byte or bytes stand last; -1 where nowhere.
   * @example
   * console.info(Buffer.from('abab').lastIndexOf('ab')); // prints 2
   * @standing inferred
   */
  lastIndexOf(value: string | number | Uint8Array, offset?: number, encoding?: string): number;
  /**
   * Writes text into it, and says how many bytes that took.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.write('hi', 1), bytes.toString('hex')); // prints 2 '00686900'
   * @standing inferred
   */
  write(text: string, offset?: number, length?: number, encoding?: string): number;
  write(text: string, encoding: string): number;
  /**
   * A part of it, over the same bytes.
   * @example
   * console.info(Buffer.from('websocket').slice(3).toString()); // prints socket
   * @standing seen
   */
  slice(start?: number, end?: number): Buffer;
  /**
   * Copies bytes into another Buffer, and says how many.
   * @example
   * var target = Buffer.alloc(3);
   * console.info(Buffer.from('abc').copy(target, 1), target.toString('hex')); // prints 2 '006162'
   * @standing inferred
   */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;
  /**
   * Fills it with text, a byte or bytes.
   * @example
   * console.info(Buffer.alloc(3).fill('x').toString()); // prints xxx
   * @standing inferred
   */
  fill(value: string | number | Uint8Array, offset?: number, end?: number, encoding?: string): this;
  /**
   * Swaps the bytes of every pair.
   * @example
   * console.info(Buffer.from('0102', 'hex').swap16().toString('hex')); // prints 0201
   * @standing inferred
   */
  swap16(): this;
  /**
   * Turns every four bytes around.
   * @example
   * console.info(Buffer.from('01020304', 'hex').swap32().toString('hex')); // prints 04030201
   * @standing inferred
   */
  swap32(): this;
  /**
   * Turns every eight bytes around.
   * @example
   * console.info(Buffer.from('0102030405060708', 'hex').swap64().toString('hex')); // prints 0807060504030201
   * @standing inferred
   */
  swap64(): this;
  /**
   * The memory that it is a view of.
   * @example
   * console.info(Buffer.from('hi').parent.byteLength); // prints 2
   * @standing inferred
   */
  readonly parent: ArrayBuffer;
  /**
   * Where it starts in that memory.
   * @example
   * console.info(Buffer.from('hi').slice(1).offset); // prints 1
   * @standing inferred
   */
  readonly offset: number;
}

/**
 * Numbers read from a Buffer: `LE` is the low byte first, `BE` the high byte first. A place outside throws a RangeError, unless `noAssert`.
 * @from Buffer.from('a')
 * @page buffer-numbers
 */
interface BufferReads {
  /**
   * Reads an unsigned number of 1 byte.
   * @example
   * console.info(Buffer.from('fe', 'hex').readUInt8(0)); // prints 254
   * @standing inferred
   */
  readUInt8(offset: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of 1 byte.
   * @example
   * console.info(Buffer.from('fe', 'hex').readInt8(0)); // prints -2
   * @standing inferred
   */
  readInt8(offset: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of 2 bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe01', 'hex').readUInt16LE(0)); // prints 510
   * @standing inferred
   */
  readUInt16LE(offset: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of 2 bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe01', 'hex').readUInt16BE(0)); // prints 65025
   * @standing inferred
   */
  readUInt16BE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of 2 bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe01', 'hex').readInt16LE(0)); // prints 510
   * @standing inferred
   */
  readInt16LE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of 2 bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe01', 'hex').readInt16BE(0)); // prints -511
   * @standing inferred
   */
  readInt16BE(offset: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of 4 bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe010203', 'hex').readUInt32LE(0)); // prints 50463230
   * @standing inferred
   */
  readUInt32LE(offset: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of 4 bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe010203', 'hex').readUInt32BE(0)); // prints 4261478915
   * @standing inferred
   */
  readUInt32BE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of 4 bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe010203', 'hex').readInt32LE(0)); // prints 50463230
   * @standing inferred
   */
  readInt32LE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of 4 bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe010203', 'hex').readInt32BE(0)); // prints -33488381
   * @standing inferred
   */
  readInt32BE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a float of 4 bytes, low byte first.
   * @example
   * console.info(Buffer.from('0000803f', 'hex').readFloatLE(0)); // prints 1
   * @standing inferred
   */
  readFloatLE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a float of 4 bytes, high byte first.
   * @example
   * console.info(Buffer.from('3f800000', 'hex').readFloatBE(0)); // prints 1
   * @standing inferred
   */
  readFloatBE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a double of 8 bytes, low byte first.
   * @example
   * console.info(Buffer.from('000000000000f83f', 'hex').readDoubleLE(0)); // prints 1.5
   * @standing inferred
   */
  readDoubleLE(offset: number, noAssert?: boolean): number;
  /**
   * Reads a double of 8 bytes, high byte first.
   * @example
   * console.info(Buffer.from('3ff8000000000000', 'hex').readDoubleBE(0)); // prints 1.5
   * @standing inferred
   */
  readDoubleBE(offset: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of up to six bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe0102', 'hex').readUIntLE(0, 3)); // prints 131582
   * @standing inferred
   */
  readUIntLE(offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Reads an unsigned number of up to six bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe0102', 'hex').readUIntBE(0, 3)); // prints 16646402
   * @standing inferred
   */
  readUIntBE(offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of up to six bytes, low byte first.
   * @example
   * console.info(Buffer.from('fe0102', 'hex').readIntLE(0, 3)); // prints 131582
   * @standing inferred
   */
  readIntLE(offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Reads a signed number of up to six bytes, high byte first.
   * @example
   * console.info(Buffer.from('fe0102', 'hex').readIntBE(0, 3)); // prints -130814
   * @standing inferred
   */
  readIntBE(offset: number, byteLength: number, noAssert?: boolean): number;
}

/**
 * Numbers written into a Buffer. Each gives the place after what it wrote.
 * @from Buffer.from('a')
 * @page buffer-numbers
 */
interface BufferWrites {
  /**
   * Writes an unsigned number of 1 byte.
   * @example
   * var bytes = Buffer.alloc(1);
   * console.info(bytes.writeUInt8(254, 0), bytes.toString('hex')); // prints 1 'fe'
   * @standing inferred
   */
  writeUInt8(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of 1 byte.
   * @example
   * var bytes = Buffer.alloc(1);
   * console.info(bytes.writeInt8(-2, 0), bytes.toString('hex')); // prints 1 'fe'
   * @standing inferred
   */
  writeInt8(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of 2 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(2);
   * console.info(bytes.writeUInt16LE(254, 0), bytes.toString('hex')); // prints 2 'fe00'
   * @standing inferred
   */
  writeUInt16LE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of 2 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(2);
   * console.info(bytes.writeUInt16BE(254, 0), bytes.toString('hex')); // prints 2 '00fe'
   * @standing inferred
   */
  writeUInt16BE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of 2 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(2);
   * console.info(bytes.writeInt16LE(-2, 0), bytes.toString('hex')); // prints 2 'feff'
   * @standing inferred
   */
  writeInt16LE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of 2 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(2);
   * console.info(bytes.writeInt16BE(-2, 0), bytes.toString('hex')); // prints 2 'fffe'
   * @standing inferred
   */
  writeInt16BE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of 4 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeUInt32LE(254, 0), bytes.toString('hex')); // prints 4 'fe000000'
   * @standing inferred
   */
  writeUInt32LE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of 4 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeUInt32BE(254, 0), bytes.toString('hex')); // prints 4 '000000fe'
   * @standing inferred
   */
  writeUInt32BE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of 4 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeInt32LE(-2, 0), bytes.toString('hex')); // prints 4 'feffffff'
   * @standing inferred
   */
  writeInt32LE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of 4 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeInt32BE(-2, 0), bytes.toString('hex')); // prints 4 'fffffffe'
   * @standing inferred
   */
  writeInt32BE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a float of 4 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeFloatLE(1.5, 0), bytes.toString('hex')); // prints 4 '0000c03f'
   * @standing inferred
   */
  writeFloatLE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a float of 4 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(4);
   * console.info(bytes.writeFloatBE(1.5, 0), bytes.toString('hex')); // prints 4 '3fc00000'
   * @standing inferred
   */
  writeFloatBE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a double of 8 bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(8);
   * console.info(bytes.writeDoubleLE(1.5, 0), bytes.toString('hex')); // prints 8 '000000000000f83f'
   * @standing inferred
   */
  writeDoubleLE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes a double of 8 bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(8);
   * console.info(bytes.writeDoubleBE(1.5, 0), bytes.toString('hex')); // prints 8 '3ff8000000000000'
   * @standing inferred
   */
  writeDoubleBE(value: number, offset: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of up to six bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(3);
   * console.info(bytes.writeUIntLE(254, 0, 3), bytes.toString('hex')); // prints 3 'fe0000'
   * @standing inferred
   */
  writeUIntLE(value: number, offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Writes an unsigned number of up to six bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(3);
   * console.info(bytes.writeUIntBE(254, 0, 3), bytes.toString('hex')); // prints 3 '0000fe'
   * @standing inferred
   */
  writeUIntBE(value: number, offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of up to six bytes, low byte first.
   * @example
   * var bytes = Buffer.alloc(3);
   * console.info(bytes.writeIntLE(-2, 0, 3), bytes.toString('hex')); // prints 3 'feffff'
   * @standing inferred
   */
  writeIntLE(value: number, offset: number, byteLength: number, noAssert?: boolean): number;
  /**
   * Writes a signed number of up to six bytes, high byte first.
   * @example
   * var bytes = Buffer.alloc(3);
   * console.info(bytes.writeIntBE(-2, 0, 3), bytes.toString('hex')); // prints 3 'fffffe'
   * @standing inferred
   */
  writeIntBE(value: number, offset: number, byteLength: number, noAssert?: boolean): number;
}

/**
 * XML from text to nodes and back. A global: no `require` is needed.
 * @from XML
 * @page xml
 */
interface Xml {
  /**
   * The document of a text. A text that is no well-formed XML throws an error with line and column.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.documentElement.getAttribute('id')); // prints 7
   * @standing seen
   */
  parse(text: string | Buffer): Document;
  /**
   * The text of a node or of a list of nodes. `escaping` is `'maximum'` (what is not ASCII becomes a numeric reference) or `'minimal'`.
   * @example
   * var doc = XML.parse('<item>café</item>');
   * console.info(XML.stringify({ omitXmlDeclaration: true, escaping: 'minimal' }, doc)); // prints <item>café</item>
   * @standing documented
   */
  stringify(
    options: { omitXmlDeclaration?: boolean; escaping?: 'minimal' | 'maximum' },
    nodes: Node | NodeList,
  ): string;
  stringify(nodes: Node | NodeList): string;
}

/**
 * XML from text to nodes and back.
 * @example
 * console.info(XML.parse('<a>b</a>').documentElement.textContent); // prints b
 * @standing documented
 * @page xml
 */
declare const XML: Xml;

/**
 * Nodes in a list, from `childNodes`, `getElementsByTagName` and `readAsXML`.
 * @from XML.parse('<a/>').childNodes
 * @page xml
 */
interface NodeList extends Iterable<Node> {
  /**
   * How many there are.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(items.length); // prints 2
   * @standing seen
   */
  readonly length: number;
  /**
   * The node at that place; `null` where there is none.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(items.item(1).textContent); // prints b
   * @standing seen
   */
  item(index: number): any;
  /**
   * The node at that place.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(items[0].textContent); // prints a
   * @standing inferred
   */
  [index: number]: any;
  /**
   * Those for which the function says yes, as an array.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(items.filter(function (each) { return each.textContent === 'b'; }).length); // prints 1
   * @standing lab
   */
  filter(test: (node: any) => boolean): any[];
  /**
   * The place of a node; -1 where it is not there.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(items.indexOf(items.item(1))); // prints 1
   * @standing lab
   */
  indexOf(node: Node): number;
  /**
   * One after the other, for `for … of` and `...`.
   * @example
   * var items = XML.parse('<o><i>a</i><i>b</i></o>').documentElement.childNodes;
   * console.info(Array.from(items, function (each) { return each.textContent; }).join()); // prints a,b
   * @standing inferred
   */
  [Symbol.iterator](): IterableIterator<any>;
}

/**
 * A whole XML text, from `XML.parse`.
 * @from XML.parse('<a/>')
 * @page xml
 */
interface Document extends Node {
  /**
   * The outermost element.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.documentElement.nodeName); // prints order
   * @standing seen
   */
  readonly documentElement: Element;
  /**
   * The document type declaration; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.doctype); // prints null
   * @standing inferred
   */
  readonly doctype: DocumentType | null;
  /**
   * What can make documents.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.implementation.createDocument(null, 'a').documentElement.nodeName); // prints a
   * @standing inferred
   */
  readonly implementation: DOMImplementation;
  /**
   * The media type.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.contentType); // prints application/xml
   * @standing inferred
   */
  readonly contentType: string;
  /**
   * The kind of document.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.type); // prints xml
   * @standing inferred
   */
  readonly type: string;
  /**
   * The elements among the direct children.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.children.length); // prints 1
   * @standing inferred
   */
  readonly children: NodeList;
  /**
   * Makes an element.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createElement('note').nodeName); // prints note
   * @standing inferred
   */
  createElement(name: string): Element;
  /**
   * Makes an element of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createElementNS('urn:a', 'a:note').localName); // prints note
   * @standing inferred
   */
  createElementNS(namespace: string | null, name: string): Element;
  /**
   * Makes a text.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createTextNode('lamp').data); // prints lamp
   * @standing inferred
   */
  createTextNode(data: string): Text;
  /**
   * Makes a comment.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createComment('new').data); // prints new
   * @standing inferred
   */
  createComment(data: string): CharacterData;
  /**
   * Makes a CDATA section.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createCDATASection('a < b').data); // prints a < b
   * @standing inferred
   */
  createCDATASection(data: string): Text;
  /**
   * Makes a processing instruction.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createProcessingInstruction('sort', 'by=id').target); // prints sort
   * @standing inferred
   */
  createProcessingInstruction(target: string, data: string): ProcessingInstruction;
  /**
   * Makes an attribute.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createAttribute('id').name); // prints id
   * @standing inferred
   */
  createAttribute(name: string): Attr;
  /**
   * Makes an attribute of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createAttributeNS('urn:a', 'a:id').localName); // prints id
   * @standing inferred
   */
  createAttributeNS(namespace: string | null, name: string): Attr;
  /**
   * Makes a piece of document, whose children are inserted in its stead.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createDocumentFragment().nodeType); // prints 11
   * @standing inferred
   */
  createDocumentFragment(): Node;
  /**
   * Makes an entity reference.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.createEntityReference('copy').nodeName); // prints copy
   * @standing inferred
   */
  createEntityReference(name: string): Node;
  /**
   * A copy of a node from another document.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.importNode(XML.parse('<b>c</b>').documentElement, true).textContent); // prints c
   * @standing inferred
   */
  importNode(node: Node, deep?: boolean): Node;
  /**
   * The element whose attribute `id` has that value; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.getElementById('7').nodeName); // prints order
   * @standing inferred
   */
  getElementById(id: string): Element | null;
  /**
   * All elements of a name, `*` for any, in the order of the text.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.getElementsByTagName('item').length); // prints 1
   * @standing seen
   */
  getElementsByTagName(name: string): NodeList;
  /**
   * All elements of a namespace and local name, `*` for any.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.getElementsByTagNameNS('*', 'item').length); // prints 1
   * @standing seen
   */
  getElementsByTagNameNS(namespace: string, localName: string): NodeList;
  /**
   * All elements with those names in their attribute `class`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.getElementsByClassName('new').length); // prints 0
   * @standing lab
   */
  getElementsByClassName(names: string): NodeList;
}

/**
 * An element, such as `doc.documentElement`.
 * @from XML.parse('<a b="1">c</a>').documentElement
 * @page xml-elements
 */
interface Element extends Node, Placed {
  /**
   * The name with its prefix.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.tagName); // prints order
   * @standing inferred
   */
  readonly tagName: string;
  /**
   * The attributes.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.attributes.length); // prints 1
   * @standing inferred
   */
  readonly attributes: NamedNodeMap;
  /**
   * The elements among the direct children.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.children.length); // prints 1
   * @standing inferred
   */
  readonly children: NodeList;
  /**
   * The value of an attribute; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getAttribute('id')); // prints 7
   * @standing seen
   */
  getAttribute(name: string): string | null;
  /**
   * Sets an attribute.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.setAttribute('id', '8');
   * console.info(order.getAttribute('id')); // prints 8
   * @standing seen
   */
  setAttribute(name: string, value: string): void;
  /**
   * Removes an attribute.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.removeAttribute('id');
   * console.info(order.hasAttribute('id')); // prints false
   * @standing inferred
   */
  removeAttribute(name: string): void;
  /**
   * Whether there is such an attribute.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.hasAttribute('id')); // prints true
   * @standing inferred
   */
  hasAttribute(name: string): boolean;
  /**
   * Whether there is any attribute.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.hasAttributes()); // prints true
   * @standing inferred
   */
  hasAttributes(): boolean;
  /**
   * An attribute as a node.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getAttributeNode('id').value); // prints 7
   * @standing inferred
   */
  getAttributeNode(name: string): Attr | null;
  /**
   * Puts an attribute there; gives the one it replaces.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.setAttributeNode(doc.createAttribute('id')).value); // prints 7
   * @standing inferred
   */
  setAttributeNode(attribute: Attr): Attr | null;
  /**
   * Takes an attribute away.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.removeAttributeNode(order.getAttributeNode('id')).name); // prints id
   * @standing inferred
   */
  removeAttributeNode(attribute: Attr): Attr;
  /**
   * The value of an attribute of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getAttributeNS(null, 'id')); // prints 7
   * @standing inferred
   */
  getAttributeNS(namespace: string | null, localName: string): string | null;
  /**
   * Sets an attribute of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.setAttributeNS('urn:x', 'x:rank', '1');
   * console.info(order.getAttribute('x:rank')); // prints 1
   * @standing inferred
   */
  setAttributeNS(namespace: string | null, name: string, value: string): void;
  /**
   * Removes an attribute of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.removeAttributeNS(null, 'id');
   * console.info(order.hasAttributes()); // prints false
   * @standing inferred
   */
  removeAttributeNS(namespace: string | null, localName: string): void;
  /**
   * Whether there is such an attribute of a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.hasAttributeNS(null, 'id')); // prints true
   * @standing inferred
   */
  hasAttributeNS(namespace: string | null, localName: string): boolean;
  /**
   * An attribute of a namespace as a node.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getAttributeNodeNS(null, 'id').value); // prints 7
   * @standing inferred
   */
  getAttributeNodeNS(namespace: string | null, localName: string): Attr | null;
  /**
   * Puts an attribute of a namespace there; gives the one it replaces, or `null`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.setAttributeNodeNS(doc.createAttributeNS('urn:x', 'x:rank'))); // prints null
   * @standing inferred
   */
  setAttributeNodeNS(attribute: Attr): Attr | null;
  /**
   * The elements of a name below it, `*` for any.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getElementsByTagName('item').item(0).textContent); // prints lamp
   * @standing seen
   */
  getElementsByTagName(name: string): NodeList;
  /**
   * The elements of a namespace and local name below it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getElementsByTagNameNS('*', 'item').length); // prints 1
   * @standing seen
   */
  getElementsByTagNameNS(namespace: string, localName: string): NodeList;
  /**
   * The elements below it with those names in their attribute `class`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getElementsByClassName('new').length); // prints 0
   * @standing lab
   */
  getElementsByClassName(names: string): NodeList;
  /**
   * The name with its prefix.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getQualifiedName()); // prints order
   * @standing lab
   */
  getQualifiedName(): string;
}

/**
 * What every node has: documents, elements, attributes, texts.
 * @from XML.parse('<a b="1">c</a>').documentElement.firstChild
 * @page xml-nodes
 */
interface Node extends NodeConstants {
  /**
   * The name; `#text`, `#document` and so on where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.nodeName, order.firstChild.firstChild.nodeName); // prints order '#text'
   * @standing seen
   */
  readonly nodeName: string;
  /**
   * The kind of node, a number such as `Node.ELEMENT_NODE`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.nodeType === Node.ELEMENT_NODE); // prints true
   * @standing seen
   */
  readonly nodeType: number;
  /**
   * The namespace; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.namespaceURI); // prints null
   * @standing inferred
   */
  readonly namespaceURI: string | null;
  /**
   * The prefix of the name; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(XML.parse('<x:a xmlns:x="urn:x"/>').documentElement.prefix); // prints x
   * @standing inferred
   */
  readonly prefix: string | null;
  /**
   * The name without its prefix.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.localName); // prints order
   * @standing inferred
   */
  readonly localName: string | null;
  /**
   * Where the document comes from. A script’s comes from nowhere.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.baseURI.length); // prints 11
   * @standing inferred
   */
  readonly baseURI: string;
  /**
   * The document that it belongs to.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.ownerDocument === doc); // prints true
   * @standing inferred
   */
  readonly ownerDocument: any;
  /**
   * The node that it is in; `null` at the top.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.parentNode.nodeName); // prints order
   * @standing seen
   */
  readonly parentNode: any;
  /**
   * The element that it is in; `null` at the top.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.parentElement.nodeName); // prints order
   * @standing inferred
   */
  readonly parentElement: Element | null;
  /**
   * The nodes directly in it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.childNodes.length); // prints 1
   * @standing seen
   */
  readonly childNodes: NodeList;
  /**
   * The first node in it; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.nodeName); // prints item
   * @standing seen
   */
  readonly firstChild: any;
  /**
   * The last node in it; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.lastChild.nodeName); // prints item
   * @standing inferred
   */
  readonly lastChild: any;
  /**
   * The node before it; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.previousSibling); // prints null
   * @standing inferred
   */
  readonly previousSibling: any;
  /**
   * The node after it; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.nextSibling); // prints null
   * @standing seen
   */
  readonly nextSibling: any;
  /**
   * Whether it is in a document.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.isConnected, doc.createElement('a').isConnected); // prints true false
   * @standing inferred
   */
  readonly isConnected: boolean;
  /**
   * The text of a text, comment or attribute; `null` for an element.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.firstChild.nodeValue); // prints lamp
   * @standing seen
   */
  nodeValue: string | null;
  /**
   * All the text in it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.textContent); // prints lamp
   * @standing seen
   */
  textContent: string | null;
  /**
   * Adds a node at the end.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.appendChild(doc.createElement('note'));
   * console.info(order.childNodes.length); // prints 2
   * @standing seen
   */
  appendChild(node: Node): any;
  /**
   * Adds a node before another, or at the end.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.insertBefore(doc.createElement('note'), order.firstChild);
   * console.info(order.firstChild.nodeName); // prints note
   * @standing inferred
   */
  insertBefore(node: Node, before: Node | null): any;
  /**
   * Takes a child out, and gives it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.removeChild(order.firstChild).nodeName); // prints item
   * @standing seen
   */
  removeChild(child: Node): any;
  /**
   * Puts a node in the stead of a child.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.replaceChild(doc.createElement('note'), order.firstChild);
   * console.info(order.firstChild.nodeName); // prints note
   * @standing inferred
   */
  replaceChild(node: Node, child: Node): void;
  /**
   * Whether there are nodes in it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.hasChildNodes()); // prints true
   * @standing inferred
   */
  hasChildNodes(): boolean;
  /**
   * A copy, with all that is in it where `deep`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.cloneNode(true).textContent); // prints lamp
   * @standing inferred
   */
  cloneNode(deep?: boolean): any;
  /**
   * Joins neighbouring texts.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * order.firstChild.appendChild(doc.createTextNode('s'));
   * order.normalize();
   * console.info(order.firstChild.childNodes.length); // prints 1
   * @standing inferred
   */
  normalize(): void;
  /**
   * Whether a node is in it, or is it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.contains(order.firstChild)); // prints true
   * @standing inferred
   */
  contains(node: Node | null): boolean;
  /**
   * The outermost node that it is in.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.getRootNode() === doc); // prints true
   * @standing inferred
   */
  getRootNode(): any;
  /**
   * Whether two nodes look the same.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.isEqualNode(order.cloneNode(true))); // prints true
   * @standing inferred
   */
  isEqualNode(node: Node | null): boolean;
  /**
   * Whether two are the same node.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.isSameNode(order.cloneNode(true))); // prints false
   * @standing inferred
   */
  isSameNode(node: Node | null): boolean;
  /**
   * Whether a feature of the DOM is there.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.isSupported('Core', '2.0')); // prints true
   * @standing inferred
   */
  isSupported(feature: string, version: string): boolean;
  /**
   * The prefix of a namespace; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.lookupPrefix('urn:none')); // prints null
   * @standing inferred
   */
  lookupPrefix(namespace: string): string | null;
  /**
   * The namespace of a prefix; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.lookupNamespaceURI('x')); // prints null
   * @standing inferred
   */
  lookupNamespaceURI(prefix: string): string | null;
  /**
   * Whether no prefix stands for a namespace.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.isDefaultNamespace('urn:none')); // prints true
   * @standing lab
   */
  isDefaultNamespace(namespace: string | null): boolean;
  /**
   * Where another node stands, as a sum of `Node.DOCUMENT_POSITION_…`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.compareDocumentPosition(order.firstChild)); // prints 20
   * @standing inferred
   */
  compareDocumentPosition(node: Node): number;
  /**
   * Its text as XML.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var order = doc.documentElement;
   * console.info(order.firstChild.toString()); // prints <item>lamp</item>
   * @standing seen
   */
  toString(): string;
}

/**
 * Numbers for the kinds of node and their order. The global `Node` has them, and so has every node.
 * @from Node
 * @page xml-parts
 */
interface NodeConstants {
  /**
   * An element, as `nodeType`.
   * @example
   * console.info(Node.ELEMENT_NODE); // prints 1
   * @standing inferred
   */
  readonly ELEMENT_NODE: number;
  /**
   * An attribute, as `nodeType`.
   * @example
   * console.info(Node.ATTRIBUTE_NODE); // prints 2
   * @standing inferred
   */
  readonly ATTRIBUTE_NODE: number;
  /**
   * A text, as `nodeType`.
   * @example
   * console.info(Node.TEXT_NODE); // prints 3
   * @standing inferred
   */
  readonly TEXT_NODE: number;
  /**
   * A CDATA section, as `nodeType`.
   * @example
   * console.info(Node.CDATA_SECTION_NODE); // prints 4
   * @standing inferred
   */
  readonly CDATA_SECTION_NODE: number;
  /**
   * An entity reference, as `nodeType`.
   * @example
   * console.info(Node.ENTITY_REFERENCE_NODE); // prints 5
   * @standing inferred
   */
  readonly ENTITY_REFERENCE_NODE: number;
  /**
   * An entity, as `nodeType`.
   * @example
   * console.info(Node.ENTITY_NODE); // prints 6
   * @standing inferred
   */
  readonly ENTITY_NODE: number;
  /**
   * A processing instruction, as `nodeType`.
   * @example
   * console.info(Node.PROCESSING_INSTRUCTION_NODE); // prints 7
   * @standing inferred
   */
  readonly PROCESSING_INSTRUCTION_NODE: number;
  /**
   * A comment, as `nodeType`.
   * @example
   * console.info(Node.COMMENT_NODE); // prints 8
   * @standing inferred
   */
  readonly COMMENT_NODE: number;
  /**
   * A document, as `nodeType`.
   * @example
   * console.info(Node.DOCUMENT_NODE); // prints 9
   * @standing inferred
   */
  readonly DOCUMENT_NODE: number;
  /**
   * A document type declaration, as `nodeType`.
   * @example
   * console.info(Node.DOCUMENT_TYPE_NODE); // prints 10
   * @standing inferred
   */
  readonly DOCUMENT_TYPE_NODE: number;
  /**
   * A piece of document, as `nodeType`.
   * @example
   * console.info(Node.DOCUMENT_FRAGMENT_NODE); // prints 11
   * @standing inferred
   */
  readonly DOCUMENT_FRAGMENT_NODE: number;
  /**
   * A notation, as `nodeType`.
   * @example
   * console.info(Node.NOTATION_NODE); // prints 12
   * @standing inferred
   */
  readonly NOTATION_NODE: number;
  /**
   * The other node is in another document.
   * @example
   * console.info(Node.DOCUMENT_POSITION_DISCONNECTED); // prints 1
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_DISCONNECTED: number;
  /**
   * The other node is before it.
   * @example
   * console.info(Node.DOCUMENT_POSITION_PRECEDING); // prints 2
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_PRECEDING: number;
  /**
   * The other node is after it.
   * @example
   * console.info(Node.DOCUMENT_POSITION_FOLLOWING); // prints 4
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_FOLLOWING: number;
  /**
   * The other node is around it.
   * @example
   * console.info(Node.DOCUMENT_POSITION_CONTAINS); // prints 8
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_CONTAINS: number;
  /**
   * The other node is in it.
   * @example
   * console.info(Node.DOCUMENT_POSITION_CONTAINED_BY); // prints 16
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_CONTAINED_BY: number;
  /**
   * The other node is in an order of the lab’s own.
   * @example
   * console.info(Node.DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC); // prints 32
   * @standing inferred
   */
  readonly DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC: number;
}

/**
 * The numbers for kinds of node.
 * @example
 * console.info(XML.parse('<a/>').nodeType === Node.DOCUMENT_NODE); // prints true
 * @standing inferred
 * @page xml-parts
 */
declare const Node: NodeConstants;

/**
 * Where a node stood in the text that was parsed; nodes that a script made do not have it.
 * @from XML.parse('<a/>').documentElement
 * @page xml-elements
 */
interface Placed {
  /**
   * The line, counted from 1.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.documentElement.lineNumber); // prints 1
   * @standing lab
   */
  readonly lineNumber?: number;
  /**
   * The column, counted from 1.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * console.info(doc.documentElement.columnNumber); // prints 1
   * @standing lab
   */
  readonly columnNumber?: number;
}

/**
 * An attribute of an element.
 * @from XML.parse('<a b="1"/>').documentElement.getAttributeNode('b')
 * @page xml-parts
 */
interface Attr extends Node, Placed {
  /**
   * The name with its prefix.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var id = doc.documentElement.getAttributeNode('id');
   * console.info(id.name); // prints id
   * @standing inferred
   */
  readonly name: string;
  /**
   * The value.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var id = doc.documentElement.getAttributeNode('id');
   * console.info(id.value); // prints 7
   * @standing inferred
   */
  value: string;
  /**
   * Whether it stands in the text rather than in a default.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var id = doc.documentElement.getAttributeNode('id');
   * console.info(id.specified); // prints true
   * @standing inferred
   */
  readonly specified: boolean;
  /**
   * The element that it is of.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var id = doc.documentElement.getAttributeNode('id');
   * console.info(id.ownerElement.nodeName); // prints order
   * @standing inferred
   */
  readonly ownerElement: Element | null;
}

/**
 * Text within a node: a text, a comment, a CDATA section, a processing instruction.
 * @from XML.parse('<a><!--b--></a>').documentElement.firstChild
 * @page xml-parts
 */
interface CharacterData extends Node, Placed {
  /**
   * The text.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * console.info(text.data); // prints lamp
   * @standing inferred
   */
  data: string;
  /**
   * How long it is.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * console.info(text.length); // prints 4
   * @standing inferred
   */
  readonly length: number;
  /**
   * A part of it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * console.info(text.substringData(0, 2)); // prints la
   * @standing inferred
   */
  substringData(offset: number, count: number): string;
  /**
   * Adds at the end.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * text.appendData('s');
   * console.info(text.data); // prints lamps
   * @standing inferred
   */
  appendData(text: string): void;
  /**
   * Adds at a place.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * text.insertData(0, 'old ');
   * console.info(text.data); // prints old lamp
   * @standing inferred
   */
  insertData(offset: number, text: string): void;
  /**
   * Takes a part out.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * text.deleteData(0, 2);
   * console.info(text.data); // prints mp
   * @standing inferred
   */
  deleteData(offset: number, count: number): void;
  /**
   * Puts other text in the stead of a part.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * text.replaceData(0, 1, 'd');
   * console.info(text.data); // prints damp
   * @standing inferred
   */
  replaceData(offset: number, count: number, text: string): void;
}

/**
 * A text or a CDATA section.
 * @from XML.parse('<a>b</a>').documentElement.firstChild
 * @page xml-parts
 */
interface Text extends CharacterData {
  /**
   * Cuts it in two, and gives the second.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var text = doc.documentElement.firstChild.firstChild;
   * console.info(text.splitText(2).data); // prints mp
   * @standing inferred
   */
  splitText(offset: number): Text;
}

/**
 * A processing instruction, such as `<?sort by=id?>`.
 * @from XML.parse('<a><?p q?></a>').documentElement.firstChild
 * @page xml-parts
 */
interface ProcessingInstruction extends CharacterData {
  /**
   * Whom it is for.
   * @example
   * console.info(XML.parse('<a><?sort by=id?></a>').documentElement.firstChild.target); // prints sort
   * @standing inferred
   */
  readonly target: string;
}

/**
 * A document type declaration.
 * @from XML.parse('<!DOCTYPE a SYSTEM "b"><a/>').doctype
 * @page xml-parts
 */
interface DocumentType extends Node, Placed {
  /**
   * The name of the outermost element.
   * @example
   * var type = XML.parse('<!DOCTYPE a SYSTEM "b.dtd"><a/>').doctype;
   * console.info(type.name); // prints a
   * @standing inferred
   */
  readonly name: string;
  /**
   * The public identifier; empty where there is none.
   * @example
   * var type = XML.parse('<!DOCTYPE a SYSTEM "b.dtd"><a/>').doctype;
   * console.info(type.publicId.length); // prints 0
   * @standing inferred
   */
  readonly publicId: string;
  /**
   * The system identifier, as it is written.
   * @example
   * var type = XML.parse('<!DOCTYPE a SYSTEM "b.dtd"><a/>').doctype;
   * console.info(type.systemId); // prints "b.dtd"
   * @standing inferred
   */
  readonly systemId: string;
  /**
   * What stands in its brackets; empty where there is nothing.
   * @example
   * var type = XML.parse('<!DOCTYPE a SYSTEM "b.dtd"><a/>').doctype;
   * console.info(type.internalSubset.length); // prints 0
   * @standing inferred
   */
  readonly internalSubset: string;
}

/**
 * The attributes of an element.
 * @from XML.parse('<a b="1"/>').documentElement.attributes
 * @page xml-elements
 */
interface NamedNodeMap extends Iterable<Attr> {
  /**
   * How many there are.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.length); // prints 1
   * @standing inferred
   */
  readonly length: number;
  /**
   * The attribute at that place; `null` where there is none.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.item(0).name); // prints id
   * @standing inferred
   */
  item(index: number): Attr | null;
  /**
   * The attribute at that place.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes[0].value); // prints 7
   * @standing inferred
   */
  [index: number]: Attr;
  /**
   * The attribute of that name.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.getNamedItem('id').value); // prints 7
   * @standing inferred
   */
  getNamedItem(name: string): Attr | null;
  /**
   * Puts an attribute there; gives the one it replaces.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.setNamedItem(doc.createAttribute('id')).value); // prints 7
   * @standing inferred
   */
  setNamedItem(attribute: Attr): Attr | null;
  /**
   * Takes an attribute away, and gives it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.removeNamedItem('id').value); // prints 7
   * @standing inferred
   */
  removeNamedItem(name: string): Attr;
  /**
   * The attribute of a namespace and local name.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.getNamedItemNS(null, 'id').value); // prints 7
   * @standing inferred
   */
  getNamedItemNS(namespace: string | null, localName: string): Attr | null;
  /**
   * Puts an attribute of a namespace there; gives the one it replaces, or `null`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.setNamedItemNS(doc.createAttributeNS('urn:x', 'x:id'))); // prints null
   * @standing inferred
   */
  setNamedItemNS(attribute: Attr): Attr | null;
  /**
   * Takes an attribute of a namespace away, and gives it.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(attributes.removeNamedItemNS(null, 'id').value); // prints 7
   * @standing inferred
   */
  removeNamedItemNS(namespace: string | null, localName: string): Attr;
  /**
   * One after the other, for `for … of` and `...`.
   * @example
   * var doc = XML.parse('<order id="7"><item>lamp</item></order>');
   * var attributes = doc.documentElement.attributes;
   * console.info(Array.from(attributes, function (each) { return each.name; }).join()); // prints id
   * @standing inferred
   */
  [Symbol.iterator](): IterableIterator<Attr>;
}

/**
 * Makes documents: `doc.implementation`.
 * @from XML.parse('<a/>').implementation
 * @page xml-parts
 */
interface DOMImplementation {
  /**
   * An empty document with an outermost element of that name.
   * @example
   * var dom = XML.parse('<a/>').implementation;
   * console.info(dom.createDocument(null, 'order').documentElement.nodeName); // prints order
   * @standing inferred
   */
  createDocument(namespace: string | null, name: string | null, type?: DocumentType): Document;
  /**
   * A document type declaration.
   * @example
   * var dom = XML.parse('<a/>').implementation;
   * console.info(dom.createDocumentType('order', '', 'order.dtd').name); // prints order
   * @standing inferred
   */
  createDocumentType(name: string, publicId?: string, systemId?: string): DocumentType;
  /**
   * A document of HTML.
   * @example
   * var dom = XML.parse('<a/>').implementation;
   * console.info(dom.createHTMLDocument('Orders').documentElement.nodeName); // prints html
   * @standing lab
   */
  createHTMLDocument(title?: string | false): Document;
  /**
   * Says yes to all, as the DOM standard wants it.
   * @example
   * var dom = XML.parse('<a/>').implementation;
   * console.info(dom.hasFeature('Core', '2.0')); // prints true
   * @standing inferred
   */
  hasFeature(feature?: string, version?: string): boolean;
}

/**
 * Hashes, HMACs, signatures, ciphers and random bytes. A key is a Buffer, a JWK, or text that names a configured key; the lab takes such a name from the API property of that name.
 * @standing seen
 */
declare module 'crypto' {
  type Key =
    | string
    | Uint8Array
    | { key: Uint8Array; passphrase?: string }
    | { kty: string; [member: string]: any };
  type Data = string | Uint8Array | Buffers;
  /**
   * A hash: `md5`, `sha1`, `sha224`, `sha256`, `sha384`, `sha512` or `ripemd160`.
   * @example
   * var crypto = require('crypto');
   * console.info(crypto.createHash('sha1').update('abc').digest('hex')); // prints a9993e364706816aba3e25717850c26c9cd0d89d
   * @standing seen
   */
  function createHash(algorithm: string): Hash;
  /**
   * An HMAC: `sha1` or `hmac-sha1` and so on to 512, `md5`, `ripemd160`.
   * @example
   * var crypto = require('crypto');
   * console.info(crypto.createHmac('hmac-sha256', Buffer.from('secret')).update('abc').digest('base64')); // prints mUba1OAOkT/Ivo5dP34RCkqegy+D+wnDRShdeGONig4=
   * @standing documented
   */
  function createHmac(algorithm: string, key: Key): Hash;
  /**
   * A signature to be made: `rsa-sha256`, `ecdsa-sha256` and so on.
   * @example
   * var crypto = require('crypto');
   * var key = { kty: 'EC', crv: 'P-256', x: 'Qscit1jN_TgveStIEUhQzxN3ty_xFhbvIe6kFFct_7I', y: '5KzXYrkpitFlpJxteLTdqqTTCcFBGXGfNRYbPKJ7YW4', d: 'ir17wjXvvJy0vfRZIClrb76VThUdo1-8VovmoXVRJwQ' };
   * var signature = crypto.createSign('ecdsa-sha256').update('abc').sign(key);
   * console.info(crypto.createVerify('ecdsa-sha256').update('abc').verify(key, signature)); // prints true
   * @standing documented
   */
  function createSign(algorithm: string): Sign;
  /**
   * A signature to be checked, with a public key or a certificate.
   * @example
   * var crypto = require('crypto');
   * var key = { kty: 'EC', crv: 'P-256', x: 'Qscit1jN_TgveStIEUhQzxN3ty_xFhbvIe6kFFct_7I', y: '5KzXYrkpitFlpJxteLTdqqTTCcFBGXGfNRYbPKJ7YW4' };
   * console.info(crypto.createVerify('ecdsa-sha256').update('abc').verify(key, Buffer.alloc(70))); // prints false
   * @standing documented
   */
  function createVerify(algorithm: string): Verify;
  /**
   * A cipher: `aes128-cbc`, `aes192-cbc`, `aes256-cbc`, `tripledes-cbc`, `A128CBC-HS256`, `A192CBC-HS384`, `A256CBC-HS512`, `A128GCM`, `A192GCM`, `A256GCM`. Without an IV a random one is made.
   * @example
   * var crypto = require('crypto');
   * var cipher = crypto.createCipheriv('aes128-cbc', Buffer.alloc(16, 'k'), Buffer.alloc(16));
   * console.info(cipher.update('abc').final('hex')); // prints a965ec1db118d2934c4d7825b88c77f2
   * @standing documented
   */
  function createCipheriv(algorithm: string, key: Key, iv?: Uint8Array): Cipher;
  /**
   * The way back from a cipher, with the IV that it had.
   * @example
   * var crypto = require('crypto');
   * var decipher = crypto.createDecipheriv('aes128-cbc', Buffer.alloc(16, 'k'), Buffer.alloc(16));
   * var secret = crypto.createCipheriv('aes128-cbc', Buffer.alloc(16, 'k'), Buffer.alloc(16)).update('abc').final();
   * console.info(decipher.update(secret).final('utf8')); // prints abc
   * @standing documented
   */
  function createDecipheriv(algorithm: string, key: Key, iv: Uint8Array): Decipher;
  /**
   * So many random bytes, at once or by callback.
   * @example
   * var crypto = require('crypto');
   * console.info(crypto.randomBytes(16).length); // prints 16
   * crypto.randomBytes(8, function (error, bytes) { console.info(bytes.length); }); // prints 8
   * @standing seen
   */
  function randomBytes(size: number): Buffer;
  function randomBytes(size: number, callback: (error: Error | null, bytes: Buffer) => void): void;
  /**
   * The algorithms of `createHash`.
   * @example
   * console.info(require('crypto').getHashes().join(' ')); // prints md5 sha1 sha224 sha256 sha384 sha512 ripemd160
   * @standing inferred
   */
  function getHashes(): string[];
  /**
   * What `createHash` and `createHmac` give.
   * @from require('crypto').createHash('sha1')
   */
  interface Hash {
    /**
     * Takes data in, and gives the hash itself.
     * @example
     * var hash = require('crypto').createHash('sha1');
     * console.info(hash.update('a').update(Buffer.from('bc')).digest('hex')); // prints a9993e364706816aba3e25717850c26c9cd0d89d
     * @standing seen
     */
    update(data: Data, encoding?: string): Hash;
    /**
     * The result, a Buffer or text in an encoding. It can be asked for once.
     * @example
     * var hash = require('crypto').createHash('sha1').update('abc');
     * console.info(hash.digest().length); // prints 20
     * @standing seen
     */
    digest(): Buffer;
    digest(encoding: string): string;
  }
  /**
   * What `createSign` gives.
   * @from require('crypto').createSign('rsa-sha256')
   */
  interface Sign {
    /**
     * Takes data in, and gives the signature’s object itself.
     * @example
     * var sign = require('crypto').createSign('rsa-sha256');
     * console.info(sign.update('a').update('bc') === sign); // prints true
     * @standing documented
     */
    update(data: Data, encoding?: string): Sign;
    /**
     * The signature by a private key, a Buffer or text in an encoding. RSA signs by PKCS #1 v1.5, ECDSA in DER.
     * @example
     * var key = { kty: 'EC', crv: 'P-256', x: 'Qscit1jN_TgveStIEUhQzxN3ty_xFhbvIe6kFFct_7I', y: '5KzXYrkpitFlpJxteLTdqqTTCcFBGXGfNRYbPKJ7YW4', d: 'ir17wjXvvJy0vfRZIClrb76VThUdo1-8VovmoXVRJwQ' };
     * console.info(require('crypto').createSign('ecdsa-sha256').update('abc').sign(key).length > 60); // prints true
     * @standing documented
     */
    sign(key: Key): Buffer;
    sign(key: Key, encoding: string): string;
  }
  /**
   * What `createVerify` gives.
   * @from require('crypto').createVerify('rsa-sha256')
   */
  interface Verify {
    /**
     * Takes data in, and gives the check’s object itself.
     * @example
     * var verify = require('crypto').createVerify('rsa-sha256');
     * console.info(verify.update('abc') === verify); // prints true
     * @standing documented
     */
    update(data: Data, encoding?: string): Verify;
    /**
     * Whether the signature fits. A key that is unfit throws.
     * @example
     * var key = { kty: 'EC', crv: 'P-256', x: 'Qscit1jN_TgveStIEUhQzxN3ty_xFhbvIe6kFFct_7I', y: '5KzXYrkpitFlpJxteLTdqqTTCcFBGXGfNRYbPKJ7YW4' };
     * console.info(require('crypto').createVerify('ecdsa-sha256').update('abc').verify(key, 'AAAA', 'base64')); // prints false
     * @standing documented
     */
    verify(key: Key, signature: string | Uint8Array, encoding?: string): boolean;
  }
  /**
   * What `createCipheriv` gives.
   * @from require('crypto').createCipheriv('aes128-cbc', Buffer.alloc(16))
   */
  interface Cipher {
    /**
     * Takes data in, and gives the cipher itself: all the output comes from `final`.
     * @example
     * var cipher = require('crypto').createCipheriv('aes128-cbc', Buffer.alloc(16), Buffer.alloc(16));
     * console.info(cipher.update('abc') === cipher); // prints true
     * @standing seen
     */
    update(data: Data, inputEncoding?: string): Cipher;
    /**
     * All of the output, a Buffer or text in an encoding.
     * @example
     * var cipher = require('crypto').createCipheriv('aes128-cbc', Buffer.alloc(16), Buffer.alloc(16));
     * console.info(cipher.update('abc').final('base64')); // prints l2qZX5TPTB4ktuL7Bn56aQ==
     * @standing documented
     */
    final(): Buffer;
    final(encoding: string): string;
    /**
     * The IV, given or made.
     * @example
     * console.info(require('crypto').createCipheriv('aes128-cbc', Buffer.alloc(16)).getIV().length); // prints 16
     * @standing documented
     */
    getIV(): Buffer;
    /**
     * Data that is authenticated but not encrypted; for the ciphers with a tag.
     * @example
     * var cipher = require('crypto').createCipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12));
     * console.info(cipher.setAAD(Buffer.from('id=7')).update('abc').final('hex')); // prints 62eab9
     * @standing documented
     */
    setAAD(data: Uint8Array): Cipher;
    /**
     * The authentication tag, after `final`; for the ciphers that have one.
     * @example
     * var cipher = require('crypto').createCipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12));
     * cipher.update('abc').final();
     * console.info(cipher.getAuthTag().toString('hex')); // prints 6033359197cf5649807d175e6059575c
     * @standing documented
     */
    getAuthTag(): Buffer;
  }
  /**
   * What `createDecipheriv` gives.
   * @from require('crypto').createDecipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12))
   */
  interface Decipher {
    /**
     * Takes data in, and gives the object itself: all the output comes from `final`.
     * @example
     * var decipher = require('crypto').createDecipheriv('aes128-cbc', Buffer.alloc(16), Buffer.alloc(16));
     * console.info(decipher.update('00', 'hex') === decipher); // prints true
     * @standing seen
     */
    update(data: Data, inputEncoding?: string): Decipher;
    /**
     * All of the output. Data that do not fit key, IV or tag throw.
     * @example
     * var crypto = require('crypto');
     * var secret = crypto.createCipheriv('aes128-cbc', Buffer.alloc(16), Buffer.alloc(16)).update('abc').final();
     * console.info(crypto.createDecipheriv('aes128-cbc', Buffer.alloc(16), Buffer.alloc(16)).update(secret).final('utf8')); // prints abc
     * @standing documented
     */
    final(): Buffer;
    final(encoding: string): string;
    /**
     * Data that were authenticated but not encrypted.
     * @example
     * var crypto = require('crypto');
     * var cipher = crypto.createCipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12)).setAAD(Buffer.from('id=7'));
     * var secret = cipher.update('abc').final();
     * var decipher = crypto.createDecipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12)).setAAD(Buffer.from('id=7'));
     * console.info(decipher.setAuthTag(cipher.getAuthTag()).update(secret).final('utf8')); // prints abc
     * @standing documented
     */
    setAAD(data: Uint8Array): Decipher;
    /**
     * The tag that the cipher gave.
     * @example
     * var decipher = require('crypto').createDecipheriv('A128GCM', Buffer.alloc(16), Buffer.alloc(12));
     * console.info(decipher.setAuthTag(Buffer.alloc(16)) === decipher); // prints true
     * @standing documented
     */
    setAuthTag(tag: Uint8Array): Decipher;
  }
}

/**
 * JSON Web Signatures (RFC 7515) with `HS256` to `HS512` and `RS256` to `RS512`. Encryption (JWE) is not in the lab.
 * @standing documented
 */
declare module 'jose' {
  /**
   * The header of a signature: a key, and the algorithm as its protected parameter `alg`.
   * @example
   * var header = require('jose').createJWSHeader(Buffer.from('secret'), 'HS256');
   * console.info(header.get('alg')); // prints HS256
   * @standing documented
   */
  function createJWSHeader(key?: any, algorithm?: string): JWSHeader;
  /**
   * A signature to be made, one for each header.
   * @example
   * var jose = require('jose');
   * var header = jose.createJWSHeader(Buffer.from('secret'), 'HS256');
   * jose.createJWSSigner(header).update('abc').sign(function (error, jws) { console.info(jws); }); // prints eyJhbGciOiJIUzI1NiJ9.YWJj.yc_VfAU941HTiWtla6E7wX-H_QS-HK01i-8kbbNTI4Y
   * @standing documented
   */
  function createJWSSigner(...headers: JWSHeader[]): JWSSigner;
  /**
   * Takes a JWS apart: compact text, or JSON as text, Buffer or object.
   * @example
   * var jws = require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA');
   * console.info(jws.getPayload()); // prints abc
   * @standing documented
   */
  function parse(jws: string | Buffer | object): JWSObject;
  /**
   * Checks the signatures of what `parse` gave, of those that have a key.
   * @example
   * var jose = require('jose');
   * var jws = jose.parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA');
   * jws.getSignatures()[0].setKey(Buffer.from('secret'));
   * jose.createJWSVerifier(jws).validate(function (error) { console.info(Boolean(error)); }); // prints true
   * @standing documented
   */
  function createJWSVerifier(jws: JWSObject): JWSVerifier;
  /**
   * What a header and a signature have to be read by.
   * @from require('jose').createJWSHeader(Buffer.from('secret'), 'HS256')
   */
  interface HeaderReaders {
    /**
     * A parameter of either part; all of them where no name is given.
     * @example
     * console.info(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256').get('alg')); // prints HS256
     * @standing documented
     */
    get(name?: string): any;
    /**
     * All parameters, protected or not.
     * @example
     * console.info(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256').getJOSEHeader()); // prints { alg: 'HS256' }
     * @standing documented
     */
    getJOSEHeader(): Record<string, any>;
    /**
     * A protected parameter, or all of them.
     * @example
     * console.info(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256').getProtected()); // prints { alg: 'HS256' }
     * @standing documented
     */
    getProtected(name?: string): any;
    /**
     * An unprotected parameter, or all of them.
     * @example
     * console.info(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256').getUnprotected()); // prints {}
     * @standing documented
     */
    getUnprotected(name?: string): any;
    /**
     * The key.
     * @example
     * console.info(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256').getKey().toString()); // prints secret
     * @standing documented
     */
    getKey(): any;
  }
  /**
   * What `createJWSHeader` gives.
   * @from require('jose').createJWSHeader(Buffer.from('secret'), 'HS256')
   */
  interface JWSHeader extends HeaderReaders {
    /**
     * Sets a protected parameter, or several of an object.
     * @example
     * var header = require('jose').createJWSHeader(Buffer.from('secret'), 'HS256');
     * console.info(header.setProtected('kid', '1').getProtected()); // prints { alg: 'HS256', kid: '1' }
     * @standing documented
     */
    setProtected(name: string | object, value?: any): JWSHeader;
    /**
     * Sets an unprotected parameter, or several of an object. The compact form has no place for them.
     * @example
     * var header = require('jose').createJWSHeader(Buffer.from('secret'), 'HS256');
     * console.info(header.setUnprotected({ kid: '1' }).getUnprotected('kid')); // prints 1
     * @standing documented
     */
    setUnprotected(name: string | object, value?: any): JWSHeader;
    /**
     * Sets the key.
     * @example
     * var header = require('jose').createJWSHeader();
     * console.info(header.setKey(Buffer.from('secret')).getKey().length); // prints 6
     * @standing documented
     */
    setKey(key: any): JWSHeader;
  }
  /**
   * What `createJWSSigner` gives.
   * @from require('jose').createJWSSigner(require('jose').createJWSHeader(Buffer.from('secret'), 'HS256'))
   */
  interface JWSSigner {
    /**
     * Takes a part of the payload in, and gives the signer itself.
     * @example
     * var jose = require('jose');
     * var signer = jose.createJWSSigner(jose.createJWSHeader(Buffer.from('secret'), 'HS256'));
     * console.info(signer.update('abc') === signer); // prints true
     * @standing documented
     */
    update(data: string | Buffer | Buffers): JWSSigner;
    /**
     * Signs: `'compact'` gives text, `'json'` and `'json_flat'` give an object.
     * @example
     * var jose = require('jose');
     * var signer = jose.createJWSSigner(jose.createJWSHeader(Buffer.from('secret'), 'HS256')).update('abc');
     * signer.sign('json_flat', function (error, jws) { console.info(Object.keys(jws).join()); }); // prints payload,protected,signature
     * @standing documented
     */
    sign(callback: (error: Error | null, jws: string) => void): void;
    sign(form: 'compact' | 'json' | 'json_flat', callback: (error: Error | null, jws: any) => void): void;
  }
  /**
   * What `parse` gives.
   * @from require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA')
   */
  interface JWSObject {
    /**
     * Its signatures.
     * @example
     * console.info(require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA').getSignatures().length); // prints 1
     * @standing documented
     */
    getSignatures(): JWSSignature[];
    /**
     * The payload as text; a Buffer where the bytes are no UTF-8, which is the lab’s choice.
     * @example
     * console.info(require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA').getPayload()); // prints abc
     * @standing documented
     */
    getPayload(): string | Buffer;
  }
  /**
   * One signature of a parsed JWS.
   * @from require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA').getSignatures()[0]
   */
  interface JWSSignature extends HeaderReaders {
    /**
     * Sets the key to check it with.
     * @example
     * var signature = require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA').getSignatures()[0];
     * console.info(signature.setKey(Buffer.from('secret')).getKey().toString()); // prints secret
     * @standing documented
     */
    setKey(key: any): JWSSignature;
  }
  /**
   * What `createJWSVerifier` gives.
   * @from require('jose').createJWSVerifier(require('jose').parse('eyJhbGciOiJIUzI1NiJ9.YWJj.AA'))
   */
  interface JWSVerifier {
    /**
     * Checks each signature that has a key; one must. The callback gets an error, or nothing.
     * @example
     * var jose = require('jose');
     * jose.createJWSSigner(jose.createJWSHeader(Buffer.from('secret'), 'HS256')).update('abc').sign(function (error, text) {
     *   var jws = jose.parse(text);
     *   jws.getSignatures()[0].setKey(Buffer.from('secret'));
     *   jose.createJWSVerifier(jws).validate(function (problem) { console.info(problem ? problem.message : 'fits'); }); // prints fits
     * });
     * @standing documented
     */
    validate(callback: (error?: Error | null) => void): void;
  }
}

/**
 * JSON Web Tokens (RFC 7519), made and checked step by step. Encryption is not in the lab.
 * @standing documented
 */
declare module 'jwt' {
  /**
   * Makes a token of claims.
   * @from new (require('jwt').Encoder)({ sub: 'ann' })
   */
  class Encoder {
    /**
     * Takes the claims.
     * @example
     * var Encoder = require('jwt').Encoder;
     * console.info(typeof new Encoder({ sub: 'ann' }).encode); // prints function
     * @standing documented
     */
    constructor(claims: object);
    /**
     * Adds a step: `'sign'` with a header of `jose.createJWSHeader`. Steps run in their order.
     * @example
     * var encoder = new (require('jwt').Encoder)({ sub: 'ann' });
     * console.info(encoder.addOperation('sign', require('jose').createJWSHeader(Buffer.from('secret'), 'HS256')) === encoder); // prints true
     * @standing documented
     */
    addOperation(operation: 'sign', header: any): Encoder;
    /**
     * Makes the token.
     * @example
     * var header = require('jose').createJWSHeader(Buffer.from('secret'), 'HS256');
     * var encoder = new (require('jwt').Encoder)({ sub: 'ann' }).addOperation('sign', header);
     * encoder.encode(function (error, token) { console.info(token); }); // prints eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.smZZ8MPaDgotxo1D98cFfXd3XE37CXy7QGMhGo6egaE
     * @standing documented
     */
    encode(callback: (error: Error | null, token: string) => void): void;
  }
  /**
   * Checks a token, and gives its claims.
   * @from new (require('jwt').Decoder)('a.b.c')
   */
  class Decoder {
    /**
     * Takes the token.
     * @example
     * var Decoder = require('jwt').Decoder;
     * console.info(typeof new Decoder('a.b.c').decode); // prints function
     * @standing documented
     */
    constructor(token: string);
    /**
     * Adds a step: `'verify'` with a key, or `'validate'` with claims that must be there. Options for `'validate'` may stand first: `validateDataType`, `validateAudience`, `validateExpiration`, `validateNotBefore`, each `true` unless said otherwise.
     * @example
     * var decoder = new (require('jwt').Decoder)('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4iLCJleHAiOjF9.AA');
     * decoder.addOperation('validate', { sub: 'ann' }).decode(function (error) { console.info(/expired/.test(error.message)); }); // prints true
     * @standing documented
     */
    addOperation(operation: 'verify', key: any): Decoder;
    addOperation(operation: 'validate', claims?: object): Decoder;
    addOperation(options: object, operation: 'validate', claims?: object): Decoder;
    /**
     * Runs the steps, and gives the claims. Without `'verify'` nothing is known about who made them.
     * @example
     * new (require('jwt').Decoder)('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.AA').decode(function (error, claims) { console.info(claims.sub); }); // prints ann
     * @standing documented
     */
    decode(callback: (error: Error | null, claims: any) => void): void;
  }
}

/**
 * A query from text to object and back, as in Node.js 8.
 * @standing seen
 */
declare module 'querystring' {
  /**
   * An object of a query’s text; a name that stands more than once has a list.
   * @example
   * var query = require('querystring').parse('id=7&tag=a&tag=b');
   * console.info(query.id, query.tag); // prints 7 [ 'a', 'b' ]
   * @standing seen
   */
  function parse(
    text: string,
    separator?: string,
    equals?: string,
    options?: { maxKeys?: number; decodeURIComponent?(text: string): string },
  ): Record<string, any>;
  /**
   * The text of an object.
   * @example
   * console.info(require('querystring').stringify({ id: 7, tag: ['a', 'b c'] })); // prints id=7&tag=a&tag=b%20c
   * @standing seen
   */
  function stringify(
    object: object,
    separator?: string,
    equals?: string,
    options?: { encodeURIComponent?(text: string): string },
  ): string;
  /**
   * `encodeURIComponent` for any value.
   * @example
   * console.info(require('querystring').escape('a b&c')); // prints a%20b%26c
   * @standing seen
   */
  function escape(value: any): string;
  /**
   * The way back from `escape`. What is no such code stays.
   * @example
   * console.info(require('querystring').unescape('a%20b%zz')); // prints a b%zz
   * @standing seen
   */
  function unescape(text: string): string;
  /**
   * The same as `unescape`, as bytes.
   * @example
   * console.info(require('querystring').unescapeBuffer('%e9').toString('latin1')); // prints é
   * @standing inferred
   */
  function unescapeBuffer(text: string, decodeSpaces?: boolean): Buffer;
  /**
   * The same as `stringify`.
   * @example
   * console.info(require('querystring').encode({ a: 1 }, ';', ':')); // prints a:1
   * @standing inferred
   */
  function encode(object: object, separator?: string, equals?: string, options?: object): string;
  /**
   * The same as `parse`.
   * @example
   * console.info(require('querystring').decode('a:1;b:2', ';', ':').b); // prints 2
   * @standing inferred
   */
  function decode(text: string, separator?: string, equals?: string, options?: object): Record<string, any>;
}

/**
 * Text from a format, of the kind of the package `sprintf-js`.
 * @standing seen
 */
declare module 'sprintf' {
  /**
   * Text from a format, with values one by one.
   * @example
   * console.info(require('sprintf').sprintf('%2$s is %1$.2f', 3.14159, 'pi')); // prints pi is 3.14
   * @standing seen
   */
  function sprintf(format: string, ...values: any[]): string;
  /**
   * The same with the values in a list.
   * @example
   * console.info(require('sprintf').vsprintf('%05d|%-4s|', [42, 'a'])); // prints 00042|a   |
   * @standing inferred
   */
  function vsprintf(format: string, values: any[]): string;
}

/**
 * Unicode names in ASCII (RFC 3492), as in Node.js 8.
 * @standing seen
 */
declare module 'punycode' {
  /**
   * The version of the library.
   * @example
   * console.info(/^\d+\.\d+\.\d+$/.test(require('punycode').version)); // prints true
   * @standing inferred
   */
  const version: string;
  /**
   * A domain in ASCII.
   * @example
   * console.info(require('punycode').toASCII('bücher.example')); // prints xn--bcher-kva.example
   * @standing inferred
   */
  function toASCII(domain: string): string;
  /**
   * A domain in Unicode.
   * @example
   * console.info(require('punycode').toUnicode('xn--bcher-kva.example')); // prints bücher.example
   * @standing inferred
   */
  function toUnicode(domain: string): string;
  /**
   * Text in Punycode.
   * @example
   * console.info(require('punycode').encode('bücher')); // prints bcher-kva
   * @standing inferred
   */
  function encode(text: string): string;
  /**
   * Text from Punycode.
   * @example
   * console.info(require('punycode').decode('bcher-kva')); // prints bücher
   * @standing inferred
   */
  function decode(text: string): string;
  /**
   * Code points, of which some take two characters.
   * @from require('punycode').ucs2
   */
  interface Ucs2 {
    /**
     * The code points of a text.
     * @example
     * console.info(require('punycode').ucs2.decode('a😀')); // prints [ 97, 128512 ]
     * @standing inferred
     */
    decode(text: string): number[];
    /**
     * The text of code points.
     * @example
     * console.info(require('punycode').ucs2.encode([97, 0x1f600]).length); // prints 3
     * @standing inferred
     */
    encode(codePoints: number[]): string;
  }
  /**
   * Code points of a text, and back.
   * @example
   * console.info(require('punycode').ucs2.decode('é')[0]); // prints 233
   * @standing inferred
   */
  const ucs2: Ucs2;
}

/**
 * The global `Buffer` by another way, with constants.
 * @standing inferred
 */
declare module 'buffer' {
  /**
   * The global `Buffer`.
   * @example
   * console.info(require('buffer').Buffer === Buffer); // prints true
   * @standing inferred
   */
  const Buffer: BufferConstructor;
  /**
   * The same as `Buffer`.
   * @example
   * console.info(require('buffer').SlowBuffer === Buffer); // prints true
   * @standing inferred
   */
  const SlowBuffer: BufferConstructor;
  /**
   * How many bytes `inspect` shows.
   * @example
   * console.info(require('buffer').INSPECT_MAX_BYTES); // prints 50
   * @standing inferred
   */
  const INSPECT_MAX_BYTES: number;
  /**
   * How many bytes a Buffer may have by Node’s word; the lab’s memory ends sooner.
   * @example
   * console.info(require('buffer').kMaxLength); // prints 2147483647
   * @standing inferred
   */
  const kMaxLength: number;
  /**
   * The constants.
   * @from require('buffer').constants
   */
  interface Constants {
    /**
     * The same as `kMaxLength`.
     * @example
     * console.info(require('buffer').constants.MAX_LENGTH === require('buffer').kMaxLength); // prints true
     * @standing inferred
     */
    readonly MAX_LENGTH: number;
  }
  /**
   * The constants.
   * @example
   * console.info(Object.keys(require('buffer').constants).join()); // prints MAX_LENGTH
   * @standing inferred
   */
  const constants: Constants;
  /**
   * Bytes of a text in one encoding, as those in another.
   * @example
   * console.info(require('buffer').transcode(Buffer.from('é'), 'utf8', 'latin1').toString('hex')); // prints e9
   * @standing inferred
   */
  function transcode(source: Uint8Array, fromEncoding: string, toEncoding: string): Buffer;
}

/**
 * The global `console` by another way.
 * @standing seen
 */
declare module 'console' {
  /**
   * The global `console`.
   * @example
   * require('console').info('the same log'); // prints the same log
   * @standing seen
   */
  const self: Console;
  export = self;
}

/**
 * Claims about values, as in Node.js 8. One that does not hold throws an `AssertionError`.
 * @standing seen
 */
declare module 'assert' {
  /**
   * Claims that a value is truthy.
   * @example
   * require('assert')(1 < 2, 'counting fails');
   * console.info('holds'); // prints holds
   * @standing seen
   */
  function assert(value: any, message?: any): void;
  /**
   * What hangs on `assert`.
   * @from require('assert')
   */
  namespace assert {
    /**
     * Claims that a value is truthy. The module itself is the same function.
     * @example
     * var assert = require('assert');
     * assert.ok(context.get('request.verb') === 'POST', 'POST only');
     * console.info('holds'); // prints holds
     * @standing seen
     */
    function ok(value: any, message?: any): void;
    /**
     * Claims `==`.
     * @example
     * require('assert').equal(1, '1');
     * console.info('holds'); // prints holds
     * @standing seen
     */
    function equal(actual: any, expected: any, message?: any): void;
    /**
     * Claims `!=`.
     * @example
     * require('assert').notEqual(1, 2);
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function notEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims `===`.
     * @example
     * try { require('assert').strictEqual(1, 2); } catch (error) { console.info(error.message); } // prints 1 === 2
     * @standing inferred
     */
    function strictEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims `!==`.
     * @example
     * require('assert').notStrictEqual(1, '1');
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function notStrictEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims that two values have the same members, compared by `==`.
     * @example
     * require('assert').deepEqual({ a: [1] }, { a: ['1'] });
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function deepEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims the contrary of `deepEqual`.
     * @example
     * require('assert').notDeepEqual({ a: 1 }, { a: 2 });
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function notDeepEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims that two values have the same members, compared by `===`, and the same prototype.
     * @example
     * require('assert').deepStrictEqual([1, { a: 2 }], [1, { a: 2 }]);
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function deepStrictEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims the contrary of `deepStrictEqual`.
     * @example
     * require('assert').notDeepStrictEqual([1], ['1']);
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function notDeepStrictEqual(actual: any, expected: any, message?: any): void;
    /**
     * Claims that a function throws: an error of a class, whose text fits a pattern, or for which a function says yes.
     * @example
     * require('assert').throws(function () { context.get(null); }, TypeError);
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function throws(block: () => void, expected?: any, message?: any): void;
    /**
     * Claims that a function throws nothing.
     * @example
     * require('assert').doesNotThrow(function () { JSON.parse('{}'); });
     * console.info('holds'); // prints holds
     * @standing inferred
     */
    function doesNotThrow(block: () => void, expected?: any, message?: any): void;
    /**
     * Throws the value if it is truthy: for the error of a callback.
     * @example
     * context.request.body.readAsJSON(function (error, order) {
     *   require('assert').ifError(error);
     *   console.info(order.item); // prints lamp
     * });
     * @standing inferred
     */
    function ifError(error: any): void;
    /**
     * Throws, with that message.
     * @example
     * try { require('assert').fail('no way'); } catch (error) { console.info(error.message); } // prints no way
     * @standing inferred
     */
    function fail(message?: any): void;
    function fail(actual: any, expected: any, message?: any, operator?: string): void;
    /**
     * What a claim throws that does not hold.
     * @from new (require('assert').AssertionError)({ actual: 1, expected: 2, operator: '==' })
     */
    class AssertionError extends Error {
      /**
       * Takes what the claim was about.
       * @example
       * var AssertionError = require('assert').AssertionError;
       * console.info(new AssertionError({ actual: 1, expected: 2, operator: '==' }).message); // prints 1 == 2
       * @standing inferred
       */
      constructor(options: { message?: any; actual?: any; expected?: any; operator?: string });
      /**
       * What it is called: `AssertionError [ERR_ASSERTION]`.
       * @example
       * try { require('assert')(false); } catch (error) { console.info(error.name); } // prints AssertionError [ERR_ASSERTION]
       * @standing inferred
       */
      name: string;
      /**
       * Always `ERR_ASSERTION`.
       * @example
       * try { require('assert')(false); } catch (error) { console.info(error.code); } // prints ERR_ASSERTION
       * @standing inferred
       */
      code: string;
      /**
       * What it says.
       * @example
       * try { require('assert')(false, 'too many'); } catch (error) { console.info(error.message); } // prints too many
       * @standing inferred
       */
      message: string;
      /**
       * Where it was thrown.
       * @example
       * try { require('assert')(false); } catch (error) { console.info(typeof error.stack); } // prints string
       * @standing inferred
       */
      stack: string;
      /**
       * What was there.
       * @example
       * try { require('assert').equal(1, 2); } catch (error) { console.info(error.actual); } // prints 1
       * @standing inferred
       */
      actual: any;
      /**
       * What was expected.
       * @example
       * try { require('assert').equal(1, 2); } catch (error) { console.info(error.expected); } // prints 2
       * @standing inferred
       */
      expected: any;
      /**
       * How they were compared.
       * @example
       * try { require('assert').equal(1, 2); } catch (error) { console.info(error.operator); } // prints ==
       * @standing inferred
       */
      operator: string;
      /**
       * Whether the message was made of the values.
       * @example
       * try { require('assert').equal(1, 2); } catch (error) { console.info(error.generatedMessage); } // prints true
       * @standing inferred
       */
      generatedMessage: boolean;
    }
  }
  export = assert;
}

/**
 * What Node.js 8 has for formats, kinds of value, and callbacks. What writes to a process’s streams there is not here.
 * @standing seen
 */
declare module 'util' {
  /**
   * Text from a format: `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O`, `%%`. Further arguments are inspected.
   * @example
   * console.info(require('util').format('%s has %d', 'lamp', 2, { a: 1 })); // prints lamp has 2 { a: 1 }
   * @standing seen
   */
  function format(...args: any[]): string;
  /**
   * A value as text.
   * @example
   * console.info(require('util').inspect({ a: [1, 'b'] })); // prints { a: [ 1, 'b' ] }
   * @standing seen
   */
  function inspect(
    value: any,
    options?: {
      depth?: number | null;
      showHidden?: boolean;
      colors?: boolean;
      breakLength?: number;
      compact?: boolean;
    },
  ): string;
  /**
   * What hangs on `inspect`.
   * @from require('util').inspect
   */
  namespace inspect {
    /**
     * The symbol of a method that says how its object is inspected.
     * @example
     * var util = require('util');
     * console.info(util.inspect({ [util.inspect.custom]: function () { return 'a lamp'; } })); // prints a lamp
     * @standing inferred
     */
    const custom: symbol;
    /**
     * The codes of colours.
     * @example
     * console.info(require('util').inspect.colors.red); // prints [ 31, 39 ]
     * @standing inferred
     */
    const colors: Record<string, [number, number]>;
    /**
     * Which kind of value has which colour.
     * @example
     * console.info(require('util').inspect.styles.number); // prints yellow
     * @standing inferred
     */
    const styles: Record<string, string>;
    /**
     * What `inspect` takes for granted.
     * @example
     * console.info(require('util').inspect.defaultOptions.depth); // prints 2
     * @standing inferred
     */
    let defaultOptions: Record<string, any>;
  }
  /**
   * A function that gives a promise, of one whose last argument is a callback `(error, value)`.
   * @example
   * var readAsJSON = require('util').promisify(context.request.body.readAsJSON);
   * readAsJSON().then(function (order) { console.info(order.item); }); // prints lamp
   * @standing seen
   */
  function promisify(original: (...args: any[]) => void): (...args: any[]) => Promise<any>;
  /**
   * What hangs on `promisify`.
   * @from require('util').promisify
   */
  namespace promisify {
    /**
     * The symbol under which a function has its own form with a promise.
     * @example
     * console.info(typeof require('util').promisify.custom); // prints symbol
     * @standing inferred
     */
    const custom: symbol;
  }
  /**
   * A function with a callback, of one that gives a promise.
   * @example
   * var util = require('util');
   * util.callbackify(async function () { return 42; })(function (error, value) { console.info(value); }); // prints 42
   * @standing inferred
   */
  function callbackify(original: (...args: any[]) => Promise<any>): (...args: any[]) => void;
  /**
   * Makes a class’s instances inherit from another’s.
   * @example
   * var util = require('util');
   * function Lamp() {}
   * util.inherits(Lamp, Array);
   * console.info(new Lamp() instanceof Array); // prints true
   * @standing seen
   */
  function inherits(child: object, parent: object): void;
  /**
   * The same function; its first call logs a warning.
   * @example
   * var old = require('util').deprecate(function () {}, 'use another');
   * old(); // prints DeprecationWarning: use another
   * @standing inferred
   */
  function deprecate<T extends (...args: any[]) => any>(original: T, message: string, code?: string): T;
  /**
   * A logger that is off: nothing turns debugging on.
   * @example
   * require('util').debuglog('orders')('not shown');
   * console.info('nothing came of it'); // prints nothing came of it
   * @standing inferred
   */
  function debuglog(section: string): (...args: any[]) => void;
  /**
   * Writes to the log with the time before it.
   * @example
   * require('util').log('hello'); // prints … - hello
   * @standing inferred
   */
  function log(...args: any[]): void;
  /**
   * Copies members into an object.
   * @example
   * console.info(require('util')._extend({ a: 1 }, { b: 2 })); // prints { a: 1, b: 2 }
   * @standing inferred
   */
  function _extend(target: any, source: any): any;
  /**
   * Whether it is an array.
   * @example
   * console.info(require('util').isArray([])); // prints true
   * @standing seen
   */
  function isArray(value: any): boolean;
  /**
   * Whether it is `true` or `false`.
   * @example
   * console.info(require('util').isBoolean(false)); // prints true
   * @standing inferred
   */
  function isBoolean(value: any): boolean;
  /**
   * Whether it is a Buffer.
   * @example
   * console.info(require('util').isBuffer(Buffer.alloc(1))); // prints true
   * @standing inferred
   */
  function isBuffer(value: any): boolean;
  /**
   * Whether it is `null`.
   * @example
   * console.info(require('util').isNull(undefined)); // prints false
   * @standing inferred
   */
  function isNull(value: any): boolean;
  /**
   * Whether it is `null` or `undefined`.
   * @example
   * console.info(require('util').isNullOrUndefined(undefined)); // prints true
   * @standing inferred
   */
  function isNullOrUndefined(value: any): boolean;
  /**
   * Whether it is a number.
   * @example
   * console.info(require('util').isNumber(NaN)); // prints true
   * @standing inferred
   */
  function isNumber(value: any): boolean;
  /**
   * Whether it is a text.
   * @example
   * console.info(require('util').isString('7')); // prints true
   * @standing inferred
   */
  function isString(value: any): boolean;
  /**
   * Whether it is a symbol.
   * @example
   * console.info(require('util').isSymbol(Symbol.iterator)); // prints true
   * @standing inferred
   */
  function isSymbol(value: any): boolean;
  /**
   * Whether it is `undefined`.
   * @example
   * console.info(require('util').isUndefined(context.get('nope'))); // prints true
   * @standing inferred
   */
  function isUndefined(value: any): boolean;
  /**
   * Whether it is a regular expression.
   * @example
   * console.info(require('util').isRegExp(/a/)); // prints true
   * @standing inferred
   */
  function isRegExp(value: any): boolean;
  /**
   * Whether it is an object and not `null`.
   * @example
   * console.info(require('util').isObject(null)); // prints false
   * @standing inferred
   */
  function isObject(value: any): boolean;
  /**
   * Whether it is a date.
   * @example
   * console.info(require('util').isDate(new Date())); // prints true
   * @standing inferred
   */
  function isDate(value: any): boolean;
  /**
   * Whether it is an error.
   * @example
   * console.info(require('util').isError(new TypeError('a'))); // prints true
   * @standing inferred
   */
  function isError(value: any): boolean;
  /**
   * Whether it is a function.
   * @example
   * console.info(require('util').isFunction(require)); // prints true
   * @standing inferred
   */
  function isFunction(value: any): boolean;
  /**
   * Whether it is no object and no function.
   * @example
   * console.info(require('util').isPrimitive('a')); // prints true
   * @standing inferred
   */
  function isPrimitive(value: any): boolean;
  /**
   * Text to bytes of UTF-8.
   * @from new (require('util').TextEncoder)()
   */
  class TextEncoder {
    /**
     * Takes nothing.
     * @example
     * console.info(new (require('util').TextEncoder)().encoding); // prints utf-8
     * @standing inferred
     */
    constructor();
    /**
     * Always `utf-8`.
     * @example
     * console.info(new (require('util').TextEncoder)().encoding); // prints utf-8
     * @standing inferred
     */
    readonly encoding: string;
    /**
     * The bytes of a text.
     * @example
     * console.info(new (require('util').TextEncoder)().encode('é').length); // prints 2
     * @standing inferred
     */
    encode(text?: string): Uint8Array;
  }
  /**
   * Bytes to text: `utf-8` or `utf-16le`.
   * @from new (require('util').TextDecoder)()
   */
  class TextDecoder {
    /**
     * Takes the encoding. With `fatal`, bytes that are no text throw; with `ignoreBOM`, a byte order mark stays.
     * @example
     * console.info(new (require('util').TextDecoder)('utf-16le').decode(Buffer.from('6100', 'hex'))); // prints a
     * @standing inferred
     */
    constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
    /**
     * The encoding.
     * @example
     * console.info(new (require('util').TextDecoder)('utf8').encoding); // prints utf-8
     * @standing inferred
     */
    readonly encoding: string;
    /**
     * Whether bytes that are no text throw.
     * @example
     * console.info(new (require('util').TextDecoder)('utf8', { fatal: true }).fatal); // prints true
     * @standing inferred
     */
    readonly fatal: boolean;
    /**
     * Whether a byte order mark stays.
     * @example
     * console.info(new (require('util').TextDecoder)().ignoreBOM); // prints false
     * @standing inferred
     */
    readonly ignoreBOM: boolean;
    /**
     * The text of bytes.
     * @example
     * console.info(new (require('util').TextDecoder)().decode(Buffer.from('c3a9', 'hex'))); // prints é
     * @standing inferred
     */
    decode(bytes?: ArrayBuffer | Uint8Array): string;
  }
}

/**
 * URLs from text to parts and back: Node’s older parser, and the standard’s `URL`.
 * @standing seen
 */
declare module 'url' {
  /**
   * The parts of a URL; with `parseQueryString`, `query` is an object.
   * @example
   * var parts = require('url').parse('https://shop:8443/orders?id=7', true);
   * console.info(parts.hostname, parts.port, parts.query.id); // prints shop '8443' '7'
   * @standing seen
   */
  function parse(url: string, parseQueryString?: boolean, slashesDenoteHost?: boolean): Url;
  /**
   * The text of parts, or of a `URL`, whose options may leave out `auth`, `fragment` or `search`.
   * @example
   * console.info(require('url').format({ protocol: 'https', host: 'shop', pathname: '/orders', query: { id: 7 } })); // prints https://shop/orders?id=7
   * @standing inferred
   */
  function format(
    url: object | string,
    options?: { auth?: boolean; fragment?: boolean; search?: boolean; unicode?: boolean },
  ): string;
  /**
   * A link on a page, as a whole URL.
   * @example
   * console.info(require('url').resolve('https://shop/orders/7', '../lamps')); // prints https://shop/lamps
   * @standing inferred
   */
  function resolve(from: string, to: string): string;
  /**
   * The same as `resolve`, as parts.
   * @example
   * console.info(require('url').resolveObject('https://shop/orders/7', '8').pathname); // prints /orders/8
   * @standing inferred
   */
  function resolveObject(from: string | Url, to: string | Url): Url;
  /**
   * A domain in ASCII; empty where it is none.
   * @example
   * console.info(require('url').domainToASCII('bücher.example')); // prints xn--bcher-kva.example
   * @standing inferred
   */
  function domainToASCII(domain: string): string;
  /**
   * A domain in Unicode.
   * @example
   * console.info(require('url').domainToUnicode('xn--bcher-kva.example')); // prints bücher.example
   * @standing inferred
   */
  function domainToUnicode(domain: string): string;
  /**
   * The parts of a URL, from `parse`. A part that is not there is `null`.
   * @from require('url').parse('http://a/')
   */
  class Url {
    /**
     * Parts that are all `null`.
     * @example
     * console.info(new (require('url').Url)().href); // prints null
     * @standing inferred
     */
    constructor();
    /**
     * The whole text.
     * @example
     * console.info(require('url').parse('https://shop/a').href); // prints https://shop/a
     * @standing inferred
     */
    href: string;
    /**
     * The scheme with its colon.
     * @example
     * console.info(require('url').parse('https://shop/a').protocol); // prints https:
     * @standing inferred
     */
    protocol: string;
    /**
     * Whether `//` follows the scheme.
     * @example
     * console.info(require('url').parse('https://shop/a').slashes); // prints true
     * @standing inferred
     */
    slashes: boolean;
    /**
     * User and password.
     * @example
     * console.info(require('url').parse('https://ann:x@shop/').auth); // prints ann:x
     * @standing inferred
     */
    auth: string;
    /**
     * Host and port.
     * @example
     * console.info(require('url').parse('https://shop:8443/').host); // prints shop:8443
     * @standing inferred
     */
    host: string;
    /**
     * The host without the port.
     * @example
     * console.info(require('url').parse('https://shop:8443/').hostname); // prints shop
     * @standing inferred
     */
    hostname: string;
    /**
     * The port, as text.
     * @example
     * console.info(require('url').parse('https://shop:8443/').port); // prints 8443
     * @standing inferred
     */
    port: string;
    /**
     * The path without the query.
     * @example
     * console.info(require('url').parse('https://shop/a?b=c').pathname); // prints /a
     * @standing inferred
     */
    pathname: string;
    /**
     * The query with its question mark.
     * @example
     * console.info(require('url').parse('https://shop/a?b=c').search); // prints ?b=c
     * @standing inferred
     */
    search: string;
    /**
     * The query without its question mark, or as an object.
     * @example
     * console.info(require('url').parse('https://shop/a?b=c').query); // prints b=c
     * @standing inferred
     */
    query: any;
    /**
     * Path and query.
     * @example
     * console.info(require('url').parse('https://shop/a?b=c').path); // prints /a?b=c
     * @standing inferred
     */
    path: string;
    /**
     * The fragment with its `#`.
     * @example
     * console.info(require('url').parse('https://shop/a#d').hash); // prints #d
     * @standing inferred
     */
    hash: string;
    /**
     * Takes a text apart into this object.
     * @example
     * console.info(new (require('url').Url)().parse('https://shop/orders').path); // prints /orders
     * @standing inferred
     */
    parse(url: string, parseQueryString?: boolean, slashesDenoteHost?: boolean): Url;
    /**
     * The text of the parts.
     * @example
     * console.info(require('url').parse('https://shop').format()); // prints https://shop/
     * @standing inferred
     */
    format(): string;
    /**
     * A link on this page, as text.
     * @example
     * console.info(require('url').parse('https://shop/orders/7').resolve('8')); // prints https://shop/orders/8
     * @standing inferred
     */
    resolve(to: string): string;
    /**
     * A link on this page, as parts.
     * @example
     * console.info(require('url').parse('https://shop/orders/7').resolveObject('8').path); // prints /orders/8
     * @standing inferred
     */
    resolveObject(to: string | Url): Url;
    /**
     * Takes `host` apart into `hostname` and `port`.
     * @example
     * var parts = new (require('url').Url)();
     * parts.host = 'shop:8443';
     * parts.parseHost();
     * console.info(parts.port); // prints 8443
     * @standing inferred
     */
    parseHost(): void;
  }
  /**
   * A URL by the WHATWG standard.
   * @from new (require('url').URL)('http://a/')
   */
  class URL {
    /**
     * Takes a text, on its own or on the ground of another. One that is no URL throws.
     * @example
     * var URL = require('url').URL;
     * console.info(new URL('../lamps', 'https://shop/orders/7').href); // prints https://shop/lamps
     * @standing inferred
     */
    constructor(url: string, base?: string | URL);
    /**
     * The whole text. Setting one that is no URL throws.
     * @example
     * console.info(new (require('url').URL)('https://shop/a').href); // prints https://shop/a
     * @standing inferred
     */
    href: string;
    /**
     * The scheme with its colon.
     * @example
     * console.info(new (require('url').URL)('https://shop/a').protocol); // prints https:
     * @standing inferred
     */
    protocol: string;
    /**
     * The user.
     * @example
     * console.info(new (require('url').URL)('https://ann:x@shop/').username); // prints ann
     * @standing inferred
     */
    username: string;
    /**
     * The password.
     * @example
     * console.info(new (require('url').URL)('https://ann:x@shop/').password); // prints x
     * @standing inferred
     */
    password: string;
    /**
     * Host and port.
     * @example
     * console.info(new (require('url').URL)('https://shop:8443/').host); // prints shop:8443
     * @standing inferred
     */
    host: string;
    /**
     * The host without the port.
     * @example
     * console.info(new (require('url').URL)('https://shop:8443/').hostname); // prints shop
     * @standing inferred
     */
    hostname: string;
    /**
     * The port, as text; empty where it is the scheme’s own.
     * @example
     * console.info(new (require('url').URL)('https://shop:8443/').port); // prints 8443
     * @standing inferred
     */
    port: string;
    /**
     * The path.
     * @example
     * console.info(new (require('url').URL)('https://shop/a?b=c').pathname); // prints /a
     * @standing inferred
     */
    pathname: string;
    /**
     * The query with its question mark.
     * @example
     * console.info(new (require('url').URL)('https://shop/a?b=c').search); // prints ?b=c
     * @standing inferred
     */
    search: string;
    /**
     * The fragment with its `#`.
     * @example
     * console.info(new (require('url').URL)('https://shop/a#d').hash); // prints #d
     * @standing inferred
     */
    hash: string;
    /**
     * Scheme, host and port.
     * @example
     * console.info(new (require('url').URL)('https://shop/orders').origin); // prints https://shop
     * @standing inferred
     */
    readonly origin: string;
    /**
     * The query as names and values; what is set there changes the URL.
     * @example
     * var url = new (require('url').URL)('https://shop/?id=7');
     * url.searchParams.set('id', '8');
     * console.info(url.href); // prints https://shop/?id=8
     * @standing inferred
     */
    readonly searchParams: URLSearchParams;
    /**
     * The whole text.
     * @example
     * console.info(new (require('url').URL)('https://shop').toString()); // prints https://shop/
     * @standing inferred
     */
    toString(): string;
    /**
     * The whole text, for `JSON.stringify`.
     * @example
     * console.info(JSON.stringify({ at: new (require('url').URL)('https://shop') })); // prints {"at":"https://shop/"}
     * @standing inferred
     */
    toJSON(): string;
  }
  /**
   * A query as a list of names and values.
   * @from new (require('url').URLSearchParams)('a=1')
   */
  class URLSearchParams implements Iterable<[string, string]> {
    /**
     * Takes a text, a list of pairs, or an object.
     * @example
     * var URLSearchParams = require('url').URLSearchParams;
     * console.info(new URLSearchParams({ id: '7' }).toString()); // prints id=7
     * @standing inferred
     */
    constructor(init?: string | Iterable<[string, string]> | object);
    /**
     * Adds a pair at the end.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * query.append('tag', 'c');
     * console.info(query.toString()); // prints tag=b&id=7&tag=a&tag=c
     * @standing inferred
     */
    append(name: string, value: string): void;
    /**
     * Takes all pairs of a name out.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * query.delete('tag');
     * console.info(query.toString()); // prints id=7
     * @standing inferred
     */
    delete(name: string): void;
    /**
     * The first value of a name; `null` where there is none.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(query.get('tag'), query.get('nope')); // prints b null
     * @standing inferred
     */
    get(name: string): string | null;
    /**
     * All values of a name.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(query.getAll('tag').join()); // prints b,a
     * @standing inferred
     */
    getAll(name: string): string[];
    /**
     * Whether there is such a name.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(query.has('id')); // prints true
     * @standing inferred
     */
    has(name: string): boolean;
    /**
     * Sets the value of a name, which then stands once.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * query.set('tag', 'c');
     * console.info(query.toString()); // prints tag=c&id=7
     * @standing inferred
     */
    set(name: string, value: string): void;
    /**
     * Sorts the pairs by name.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * query.sort();
     * console.info(query.toString()); // prints id=7&tag=b&tag=a
     * @standing inferred
     */
    sort(): void;
    /**
     * Calls a function for each pair: value, name, query.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * var names = [];
     * query.forEach(function (value, name) { names.push(name); });
     * console.info(names.join()); // prints tag,id,tag
     * @standing inferred
     */
    forEach(callback: (value: string, name: string, query: URLSearchParams) => void, thisArg?: any): void;
    /**
     * Names and values, one after the other.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(Array.from(query.entries()).length); // prints 3
     * @standing inferred
     */
    entries(): IterableIterator<[string, string]>;
    /**
     * Names, one after the other.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(Array.from(query.keys()).join()); // prints tag,id,tag
     * @standing inferred
     */
    keys(): IterableIterator<string>;
    /**
     * Values, one after the other.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(Array.from(query.values()).join()); // prints b,7,a
     * @standing inferred
     */
    values(): IterableIterator<string>;
    /**
     * The text of the query.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(query.toString()); // prints tag=b&id=7&tag=a
     * @standing inferred
     */
    toString(): string;
    /**
     * Names and values, for `for … of` and `...`.
     * @example
     * var query = new (require('url').URLSearchParams)('tag=b&id=7&tag=a');
     * console.info(Array.from(query)[1].join('=')); // prints id=7
     * @standing inferred
     */
    [Symbol.iterator](): IterableIterator<[string, string]>;
  }
}

/**
 * The older way to body, variables and rejection. A global; `require('session')` has it too.
 * @from session
 * @page session
 */
interface Session {
  /**
   * The body of the message.
   * @example
   * session.input.readAsJSON(function (error, order) { console.info(order.item); }); // prints lamp
   * @standing documented
   */
  readonly input: SessionContext;
  /**
   * The body of the answer.
   * @example
   * session.output.write({ ok: true });
   * console.info(context.get('message.body.ok')); // prints true
   * @standing documented
   */
  readonly output: SessionOutput;
  /**
   * The request as it came.
   * @example
   * session.INPUT.readAsJSON(function (error, order) { console.info(order.count); }); // prints 2
   * @standing seen
   */
  readonly INPUT: SessionInput;
  /**
   * The context of that name; `undefined` where there is none.
   * @example
   * session.createContext('audit').setVariable('who', 'ann');
   * console.info(session.name('audit').getVariable('who'), session.name('nope')); // prints ann undefined
   * @standing documented
   */
  name(name: string): any;
  /**
   * Makes a context.
   * @example
   * session.createContext('audit').write('hello');
   * session.name('audit').readAsBuffer(function (error, bytes) { console.info(bytes.toString()); }); // prints hello
   * @standing documented
   */
  createContext(name: string): SessionContext;
  /**
   * Raises an error when the script has ended. The script goes on.
   * @example
   * session.reject('Only ten lamps an order');
   * console.info('still here'); // prints still here
   * @standing documented
   * @outcome rejected
   */
  reject(message: string | Error): void;
  reject(options: object, message: string): void;
  /**
   * Takes a rejection back.
   * @example
   * session.reject('Only ten lamps an order');
   * session.accept();
   * console.info('taken back'); // prints taken back
   * @standing documented
   */
  accept(): void;
  /**
   * The parameters of the policy: `local.parameter`.
   * @example
   * console.info(session.parameters.limit); // prints 10
   * @standing documented
   */
  readonly parameters: Record<string, any>;
}

/**
 * The older way to body, variables and rejection.
 * @example
 * session.output.write('hello');
 * console.info(context.get('message.body')); // prints hello
 * @standing documented
 * @page session
 */
declare const session: Session;

/**
 * Variables of a context of the session.
 * @from session.input
 * @page session
 */
interface SessionVariables {
  /**
   * The value of a variable; `undefined` where it is not set.
   * @example
   * session.input.setVariable('who', 'ann');
   * console.info(session.input.getVariable('who')); // prints ann
   * @standing documented
   */
  getVariable(name: string): any;
  /**
   * Sets a variable.
   * @example
   * session.output.setVariable('count', 2);
   * console.info(session.output.getVariable('count')); // prints 2
   * @standing documented
   */
  setVariable(name: string, value: any): void;
  /**
   * Deletes a variable.
   * @example
   * session.input.setVariable('who', 'ann');
   * session.input.deleteVariable('who');
   * console.info(session.input.getVariable('who')); // prints undefined
   * @standing documented
   */
  deleteVariable(name: string): boolean;
  /**
   * `getVariable` by a shorter name.
   * @example
   * session.input.setVariable('who', 'ann');
   * console.info(session.input.getVar('who')); // prints ann
   * @standing seen
   */
  getVar(name: string): any;
  /**
   * `setVariable` by a shorter name.
   * @example
   * session.output.setVar('count', 2);
   * console.info(session.output.getVariable('count')); // prints 2
   * @standing seen
   */
  setVar(name: string, value: any): void;
  /**
   * `deleteVariable` by a shorter name.
   * @example
   * session.input.setVar('who', 'ann');
   * session.input.deleteVar('who');
   * console.info(session.input.getVar('who')); // prints undefined
   * @standing seen
   */
  deleteVar(name: string): boolean;
}

/**
 * The request’s body and variables: `session.INPUT`.
 * @from session.INPUT
 * @page session
 */
interface SessionInput extends SessionVariables {
  /**
   * Reads the body as JSON.
   * @example
   * session.input.readAsJSON(function (error, order) { console.info(order.count); }); // prints 2
   * @standing documented
   */
  readAsJSON(callback: (error: Error | null, value: any) => void): void;
  /**
   * Reads the body as XML: a list of nodes.
   * @example
   * session.output.write('<order>7</order>');
   * session.input.readAsXML(function (error, nodes) { console.info(nodes.item(0).textContent); }); // prints 7
   * @standing documented
   */
  readAsXML(callback: (error: Error | null, nodes: NodeList) => void): void;
  /**
   * Reads the body as one Buffer.
   * @example
   * session.input.readAsBuffer(function (error, bytes) { console.info(bytes.length); }); // prints 25
   * @standing documented
   */
  readAsBuffer(callback: (error: Error | null, bytes: Buffer) => void): void;
  /**
   * Reads the body as a list of Buffers.
   * @example
   * session.input.readAsBuffers(function (error, parts) { console.info(parts.toBuffer().length); }); // prints 25
   * @standing documented
   */
  readAsBuffers(callback: (error: Error | null, parts: Buffers) => void): void;
}

/**
 * What can be written: `session.output`.
 * @from session.output
 * @page session
 */
interface SessionOutput extends SessionVariables {
  /**
   * Writes the body: text, a Buffer or Buffers, XML nodes, or an object, which is written as JSON.
   * @example
   * session.output.write({ item: 'lamp' });
   * console.info(JSON.stringify(context.get('message.body'))); // prints {"item":"lamp"}
   * @standing documented
   */
  write(value: string | Buffer | Buffers | Node | NodeList | object): void;
}

/**
 * A context that can be read and written: `session.input`, or one that `createContext` made.
 * @from session.input
 * @page session
 */
interface SessionContext extends SessionInput, SessionOutput {}

/**
 * Headers and status by their older names.
 * @standing documented
 */
declare module 'header-metadata' {
  /**
   * The headers of the message, and its status.
   * @example
   * var hm = require('header-metadata');
   * hm.current.set('X-Answer', '42');
   * console.info(context.get('message.headers.X-Answer')); // prints 42
   * @standing documented
   */
  const current: CurrentHeaders;
  /**
   * The headers of the answer: in the lab the same as `current`.
   * @example
   * var hm = require('header-metadata');
   * hm.response.statusCode = 204;
   * console.info(context.get('message.status.reason')); // prints No Content
   * @standing lab
   */
  const response: CurrentHeaders;
  /**
   * The headers of the request as it came.
   * @example
   * var hm = require('header-metadata');
   * console.info(hm.original.get('X-Trace')); // prints abc123
   * @standing documented
   */
  const original: OriginalHeaders;
  /**
   * What `current` and `response` have.
   * @from require('header-metadata').current
   */
  interface CurrentHeaders {
    /**
     * The value of a header; `undefined` where there is none. Without a name all headers as an object, as seen in published scripts.
     * @example
     * var hm = require('header-metadata');
     * console.info(hm.current.get('X-Trace'), hm.current.get()['X-Trace']); // prints abc123 'abc123'
     * @standing documented
     */
    get(name: string): string | string[] | undefined;
    get(): Record<string, string | string[]>;
    /**
     * Sets a header.
     * @example
     * var hm = require('header-metadata');
     * hm.current.set('X-Answer', '42');
     * console.info(hm.current.get('X-Answer')); // prints 42
     * @standing documented
     */
    set(name: string, value: string | number | string[]): void;
    /**
     * Removes a header.
     * @example
     * var hm = require('header-metadata');
     * hm.current.remove('X-Trace');
     * console.info(hm.current.get('X-Trace')); // prints undefined
     * @standing documented
     */
    remove(name: string): void;
    /**
     * All headers as an object.
     * @example
     * var hm = require('header-metadata');
     * console.info(hm.current.headers['X-Trace']); // prints abc123
     * @standing documented
     */
    headers: Record<string, string | string[]>;
    /**
     * The status code; takes `302`, `'302'` and `'302 Moved Temporarily'`.
     * @example
     * var hm = require('header-metadata');
     * hm.current.statusCode = '302 Elsewhere';
     * console.info(hm.current.statusCode); // prints 302
     * @standing documented
     */
    get statusCode(): number;
    set statusCode(value: number | string);
    /**
     * The words after the status code.
     * @example
     * var hm = require('header-metadata');
     * hm.current.statusCode = 302;
     * console.info(hm.current.reasonPhrase); // prints Found
     * @standing documented
     */
    reasonPhrase: string;
  }
  /**
   * What `original` has.
   * @from require('header-metadata').original
   */
  interface OriginalHeaders {
    /**
     * The value of a header; `undefined` where there is none. Without a name all headers as an object, as seen in published scripts.
     * @example
     * console.info(require('header-metadata').original.get('x-trace')); // prints abc123
     * @standing documented
     */
    get(name: string): string | string[] | undefined;
    get(): Record<string, string | string[]>;
    /**
     * All headers as an object.
     * @example
     * console.info(require('header-metadata').original.headers['Content-Type']); // prints application/json
     * @standing documented
     */
    readonly headers: Record<string, string | string[]>;
    /**
     * Throws: the original headers are read-only.
     * @example
     * try { require('header-metadata').original.set('A', 'b'); } catch (error) { console.info(error.name); } // prints TypeError
     * @standing lab
     */
    set(name: string, value: any): never;
    /**
     * Throws: the original headers are read-only.
     * @example
     * try { require('header-metadata').original.remove('X-Trace'); } catch (error) { console.info(error.name); } // prints TypeError
     * @standing lab
     */
    remove(name: string): never;
  }
}

/**
 * The variables `var://service/…` of the gateway’s older services, of which the lab has those that a context variable stands for.
 * @standing documented
 */
declare module 'service-metadata' {
  /**
   * The value of a variable by its whole name.
   * @example
   * console.info(require('service-metadata').getVar('var://service/URI')); // prints /demo/sandbox/orders?id=7&tag=new
   * @standing documented
   */
  function getVar(name: string): any;
  /**
   * Sets a variable by its whole name. A read-only one throws.
   * @example
   * var sm = require('service-metadata');
   * sm.setVar('var://service/error-protocol-response', '503');
   * console.info(context.get('message.status.code')); // prints 503
   * @standing documented
   */
  function setVar(name: string, value: any): void;
  /**
   * Path and query.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.URI); // prints /demo/sandbox/orders?id=7&tag=new
   * @standing lab
   */
  const URI: string;
  /**
   * The whole URL that was asked for.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.URLIn); // prints https://localhost:9443/demo/sandbox/orders?id=7&tag=new
   * @standing lab
   */
  const URLIn: string;
  /**
   * The method.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.protocolMethod); // prints POST
   * @standing lab
   */
  const protocolMethod: string;
  /**
   * The protocol: `https`.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.protocol); // prints https
   * @standing lab
   */
  const protocol: string;
  /**
   * The domain of the gateway: `apiconnect`.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.domainName); // prints apiconnect
   * @standing lab
   */
  const domainName: string;
  /**
   * The number of the transaction.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.globalTransactionId.length); // prints 24
   * @standing lab
   */
  const globalTransactionId: string;
  /**
   * The text of the error that is handled; `undefined` where there is none.
   * @example
   * var sm = require('service-metadata');
   * console.info(sm.errorMessage); // prints no answer
   * @standing lab
   */
  const errorMessage: string;
  /**
   * The status code of the answer.
   * @example
   * var sm = require('service-metadata');
   * sm.errorProtocolResponse = '503';
   * console.info(sm.errorProtocolResponse); // prints 503
   * @standing lab
   */
  let errorProtocolResponse: any;
  /**
   * The words after the status code.
   * @example
   * var sm = require('service-metadata');
   * sm.errorProtocolResponse = 503;
   * sm.errorProtocolReasonPhrase = 'No Lamps';
   * console.info(sm.errorProtocolReasonPhrase); // prints No Lamps
   * @standing lab
   */
  let errorProtocolReasonPhrase: any;
  /**
   * Variables of the older gateway service.
   * @from require('service-metadata').mpgw
   */
  interface Mpgw {
    /**
     * Whether to leave the target out. It is kept, and without effect: in an assembly nothing is called that no policy calls.
     * @example
     * var sm = require('service-metadata');
     * sm.mpgw.skipBackside = true;
     * console.info(sm.mpgw.skipBackside); // prints true
     * @standing lab
     */
    skipBackside: any;
  }
  /**
   * Variables of the older gateway service.
   * @example
   * console.info(typeof require('service-metadata').mpgw); // prints object
   * @standing lab
   */
  const mpgw: Mpgw;
}

/**
 * The functions of the product’s version 5, kept for scripts that moved from there.
 * @standing documented
 */
declare module 'apim' {
  /**
   * The value of a variable; of a request parameter, its value.
   * @example
   * console.info(require('apim').getvariable('request.parameters.id')); // prints 7
   * @standing documented
   */
  function getvariable(name: string): any;
  /**
   * Sets a variable, adds to it, or clears it.
   * @example
   * var apim = require('apim');
   * apim.setvariable('message.headers.X-Answer', '42');
   * apim.setvariable('note', 'a', 'add');
   * console.info(apim.getvariable('message.headers.X-Answer'), apim.getvariable('note')); // prints 42 'a'
   * @standing documented
   */
  function setvariable(name: string, value: any, action?: 'set' | 'add' | 'clear'): void;
  /**
   * Reads the body of the message as JSON.
   * @example
   * require('apim').readInputAsJSON(function (error, order) { console.info(order.item); }); // prints lamp
   * @standing documented
   */
  function readInputAsJSON(callback: (error: Error | null, value: any) => void): void;
  /**
   * Reads the body of the message as XML.
   * @example
   * session.output.write('<order>7</order>');
   * require('apim').readInputAsXML(function (error, nodes) { console.info(nodes.item(0).textContent); }); // prints 7
   * @standing documented
   */
  function readInputAsXML(callback: (error: Error | null, nodes: NodeList) => void): void;
  /**
   * Reads the body of the message as one Buffer.
   * @example
   * require('apim').readInputAsBuffer(function (error, bytes) { console.info(bytes.length); }); // prints 25
   * @standing documented
   */
  function readInputAsBuffer(callback: (error: Error | null, bytes: Buffer) => void): void;
  /**
   * Reads the body of the message as a list of Buffers.
   * @example
   * require('apim').readInputAsBuffers(function (error, parts) { console.info(parts.toString().length); }); // prints 25
   * @standing documented
   */
  function readInputAsBuffers(callback: (error: Error | null, parts: Buffers) => void): void;
  /**
   * Says of which media type the output is.
   * @example
   * require('apim').output('application/xml');
   * console.info(context.message.header.get('Content-Type')); // prints application/xml
   * @standing documented
   */
  function output(mediaType: string): void;
  /**
   * Raises an error with a status. It does not throw.
   * @example
   * require('apim').error('TooMany', 429, 'Too Many Lamps', 'Only ten an order');
   * console.info(context.get('message.status.code')); // prints 429
   * @standing documented
   * @outcome rejected
   */
  function error(name: string, statusCode: number | string, reason?: string, message?: string): void;
  /**
   * A property of a user-defined policy, or all.
   * @example
   * console.info(require('apim').getPolicyProperty('limit')); // prints 10
   * @standing seen
   */
  function getPolicyProperty(name?: string): any;
  /**
   * The global `console`.
   * @example
   * require('apim').console.info('the same log'); // prints the same log
   * @standing seen
   */
  const console: Console;
}

/**
 * The global `session` by another way.
 * @standing documented
 */
declare module 'session' {
  /**
   * The global `session`.
   * @example
   * require('session').output.write('hello');
   * console.info(context.get('message.body')); // prints hello
   * @standing documented
   */
  const self: Session;
  export = self;
}

/**
 * Requests of the script’s own. They reach what the run brings answers for, or the servers of your own organization; there is no other network.
 * @standing documented
 */
declare module 'urlopen' {
  /**
   * Asks a server, and calls back with its response, whatever its status. Without a method it is GET, and POST where there is data; `timeout` is in seconds. The error is a `ConnectionError` where no response came.
   * @example
   * var urlopen = require('urlopen');
   * urlopen.open({ target: 'http://backend:8091/lamps', method: 'GET', headers: { Accept: 'application/json' } }, function (error, response) {
   *   console.info(error ? error.name : response.statusCode); // prints 200
   * });
   * @standing documented
   */
  function open(
    options:
      | string
      | {
          target: string;
          method?: string;
          headers?: Record<string, any>;
          contentType?: string;
          timeout?: number;
          data?: string | Uint8Array | Node | NodeList | object;
          agent?: any;
          sslClientProfile?: string;
          sslProxyProfile?: string;
        },
    callback: (error: Error | null, response?: Response) => void,
  ): void;
  /**
   * What `open` calls back with.
   * @by require('urlopen').open('http://backend:8091/lamps', function (error, response) { done(response); });
   */
  interface Response {
    /**
     * The status code.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) { console.info(response.statusCode); }); // prints 200
     * @standing documented
     */
    readonly statusCode: number;
    /**
     * The words after the status code.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) { console.info(response.reasonPhrase); }); // prints OK
     * @standing documented
     */
    readonly reasonPhrase: string;
    /**
     * The headers as an object; of one that stands more than once, the values with a comma between.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) { console.info(response.headers['Content-Type']); }); // prints application/json
     * @standing documented
     */
    readonly headers: Record<string, string>;
    /**
     * A header, whatever its case.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) { console.info(response.get('content-type')); }); // prints application/json
     * @standing seen
     */
    get(name: string): string | undefined;
    /**
     * Reads the body as JSON.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) {
     *   response.readAsJSON(function (problem, lamps) { console.info(lamps.stock); }); // prints 3
     * });
     * @standing documented
     */
    readAsJSON(callback: (error: Error | null, value: any) => void): void;
    /**
     * Reads the body as XML: a list of nodes.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps.xml', function (error, response) {
     *   response.readAsXML(function (problem, nodes) { console.info(nodes.item(0).nodeName); }); // prints stock
     * });
     * @standing documented
     */
    readAsXML(callback: (error: Error | null, nodes: NodeList) => void): void;
    /**
     * Reads the body as one Buffer.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) {
     *   response.readAsBuffer(function (problem, bytes) { console.info(bytes.length); }); // prints 11
     * });
     * @standing documented
     */
    readAsBuffer(callback: (error: Error | null, bytes: Buffer) => void): void;
    /**
     * Reads the body as a list of Buffers.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) {
     *   response.readAsBuffers(function (problem, parts) { console.info(parts.length); }); // prints 1
     * });
     * @standing documented
     */
    readAsBuffers(callback: (error: Error | null, parts: Buffers) => void): void;
    /**
     * Says that the body is not wanted.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) {
     *   response.discard(function (problem) { console.info(problem); }); // prints null
     * });
     * @standing documented
     */
    discard(callback?: (error: Error | null) => void): void;
    /**
     * Ends the connection; the body is then not to be had. In the lab it is `discard` without a callback.
     * @example
     * var urlopen = require('urlopen');
     * urlopen.open('http://backend:8091/lamps', function (error, response) {
     *   response.disconnect();
     *   console.info(response.statusCode); // prints 200
     * });
     * @standing seen
     */
    disconnect(): void;
  }
}
