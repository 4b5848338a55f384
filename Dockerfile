FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY workers workers
RUN npm run build && npm prune --omit=dev && chmod +x dist/src/cli.js

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
# Asks the pages, which ask the database. A container without pages says its own check, or none.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["paperround"]
CMD ["server"]
