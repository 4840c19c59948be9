import { soap } from './envelope.ts';
import { arrays } from './readers.ts';
import type { WireFault } from './wire-fault.ts';
import { escapeXml, nilNamespace } from './xml.ts';

/** What an operation answers: the members inside its response element, or an exception in the header of a normal reply. */
export type Reply =
  | { readonly ok: true; readonly inside: string; readonly loggedOff?: readonly number[] }
  | { readonly ok: false; readonly exception: Exception; readonly complaint?: string };

type Exception = { readonly type: string; readonly message: string; readonly friendlyText?: string };

/** An exception that is the caller's mistake and is noted as a complaint. */
export const misuse = (message: string): Reply => ({
  ok: false,
  exception: { type: 'SuperOffice.Exceptions.SoInvalidArgumentException', message },
  complaint: message,
});

/** The exception for a ticket that is missing, unknown or too old; the text is the vendor's. */
export const noSession: Reply = {
  ok: false,
  exception: { type: 'SuperOffice.Exceptions.SoSessionException', message: 'Authentication failed!' },
};

/** One member with a plain value; nil without one. */
export const member = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? `<${name} i:nil="true"/>` : `<${name}>${escapeXml(String(value))}</${name}>`;

/** One member with other members inside. */
export const holding = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

/** One member with an array of plain values. */
export const array = (name: string, item: 'int' | 'string', values: readonly (string | number)[]): string =>
  `<${name} xmlns:a="${arrays}">${values.map((value) => `<a:${item}>${escapeXml(String(value))}</a:${item}>`).join('')}</${name}>`;

export type HeaderStyle = 'lean' | 'nil' | 'none';

/**
 * A reply as an envelope, in the manner of WCF: other prefixes than the request's, default namespaces inside the body.
 * Style `nil` writes the empty header members as nil elements, as WCF does for members without a value; `none` leaves
 * the header out, which no real server does.
 */
export const replyXml = (so: string, element: string, reply: Reply, style: HeaderStyle): string => {
  const empty = (name: string) => `<h:${name} i:nil="true" xmlns:h="${so}" xmlns:i="${nilNamespace}"/>`;
  const exception = reply.ok ? (style === 'nil' ? empty('ExceptionInfo') : '') : exceptionXml(so, reply.exception);
  const extra = style === 'nil' ? empty('ExtraInfo') : '';
  const succeeded = `<h:Succeeded xmlns:h="${so}">${reply.ok}</h:Succeeded>`;
  const zone = style === 'nil' ? empty('TimeZone') : '';
  const header = style === 'none' ? '' : `<s:Header>${exception}${extra}${succeeded}${zone}</s:Header>`;
  const body = `<${element} xmlns="${so}" xmlns:i="${nilNamespace}">${reply.ok ? reply.inside : ''}</${element}>`;
  return `<s:Envelope xmlns:s="${soap}">${header}<s:Body>${body}</s:Body></s:Envelope>`;
};

const exceptionXml = (so: string, { type, message, friendlyText }: Exception): string =>
  `<h:ExceptionInfo xmlns:h="${so}" xmlns="${so}" xmlns:i="${nilNamespace}">` +
  member('Message', message) +
  // Clients must never show this one, so it says something that a test can look for.
  member('StackTrace', 'at SuperOffice.Secret.Internals() in C:\\build\\NetServer.cs:line 1') +
  member('FriendlyText', friendlyText ?? message) +
  member('ExceptionType', type) +
  member('Source', 'SuperOffice.Services') +
  '<InnerException i:nil="true"/><Parameters i:nil="true"/></h:ExceptionInfo>';

const addressing = 'http://schemas.microsoft.com/ws/2005/05/addressing/none';
const dispatcher = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';

/** A soap:Fault; the code is a word of SOAP 1.1 itself or one of WCF's, in WCF's namespaces. */
export const faultXml = (code: WireFault['code'], message: string): string => {
  const own = code === 'VersionMismatch';
  const namespace = code === 'ActionNotSupported' ? addressing : dispatcher;
  const faultcode = own
    ? `<faultcode>s:${code}</faultcode>`
    : `<faultcode xmlns:a="${namespace}">a:${code}</faultcode>`;
  const text = `<faultstring xml:lang="en-US">${escapeXml(message)}</faultstring>`;
  return `<s:Envelope xmlns:s="${soap}"><s:Body><s:Fault>${faultcode}${text}</s:Fault></s:Body></s:Envelope>`;
};
