import { z } from 'zod';
import { cleanCause, NetServerError } from './errors.ts';
import { withoutSoap } from './gate.ts';

/** A text element as the package hands it out: with attributes on it, the text moves into `$value`. */
export const textElement = z.union([
  z.string(),
  z.object({ $value: z.string() }).transform((element) => element.$value),
]);

const soapFault = z.object({
  root: z.object({
    Envelope: z.object({
      Body: z.object({
        Fault: z.object({
          faultcode: textElement.optional().catch(undefined),
          faultstring: textElement.optional().catch(undefined),
        }),
      }),
    }),
  }),
});

/**
 * Turns a rejection of the SOAP package into ours: a SOAP fault, else an answer it could not read. The rejection itself
 * carries the whole exchange and goes no further.
 */
export function packageFault(
  error: unknown,
  status: number | undefined,
  vendorText: (text: unknown) => string | undefined,
): NetServerError {
  const fault = soapFault.safeParse(error);
  if (fault.success) {
    const { faultcode, faultstring } = fault.data.root.Envelope.Body.Fault;
    const detail = vendorText([faultcode, faultstring].filter((part) => part !== undefined).join(': '));
    return new NetServerError('fault', { executed: 'maybe', detail, httpStatus: status });
  }
  if (status !== undefined && status >= 400) return withoutSoap(status, false);
  return new NetServerError('not_soap', { executed: 'maybe', httpStatus: status, cause: cleanCause(error) });
}
