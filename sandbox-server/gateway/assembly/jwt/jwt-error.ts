// Why a token is not valid, or cannot be made: a sentence for the learner's log, never for the client.

export class JwtError extends Error {
  override readonly name = 'JwtError';
}
