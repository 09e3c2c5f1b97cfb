# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM php:8.4.26-apache@sha256:75325cceea4f9a8200f4e9e146e8155ec1b6466b2957b87accf0286b94547cbd AS base
RUN docker-php-ext-install -j"$(nproc)" bcmath opcache && \
    cp "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini" && \
    sed -i 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf && \
    sed -i -e 's!/var/www/html!/app/public!' -e 's/:80>/:8080>/' /etc/apache2/sites-available/000-default.conf
WORKDIR /app

FROM base AS build
RUN apt-get update && \
    apt-get install --yes --no-install-recommends unzip && \
    rm -rf /var/lib/apt/lists/*
COPY --from=composer:2.10.3@sha256:af98f42dfff7c68ba8d53c2164fd9fde1087b7d449514baa38c418b1f6bc4bac /usr/bin/composer /usr/local/bin/composer
ENV COMPOSER_ALLOW_SUPERUSER=1 \
    COMPOSER_MIRROR_PATH_REPOS=1
COPY composer.json composer.lock ./
COPY packages/ packages/
RUN composer install --no-dev --no-autoloader --no-scripts --no-interaction --prefer-dist
COPY public/ public/
COPY src/ src/
RUN composer dump-autoload --no-dev --classmap-authoritative

FROM base AS runtime
COPY --from=build /app/vendor vendor
COPY public/ public/
COPY src/ src/
USER 33:33
EXPOSE 8080
STOPSIGNAL SIGWINCH
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["php", "-n", "-r", "exit(@file_get_contents('http://127.0.0.1:8080/healthz') === false ? 1 : 0);"]
ENTRYPOINT ["apache2-foreground"]
LABEL org.opencontainers.image.title="board"
