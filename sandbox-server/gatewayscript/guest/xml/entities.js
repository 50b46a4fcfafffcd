// The entities of XML, in place of @xmldom/xmldom's own list, which has HTML's two thousand as well.
export const XML_ENTITIES = Object.freeze({ amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' });
export const HTML_ENTITIES = XML_ENTITIES;
