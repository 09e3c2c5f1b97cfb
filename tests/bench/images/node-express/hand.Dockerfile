# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM node:24.21.0-trixie-slim@sha256:173f125896c3b47ddf056734c7ea789d04595a6a08769a8f78e0df642781fb66 AS build
WORKDIR /app
# From the lock alone: survives every change of the source.
RUN --mount=type=cache,id=cart-npm,target=/root/.npm \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    npm ci --omit=dev --ignore-scripts
COPY --chmod=u=rwX,go=rX package.json ./
COPY --chmod=u=rwX,go=rX src/ src/

# Neither shell nor npm; its user nonroot has the id 65532.
FROM gcr.io/distroless/nodejs24-debian13:nonroot@sha256:9eeb7f5887d0e239e78264b06f7f11d2e14be534050481803a9e4728fcdd278e AS runtime
ENV NODE_ENV=production
WORKDIR /app
# Owned by root: the running process can't change its own code.
COPY --from=build /app /app
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "src/server.js"]
LABEL org.opencontainers.image.title="cart" \
    org.opencontainers.image.description="The cart of Acme" \
    org.opencontainers.image.authors="Team Acme <acme@example.com>" \
    org.opencontainers.image.vendor="Acme" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.source="https://git.example.com/acme/cart" \
    org.opencontainers.image.documentation="https://docs.example.com/cart" \
    org.opencontainers.image.base.name="gcr.io/distroless/nodejs24-debian13:nonroot" \
    maintainer="Team Acme <acme@example.com>" \
    securitytxt="https://example.com/.well-known/security.txt"
