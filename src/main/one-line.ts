/** What came from Slack or SuperOffice may hold anything; in a report or a comment it must stay one line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
