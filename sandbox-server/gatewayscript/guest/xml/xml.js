// `XML.parse` and `XML.stringify`: text to a DOM tree and back, with the DOM of @xmldom/xmldom.
import { DOMParser, LiveNodeList, Node, NodeList, XMLSerializer } from '@xmldom/xmldom';
import { namingAbsentMembers } from '../absent-member.js';
import { decodeXml } from './decode.js';
import { escapeNonAscii } from './escape.js';

const { freeze } = Object;
/** Whether the gateway's declaration names the encoding and ends its line is the lab's choice. */
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export default function createXml(Buffer) {
  function parseBytes(bytes) {
    return parseText(typeof bytes === 'string' ? bytes : decodeXml(bytes, Buffer));
  }

  const XML = freeze({
    /**
     * A Document of the text, with `documentElement`, `getElementsByTagNameNS` and the DOM's other members (IBM's sample
     * example-xml-dom.js). A Buffer is taken too, which is the lab's choice. @throws Error where the text is no well-formed XML
     */
    parse(text) {
      if (typeof text === 'string' || text instanceof Uint8Array)
        return named('XML.parse', () => parseBytes(text));
      throw new TypeError(`XML.parse: the text is ${kind(text)}; expected a string`);
    },

    /**
     * `XML.stringify([options, ]nodes)`, of a Node or NodeList (IBM documentation, "XML.stringify()"). Options:
     * `omitXmlDeclaration`, default false; `escaping`, default `'maximum'`: numeric references for what is not ASCII, or `'minimal'`.
     */
    stringify(...args) {
      const [options, nodes] = args.length > 1 ? args : [{}, args[0]];
      const { omitXmlDeclaration = false, escaping = 'maximum' } = checkedOptions(options);
      if (!isNodes(nodes))
        throw new TypeError(`XML.stringify: the object is ${kind(nodes)}; expected a Node or a NodeList`);
      const text = listOf(nodes).map(markup).join('');
      return (omitXmlDeclaration ? '' : DECLARATION) + (escaping === 'maximum' ? escapeNonAscii(text) : text);
    },
  });

  return freeze({ XML: namingAbsentMembers('XML', XML), Node, parseBytes, isNodes });
}

function parseText(text) {
  // Thrown within the parser it would come back wrapped in the parser's own words.
  let problem;
  const parser = new DOMParser({
    onError(_level, message, { locator }) {
      const place = `line ${Math.max(1, locator?.lineNumber ?? 1)}, column ${Math.max(1, locator?.columnNumber ?? 1)}`;
      problem ??= new Error(`${message.split('\n')[0]} at ${place} of the XML`);
      throw problem;
    },
  });
  let document;
  try {
    document = parser.parseFromString(text, 'application/xml');
  } catch (error) {
    throw problem ?? error;
  }
  // In the DOM neither the declaration nor the white space around the root is a node.
  for (const node of [...listOf(document.childNodes)]) {
    if (
      node.nodeType === Node.TEXT_NODE ||
      (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE && node.target === 'xml')
    )
      document.removeChild(node);
  }
  return document;
}

function named(call, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error(`${call}: ${error.message}`);
  }
}

/** Text as it stands in markup; attributes have no such form of their own in the serializer. */
function markup(node) {
  if (node.nodeType === Node.ATTRIBUTE_NODE)
    return `${node.name}="${node.value.replace(/[&<"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '"': '&quot;' })[sign])}"`;
  return new XMLSerializer().serializeToString(node);
}

function isNodes(value) {
  return value instanceof Node || value instanceof NodeList || value instanceof LiveNodeList;
}

function listOf(nodes) {
  return nodes instanceof Node ? [nodes] : Array.from({ length: nodes.length }, (_each, i) => nodes.item(i));
}

function checkedOptions(options) {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`XML.stringify: the options are ${kind(options)}; expected an object`);
  for (const name of Object.keys(options)) {
    if (name !== 'omitXmlDeclaration' && name !== 'escaping')
      throw new TypeError(
        `XML.stringify: there is no option '${name}'; there are omitXmlDeclaration, escaping`,
      );
  }
  const { escaping = 'maximum' } = options;
  if (escaping === 'minimal' || escaping === 'maximum') return options;
  throw new TypeError(
    `XML.stringify: the option escaping is ${JSON.stringify(escaping)}; expected 'minimal' or 'maximum'`,
  );
}

function kind(value) {
  return value === null ? 'null' : typeof value;
}
