# One stage, with the steps of https://bun.sh/docs/guides/ecosystem/docker.md (read 2026-11-26), which has more stages.
FROM oven/bun:1
WORKDIR /usr/src/app
COPY package.json bun.lock ./
RUN bun install --frozen-lockfile
COPY . .
USER bun
EXPOSE 3000
ENTRYPOINT ["bun", "run", "src/index.ts"]
