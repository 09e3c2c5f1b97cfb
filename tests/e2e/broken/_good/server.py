"""Answers a JSON route; called with an address, asks it and exits with what it found."""

import http.server
import json
import signal
import sys
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path in {"/healthz", "/api"}
        body = json.dumps({"status": "ok" if found else "unknown"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def probe(address: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return 0 if opener.open(address, timeout=2).status < 400 else 1


def end(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(probe(sys.argv[1]))
    signal.signal(signal.SIGTERM, end)
    http.server.ThreadingHTTPServer(("", 8080), Handler).serve_forever()
