// The global `XML`, and `Node` beside it: their code runs when a script first reads either of them.
import loadXml from 'lab:later/xml/xml.js';

/** @returns the global values as getters, and what bodies need of XML */
export function createXmlGlobals({ Buffer }) {
  let made;
  const xml = () => {
    made ??= loadXml()(Buffer);
    return made;
  };
  return {
    getters: { XML: () => xml().XML, Node: () => xml().Node },
    /** A body as a NodeList, which is what readers give (IBM's own samples). */
    read: (body) => xml().parseBytes(body).childNodes,
    /** The text of a node or NodeList; `undefined` for anything else. Without XML's code there can be no node. */
    textOf: (value) => (made?.isNodes(value) ? made.XML.stringify(value) : undefined),
  };
}
