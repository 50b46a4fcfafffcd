// The policy `validate`: holds the tree of a message against a schema of the definition.
import { z } from 'zod';
import type { DefinitionDocument } from '../../definition/document.ts';
import type { Finding } from '../../definition/rule.ts';
import { definitionOf, keepDefinition } from '../deployed-definition.ts';
import { failed } from '../failure.ts';
import { readMessage, writeTreeBody } from '../named-message.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader, refers } from '../property-reader.ts';
import { commonProperties, messageName, outputName } from '../property-types.ts';
import { BudgetSpent } from './budget.ts';
import { type Place, validatorFor } from './definition-schemas.ts';
import { SchemaFault } from './schema.ts';

const MECHANISMS = ['url', 'wsdl', 'graphql', 'body-param', 'response-param', 'definition'] as const;

export const validateProperties = z
  .looseObject({
    ...commonProperties,
    'validate-against': z
      .enum(MECHANISMS)
      .default('url')
      .meta({
        description:
          'Which schema: definition names one of the API definition, body-param and response-param are those of the operation. url, wsdl and graphql are not run in the lab.',
        standing: 'documented',
        examples: ['definition'],
      }),
    definition: z
      .string()
      .nullish()
      .meta({
        description: 'The schema for validate-against: definition, by its reference or its name.',
        standing: 'documented',
        examples: ['#/definitions/order'],
      }),
    input: messageName.default('message').meta({
      description: 'The message whose body is checked. It must have been parsed.',
      standing: 'documented',
    }),
    output: outputName.meta({
      description:
        'The message that takes the body with the schema’s default values filled in; without one nothing is kept.',
      standing: 'documented',
    }),
    'json-schema': z.string().nullish().meta({
      description: 'The address of a JSON schema, for validate-against: url.',
      standing: 'documented',
      effect: 'none',
    }),
    'xml-schema': z.string().nullish().meta({
      description: 'The address of an XML schema, for validate-against: url.',
      standing: 'documented',
      effect: 'none',
    }),
    'xml-validation-mode': z.enum(['xsd', 'wsdl', 'soap-body']).nullish().meta({
      description: 'What of an XML message is checked.',
      standing: 'documented',
      effect: 'none',
    }),
    'compile-settings': z.looseObject({}).nullish().meta({
      description: 'How the schema is compiled.',
      standing: 'seen',
      effect: 'none',
    }),
    'error-policy': z.enum(['none', 'ignore', 'all']).default('all').meta({
      description: 'What counts as an error of a GraphQL answer.',
      standing: 'documented',
      effect: 'none',
    }),
  })
  .meta({
    description:
      'Checks the body of a message against a JSON schema. What does not fit ends in ValidateError, status 422.',
    standing: 'documented',
  });

type ValidateProperties = z.output<typeof validateProperties>;

const read = propertyReader(validateProperties);

const run: Policy = async (transaction, node) => {
  const properties = read(node, transaction);
  const place = placeOf(properties, transaction);
  if (!place)
    return runtimeError(transaction, `the lab does not validate against ${properties['validate-against']}`);
  const { input, output } = properties;
  const message = readMessage(input, transaction);
  if (message === null) return runtimeError(transaction, `there is no message ${input}`);
  const { parsed } = message;
  if (parsed === undefined)
    return refused(
      transaction,
      message.body.length === 0
        ? `the body of ${input} is empty`
        : `the body of ${input} is no JSON tree; put a parse policy before this one`,
    );
  try {
    const checked = output === undefined ? parsed : structuredClone(parsed);
    const mistake = validatorFor(definitionOf(node), place, output !== undefined)(checked);
    if (mistake !== null) return refused(transaction, mistake);
    if (output !== undefined)
      writeTreeBody(output, checked, Buffer.from(JSON.stringify(checked), 'utf8'), transaction);
    return { kind: 'next' };
  } catch (error) {
    if (error instanceof BudgetSpent) return refused(transaction, error.message);
    if (error instanceof SchemaFault) return runtimeError(transaction, error.message);
    throw error;
  }
};

export const validate: PolicyKind = {
  name: 'validate',
  versions: ['2.0.0', '2.1.0', '2.2.0', '2.3.0', '2.4.0', '2.5.0', '2.6.0', '2.7.0'],
  properties: validateProperties,
  prepare: keepDefinition,
  check(properties, document) {
    const { data } = validateProperties.safeParse(properties);
    if (!data || refers(properties)) return [];
    return [...mechanism(data), ...namedSchema(data, document)];
  },
  run,
};

function placeOf(properties: ValidateProperties, { operation, message }: Transaction): Place | null {
  const kind = properties['validate-against'];
  if (kind === 'definition') return { kind, name: properties.definition ?? '' };
  if (kind === 'body-param') return { kind, operation };
  if (kind === 'response-param') return { kind, operation, status: message.status?.code ?? 200 };
  return null;
}

function mechanism(properties: ValidateProperties): Finding[] {
  const kind = properties['validate-against'];
  if (!['url', 'wsdl', 'graphql'].includes(kind)) return [];
  const message = `The lab does not validate against ${kind}: a request that reaches this policy gets 500. Use definition, body-param or response-param.`;
  return [{ severity: 'warning', rule: 'not-emulated', message, path: ['validate-against'] }];
}

function namedSchema(properties: ValidateProperties, document: DefinitionDocument): Finding[] {
  if (properties['validate-against'] !== 'definition') return [];
  const path = ['definition'];
  if (!properties.definition) {
    const message = 'validate-against: definition needs definition, e.g. definition: "#/definitions/order".';
    return [{ severity: 'error', rule: 'validate-schema', message, path }];
  }
  try {
    validatorFor(
      document,
      { kind: 'definition', name: properties.definition },
      properties.output !== undefined,
    );
    return [];
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error;
    return [{ severity: 'error', rule: 'validate-schema', message: `validate: ${error.message}.`, path }];
  }
}

/** 422 since version 10, as IBM's support page has it; that the client reads what does not fit is lab's choice. */
function refused(transaction: Transaction, why: string): PolicyEnd {
  return failed(transaction, { name: 'ValidateError', why, status: 422, moreInformation: why });
}

function runtimeError(transaction: Transaction, why: string): PolicyEnd {
  return failed(transaction, { name: 'RuntimeError', why, status: 500, moreInformation: '' });
}
