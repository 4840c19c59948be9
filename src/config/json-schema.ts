import { z } from 'zod';
import { settingsFileSchema } from './settings-file.ts';

/** The JSON Schema of logoff.yml, with which editors complete and check it: the text of logoff.schema.json. */
export function settingsJsonSchema(): string {
  // Draft 7 is what the YAML extensions of editors know.
  const schema = z.toJSONSchema(settingsFileSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
