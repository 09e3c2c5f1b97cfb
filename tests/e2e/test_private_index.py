"""The private index is private: without its secret, or with another one, it hands out nothing."""

from __future__ import annotations

import base64
import urllib.request
from urllib.error import HTTPError

import pytest

from e2e.private_registry import USER, WHEEL, PrivateRegistry

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PATHS = (
    "/pypi/simple/acme-greeting/",
    f"/pypi/files/{WHEEL}",
    "/npm/@acme/greeting",
    "/npm/@acme/greeting/-/greeting-1.0.0.tgz",
    "/go/acme.test/greeting/@v/v1.0.0.zip",
)


def basic(password: str) -> str:
    return f"Basic {base64.b64encode(f'{USER}:{password}'.encode()).decode()}"


def status(registry: PrivateRegistry, path: str, authorization: str) -> int:
    headers = {"Authorization": authorization} if authorization else {}
    request = urllib.request.Request(f"http://{registry.address}{path}", headers=headers)
    try:
        with DIRECT.open(request, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.mark.parametrize("path", PATHS)
def test_only_the_secret_opens_the_index(path: str) -> None:
    with PrivateRegistry() as registry:
        wrong = ("", basic("guessed"), "Bearer guessed", f"Bearer {registry.secret}x", registry.secret)
        assert [status(registry, path, each) for each in wrong] == [401] * len(wrong)
        assert (registry.refused, registry.served) == (len(wrong), 0)
        right = (basic(registry.secret), f"Bearer {registry.secret}")
        assert [status(registry, path, each) for each in right] == [200] * len(right)
        assert (registry.refused, registry.served) == (len(wrong), len(right))
