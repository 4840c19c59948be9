import { z } from 'zod';
import type { VendorText } from './detail.ts';
import { type NetServerCode, NetServerError } from './errors.ts';
import { textElement } from './package-faults.ts';
import type { SoapAnswer } from './soap-clients.ts';

const exceptionSchema = z.object({
  Message: textElement.nullish().catch(undefined),
  FriendlyText: textElement.nullish().catch(undefined),
  ExceptionType: textElement.nullish().catch(undefined),
});

/** The response headers that decide. A header that came twice is a list and fits neither. */
const headerSchema = z.object({
  Succeeded: textElement,
  ExceptionInfo: z.union([exceptionSchema, z.string()]).nullish(),
});

/** The vendor's exception classes by what they mean to us; the namespaces before them differ between versions. */
const EXCEPTIONS: ReadonlyMap<string, NetServerCode> = new Map([
  ['SoSessionException', 'session'],
  ['SoInvalidPasswordException', 'credentials'],
  ['SoSentryException', 'not_allowed'],
  ['SoLicenseException', 'not_allowed'],
  ['SoIllegalOperationException', 'not_allowed'],
  ['SoNotSupportedException', 'not_allowed'],
  ['SoNotFoundException', 'bad_input'],
  ['SoInvalidArgumentException', 'bad_input'],
]);

/**
 * Returns only where the answer says that the call succeeded: header `Succeeded` being `true` and no `ExceptionInfo`.
 * Everything else throws; only a dead session counts as surely not executed.
 */
export function checkVerdict(answer: SoapAnswer, vendorText: VendorText, ticket?: string): void {
  const httpStatus = answer.status;
  const header = headerSchema.safeParse(answer.header);
  if (!header.success) throw new NetServerError('no_verdict', { executed: 'maybe', httpStatus });
  const { Succeeded, ExceptionInfo } = header.data;
  if (Succeeded === 'true' && !ExceptionInfo) return;
  // Neither yes nor no, or both at once.
  if (Succeeded !== 'false') throw new NetServerError('no_verdict', { executed: 'maybe', httpStatus });

  const info = typeof ExceptionInfo === 'object' && ExceptionInfo !== null ? ExceptionInfo : {};
  const exception = exceptionSchema.parse(info);
  const code = EXCEPTIONS.get(exception.ExceptionType?.split(/[.+]/).at(-1) ?? '') ?? 'exception';
  const detail = vendorText(exception.FriendlyText, ticket) ?? vendorText(exception.Message, ticket);
  throw new NetServerError(code, { executed: code === 'session' ? 'no' : 'maybe', detail, httpStatus });
}
