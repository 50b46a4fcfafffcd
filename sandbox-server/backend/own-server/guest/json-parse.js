// `JSON.parse` that fails in Node's words: servers tell them to their clients, who sent what is no JSON.
const { apply } = Reflect;
const { parse } = JSON;

export function createParse(host) {
  const named = {
    parse(text, reviver) {
      try {
        return apply(parse, JSON, [text, reviver]);
      } catch (error) {
        // Else it is what the reviver has thrown, or the conversion to text.
        if (!(error instanceof SyntaxError) || error.message.length === 0) throw error;
        const message = host.call('jsonError', `${text}`);
        throw message === null ? error : new SyntaxError(message);
      }
    },
  };
  return named.parse;
}
