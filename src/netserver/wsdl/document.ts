/** The versions of the vendor's SOAP API. What the bot uses is the same in all of them. */
export type ServicesVersion = 84 | 85 | 86 | 87 | 88;

export const ARRAYS_NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

/** One operation: its request element is named after it; every logon operation answers with the same element. */
interface Operation {
  readonly name: string;
  readonly request: string;
  readonly answerElement: string;
  readonly answer: string;
}

export interface ServiceContract {
  readonly service: string;
  readonly operations: readonly Operation[];
  readonly types: string;
}

/** The XML namespace of a version; SOAP actions and type names hang on it. */
function servicesNamespace(version: ServicesVersion): string {
  return `http://www.superoffice.net/ws/crm/NetServer/Services${version}`;
}

/** An optional element, as the vendor declares every member. */
export function member(name: string, type: string): string {
  const nillable = /^xs:(int|boolean)$|UserType$|OrderBySortType$/.test(type) ? '' : ' nillable="true"';
  return `<xs:element minOccurs="0" name="${name}"${nillable} type="${type}"/>`;
}

/** A named type whose members come in this order. */
export function type(name: string, members: readonly string[]): string {
  return `<xs:complexType name="${name}"><xs:sequence>${members.join('')}</xs:sequence></xs:complexType>`;
}

/** The vendor's way to write a list: `ArrayOfX` around any number of `X`. */
export function listOf(item: string): string {
  return `<xs:complexType name="ArrayOf${item}"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="${item}" nillable="true" type="tns:${item}"/></xs:sequence></xs:complexType>`;
}

/** A type that is a text out of a fixed set. */
export function choice(name: string, values: readonly string[]): string {
  const allowed = values.map((value) => `<xs:enumeration value="${value}"/>`).join('');
  return `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${allowed}</xs:restriction></xs:simpleType>`;
}

const element = (name: string, members: string) =>
  `<xs:element name="${name}"><xs:complexType><xs:sequence>${members}</xs:sequence></xs:complexType></xs:element>`;

const message = (name: string, part: string) =>
  `<wsdl:message name="${name}"><wsdl:part name="parameters" element="tns:${part}"/></wsdl:message>`;

/**
 * The WSDL text of one service in one version. Only what the bot sends and reads is declared; the parser hands on the
 * rest as plain text. SOAP headers are not declared: the package does not check them. The address is a dummy, callers
 * always give their own.
 */
export function wsdlText(contract: ServiceContract, version: ServicesVersion): string {
  const namespace = servicesNamespace(version);
  const { service, operations } = contract;
  const each = (write: (operation: Operation) => string) => operations.map(write).join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions name="${service}" targetNamespace="${namespace}" xmlns:tns="${namespace}" xmlns:arr="${ARRAYS_NAMESPACE}"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
<wsdl:types>
<xs:schema elementFormDefault="qualified" targetNamespace="${namespace}">
${each((operation) => element(operation.name, operation.request) + element(operation.answerElement, operation.answer))}
${contract.types}
</xs:schema>
<xs:schema elementFormDefault="qualified" targetNamespace="${ARRAYS_NAMESPACE}">
<xs:complexType name="ArrayOfint"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="int" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="ArrayOfstring"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="string" nillable="true" type="xs:string"/></xs:sequence></xs:complexType>
</xs:schema>
</wsdl:types>
${each(({ name, answerElement }) => message(`${name}Request`, name) + message(answerElement, answerElement))}
<wsdl:portType name="${service}">
${each(({ name, answerElement }) => `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}Request"/><wsdl:output message="tns:${answerElement}"/></wsdl:operation>`)}
</wsdl:portType>
<wsdl:binding name="BasicHttpBinding_${service}" type="tns:${service}">
<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
${each(({ name }) => `<wsdl:operation name="${name}"><soap:operation soapAction="${namespace}/${service}/${name}" style="document"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`)}
</wsdl:binding>
<wsdl:service name="Wcf${service}Service">
<wsdl:port name="BasicHttpBinding_${service}" binding="tns:BasicHttpBinding_${service}"><soap:address location="https://netserver.invalid/${service}.svc"/></wsdl:port>
</wsdl:service>
</wsdl:definitions>
`;
}
