# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM rust:1.99.0-slim-trixie@sha256:24e632c09342c20abf8312cf4f61430a911c01ed3a5e4c02b87292b1c39c5273 AS build
WORKDIR /src
# Dependencies are compiled from the manifests alone, with a program that does nothing.
RUN --mount=type=cache,id=desk-registry,target=/usr/local/cargo/registry \
    --mount=type=bind,source=Cargo.toml,target=Cargo.toml \
    --mount=type=bind,source=Cargo.lock,target=Cargo.lock \
    mkdir src && \
    echo 'fn main() {}' > src/main.rs && \
    cargo build --locked --release --target-dir /target && \
    rm -r src
COPY Cargo.toml Cargo.lock ./
COPY src/ src/
# Asks the server from inside of an image that has nothing else to ask with.
COPY <<'RUST' /probe.rs
use std::io::{Read, Write};

fn main() {
    let mut stream = std::net::TcpStream::connect("127.0.0.1:3000").expect("the port answers");
    stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it speaks");
    assert!(answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200"));
}
RUST

ARG VERSION=dev
RUN --mount=type=cache,id=desk-registry,target=/usr/local/cargo/registry \
    touch src/main.rs && \
    BUILD_VERSION="$VERSION" CARGO_PROFILE_RELEASE_STRIP=symbols \
    cargo build --locked --release --target-dir /target && \
    install -D /target/release/parcel-desk /out/parcel-desk && \
    rustc --edition=2021 -C opt-level=s -C panic=abort -C strip=symbols -o /out/healthcheck /probe.rs

# glibc, and neither shell nor package manager; its user nonroot has the id 65532.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2 AS runtime
COPY --from=build /out/ /usr/local/bin/
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --start-interval=1s --retries=3 \
    CMD ["/usr/local/bin/healthcheck"]
ENTRYPOINT ["/usr/local/bin/parcel-desk"]
LABEL org.opencontainers.image.title="parcel-desk" \
    org.opencontainers.image.description="Where parcels are" \
    org.opencontainers.image.authors="Ada Example <ada@example.com>" \
    org.opencontainers.image.licenses="MIT OR Apache-2.0" \
    org.opencontainers.image.source="https://github.com/example/parcel-desk" \
    org.opencontainers.image.base.name="gcr.io/distroless/cc-debian13:nonroot" \
    maintainer="Ada Example <ada@example.com>"
