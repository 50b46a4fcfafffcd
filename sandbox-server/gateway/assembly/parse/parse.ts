// The policy `parse`: the body of a message becomes a tree, if it is a document of the right kind and within the limits.
import { z } from 'zod';
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { failed } from '../failure.ts';
import { type NamedMessage, readMessage, writeTreeBody } from '../named-message.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader } from '../property-reader.ts';
import { commonProperties, flag, messageName, outputName } from '../property-types.ts';
import { writeVariable } from '../variable.ts';
import { checkParse } from './check.ts';
import { DocumentError, within } from './document-error.ts';
import { readJson } from './json-document.ts';
import { type ParseSettings, settingsOf, settingsReference } from './settings.ts';
import { checkXml } from './xml-document.ts';

export const parseProperties = z
  .looseObject({
    ...commonProperties,
    'use-content-type': flag.default(false).meta({
      description:
        'Whether the Content-Type of the message decides what it is read as; it fails where the settings name another type.',
      standing: 'documented',
    }),
    'parse-settings-reference': settingsReference.nullish().meta({
      description:
        'Type and limits of the document: the name of a configured object as default, a literal {"ParseSettings": {…}}, or parse-settings with document_type, max_doc_size, max_nesting_depth, max_width, max_name_length, max_value_length, max_unique_names and max_number_length. 0 is no limit.',
      standing: 'documented',
      examples: [{ default: 'apic-default-parsesettings' }],
    }),
    input: messageName
      .default('message')
      .meta({ description: 'The message whose body is read.', standing: 'documented' }),
    output: outputName.meta({
      description: 'The message that takes the tree; without one it is the input.',
      standing: 'documented',
    }),
    'warn-on-empty-input': flag.default(false).meta({
      description: 'Whether an empty body is told in the log.',
      standing: 'documented',
    }),
  })
  .meta({
    description:
      'Reads the body of a message as JSON or XML, within limits. A JSON body is an object for the policies that follow; XML is checked, and stays text that scripts read as XML.',
    standing: 'documented',
  });

const read = propertyReader(parseProperties);

const run: Policy = async (transaction, node) => {
  const properties = read(node, transaction);
  const settings = settingsOf(properties['parse-settings-reference']);
  const input = readMessage(properties.input, transaction);
  if (input === null) return refused(transaction, `there is no message ${properties.input}`);
  // The request itself never changes: what is read of it goes into the message (lab's choice).
  const output = properties.output ?? (properties.input === 'request' ? 'message' : properties.input);
  if (input.body.length === 0) {
    const text = `parse: the body of ${properties.input} is empty.`;
    if (properties['warn-on-empty-input'])
      transaction.emit({ type: 'gateway-log', level: 'warn', code: null, text });
    return { kind: 'next' };
  }
  try {
    const value = readDocument(input, settings, properties['use-content-type']);
    if (typeof value === 'object' && value !== null) writeTreeBody(output, value, input.body, transaction);
    // Published plans weigh calls by it.
    writeVariable(`${output}.attributes.parse.DocumentSize`, input.body.length, transaction);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return refused(transaction, error.message);
  }
  return { kind: 'next' };
};

export const parse: PolicyKind = {
  name: 'parse',
  versions: ['2.0.0', '2.1.0', '2.2.0'],
  properties: parseProperties,
  check: checkParse,
  run,
};

/** The value of a JSON document; `null` for one that stays text or bytes. @throws DocumentError */
function readDocument(input: NamedMessage, settings: ParseSettings, byContentType: boolean): JsonValue {
  const { body } = input;
  within(body.length, settings.max_doc_size, `a document of ${body.length} bytes`);
  const text = Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const type = documentType(text, input.contentType, settings, byContentType);
  if (type === 'xml') checkXml(text, settings);
  if (type !== 'json') return null;
  const value = readJson(text, settings);
  // A JSON string that holds a document is read once more (IBM documentation); what it holds may also be plain words.
  return typeof value === 'string' && /^\s*[[{]/.test(value) ? readJson(value, settings) : value;
}

function documentType(
  text: string,
  contentType: string,
  settings: ParseSettings,
  byContentType: boolean,
): 'json' | 'xml' | 'binary' {
  const told = /^(application|text)\/(.+\+)?json$/.test(contentType)
    ? 'json'
    : /^(application|text)\/(.+\+)?xml$/.test(contentType)
      ? 'xml'
      : null;
  const { document_type: wanted } = settings;
  if (wanted === 'graphql') return 'binary';
  if (wanted !== 'detect') {
    if (byContentType && wanted !== 'binary' && told !== wanted)
      throw new DocumentError(`the Content-Type is ${contentType || 'missing'}, and ${wanted} is expected`);
    return wanted;
  }
  if (byContentType && told !== null) return told;
  return detected(text);
}

/** By its first character, and for what may be a bare JSON value by trying. */
function detected(text: string): 'json' | 'xml' | 'binary' {
  const [first = ''] = text.trimStart();
  if (first === '<') return 'xml';
  if (first === '{' || first === '[') return 'json';
  if (!/[-"\dtfn]/.test(first)) return 'binary';
  try {
    JSON.parse(text);
    return 'json';
  } catch {
    return 'binary';
  }
}

/** Which error and status the product gives is not published. Lab's choice: the name for what went wrong with a request, and 400. */
function refused(transaction: Transaction, why: string): PolicyEnd {
  return failed(transaction, {
    name: 'BadRequestError',
    why,
    status: 400,
    moreInformation: 'The body could not be parsed',
  });
}
