# One stage on the image of https://github.com/docker-library/docs/blob/029f8b59a35a25fb21e098431e1f11fea4534605/elixir/content.md
# (read 2026-11-26), which shows no Dockerfile; the steps are those of `mix help release`.
FROM elixir:1.18
WORKDIR /app
COPY . .
ENV MIX_ENV=prod
RUN mix release
CMD ["_build/prod/rel/tide/bin/tide", "start"]
