import { members, text } from './readers.ts';
import { WireFault } from './wire-fault.ts';
import { readXml, type XmlElement } from './xml.ts';

export const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

export type Envelope = {
  /** The one element in the body. */
  readonly body: XmlElement;
  /** The header blocks by name; none comes twice. */
  readonly header: ReadonlyMap<string, XmlElement>;
};

const fail = (why: string): never => {
  throw new WireFault('DeserializationFailed', why);
};

/** Opens a SOAP 1.1 envelope: an optional Header, then a Body with one element, and nothing else. */
export const openEnvelope = (source: string): Envelope => {
  const root = readXml(source);
  if (root.local !== 'Envelope' || root.uri !== soap) {
    throw new WireFault('VersionMismatch', `The root is ${root.local} in "${root.uri}", not Envelope in "${soap}"`);
  }
  const parts = partsOf(root);
  const order = parts.map((part) => part.local).join(', ');
  if (order !== 'Body' && order !== 'Header, Body') {
    fail(`The Envelope holds ${order || 'nothing'}; it holds Header and Body, and header blocks belong inside Header`);
  }
  const body = partsOf(parts.at(-1))[0];
  const others = partsOf(parts.at(-1)).length - 1;
  if (body === undefined || others > 0) return fail(`The Body holds ${others + 1} elements; it holds one`);
  const header = new Map<string, XmlElement>();
  for (const block of parts.length === 2 ? partsOf(parts[0]) : []) {
    if (header.has(block.local)) fail(`Header block ${block.local} is there twice`);
    header.set(block.local, block);
  }
  return { body, header };
};

const partsOf = (element: XmlElement | undefined): readonly XmlElement[] => {
  if (element === undefined) return [];
  if (element.uri !== soap) fail(`${element.local} is in namespace "${element.uri}", it belongs in "${soap}"`);
  if (element.attributes.length > 0)
    fail(`Attribute ${element.attributes[0]?.local} is not expected on ${element.local}`);
  if (element.text.trim() !== '') fail(`${element.local} holds elements, not text`);
  return element.children;
};

const credentials = members({ Ticket: text });

/** The ticket in the header, undefined if none; refuses blocks that this message does not have, or in another namespace. */
export const ticketIn = (header: Envelope['header'], so: string, allowed: readonly string[]): string | undefined => {
  let ticket: string | undefined;
  for (const [name, block] of header) {
    if (!allowed.includes(name)) fail(`Header block ${name} is not expected here; allowed: ${allowed.join(', ')}`);
    if (block.uri !== so) fail(`Header block ${name} is in namespace "${block.uri}", it belongs in "${so}"`);
    // Flags of SOAP itself (mustUnderstand, actor) are fine on a block that is understood.
    const bare = { ...block, attributes: block.attributes.filter((attribute) => attribute.uri !== soap) };
    if (name === 'Credentials') ticket = credentials(bare, so).Ticket;
    if (name === 'ApplicationToken') text(bare, so);
  }
  return ticket;
};
