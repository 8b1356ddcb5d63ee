# Recado in a container. docs/operating.md, section "Container", says how to run it.
# The Node that the tests run on.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS build
# For better-sqlite3, where there is no finished binary for this platform.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The manifests first: as long as they stay the same, the installation is not repeated.
COPY package.json package-lock.json ./
COPY gateway/package.json gateway/
COPY simulator/package.json simulator/
COPY sandbox/package.json sandbox/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY gateway/src gateway/src
COPY web web
RUN npm run build \
  && npm prune --omit=dev --no-audit --no-fund \
  && chmod +x gateway/dist/main.js

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    RECADO_HOST=0.0.0.0 \
    RECADO_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/gateway/package.json gateway/package.json
COPY --from=build /app/gateway/dist gateway/dist
COPY --from=build /app/web/dist/console web/dist/console
COPY LICENSE ./
RUN ln -s /app/gateway/dist/main.js /usr/local/bin/recado \
  && install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RECADO_PORT || 8080}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/gateway/dist/main.js"]
CMD ["start"]
