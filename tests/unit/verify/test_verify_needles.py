"""Secrets are found in every encoding and at every offset, and in nothing else."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import random
import zipfile
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.verify.needles import Canary, Haystack, fresh_marker, fresh_value
from dockgen.verify.secret_parts import secret_parts
from dockgen.verify.stream import SearchingReader, Unpacker

VALUE = "s3cr3t/+=&value?~with~odd-characters"
GIVEN = Haystack((Canary("the secret x", VALUE),), "no-marker")


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc", b"abcd"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode], ids=["base64", "base64url"])
def test_base64_is_found_at_every_offset(before: bytes, encode: Callable[[bytes], bytes]) -> None:
    hits = GIVEN.search(b"{" + encode(before + VALUE.encode() + b"tail") + b"}")
    assert [hit.label for hit in hits] == ["the secret x"]
    assert hits[0].form.startswith("base64")


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("plain", VALUE.encode()),
        ("URL-encoded", quote(VALUE, safe="").encode()),
        ("hexadecimal", VALUE.encode().hex().encode()),
        ("UTF-16", VALUE.encode("utf-16-le")),
    ],
)
def test_a_form_is_found_and_named(form: str, data: bytes) -> None:
    hits = GIVEN.search(b"...." + data + b"....")
    assert [(hit.form, hit.offset) for hit in hits] == [(form, 4)]


@given(st.binary(max_size=200))
def test_bytes_without_the_secret_hold_none(data: bytes) -> None:
    assert GIVEN.search(data) == []


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_canary_in_base64_between_any_bytes_is_found(before: bytes, after: bytes) -> None:
    marker = "dgcAbCdEfGhIjKlM"
    canary = Canary("bait", marker + "N0pQrStUvWxYz12345678901")
    found = Haystack((canary,), marker).search(base64.b64encode(before + canary.value.encode() + after))
    assert [hit.label for hit in found] == ["bait"]


@given(st.binary(max_size=120), st.sampled_from([60, 64, 76]))
def test_base64_in_lines_is_found_wherever_a_line_ends(before: bytes, width: int) -> None:
    marker = "dgcAbCdEfGhIjKlM"
    canary = Canary("bait", marker + "N0pQrStUvWxYz12345678901")
    for haystack in (Haystack((canary,), marker), Haystack((canary,), "no-marker")):
        text = base64.b64encode(before + canary.value.encode() + b"tail").decode()
        lines = "\n".join(text[at : at + width] for at in range(0, len(text), width))
        assert [hit.label for hit in haystack.search(lines.encode())] == ["bait"]


@pytest.mark.parametrize("width", [60, 64, 72, 76])
def test_a_hexadecimal_dump_in_lines_is_found(width: int) -> None:
    text = VALUE.encode().hex()
    for before in range(width):
        dump = "0" * before + text
        lines = "\r\n".join(dump[at : at + width] for at in range(0, len(dump), width))
        assert [hit.form for hit in GIVEN.search(lines.encode())] == ["hexadecimal"]


def test_the_canary_at_the_place_is_named_and_not_its_neighbour() -> None:
    marker = fresh_marker()
    first, second = (Canary(name, fresh_value(marker)) for name in ("first", "second"))
    haystack = Haystack((first, second), marker)
    found = haystack.search(f"{second.value} {first.value}".encode())
    assert [hit.label for hit in found] == ["second", "first"]


def test_each_of_many_canaries_is_named_though_only_the_marker_is_searched() -> None:
    marker = fresh_marker()
    canaries = tuple(Canary(f"file {number}", fresh_value(marker)) for number in range(30))
    haystack = Haystack(canaries, marker)
    assert len(haystack.needles) < 12
    text = "\n".join(canary.value for canary in canaries).encode()
    assert [hit.label for hit in haystack.search(text)] == [canary.label for canary in canaries]


def test_of_an_npmrc_only_the_token_counts() -> None:
    text = "registry=https://npm.example.com/\n//npm.example.com/:_authToken=abcdef123456\n"
    assert secret_parts(text) == ["abcdef123456"]


def test_of_an_address_only_the_password_counts() -> None:
    assert secret_parts("https://user:hunter2hunter2@pypi.example.com/simple") == ["hunter2hunter2"]


def test_of_a_key_file_only_its_body_counts() -> None:
    text = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n"
    assert secret_parts(text) == ["MIIEvQIBADANBgkqhkiG9w0B"]


def test_a_bare_token_counts_without_its_line_end_and_a_short_one_not_at_all() -> None:
    assert secret_parts("abcdefghij\n") == ["abcdefghij"]
    assert secret_parts("abc") == []


def zipped(data: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return into.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zipped])
def test_packed_secrets_are_found(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(b"x" * 50 + VALUE.encode())
    assert [hit.form for hit in Unpacker(GIVEN).search(packed)] == ["packed, plain"]
    assert GIVEN.search(packed) == []


def test_nested_archives_and_gzip_in_the_middle_of_a_file_are_opened() -> None:
    nested = zipped(gzip.compress(zipped(VALUE.encode())))
    assert Unpacker(GIVEN).search(nested)
    assert Unpacker(GIVEN).search(b"header" + gzip.compress(VALUE.encode()))


def test_a_bomb_stops_at_the_budget() -> None:
    unpacker = Unpacker(GIVEN, budget=1 << 20)
    assert unpacker.search(gzip.compress(b"\0" * (8 << 20))) == []
    assert unpacker.exhausted


@pytest.mark.parametrize(
    "damaged", [b"PK\x03\x04 nonsense", b"\x1f\x8b\x08 nonsense", b"BZh nonsense", b"\xfd7zXZ\x00 no"]
)
def test_damaged_archives_hold_nothing_and_raise_nothing(damaged: bytes) -> None:
    assert Unpacker(GIVEN).search(damaged) == []


def test_a_secret_across_two_reads_is_found() -> None:
    data = b"a" * 1000 + VALUE.encode() + b"b" * 1000
    reader = SearchingReader(io.BytesIO(data), GIVEN)
    steps = random.Random(1)
    while reader.read(steps.randrange(1, 20)):
        pass
    assert {hit.offset for hit in reader.hits} == {1000}
