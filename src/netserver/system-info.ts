import { z } from 'zod';
import type { VendorText } from './detail.ts';
import { NetServerError } from './errors.ts';
import type { SoapCall, SoapClients } from './soap-clients.ts';
import { checkVerdict } from './verdict.ts';

/** What NetServer says of itself to anybody. */
export interface SystemInfo {
  readonly description: string;
  readonly fileVersion: string;
  readonly companyName: string;
  readonly databaseType?: string;
  readonly serialNr?: string;
}

export const SYSTEM_INFO = 'GetSystemInfo';

const MOST_ANSWER_BYTES = 1024 * 1024;

const answerSchema = z.object({
  SystemInfo: z.object({
    Description: z.string().default(''),
    FileVersion: z.string().default(''),
    CompanyName: z.string().default(''),
    DatabaseType: z.string().optional(),
    License: z.object({ SerialNr: z.string().optional() }).nullish(),
  }),
});

/** Needs no logon and changes nothing, so it serves as health check. */
export const systemInfoCall = (): SoapCall => ({
  service: 'SoPrincipal',
  operation: SYSTEM_INFO,
  args: {},
  mostAnswerBytes: MOST_ANSWER_BYTES,
});

/** Asks NetServer for its version and owner. */
export async function systemInfo(clients: Pick<SoapClients, 'call'>, vendorText: VendorText): Promise<SystemInfo> {
  const answer = await clients.call(systemInfoCall());
  checkVerdict(answer, vendorText);
  const parsed = answerSchema.safeParse(answer.result);
  if (!parsed.success) {
    throw new NetServerError('unexpected_answer', { executed: 'maybe', httpStatus: answer.status });
  }
  const { Description, FileVersion, CompanyName, DatabaseType, License } = parsed.data.SystemInfo;
  return {
    description: Description,
    fileVersion: FileVersion,
    companyName: CompanyName,
    ...(DatabaseType === undefined ? {} : { databaseType: DatabaseType }),
    ...(License?.SerialNr === undefined ? {} : { serialNr: License.SerialNr }),
  };
}
