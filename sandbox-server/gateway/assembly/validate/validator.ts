// Compiles a schema to a check of documents, and says of a document what does not fit.
import Ajv from 'ajv-draft-04';
import { RE2JS } from 're2js';
import { isJsonObject } from '../../../gatewayscript/json-object.ts';
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';
import type { Tree } from '../named-message.ts';
import { spend, withinBudget } from './budget.ts';
import { COST, SchemaFault } from './schema.ts';

/** Where the document does not fit, as a sentence, or `null`. With defaults, it fills in what is missing. @throws BudgetSpent */
export type Validator = (document: Tree) => string | null;

/** Steps that one pattern is compiled to, as for header-control. */
const MAX_PATTERN_STEPS = 2_000;

const plain = createCompiler(false);
const filling = createCompiler(true);

/** `schema` is one that `safeSchema` made. @throws SchemaFault */
export function compileValidator(schema: JsonObject, fillsDefaults: boolean): Validator {
  const compiler = fillsDefaults ? filling : plain;
  try {
    const fits = withinBudget(() => compiler.compile(schema));
    return (document) =>
      withinBudget(() => {
        if (fits(document)) return null;
        const [error] = fits.errors ?? [];
        return `${error?.instancePath || 'the document'} ${error?.message ?? 'does not fit'}`;
      });
  } catch (error) {
    if (error instanceof SchemaFault) throw error;
    throw new SchemaFault(error instanceof Error ? error.message : 'the schema cannot be compiled');
  } finally {
    // Nothing of a learner's schema stays behind in the compiler, which all share.
    compiler.removeSchema(schema);
  }
}

function createCompiler(useDefaults: boolean) {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    validateFormats: false,
    // Each referred schema becomes one function, however often it is referred to.
    inlineRefs: false,
    // What every object inherits, such as toString, is no member of a document.
    ownProperties: true,
    useDefaults,
    // Optimizing takes three times as long as compiling, and saves a request little.
    code: { optimize: false, regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
  });
  ajv.addKeyword({
    keyword: COST,
    schemaType: 'number',
    errors: false,
    validate(units: number) {
      spend(units);
      return true;
    },
  });
  // The library compares each item with all others.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    validate: (wanted: boolean, items: JsonValue[]) => !wanted || areDistinct(items),
  });
  return ajv;
}

/** RE2 takes linear time: no pattern of a learner's can stall the gateway, but for look-around, which it does not have. */
function linearPattern(pattern: string) {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not understood';
    throw new SchemaFault(`the pattern ${JSON.stringify(pattern)} cannot be used: ${why}`);
  }
  const steps = compiled.programSize();
  if (steps > MAX_PATTERN_STEPS)
    throw new SchemaFault(`the pattern ${JSON.stringify(pattern)} repeats too much`);
  return {
    test(text: string): boolean {
      spend(1 + Math.ceil((text.length * steps) / 8));
      return compiled.matcher(text).find();
    },
    // By this the library tells one pattern from another.
    toString: () => `linear ${pattern}`,
  };
}

function areDistinct(items: readonly JsonValue[]): boolean {
  const texts = items.map((item) => {
    const text = canonical(item);
    spend(1 + Math.ceil(text.length / 100));
    return text;
  });
  return new Set(texts).size === texts.length;
}

/** JSON with the members of objects in one order. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_name, each: JsonValue) =>
    isJsonObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
