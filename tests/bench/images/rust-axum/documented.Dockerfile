# One stage, as https://hub.docker.com/_/rust advises to start with (read 2026-11-26).
FROM rust:1.99.0
WORKDIR /usr/src/myapp
COPY . .
RUN cargo install --path .
CMD ["parcel-desk"]
