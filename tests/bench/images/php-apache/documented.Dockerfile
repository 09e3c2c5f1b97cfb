# One stage, as https://github.com/docker-library/docs/blob/005da9283844e7e45175fbfd8851cddb93d71c33/php/content.md (read 2026-11-26), with the
# document root where this project has it, and Composer from its own image.
FROM php:8.4-apache
RUN apt-get update && apt-get install -y unzip
RUN docker-php-ext-install bcmath
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install
RUN sed -ri -e 's!/var/www/html!/var/www/html/public!g' /etc/apache2/sites-available/*.conf
