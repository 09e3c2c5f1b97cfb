# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

# What is copied gets its owner and its modes here.
FROM scratch AS files
COPY --chmod=u=rwX,go=rX pages/ /app/pages/
COPY --chmod=u=rwx,go=rx serve /app/serve

FROM debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f AS runtime
RUN apt-get update && \
    apt-get install --yes --no-install-recommends ca-certificates python3 && \
    rm -rf /var/lib/apt/lists/*
COPY --from=files /app /app
WORKDIR /app
USER 65532:65532
EXPOSE 9000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:9000/index.html')"]
ENTRYPOINT ["python3", "/app/serve"]
LABEL org.opencontainers.image.title="serve" \
    org.opencontainers.image.base.name="docker.io/library/debian:trixie-20261005-slim"
