# One stage, with the steps of https://docs.docker.com/build/concepts/dockerfile.md (read 2026-11-26): a distribution, what
# the program needs of it, the program copied onto it, its start.
FROM debian:trixie
RUN apt-get update && apt-get install -y python3
WORKDIR /app
COPY . .
EXPOSE 9000
CMD ["python3", "/app/serve"]
