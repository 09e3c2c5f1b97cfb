# One stage, as https://github.com/docker-library/docs/blob/01285481cd08b3bcbf8cf61f2a5ccc3d2ef312b4/nginx/content.md (read 2026-11-26).
FROM nginx:1.30
COPY . /usr/share/nginx/html
