/** What to do where this version of Node is too old, in one sentence; nothing where it will do. */
export declare function nodeProblem(version: string, installed?: boolean): string | undefined;
