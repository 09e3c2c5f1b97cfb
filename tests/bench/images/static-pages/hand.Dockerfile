# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

# The pages alone, with modes that any user can read by.
FROM scratch AS pages
COPY --chmod=u=rwX,go=rX *.html robots.txt /
COPY --chmod=u=rwX,go=rX .well-known/ /.well-known/
COPY --chmod=u=rwX,go=rX css/ /css/

# A web server and the files; its user nginx has the id 101.
FROM nginxinc/nginx-unprivileged:1.30.5-alpine@sha256:4714e0b1b2577eaa1a6131d07c958b67f0eb68e6d0521e90c6e5287db8cf0bc5 AS runtime
COPY --chmod=u=rw,go=r <<'NGINX' /etc/nginx/conf.d/default.conf
server {
    listen 8080;
    root /usr/share/nginx/html;
    server_tokens off;
    error_page 404 /404.html;
    add_header X-Content-Type-Options nosniff always;
    add_header Cache-Control no-cache;

    location /css/ {
        add_header Cache-Control "public, max-age=31536000, immutable";
    }
}
NGINX

COPY --from=pages / /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["wget", "-Y", "off", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
ENTRYPOINT ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="plain-root" \
    org.opencontainers.image.base.name="docker.io/nginxinc/nginx-unprivileged:1.30.5-alpine"
