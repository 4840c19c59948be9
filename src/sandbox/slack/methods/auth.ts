import { fine, type Methods, refuse } from './method.ts';

/** `auth.test` and the door to Socket Mode. */
export const authMethods: Methods = {
  'auth.test': {
    run: (_args, { app, workspace }) =>
      fine({
        url: `https://${workspace.team.domain}.slack.com/`,
        team: workspace.team.name,
        user: app.name ?? workspace.user(app.botUserId)?.name ?? 'app',
        team_id: workspace.team.id,
        user_id: app.botUserId,
        bot_id: app.botId,
        is_enterprise_install: false,
      }),
  },
  'apps.connections.open': {
    appToken: true,
    run: (_args, { sockets, origin }) => fine({ url: `${origin().replace(/^http/, 'ws')}${sockets.ticket()}` }),
  },
  'api.test': { run: (args) => (args.has('error') ? refuse(args.text('error')) : fine()) },
};
