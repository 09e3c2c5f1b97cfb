# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM denoland/deno:2.9.7@sha256:fa335acdf6b72106eda2cb6a8cb5f4187e7630e357467489db4b2e7352d5e432 AS build
ENV DENO_DIR=/deno-dir
WORKDIR /app
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY main.ts ./
COPY src/ src/
RUN --network=none deno cache --frozen main.ts

# glibc and what Deno needs, neither shell nor package manager; its user nonroot has the id 65532.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2 AS runtime
ENV DENO_DIR=/deno-dir \
    DENO_NO_UPDATE_CHECK=1
COPY --from=build /usr/bin/deno /usr/bin/deno
COPY --from=build /deno-dir /deno-dir
COPY --from=build /app /app
WORKDIR /app
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["deno", "eval", "Deno.exit((await fetch('http://127.0.0.1:8080/healthz')).ok ? 0 : 1)"]
ENTRYPOINT ["deno", "run", "--cached-only", "--frozen", "--no-prompt", "--allow-net", "--allow-env=GREETING,PORT", "main.ts"]
LABEL org.opencontainers.image.title="greeter" \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.base.name="gcr.io/distroless/cc-debian13:nonroot"
