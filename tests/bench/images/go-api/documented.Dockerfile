# One stage, as https://hub.docker.com/_/golang advises to start with (read 2026-11-24).
FROM golang:1.27
WORKDIR /usr/src/app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -v -o /usr/local/bin/ ./...
CMD ["api"]
