import { existsSync, readFileSync } from 'node:fs';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../src/netserver/wsdl/contracts.ts';
import { type ServicesVersion, wsdlText } from '../../src/netserver/wsdl/document.ts';

const folder = new URL('../../../shared/wsdl/', import.meta.url);
const names = {
  xs: 'http://www.w3.org/2001/XMLSchema',
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  soap: 'http://schemas.xmlsoap.org/wsdl/soap/',
};
const VERSIONS: readonly ServicesVersion[] = [84, 85, 86, 87, 88];

const elements = (from: XmlDocument | XmlElement, path: string) =>
  from.find(path, names).filter((node) => node instanceof XmlElement);
const attribute = (element: XmlElement, name: string) => element.attr(name)?.value ?? '';

/** The members of every named type and element, as "Name:type" in their order. */
function shapes(document: XmlDocument): Map<string, readonly string[]> {
  const holders = elements(document, '//xs:schema/xs:complexType | //xs:schema/xs:element[xs:complexType]');
  return new Map(
    holders.map((holder) => {
      const members = elements(
        holder,
        'xs:sequence/xs:element | xs:complexType/xs:sequence/xs:element | xs:complexContent/xs:extension/xs:sequence/xs:element',
      );
      return [
        `${holder.name} ${attribute(holder, 'name')}`,
        members.map((member) => `${attribute(member, 'name')}:${attribute(member, 'type').replace(/^.*:/, '')}`),
      ];
    }),
  );
}

const actions = (document: XmlDocument) =>
  new Map(
    elements(document, '//wsdl:binding/wsdl:operation').map((operation) => [
      attribute(operation, 'name'),
      elements(operation, 'soap:operation').map((one) => attribute(one, 'soapAction'))[0],
    ]),
  );

describe.skipIf(!existsSync(folder))('the WSDL texts of the project beside the published ones', () => {
  describe.each(VERSIONS)('Services%i', (version) => {
    test.each(Object.values(CONTRACTS))(
      '$service declares a part of the published types, in the published order',
      (contract) => {
        const published = readFileSync(new URL(`WSDL-Services${version}-${contract.service}.xml`, folder), 'utf8');
        using theirs = XmlDocument.fromString(published);
        using ours = XmlDocument.fromString(wsdlText(contract, version));
        const known = shapes(theirs);

        for (const [name, members] of shapes(ours)) {
          const all = known.get(name) ?? [`no ${name} is published`];
          expect(
            all.filter((member) => members.includes(member)),
            name,
          ).toEqual(members);
        }
        for (const [operation, action] of actions(ours)) expect(action).toBe(actions(theirs).get(operation));
        expect(actions(ours).size).toBe(contract.operations.length);
      },
    );
  });
});
