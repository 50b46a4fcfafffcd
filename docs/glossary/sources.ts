// Where a definition of the glossary or a statement about the product comes from: a standard's section, a page of IBM's, or the lab itself.

const IBM = 'https://www.ibm.com/docs/en';

const PAGES = {
  'ibm-adding-elements': [
    'IBM: adding elements to your assembly',
    `${IBM}/api-connect/10.0.5.x_lts?topic=ieiyaa-adding-elements-your-assembly`,
  ],
  'ibm-assembly': ['IBM: execute', `${IBM}/api-connect/10.0.4.x?topic=specification-execute`],
  'ibm-context': [
    'IBM: API context variables',
    `${IBM}/datapower-gateway/10.5.0?topic=context-api-variables`,
  ],
  'ibm-context-object': [
    'IBM: context object for the API gateway',
    `${IBM}/datapower-gateway/10.6.x?topic=object-context-api-gateway`,
  ],
  'ibm-extensions': [
    'IBM: extensions to the OpenAPI specification',
    `${IBM}/api-connect/10.0.x?topic=file-extensions-openapi-specification`,
  ],
  'ibm-gatewayscript': [
    'IBM: GatewayScript APIs for API management',
    `${IBM}/datapower-gateway/10.5.0?topic=file-gatewayscript-apis-api-management`,
  ],
  'ibm-glossary': [
    'IBM: API Connect glossary',
    'https://www.ibm.com/support/knowledgecenter/SSMNED_5.0.0/com.ibm.apic.overview.doc/overview_apimgmt_glossary.html',
  ],
  'ibm-handler': [
    'IBM: configuring an HTTPS handler',
    `${IBM}/datapower-gateway/10.6.0?topic=configuration-configuring-https-handler`,
  ],
  'ibm-new-api': [
    'IBM: creating a new REST OpenAPI definition',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definition-creating-new-rest-openapi`,
  ],
  'ibm-packaging': [
    'IBM: packaging strategy and terminology',
    `${IBM}/api-connect/10_reserved_instance?topic=connect-packaging-strategy-terminology-in-api`,
  ],
  'ibm-products': [
    'IBM: working with products',
    `${IBM}/api-connect/10.0.x?topic=applications-working-products`,
  ],
  'ibm-publishing': [
    'IBM: publishing an API',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definitions-publishing-api`,
  ],
  'ibm-websocket-upgrade': [
    'IBM: websocket-upgrade',
    `${IBM}/api-connect/10.0.x?topic=execute-websocket-upgrade`,
  ],
  'ibm-websocket-upgrade-in-editor': [
    'IBM: configuring the Websocket Upgrade policy',
    `${IBM}/api-connect/10.0.8?topic=upgrade-configuring-websocket-policy-datapower-api-gateway`,
  ],
  openapi: ['OpenAPI 2.0', 'https://spec.openapis.org/oas/v2.0.html'],
  streams: ['WHATWG Streams, section 2.6', 'https://streams.spec.whatwg.org/#pipe-chains'],
} as const;

/** `RFC 6455, 5.2` by number and section, one of the pages above, or `lab`: our own choice, which means nothing elsewhere. */
export type Source = `RFC ${number}, ${string}` | keyof typeof PAGES | 'lab';

export interface SourceLink {
  text: string;
  /** `null` where there is nothing to open. */
  href: string | null;
}

export function sourceLink(source: Source): SourceLink {
  if (source === 'lab') return { text: 'lab’s choice', href: null };
  if (isPage(source)) {
    const [text, href] = PAGES[source];
    return { text, href };
  }
  const [, number = '', section = ''] = /^RFC (\d+), ([\d.]+)$/.exec(source) ?? [];
  if (section === '')
    throw new Error(`Received the source "${source}". Expected "RFC 6455, 5.2" or the like.`);
  return {
    text: `RFC ${number}, section ${section}`,
    href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

function isPage(source: Source): source is keyof typeof PAGES {
  return Object.hasOwn(PAGES, source);
}
