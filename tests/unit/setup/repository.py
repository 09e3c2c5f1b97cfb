"""A small repository of several languages: a workspace of Node.js, a server in Python, a module of Go."""

import json
from pathlib import Path

PACKAGES: dict[str, dict[str, object]] = {
    ".": {"name": "mono", "private": True, "workspaces": ["apps/*", "packages/*"]},
    "apps/web": {"name": "web", "scripts": {"start": "node server.js"}, "dependencies": {"greet": "1.0.0"}},
    "packages/greet": {"name": "greet", "version": "1.0.0", "main": "index.js", "scripts": {"build": "tsc"}},
}
LISTENS = (
    'require("node:http").createServer((q, a) => a.end(require("greet"))).listen(process.env.PORT || 3000)\n'
)
SERVER = """\
package main

import "net/http"

func main() { http.ListenAndServe(":8085", nil) }
"""
FLASK = """\
from flask import Flask

app = Flask(__name__)


@app.get("/healthz")
def health() -> str:
    return "well"
"""


def make(root: Path) -> Path:
    """Write the repository and return its folder."""
    files = {f"{place}/package.json": json.dumps(node) for place, node in PACKAGES.items()}
    files |= {
        "package-lock.json": _lock(),
        "apps/web/server.js": LISTENS,
        "packages/greet/index.js": 'module.exports = "hello"\n',
        "services/mail/requirements.txt": "flask==3.1.2\ngunicorn==23.0.0\n",
        "services/mail/app.py": FLASK,
        "services/shop/go.mod": "module example.com/shop\n\ngo 1.26\n",
        "services/shop/cmd/api/main.go": SERVER,
        "services/shop/cmd/worker/main.go": "package main\n\nfunc main() {}\n",
        "examples/first/go.mod": "module example.com/first\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def _lock() -> str:
    """Return package-lock.json of packages that need nothing from outside."""
    places = {"": PACKAGES["."], **{place: node for place, node in PACKAGES.items() if place != "."}}
    links = {
        f"node_modules/{place.rpartition('/')[2]}": {"resolved": place, "link": True}
        for place in PACKAGES
        if place != "."
    }
    return json.dumps(
        {"name": "mono", "lockfileVersion": 3, "requires": True, "packages": {**places, **links}}
    )


APPS = ("apps/web", "services/mail", "services/shop/cmd/api", "services/shop/cmd/worker")
