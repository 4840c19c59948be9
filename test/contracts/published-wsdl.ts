import { existsSync, readFileSync } from 'node:fs';
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlElement,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';

// The vendor's published files lie beside the project, not in it; tests that need them are skipped where they are absent.
const folder = new URL('../../../shared/wsdl/', import.meta.url);

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const names = {
  soap,
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  binding: 'http://schemas.xmlsoap.org/wsdl/soap/',
  xs: 'http://www.w3.org/2001/XMLSchema',
};

export const publishedVersions = [84, 85, 86, 87, 88] as const;

export const whyNoPublishedWsdl = `the published WSDL files are not beside the project (${folder.pathname.split('/').slice(-3).join('/')})`;

export type PublishedSchema = {
  /** The soap:action of an operation, undefined if the service has none of that name. */
  readonly action: (operation: string) => string | undefined;
  /** Problems with an envelope's body and headers, in words; empty if it is what the vendor published. */
  readonly validateEnvelope: (xml: string) => readonly string[];
  /** The same, the body only. */
  readonly validateBody: (xml: string) => readonly string[];
  /** The same, the header blocks only: declared for this message, valid, none twice. */
  readonly validateHeader: (xml: string) => readonly string[];
};

// libxml2 has room for a dozen providers, so all the files share one.
const inMemory = new XmlBufferInputProvider({});
xmlRegisterInputProvider(inMemory);

const known = new Map<string, PublishedSchema>();

/** The published schema of one service (`Associate`, `SoPrincipal`, `MDO`, `Archive`) in one version; undefined if the file is absent. */
export const publishedSchema = (version: number, service: string): PublishedSchema | undefined => {
  const file = `WSDL-Services${version}-${service}.xml`;
  const earlier = known.get(file);
  if (earlier !== undefined) return earlier;
  const address = new URL(file, folder);
  if (!existsSync(address)) return undefined;
  const made = schemaOf(XmlDocument.fromString(readFileSync(address, 'utf8')), file);
  known.set(file, made);
  return made;
};

const schemaOf = (wsdl: XmlDocument, file: string): PublishedSchema => {
  const validator = validatorOf(wsdl, file);
  const checked = (xml: string, check: (envelope: XmlElement) => readonly string[]): readonly string[] => {
    using document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
    return [...shapeProblems(document.root), ...check(document.root)];
  };
  const body = (envelope: XmlElement) => blocks(envelope, 'Body').flatMap((block) => schemaProblems(validator, block));
  const header = (envelope: XmlElement) => {
    const allowed = blocks(envelope, 'Body').flatMap((block) => declaredHeaders(wsdl, block.name));
    const present = blocks(envelope, 'Header');
    return present.flatMap((block, at) => [
      ...(allowed.includes(block.name) ? [] : [`${block.name} is no header of this message`]),
      ...(present.findIndex((other) => other.name === block.name) < at ? [`${block.name} is there twice`] : []),
      ...schemaProblems(validator, block),
    ]);
  };
  return {
    action: (operation) =>
      attribute(wsdl, `//wsdl:binding/wsdl:operation[@name='${operation}']/binding:operation/@soapAction`),
    validateEnvelope: (xml) => checked(xml, (envelope) => [...header(envelope), ...body(envelope)]),
    validateBody: (xml) => checked(xml, body),
    validateHeader: (xml) => checked(xml, header),
  };
};

/** What is wrong with the envelope itself: SOAP 1.1, one optional Header, then one Body with one element. */
const shapeProblems = (root: XmlElement): readonly string[] => {
  if (root.name !== 'Envelope' || root.namespaceUri !== soap) return ['the root is no SOAP 1.1 Envelope'];
  const parts = elements(root, '*').map((part) => (part.namespaceUri === soap ? part.name : `foreign ${part.name}`));
  const order = parts.join(', ');
  const inside = blocks(root, 'Body').length;
  return [
    ...(order === 'Body' || order === 'Header, Body' ? [] : [`the Envelope holds ${order || 'nothing'}`]),
    ...(inside === 1 ? [] : [`the Body holds ${inside} elements`]),
  ];
};

const schemaProblems = (validator: XsdValidator, element: XmlElement): readonly string[] => {
  try {
    validator.validate(element);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map((detail) => detail.message.trim());
  }
};

const declaredHeaders = (wsdl: XmlDocument, body: string): readonly string[] => {
  const message = attribute(wsdl, `//wsdl:message[wsdl:part[@element='tns:${body}']]/@name`);
  return wsdl.find(`//wsdl:message[@name='${message}_Headers']/wsdl:part/@name`, names).map((node) => node.content);
};

/**
 * A WSDL holds several schemas that import each other by namespace alone, and lean on the prefixes of the element around
 * them. libxml2 wants documents that it can open: each schema becomes one in memory, and every import says where.
 */
const validatorOf = (wsdl: XmlDocument, file: string): XsdValidator => {
  const place = (namespace: string) => `published://${file}/${encodeURIComponent(namespace)}.xsd`;
  const schemas = elements(wsdl.root, 'wsdl:types/xs:schema').map((schema) => {
    for (const [prefix, uri] of Object.entries(wsdl.root.nsDeclarations)) {
      if (prefix !== '' && !(prefix in schema.nsDeclarations)) schema.addNsDeclaration(uri, prefix);
    }
    for (const imported of elements(schema, 'xs:import')) {
      imported.setAttr('schemaLocation', place(imported.attr('namespace')?.value ?? ''));
    }
    return { url: place(schema.attr('targetNamespace')?.value ?? ''), text: schema.toString() };
  });
  const first = schemas[0];
  if (first === undefined) throw new Error(`${file} holds no schema`);
  for (const { url, text } of schemas) inMemory.addBuffer(url, new TextEncoder().encode(text));
  using document = XmlDocument.fromString(first.text, { url: first.url });
  return XsdValidator.fromDoc(document);
};

const blocks = (envelope: XmlElement, part: 'Header' | 'Body') => elements(envelope, `soap:${part}/*`);

const elements = (from: XmlElement, path: string): XmlElement[] =>
  from.find(path, names).filter((node) => node instanceof XmlElement);

const attribute = (document: XmlDocument, path: string): string | undefined => document.get(path, names)?.content;
