/** What must never show up anywhere. */
export const PASSWORD = 'CANARY-password';
