// Checks an XML document within the limits of the parse settings, while it is read: it stays text, which scripts read as XML.
import sax from 'sax';
import { DocumentError, within } from './document-error.ts';
import type { ParseSettings } from './settings.ts';

/**
 * Well-formed, one root, and no document type: nothing in it can be expanded. @throws DocumentError with the first thing that is wrong.
 */
export function checkXml(text: string, settings: ParseSettings): void {
  // Namespaces are looked at here: the reader's own way compares each attribute of an element with all others.
  const reader = sax.parser(true);
  /** Child elements of the document, and of each element that is open. */
  const children = [0];
  const [names, prefixes, namespaces] = [new Set<string>(), new Set<string>(), new Set<string>()];
  /** Bytes of the text so far: a long one comes in parts. */
  let textBytes = 0;
  /** Attributes of the element whose start is being read; they come before it. */
  let attributes = 0;

  function unique(set: Set<string>, value: string, limit: number, what: string): void {
    if (limit > 0) set.add(value);
    within(set.size, limit, `${set.size} different ${what}`);
  }

  reader.onerror = (error) => {
    throw new DocumentError(`the document is no XML: ${error.message.split('\n')[0]}`);
  };
  reader.ondoctype = () => {
    throw new DocumentError('the document has a document type (<!DOCTYPE …>), which the lab does not take');
  };
  reader.onopentag = (tag) => {
    const siblings = (children.pop() ?? 0) + 1;
    if (children.length === 0 && siblings > 1)
      throw new DocumentError('the document has more than one root element');
    within(siblings, settings.max_width, `a width of ${siblings} elements`);
    children.push(siblings, 0);
    within(children.length - 1, settings.max_nesting_depth, `a nesting of ${children.length - 1} levels`);
    textBytes = 0;
    attributes = 0;
    name(tag.name);
  };
  reader.onattribute = ({ name: each, value }) => {
    attributes += 1;
    within(attributes, settings.max_width, `a width of ${attributes} attributes`);
    if (each === 'xmlns' || each.startsWith('xmlns:')) {
      unique(prefixes, each, settings.max_unique_prefixes, 'prefixes');
      unique(namespaces, value, settings.max_unique_namespaces, 'namespaces');
    } else name(each);
    checkValue(Buffer.byteLength(value));
  };
  reader.onclosetag = () => {
    children.pop();
    textBytes = 0;
  };
  reader.ontext = addText;
  reader.oncdata = addText;

  function name(qualified: string): void {
    const bytes = Buffer.byteLength(qualified);
    within(bytes, settings.max_name_length, `a name of ${bytes} bytes`);
    unique(names, qualified.replace(/^.*:/, ''), settings.max_unique_names, 'names');
  }
  function checkValue(bytes: number): void {
    within(bytes, settings.max_value_length, `a value of ${bytes} bytes`);
  }
  function addText(part: string): void {
    textBytes += Buffer.byteLength(part);
    checkValue(textBytes);
  }

  reader.write(text).close();
  if (children[0] === 0) throw new DocumentError('the document has no root element');
}
