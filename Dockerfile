# Recado in a container: the same files as `npm run release` packs. docs/deploy.md, section
# "Container", says how to run it.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
# For better-sqlite3 12, which Node 20 uses, where there is no finished binary for this platform.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# The manifests first: as long as they stay the same, the installation is not repeated.
COPY package.json package-lock.json ./
COPY gateway/package.json gateway/
COPY simulator/package.json simulator/
COPY sandbox/package.json sandbox/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY tsconfig.json CHANGELOG.md SECURITY.md LICENSE ./
COPY gateway/src gateway/src
COPY simulator/src simulator/src
COPY sandbox/src sandbox/src
COPY web web
COPY packaging packaging
COPY packages/client/package.json packages/client/
COPY packages/client/src packages/client/src
RUN npm run release -- --folder /recado

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    RECADO_HOST=0.0.0.0 \
    RECADO_DATA_DIR=/data
COPY --from=build /recado /opt/recado
RUN ln -s /opt/recado/app/dist/recado.js /usr/local/bin/recado \
  && install --directory --owner=node --group=node --mode=0700 /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RECADO_PORT || 8080}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/recado/app/dist/recado.js"]
CMD ["start"]
