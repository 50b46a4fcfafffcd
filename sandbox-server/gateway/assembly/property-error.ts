// The product's error `PropertyError`: a value that a policy cannot work with.

/** A property that is of the wrong type once its references have their values, or a variable that there cannot be. */
export class PropertyError extends Error {
  override readonly name = 'PropertyError';
}
