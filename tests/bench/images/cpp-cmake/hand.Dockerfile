# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f AS build
RUN apt-get update && \
    apt-get install --yes --no-install-recommends ccache cmake g++ libssl-dev ninja-build && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,id=lighthouse-ccache,target=/root/.cache/ccache \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DLIGHTHOUSE_BUILD_TESTS=OFF \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache && \
    cmake --build /build --target lighthouse && \
    strip -o /lighthouse /build/src/lighthouse

# glibc, libstdc++ and OpenSSL, neither shell nor package manager; its user nonroot has the id 65532.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2 AS runtime
COPY --from=build /lighthouse /usr/local/bin/lighthouse
USER 65532:65532
EXPOSE 8085
ENTRYPOINT ["/usr/local/bin/lighthouse"]
LABEL org.opencontainers.image.title="lighthouse" \
    org.opencontainers.image.base.name="gcr.io/distroless/cc-debian13:nonroot"
