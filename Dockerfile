# The service in a container: built with everything, shipped with what it needs to run. Node 26 is the newest LTS line.
ARG NODE=node:26-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY src ./src
COPY tsconfig.json ./
# Of the packages, type declarations and source maps stay behind: half of their size, and nothing reads them.
RUN npm run build && chmod +x dist/cli.js \
  && npm prune --omit=dev \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

FROM ${NODE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
# The database must belong to the user the service runs as, also on a volume made from this folder.
RUN mkdir /data && chown node:node /data \
  && ln -s /app/dist/cli.js /usr/local/bin/follow-through
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY app.yml LICENSE NOTICE ./
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1, so that SIGTERM reaches it and the stop is graceful.
CMD ["node", "dist/main.js"]
