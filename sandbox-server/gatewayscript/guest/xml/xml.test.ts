// `XML` takes documents apart and puts them together again, bodies included, and says what is wrong with what is no XML.
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scripts, startScripts } from '../modules/script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

interface Element {
  name: string;
  attributes: { [name: string]: string };
  children: (Element | string)[];
}

const name = fc
  .string({ unit: fc.constantFrom(...'abcxyzé-_7'), minLength: 1, maxLength: 5 })
  .map((text) => `n${text}`);
const text = fc.string({ unit: fc.constantFrom(...'ab <>&"\'é☃😀\t'), minLength: 1, maxLength: 8 });
const { tree } = fc.letrec<{ tree: Element; child: Element | string }>((tie) => ({
  tree: fc.record({
    name,
    attributes: fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }),
    // Two texts in a row would come back as one.
    children: fc
      .array(tie('child'), { maxLength: 4 })
      .map((list) => list.filter((each, i) => typeof each !== 'string' || typeof list[i - 1] !== 'string')),
  }),
  child: fc.oneof({ maxDepth: 4 }, text, tie('tree')),
}));

const escaped = (value: string) => value.replace(/[&<>"\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
function written(element: Element | string): string {
  if (typeof element === 'string') return escaped(element);
  const attributes = Object.entries(element.attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${element.name}${attributes.join('')}>${element.children.map(written).join('')}</${element.name}>`;
}

/** In the script: a node as the tests have it. */
const TOLD = `function told(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  var attributes = {}; for (var i = 0; i < node.attributes.length; i++) attributes[node.attributes.item(i).name] = node.attributes.item(i).value;
  var children = []; for (var child = node.firstChild; child; child = child.nextSibling) children.push(told(child));
  return { name: node.tagName, attributes: attributes, children: children };
}`;

describe('parse and stringify', () => {
  test('random documents come out as they were written', async () => {
    const trees = fc.sample(tree, 40);
    const script = `${TOLD} return input.map(function (text) { return told(XML.parse(text).documentElement) })`;
    expect(await scripts.value(script, trees.map(written))).toEqual(trees);
  });

  test('what stringify writes is the same document again, in either escaping', async () => {
    const trees = fc.sample(tree, 20);
    const script = `${TOLD} return input.map(function (text) { var document = XML.parse(text); return ['minimal', 'maximum'].map(function (escaping) {
      return told(XML.parse(XML.stringify({ escaping: escaping }, document)).documentElement) }) })`;
    expect(await scripts.value(script, trees.map(written))).toEqual(trees.map((each) => [each, each]));
  });

  test('the declaration stays or goes, and what is not ASCII is a reference or stands as it is', async () => {
    const xml =
      '<?xml version="1.0" standalone="yes"?>\n<a x="é&amp;☃"><!-- é --><b>&lt;😀</b><![CDATA[<é]]></a>\n';
    const script = `var document = XML.parse(input); return [XML.stringify(document), XML.stringify({ omitXmlDeclaration: true, escaping: 'minimal' }, document)]`;
    expect(await scripts.value(script, xml)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>\n<a x="&#233;&amp;&#9731;"><!-- é --><b>&lt;&#128512;</b><![CDATA[<é]]></a>',
      '<a x="é&amp;☃"><!-- é --><b>&lt;😀</b><![CDATA[<é]]></a>',
    ]);
  });

  test('a tree is walked and searched by the DOM', async () => {
    const number = randomInt(1_000);
    const script = `var document = XML.parse(input); var found = document.getElementsByTagNameNS('urn:people', 'author'); var names = [];
      for (var i = 0; i < found.length; i++) names.push(found.item(i).textContent + found.item(i).getAttributeNS('urn:people', 'id'));
      var first = document.documentElement.firstChild;
      return [names, first.nodeType === Node.ELEMENT_NODE, first.parentNode.parentNode.nodeType === Node.DOCUMENT_NODE, document.getElementsByTagName('title').length, first.getAttribute('n')]`;
    const xml = `<books xmlns:p="urn:people"><book n="${number}"><title>a</title><p:author p:id="1">Ada</p:author></book><book><title/><p:author p:id="2">Bob</p:author></book></books>`;
    expect(await scripts.value(script, xml)).toEqual([['Ada1', 'Bob2'], true, true, 2, `${number}`]);
  });

  test('a tree can be changed, and a single node or list written', async () => {
    const script = `var document = XML.parse('<a><b/><c/></a>'); var root = document.documentElement; root.removeChild(root.firstChild);
      var made = document.createElementNS('urn:x', 'x:d'); made.setAttribute('k', '"<'); made.appendChild(document.createTextNode('1 & 2')); root.appendChild(made);
      return [document, root.childNodes, made.firstChild, made.getAttributeNode('k')].map(function (each) { return XML.stringify({ omitXmlDeclaration: true }, each) })`;
    const made = '<x:d k="&quot;&lt;" xmlns:x="urn:x">1 &amp; 2</x:d>';
    expect(await scripts.value(script)).toEqual([
      `<a><c/>${made}</a>`,
      `<c/>${made}`,
      '1 &amp; 2',
      'k="&quot;&lt;"',
    ]);
  });
});

test.each([
  ['<a>', 'unclosed xml tag(s): a'],
  ['<a><b></a></b>', 'Opening and ending tag mismatch: "b" != "a"'],
  ['<a x=1/>', 'attribute "1" missed quot(")!'],
  ['<a>&other;</a>', 'entity not found:&other;'],
  ['', 'missing root element'],
  ['<a/><b/>', 'Only one element can be added'],
  ['<p:a/>', 'prefix is non-null and namespace is null'],
])('%s is refused, with the place and the line of the call', async (xml, problem) => {
  const error = await scripts.error(`\n\nXML.parse(input)`, xml);
  expect(error).toMatchObject({ name: 'Error', line: 3 });
  expect(error.message).toMatch(/^XML\.parse: .* at line \d+, column \d+ of the XML$/);
  expect(error.message).toContain(problem);
});

test('wrong arguments are named', async () => {
  expect(await scripts.error(`XML.parse(7)`)).toMatchObject({
    name: 'TypeError',
    message: 'XML.parse: the text is number; expected a string',
  });
  expect(await scripts.error(`XML.stringify({ a: 1 })`)).toMatchObject({
    message: 'XML.stringify: the object is object; expected a Node or a NodeList',
  });
  expect(await scripts.error(`XML.stringify({ escaping: 'none' }, XML.parse('<a/>'))`)).toMatchObject({
    message: `XML.stringify: the option escaping is "none"; expected 'minimal' or 'maximum'`,
  });
  expect(await scripts.error(`XML.stringify({ indent: 2 }, XML.parse('<a/>'))`)).toMatchObject({
    message: "XML.stringify: there is no option 'indent'; there are omitXmlDeclaration, escaping",
  });
});

test('what XML does not have fails by its name', async () => {
  expect(await scripts.error(`\n XML.query('/a')`)).toMatchObject({
    message: 'XML.query: there is no such member; XML has parse, stringify',
    line: 2,
  });
});

test('entities of a document type are not expanded', async () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>`;
  expect(await scripts.error(`XML.parse(input)`, bomb)).toMatchObject({
    message: expect.stringContaining('entity not found:&y;'),
  });
});

describe('bodies', () => {
  const read = `context.message.body.readAsXML(function (error, nodes) { context.set('answer', error ? error.message : nodes === undefined ? 'nothing' : [nodes.length, nodes.item(0).parentNode.nodeType === Node.DOCUMENT_NODE, nodes.item(0).textContent]) })`;
  const answer = async (body: string | Uint8Array) =>
    (await scripts.run(read, { method: 'POST', body })).variables.answer;

  test('a body is read as a list of nodes whose parent is the document', async () => {
    const value = `é${randomInt(1_000_000)}`;
    expect(await answer(`<?xml version="1.0"?>\n<a>${value}</a>`)).toEqual([1, true, value]);
    expect(await answer('')).toBe('nothing');
  });

  test('a body in another encoding is read as its declaration says', async () => {
    expect(
      await answer(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')),
    ).toEqual([1, true, 'é']);
    expect(await answer(Buffer.from('\ufeff<a>é☃</a>', 'utf16le'))).toEqual([1, true, 'é☃']);
    expect(await answer(Buffer.from('\ufeff<a>é</a>', 'utf8'))).toEqual([1, true, 'é']);
  });

  test('a body that is no XML is told to the callback', async () => {
    expect(await answer('{"a":1}')).toMatch(/^context\.message\.body\.readAsXML: .*at line 1/);
    expect(await answer(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toBe(
      'context.message.body.readAsXML: the XML has bytes that are no UTF-8',
    );
    expect(await answer('<?xml version="1.0" encoding="koi8-r"?><a/>')).toContain(
      'the XML is in koi8-r; expected one of utf-8',
    );
  });

  test('nodes are written to a body as XML', async () => {
    const script = `context.request.body.readAsXML(function (error, nodes) { nodes.item(0).setAttribute('seen', 'yes'); context.message.body.write(nodes) })`;
    const { message } = await scripts.run(script, { method: 'POST', body: '<a><b/></a>' });
    expect(Buffer.from(message.body).toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a seen="yes"><b/></a>',
    );
  });

  test('nodes that are set as a variable are kept as XML', async () => {
    const { variables } = await scripts.run(
      `context.set('kept', XML.parse('<a><b/></a>').documentElement.firstChild)`,
    );
    expect(variables).toEqual({ kept: '<?xml version="1.0" encoding="UTF-8"?>\n<b/>' });
  });
});

test('a run starts with an XML that no earlier run has touched', async () => {
  expect(await scripts.error(`XML.parse = null`)).toMatchObject({ name: 'TypeError' });
  expect(await scripts.value(`Node.prototype.leak = 1; return XML.parse('<a/>').leak`)).toBe(1);
  expect(await scripts.value(`return typeof XML.parse('<a/>').leak`)).toBe('undefined');
});
