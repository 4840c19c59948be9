# The bot as an image, made of the very package that `npm pack` gives.
#
#   docker build -t superoffice-logoff .
#
# Any Debian-based image with Node 24.11 or newer will do; pin it by digest where you build.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY package.json package-lock.json ./
# Without install scripts: the only one brings a Node, and the image has one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm pack --pack-destination /tmp \
  && mkdir /app \
  && cd /app \
  && npm install --offline --no-audit --no-fund /tmp/superoffice-logoff-*.tgz

FROM ${NODE_IMAGE}
COPY --from=build /app /app
# For SQLite: a volume that is mounted here for the first time takes over the owner.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production LOGOFF_CONFIG=/etc/logoff/logoff.yml
# The database's place where DATABASE_URL is not set is data/logoff.db, from here.
WORKDIR /
USER node
EXPOSE 3000
# Alive, not ready: a new start would not bring Slack or SuperOffice back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and gets the signal to stop.
ENTRYPOINT ["node", "/app/node_modules/superoffice-logoff/dist/src/program.cjs"]
CMD ["start"]
