// The errors that the product's policies raise, by the names that a `catch` lists.

/** IBM, "Error cases supported by assembly catches"; those of `throw` and `context.reject` have names of their own. */
export const ERROR_NAMES: ReadonlyMap<string, string> = new Map([
  ['ConnectionError', 'No connection to a target came about.'],
  ['JavaScriptError', 'A script threw.'],
  ['PropertyError', 'A property of a policy has a value that it cannot have.'],
  ['RedactionError', 'A field could not be redacted.'],
  ['TransformError', 'A transformation failed.'],
  ['RuntimeError', 'Any error that has no name of its own.'],
  ['BadRequestError', 'The request could not be read. `default` does not take it.'],
  ['SOAPError', 'A target answered with a SOAP fault.'],
  ['OperationError', 'A target answered with a status that tells a failure.'],
  ['ValidateError', 'A body does not fit its schema.'],
  ['AssemblyRateLimitError', 'A limit of the policy ratelimit is used up.'],
  ['UnauthorizedError', 'The client is not who it has to be. `default` does not take it.'],
]);
