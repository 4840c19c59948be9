import { archiveOperations } from './archive.ts';
import { associateOperations } from './associate.ts';
import { mdoOperations } from './mdo.ts';
import type { Operation } from './operations.ts';
import { principalOperations } from './principal.ts';
import { WireFault } from './wire-fault.ts';

const operations: readonly Operation[] = [
  ...principalOperations,
  ...associateOperations,
  ...archiveOperations,
  ...mdoOperations,
];

const services = new Set(operations.map(({ service }) => service));

export type Place = { readonly version: number; readonly service: string; readonly so: string };

/** The service at an address, undefined if there is none: `<base>/Remote/Services<NN>/<Service>.svc`, without any query. */
export const placeOf = (url: string, basePath: string, versions: readonly number[]): Place | undefined => {
  if (!url.startsWith(`${basePath}/`)) return undefined;
  const [, number, service = ''] = /^\/Remote\/Services(\d+)\/(\w+)\.svc$/.exec(url.slice(basePath.length)) ?? [];
  const version = Number(number);
  if (!versions.includes(version) || !services.has(service)) return undefined;
  return { version, service, so: `http://www.superoffice.net/ws/crm/NetServer/Services${version}` };
};

/** The operation that a SOAPAction names, with or without quotes; a fault if this service has no such action. */
export const operationOf = ({ service, so }: Place, header: string | undefined): Operation => {
  const action = header?.replace(/^"(.*)"$/, '$1');
  const found = operations.find((known) => known.service === service && `${so}/${service}/${known.name}` === action);
  if (found !== undefined) return found;
  throw new WireFault('ActionNotSupported', `The message with Action '${action ?? ''}' cannot be processed here`);
};

/** Whether a content type is what SOAP 1.1 asks for: text/xml in UTF-8, said so. */
export const isSoapType = (header: string | undefined): boolean => {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  return type === 'text/xml' && parameters.some((parameter) => /^charset="?utf-8"?$/.test(parameter));
};
