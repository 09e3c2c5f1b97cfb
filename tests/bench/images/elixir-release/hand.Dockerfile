# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM elixir:1.18-otp-27-slim AS build
ENV LANG=C.UTF-8 \
    MIX_ENV=prod
WORKDIR /src
COPY mix.exs ./
COPY config/ config/
COPY almanac/ almanac/
COPY lib/ lib/
COPY priv/ priv/
RUN --network=none mix release --path /out

FROM debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f AS runtime
RUN apt-get update && \
    apt-get install --yes --no-install-recommends ca-certificates libncurses6 libssl3t64 libstdc++6 && \
    rm -rf /var/lib/apt/lists/*
ENV LANG=C.UTF-8 \
    RELEASE_DISTRIBUTION=none \
    RELEASE_TMP=/tmp
COPY --from=build /out /app
WORKDIR /app
USER 65532:65532
EXPOSE 4100
ENTRYPOINT ["/app/bin/tide"]
CMD ["start"]
LABEL org.opencontainers.image.title="tide"
