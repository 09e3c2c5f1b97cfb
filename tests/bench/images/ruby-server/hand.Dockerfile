# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM ruby:3.3.12-slim@sha256:379ffc9ca20cae2655cb80cac53ee23e1e7d859c03a4cceb7f567d6ce4873cee AS base
ENV BUNDLE_DEPLOYMENT=1 \
    BUNDLE_PATH=/opt/bundle \
    BUNDLE_WITHOUT=development:test
WORKDIR /app

FROM base AS dependencies
RUN apt-get update && \
    apt-get install --yes --no-install-recommends build-essential && \
    rm -rf /var/lib/apt/lists/*
COPY Gemfile Gemfile.lock ./
COPY vendor/cache/ vendor/cache/
RUN bundle install --local && \
    rm -rf /opt/bundle/ruby/*/cache

FROM base AS runtime
COPY --from=dependencies /opt/bundle /opt/bundle
COPY Gemfile Gemfile.lock server.rb ./
COPY lib/ lib/
COPY public/ public/
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["ruby", "-rnet/http", "-e", "exit(Net::HTTP.get_response(URI('http://127.0.0.1:8080/healthz')).code == '200')"]
ENTRYPOINT ["ruby", "server.rb"]
LABEL org.opencontainers.image.title="server-native"
