/** What the page is told, and what it may ask for. Types only: both sides read them, nothing of them is left at run time. */

export type Json = Record<string, unknown>;

export interface ToldPerson {
  readonly id: string;
  readonly name: string;
  /** What they are here, in a few words. */
  readonly part: string;
  /** Messages that this person has not read yet. */
  readonly unread: number;
}

export interface ToldMessage {
  readonly ts: string;
  readonly from: string;
  readonly by: 'person' | 'app' | 'slack';
  readonly private: boolean;
  readonly edited: boolean;
  readonly text: string;
  readonly blocks: readonly Json[];
}

export interface ToldChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'open' | 'private' | 'shared' | 'direct';
  readonly members: number;
  readonly canWrite: boolean;
  readonly unread: number;
  readonly messages: readonly ToldMessage[];
}

export interface ToldView {
  readonly id: string;
  readonly title: string;
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly blocks: readonly Json[];
  readonly errors: Readonly<Record<string, string>>;
}

export interface ToldAssociate {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly group: string;
  readonly on: boolean;
}

export interface ToldExchange {
  readonly n: number;
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly ids: readonly number[];
  readonly status: number | undefined;
  readonly succeeded: boolean;
  readonly loggedOff: readonly number[];
  readonly trouble: string | undefined;
}

export interface ToldExchangeText {
  readonly request: string;
  readonly response: string;
}

export interface ToldSwitch {
  readonly name: string;
  readonly label: string;
  readonly explains: string;
  readonly on: boolean;
}

/** A command as the app's manifest describes it. */
export interface ToldCommand {
  readonly name: string;
  readonly description: string;
  readonly hint: string;
}

export interface ToldBot {
  readonly is: 'starting' | 'running' | 'killed' | 'failed';
  readonly connections: number;
  /** Its last words, where it failed to start. */
  readonly why?: string;
}

/** Everything that one person's page shows. */
export interface Told {
  readonly me: string;
  readonly team: string;
  readonly people: readonly ToldPerson[];
  readonly names: {
    readonly users: Readonly<Record<string, string>>;
    readonly channels: Readonly<Record<string, string>>;
    readonly groups: Readonly<Record<string, string>>;
  };
  readonly commands: readonly ToldCommand[];
  readonly timeZone: string;
  /** Milliseconds by which the time here is ahead of the machine's. */
  readonly ahead: number;
  readonly channels: readonly ToldChannel[];
  readonly views: readonly ToldView[];
  readonly associates: readonly ToldAssociate[];
  readonly exchanges: readonly ToldExchange[];
  readonly switches: readonly ToldSwitch[];
  readonly bot: ToldBot;
  /** What real Slack or NetServer would have refused: a mistake of the bot. */
  readonly complaints: readonly string[];
}

/** Where a person presses or types. */
export type Place =
  | { readonly channel: string; readonly ts: string; readonly blocks: readonly Json[] }
  | { readonly view: string };

export interface Spot {
  readonly block_id: string;
  readonly action_id: string;
}

/** An option, several, or words. */
export type Filling = string | Json | readonly Json[];

/** What a person does in Slack. */
export type Deed =
  | { readonly do: 'say'; readonly channel: string; readonly text: string }
  | { readonly do: 'read'; readonly channel: string; readonly ts: string }
  | {
      readonly do: 'press';
      readonly place: Place;
      readonly spot: Spot;
      readonly values?: Readonly<Record<string, string>>;
    }
  | {
      readonly do: 'choose';
      readonly place: Place;
      readonly spot: Spot;
      readonly choice: Filling;
      readonly values?: Readonly<Record<string, string>>;
    }
  | { readonly do: 'suggest'; readonly place: Place; readonly spot: Spot; readonly query: string }
  | { readonly do: 'submit'; readonly view: string; readonly values: Readonly<Record<string, Filling>> }
  | { readonly do: 'close'; readonly view: string };

/** What somebody does to the world around the bot. */
export type WorldDeed =
  | { readonly do: 'log_on'; readonly id: number; readonly on: boolean }
  | { readonly do: 'switch'; readonly name: string; readonly on: boolean }
  | { readonly do: 'expire_tickets' }
  | { readonly do: 'kill_bot' }
  | { readonly do: 'start_bot' }
  | { readonly do: 'forward'; readonly ms: number };

export interface SuggestedGroup {
  readonly label: string;
  readonly options: readonly Json[];
}

/** What came of it. */
export interface Done {
  /** In words, where it did not come out: shown to the person. */
  readonly problem?: string;
  /** What is wrong with what was filled in, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly suggested?: readonly SuggestedGroup[];
}
