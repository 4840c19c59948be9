import { z } from 'zod';
import { type AssociateId, associateIdSchema } from '../core/ids.ts';
import type { VendorText } from './detail.ts';
import { NetServerError } from './errors.ts';
import type { SoapClients } from './soap-clients.ts';
import { checkVerdict } from './verdict.ts';

/** Who the bot is in NetServer's eyes. */
export interface Self {
  readonly associateId: AssociateId;
  readonly login: string;
  readonly userType: string;
  readonly functionRights: readonly string[];
  /** Name of the database; SuperOffice Online puts the tenant here. */
  readonly databaseContext?: string;
}

/** A logon: the ticket is a credential and goes nowhere but into request headers. */
export interface LoggedOn {
  readonly ticket: string;
  readonly self: Self;
}

export const LOG_ON = 'AuthenticateUsernamePassword';

const MOST_ANSWER_BYTES = 256 * 1024;

const verdictSchema = z.object({ AuthenticationSucceeded: z.boolean() });
const answerSchema = z.object({
  Response: z.object({
    UserType: z.string().optional(),
    Associate: z.string().optional(),
    AssociateId: associateIdSchema,
    FunctionRights: z.object({ string: z.array(z.string().nullable()).optional() }).nullish(),
    DatabaseContextIdentifier: z.string().nullish().catch(undefined),
  }),
  Credentials: z.object({ Ticket: z.string().min(1) }),
});

/**
 * Logs on with a user name and a password, once. Whatever way NetServer says that they are wrong (a flag, a password
 * exception, a session exception) throws `credentials`.
 */
export async function logOn(
  clients: Pick<SoapClients, 'call'>,
  credentials: { readonly username: string; readonly password: string },
  vendorText: VendorText,
): Promise<LoggedOn> {
  const answer = await clients.call({
    service: 'SoPrincipal',
    operation: LOG_ON,
    args: { UserName: credentials.username, Password: credentials.password },
    mostAnswerBytes: MOST_ANSWER_BYTES,
  });
  const httpStatus = answer.status;
  try {
    checkVerdict(answer, vendorText);
  } catch (error) {
    if (!(error instanceof NetServerError) || error.code !== 'session') throw error;
    throw new NetServerError('credentials', { executed: 'no', detail: error.detail, httpStatus });
  }
  const verdict = verdictSchema.safeParse(answer.result);
  if (verdict.success && !verdict.data.AuthenticationSucceeded) {
    throw new NetServerError('credentials', { executed: 'no', httpStatus });
  }
  const parsed = answerSchema.safeParse(answer.result);
  if (!verdict.success || !parsed.success)
    throw new NetServerError('unexpected_answer', { executed: 'no', httpStatus });
  const { Response, Credentials } = parsed.data;
  const rights = Response.FunctionRights?.string ?? [];
  const databaseContext = Response.DatabaseContextIdentifier ?? '';
  return {
    ticket: Credentials.Ticket,
    self: {
      associateId: Response.AssociateId,
      login: Response.Associate ?? '',
      userType: Response.UserType ?? 'Unknown',
      functionRights: rights.filter((right) => right !== null),
      ...(databaseContext === '' ? {} : { databaseContext }),
    },
  };
}
