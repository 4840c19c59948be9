/** Something typed on the command line that cannot be meant; the message is for whoever typed it. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** Settings or another file that cannot be used; the message is the report of all problems. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Where a command writes to: answers, and complaints. */
export interface Output {
  out(text: string): void;
  complain(text: string): void;
}
