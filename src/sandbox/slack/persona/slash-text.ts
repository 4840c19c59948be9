import type { Workspace } from '../workspace.ts';

/** The three characters that Slack escapes in everything that people type. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The longest beginning of the word that `look` knows, and what is left of it ("bob," is bob and a comma). */
function longestKnown(word: string, look: (name: string) => string | undefined): string | undefined {
  for (let end = word.length; end > 0; end -= 1) {
    const found = look(word.slice(0, end));
    if (found !== undefined) return found + word.slice(end);
  }
  return undefined;
}

/**
 * What arrives of a typed command text. Everything is escaped; with `should_escape` an `@name`, `@group` or `#channel`
 * that exists becomes `<@U..|name>`, `<!subteam^S..|@group>` or `<#C..|channel>`. Otherwise it stays as typed.
 */
export function slashText(typed: string, shouldEscape: boolean, workspace: Workspace): string {
  const escaped = escapeText(typed);
  if (!shouldEscape) return escaped;
  const person = (name: string): string | undefined => {
    const user = workspace.users().find((each) => each.name === name && !each.deleted);
    if (user !== undefined) return `<@${user.id}|${user.name}>`;
    const group = workspace.groups().find((each) => each.handle === name && !each.disabled);
    return group === undefined ? undefined : `<!subteam^${group.id}|@${group.handle}>`;
  };
  const channel = (name: string): string | undefined => {
    const found = workspace.channel(`#${name}`);
    return found === undefined ? undefined : `<#${found.id}|${found.name}>`;
  };
  return escaped.replace(/(?<![\p{L}\p{N}._-])([@#])([\p{L}\p{N}._-]+)/gu, (whole, sign: string, word: string) => {
    return longestKnown(word, sign === '@' ? person : channel) ?? whole;
  });
}
