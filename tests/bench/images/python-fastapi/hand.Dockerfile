# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM ghcr.io/astral-sh/uv:0.12.24@sha256:3af4716e991d6956a41e573eab705d0ee08500cd829ed30293eb8472f372c65a AS uv

FROM python:3.13.16-slim-trixie@sha256:bf44cdfcb76cd3b41e879bc058fc37ec5872002ccfde7fcb765e218cde0cd79c AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/venv
WORKDIR /src
# From the lock alone: survives every change of the source.
RUN --mount=type=bind,from=uv,source=/uv,target=/usr/local/bin/uv \
    --mount=type=cache,id=shop-uv,target=/root/.cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    uv sync --locked --no-dev --no-install-project --no-build

FROM python:3.13.16-slim-trixie@sha256:bf44cdfcb76cd3b41e879bc058fc37ec5872002ccfde7fcb765e218cde0cd79c AS runtime
RUN groupadd --gid 10001 app && \
    useradd --uid 10001 --gid app --no-log-init --create-home --shell /usr/sbin/nologin app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
# Owned by root: the running process can't change its own code.
COPY --from=build /opt/venv /opt/venv
COPY --chmod=u=rwX,go=rX shop/ shop/
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=2); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 400)"]
ENTRYPOINT ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]
LABEL org.opencontainers.image.title="shop" \
    org.opencontainers.image.description="The shop of Acme" \
    org.opencontainers.image.authors="Team Acme <acme@example.com>" \
    org.opencontainers.image.vendor="Acme" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.source="https://git.example.com/acme/shop" \
    org.opencontainers.image.documentation="https://docs.example.com/shop" \
    org.opencontainers.image.base.name="docker.io/library/python:3.13.16-slim-trixie" \
    maintainer="Team Acme <acme@example.com>" \
    securitytxt="https://example.com/.well-known/security.txt"
