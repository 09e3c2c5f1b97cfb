# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

# Runs on the builder's own platform and cross-compiles: no emulation.
FROM --platform=$BUILDPLATFORM golang:1.27.2-trixie@sha256:e58d6f83b3416618d8bcac2b3dde1b7f7e3c4a77d25e88637f8bbae81536c48d AS build
WORKDIR /src
RUN --mount=type=cache,id=api-gomod,target=/go/pkg/mod \
    --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    go mod download
COPY go.mod go.sum ./
COPY cmd/ cmd/
COPY internal/ internal/

ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
RUN --mount=type=cache,id=api-gomod,target=/go/pkg/mod \
    --mount=type=cache,id=api-gobuild,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags="-s -w -X main.version=$VERSION" -o /out/api ./cmd/api

# Neither shell nor package manager; its user nonroot has the id 65532.
FROM gcr.io/distroless/static-debian13:nonroot@sha256:e2e927ec666bae08560abb3c55d0659eceabb657f56b6782ab500a9fc7f555e3 AS runtime
COPY --from=build /out/api /api
USER 65532:65532
EXPOSE 8080
# The flag is the program's own: nothing else in this image could ask it.
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --start-interval=1s --retries=3 CMD ["/api", "-healthcheck"]
ENTRYPOINT ["/api"]
LABEL org.opencontainers.image.title="api" \
    org.opencontainers.image.description="The API of Acme" \
    org.opencontainers.image.authors="Team Acme <acme@example.com>" \
    org.opencontainers.image.vendor="Acme" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.source="https://git.example.com/acme/api" \
    org.opencontainers.image.documentation="https://docs.example.com/api" \
    org.opencontainers.image.base.name="gcr.io/distroless/static-debian13:nonroot" \
    maintainer="Team Acme <acme@example.com>" \
    securitytxt="https://example.com/.well-known/security.txt"
