// The errors that the product's policies raise, by the names that a `catch` lists; those of `throw` and `context.reject` have names of their own.

/** IBM, "Error cases supported by assembly catches". */
export const ERROR_NAMES = [
  'ConnectionError',
  'JavaScriptError',
  'PropertyError',
  'RedactionError',
  'TransformError',
  'RuntimeError',
  'BadRequestError',
  'SOAPError',
  'OperationError',
  'ValidateError',
  'AssemblyRateLimitError',
  'UnauthorizedError',
];

/** Those that `default` leaves alone: only a handler that lists them gets them (same page). */
export const NEVER_BY_DEFAULT = ['BadRequestError', 'UnauthorizedError'];
