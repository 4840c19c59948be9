import { SaxesParser } from 'saxes';
import { WireFault } from './wire-fault.ts';

type XmlAttribute = { readonly uri: string; readonly local: string; readonly value: string };

export type XmlElement = {
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
};

type Growing = XmlElement & { readonly children: XmlElement[]; text: string };

export const nilNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
const declarations = 'http://www.w3.org/2000/xmlns/';

/** Reads one XML document with namespaces into a tree. Refuses what is not well-formed, a DTD, and processing instructions. */
export const readXml = (source: string): XmlElement => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  const refuse = (why: string): never => {
    throw new WireFault('NotWellFormed', why);
  };
  const append = (text: string) => {
    const inside = open.at(-1);
    if (inside !== undefined) inside.text += text;
  };
  parser.on('error', (error) => refuse(`The message is not well-formed XML: ${error.message}`));
  parser.on('doctype', () => refuse('A document type declaration is not allowed in a SOAP message'));
  parser.on('processinginstruction', () => refuse('A processing instruction is not allowed in a SOAP message'));
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentag', ({ uri, local, attributes }) => {
    const kept = Object.values(attributes).filter((attribute) => attribute.uri !== declarations);
    const element: Growing = { uri, local, attributes: kept, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(source).close();
  return root ?? refuse('The message is empty');
};

/** Text made safe for the inside of an element or an attribute. Characters that XML cannot hold become a question mark. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no place for
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
