import { writeFileSync } from 'node:fs';
import { settingsJsonSchema } from './json-schema.ts';

// `npm run schema`: brings logoff.schema.json in line with the settings after they were changed.
writeFileSync(new URL('../../logoff.schema.json', import.meta.url), settingsJsonSchema());
