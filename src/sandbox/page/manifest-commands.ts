import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ToldCommand } from './client/told.ts';

const manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
  }),
});

/** The slash commands that the app's manifest tells Slack about. */
export function commandsOfManifest(): readonly ToldCommand[] {
  const text = readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  return manifest.parse(parse(text)).features.slash_commands.map(({ command, description, usage_hint }) => ({
    name: command,
    description,
    hint: usage_hint,
  }));
}
