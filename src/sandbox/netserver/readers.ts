import { WireFault } from './wire-fault.ts';
import { nilNamespace, type XmlElement } from './xml.ts';

export const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

/**
 * Takes one element of a request and the version's own namespace, gives what it says, refuses anything else.
 * WCF passes over a member that is unknown or out of order without a word; here it is a fault that names the member,
 * since this server exists to catch such mistakes. An absent or nil member is undefined.
 */
export type Reader<T> = (element: XmlElement, so: string) => T;

const fail = (why: string): never => {
  throw new WireFault('DeserializationFailed', why);
};

/** Refuses attributes that the schema does not know; says whether the element is nil. */
const isNil = (element: XmlElement, nillable: boolean): boolean => {
  let nil = false;
  for (const { uri, local, value } of element.attributes) {
    const known = uri === nilNamespace && local === 'nil' && nillable;
    if (!known) fail(`Attribute ${local} is not expected on ${element.local}`);
    nil = value === 'true' || value === '1';
  }
  if (nil && (element.children.length > 0 || element.text !== '')) fail(`${element.local} is nil and yet has content`);
  return nil;
};

const plainText = (element: XmlElement): string => {
  const child = element.children[0];
  if (child !== undefined) fail(`${element.local} holds a value, not an element ${child.local}`);
  return element.text;
};

const children = (element: XmlElement): readonly XmlElement[] => {
  if (element.text.trim() !== '') fail(`${element.local} holds elements, not text`);
  return element.children;
};

const named = (element: XmlElement, uri: string): void => {
  if (element.uri !== uri) fail(`${element.local} is in namespace "${element.uri}", it belongs in "${uri}"`);
};

/** xs:string, nillable. */
export const text: Reader<string | undefined> = (element) => {
  if (isNil(element, true)) return undefined;
  return plainText(element);
};

/** xs:int: a whole number of 32 bits. */
export const int: Reader<number> = (element) => {
  isNil(element, false);
  const written = plainText(element).trim();
  const value = /^[+-]?\d+$/.test(written) ? Number(written) : Number.NaN;
  const fits = value >= -2_147_483_648 && value <= 2_147_483_647;
  return fits ? value : fail(`"${written.slice(0, 40)}" in ${element.local} is no xs:int`);
};

/** xs:boolean. */
export const bool: Reader<boolean> = (element) => {
  isNil(element, false);
  const written = plainText(element).trim();
  if (written === 'true' || written === '1') return true;
  return written === 'false' || written === '0' ? false : fail(`"${written}" in ${element.local} is no xs:boolean`);
};

/** One of the given words. */
export const oneOf =
  <T extends string>(...words: readonly T[]): Reader<T> =>
  (element) => {
    isNil(element, false);
    const written = plainText(element);
    return words.find((word) => word === written) ?? fail(`${element.local} is one of ${words.join(', ')}`);
  };

/** A member that the contract has and this server has no use for: only nil is taken. */
export const unused: Reader<undefined> = (element) =>
  isNil(element, true) ? undefined : fail(`This server does not know what to do with ${element.local}`);

/** Any number of elements of one name, in the version's namespace or in that of the arrays. */
export const list =
  <T>(name: string, namespace: 'so' | 'arrays', read: Reader<T>): Reader<readonly T[] | undefined> =>
  (element, so) => {
    if (isNil(element, true)) return undefined;
    return children(element).map((item) => {
      if (item.local !== name) fail(`${element.local} holds ${name}, not ${item.local}`);
      named(item, namespace === 'so' ? so : arrays);
      return read(item, so);
    });
  };

/** The members of a contract, each at most once and in just this order. */
export const members =
  <T extends object>(readers: { readonly [K in keyof T]: Reader<T[K]> }): Reader<Partial<T>> =>
  (element, so) => {
    const found: Partial<T> = {};
    if (isNil(element, true)) return found;
    const given = children(element);
    let next = 0;
    for (const name in readers) {
      const member = given[next];
      if (member?.local !== name) continue;
      named(member, so);
      found[name] = readers[name](member, so);
      next += 1;
    }
    const left = given[next];
    if (left === undefined) return found;
    const order = Object.keys(readers).join(', ');
    return fail(`${left.local} is not expected at this place in ${element.local}; the order is: ${order || 'nothing'}`);
  };
