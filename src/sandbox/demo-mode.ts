interface Terminal {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** Whether the demo shows its page or plays its story: on a terminal there is somebody to look at a page. */
export function demoMode({ argv, env, isTerminal }: Terminal): 'page' | 'story' {
  if (argv.includes('--story')) return 'story';
  if (argv.includes('--page')) return 'page';
  return isTerminal && (env['CI'] ?? '') === '' ? 'page' : 'story';
}
