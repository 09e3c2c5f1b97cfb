# One stage, as https://docs.deno.com/runtime/reference/docker/ begins (read 2026-11-26).
FROM denoland/deno:2.9.7
WORKDIR /app
COPY . .
RUN deno cache main.ts
CMD ["deno", "run", "--allow-net", "--allow-env", "main.ts"]
