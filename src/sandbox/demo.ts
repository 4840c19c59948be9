import { channels } from './cast.ts';
import { demoMode } from './demo-mode.ts';
import { runPage } from './page/run-page.ts';
import { setStage } from './stage.ts';
import { createNarrator } from './story/narrator.ts';
import { scenes } from './story/scenes.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);

/** Plays the story in a local Slack and a local NetServer. Gives the exit code: 0 only where all came out as told. */
async function playStory(): Promise<number> {
  const begun = performance.now();
  write('A local Slack, a local SuperOffice NetServer, and the bot between them. Nothing leaves this machine.');
  const stage = await setStage();
  const story = createNarrator(stage.slack, write);
  try {
    for (const scene of scenes) await scene(stage, story);
    write('\n#helpdesk, as the people in it see it');
    write(indent(stage.slack.transcript(channels.helpdesk)));
    write('\n#crm-approvals');
    write(indent(stage.slack.transcript(channels.approvals)));
    write('\nWhat NetServer was asked to do');
    const exchanges = stage.netserver.journal();
    for (const { service, operation, ids, httpStatus, succeeded } of exchanges) {
      const what = operation === 'LogOffWindowsUsers' ? ` ${JSON.stringify(ids)}` : '';
      write(`  ${service}.${operation}${what} -> ${httpStatus ?? 'no answer'}${succeeded ? '' : ', not done'}`);
    }
    const complaints = [...stage.netserver.complaints(), ...stage.slack.journal.complaints().map(String)];
    story.hold('neither Slack nor NetServer had anything to complain about', complaints.length === 0);
    for (const complaint of complaints) write(`    ${complaint}`);
  } finally {
    await stage.close();
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const { missed } = story;
  write(
    missed.length === 0
      ? `\nAll came out as told, in ${seconds} s.`
      : `\n${missed.length} things did not come out as told:`,
  );
  for (const what of missed) write(`  ${what}`);
  return missed.length === 0 ? 0 : 1;
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

const { argv, env, stdout } = process;
const mode = demoMode({ argv, env, isTerminal: stdout.isTTY === true });

process.exit(mode === 'page' ? await runPage({ browser: !argv.includes('--no-open') }) : await playStory());
