FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY workers workers
# What only people and compilers read of the packages stays out, and the compiler, which one of
# them would use for settings of its own; their licences stay in.
RUN npm run build && npm prune --omit=dev && chmod +x dist/src/cli.js \
    && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
    && rm -rf node_modules/typescript node_modules/.bin/tsc node_modules/.bin/tsserver

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    HOST=0.0.0.0 \
    DATA_DIR=/data
WORKDIR /app
COPY package.json LICENSE ./
COPY templates templates
COPY sample sample
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Code belongs to root and is never written to; /data is the only place for a sandbox's files.
RUN ln -s /app/dist/src/cli.js /usr/local/bin/paperround \
    && install -d -o node -g node -m 0700 /data
USER node
EXPOSE 3000
# Asks the process whether it can do its work: on the pages' port, or on HEALTH_PORT where it is
# set, which workers need. A container that ends by itself switches it off.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT || process.env.PORT || 3000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["paperround"]
CMD ["server"]
