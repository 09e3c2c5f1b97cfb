"""In whichever form a given secret is written, its value is not told; and nothing else is kept back."""

from __future__ import annotations

import base64
import html
import json
import shlex
import time
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.dockerfile.parser import parse
from dockgen.verify.contract import from_dockerfile
from dockgen.verify.redacting import Redactor, redactor_of
from dockgen.verify.safe_text import one_line
from dockgen.verify.secret_parts import named_parts, passwords_of, secret_parts
from dockgen.verify.target import Target

DOCKERFILE = parse("FROM scratch\n", "Dockerfile")


def redactor(secret: str = "", **build_args: str) -> Redactor:
    secrets = {"x": secret.encode()} if secret else {}
    contract = from_dockerfile(DOCKERFILE)
    return redactor_of(Target(Path(), Path(), DOCKERFILE, contract, secrets, build_args))


ODD = 'tr1cky "quoted" it\'s\\slashed/50% & <é😀>+\tend'
WRITTEN = {
    "plain": ODD,
    "repr": repr(ODD),
    "repr of bytes": repr(ODD.encode()),
    "ascii": ascii(ODD),
    "JSON": json.dumps(ODD),
    "JSON in UTF-8": json.dumps(ODD, ensure_ascii=False),
    "JSON with escaped slashes": json.dumps(ODD).replace("/", "\\/"),
    "JSON in JSON": json.dumps(json.dumps(ODD)),
    "repr of JSON": repr(json.dumps(ODD)),
    "every character escaped": "".join(f"\\x{byte:02x}" for byte in ODD.encode()),
    "octal": "".join(f"\\{byte:03o}" for byte in ODD.encode()),
    "JavaScript": "".join(f"\\u{{{ord(letter):x}}}" for letter in ODD),
    "shell": shlex.quote(ODD),
    "shell's backslashes": shlex.quote(ODD).replace("'\"'\"'", "'\\''"),
    "double quotes of a shell": ODD.replace("\\", "\\\\").replace('"', '\\"'),
    "address": quote(ODD, safe=""),
    "address with slashes": quote(ODD),
    "address in small letters": quote(ODD, safe="").lower(),
    "form": quote_plus(ODD),
    "page": html.escape(ODD),
    "JSON in a page": html.escape(json.dumps(ODD)),
    "address in JSON": json.dumps({"url": f"https://me:{quote(ODD, safe='')}@example.com"}),
    "one line": one_line(ODD),
    "hexadecimal": ODD.encode().hex(),
    "base64": base64.b64encode(ODD.encode()).decode(),
    "base64 in JSON": base64.b64encode(ODD.encode()).decode().replace("/", "\\/"),
}


@pytest.mark.parametrize("form", sorted(WRITTEN))
def test_a_value_is_found_as_programs_write_it(form: str) -> None:
    told = redactor(ODD).text(f"curl: ({WRITTEN[form]}) refused")
    assert "[secret x]" in told
    assert told.startswith("curl: (")
    assert told.endswith(") refused")
    # Quotes and the address around it may stay.
    assert len(told) < 80


@pytest.mark.parametrize("form", sorted(set(WRITTEN) - {"plain", "one line"}))
def test_the_start_of_a_written_value_before_a_cut_is_found(form: str) -> None:
    written = WRITTEN[form]
    for end in range(len(written) // 2, len(written) - 1):
        told = redactor(ODD).text(f"echo {written[:end]}…")
        assert "tr1ck" not in told, told


@pytest.mark.parametrize(
    ("secret", "text", "told"),
    [
        ("alpha1\nbeta22\ngamma-3\n", "login alpha1, then beta22", "login [secret x], then [secret x]"),
        ("alpha1\nbeta22\n", "alpha1\nbeta22", "[secret x]"),
        ("alpha1\nbeta22\n", "'alpha1\\nbeta22\\n'", "'[secret x]\\n'"),
        ("alpha1\r\nbeta22\r\n", "alpha1 beta22", "[secret x] [secret x]"),
        ("alpha1\nbeta22\n", "alpha12 xbeta22", "alpha12 xbeta22"),
        ("bob\nhunter2\n", "hunter2 of bob", "[secret x] of bob"),
        ("alpha1\nlonger-line-1\n", "echo longer-li… xlonger-li…", "echo [secret x]… xlonger-li…"),
        ("s3cr", "password s3cr!", "password [secret x]!"),
        ("s3cr", "'a\\ns3cr\\n'", "'a\\n[secret x]\\n'"),
        ("s3cr", "me%3As3cr%40host", "me%3A[secret x]%40host"),
        ("s3cr", "s3cret is as3cr", "s3cret is as3cr"),
        ("s3cr", base64.b64encode(b"s3cr").decode(), "[secret x]=="),
        ("root", "runs as root", "runs as [secret x]"),
        ("abc", "abc", "abc"),
        ("true", "it is true", "it is true"),
        ("my secret key phrase one", "phrase: my secret key phrase one", "phrase: [secret x]"),
        ("password=one;two,three\n", "one;two,three", "[secret x]"),
        ('{"password": "a\\"bc\\\\d1"}', 'wrong: a"bc\\d1', "wrong: [secret x]"),
        ("<server><password>hunter2</password></server>", "got hunter2", "got [secret x]"),
        (
            "machine example.com\nlogin bob\npassword hunter2",
            "example.com: hunter2",
            "example.com: [secret x]",
        ),
        ("[default]\naws_secret_access_key = wJalr/K7+1\n", "wJalr/K7+1 by default", "[secret x] by default"),
        ("user\npassword=hunter2", "the user has hunter2", "the user has [secret x]"),
        (
            '{"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkq+/==\\n-----END KEY-----\\n"}',
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq+/==\n",
            "-----BEGIN PRIVATE KEY-----\n[secret x]\n",
        ),
    ],
)
def test_what_is_kept_back_of_a_secret(secret: str, text: str, told: str) -> None:
    assert redactor(secret).text(text) == told


@pytest.mark.parametrize(
    ("address", "passwords"),
    [
        ("https://me:pa/ss@w0rd@pypi.example.com/simple", ["pa/ss", "pa/ss@w0rd"]),
        ("https://me:p%40ss%2Fword@example.com", ["p%40ss%2Fword"]),
        ("https://:token1@example.com", ["token1"]),
        (
            "https://me:hunter2@example.com/@scope/a@1.0",
            ["hunter2", "hunter2@example.com/", "hunter2@example.com/@scope/a"],
        ),
        ("https://example.com:8080/@scope/a", []),
        ("https://example.com/a@b", []),
        ("https://me@example.com", []),
        ("https://ghp_A1b2C3d4E5f6G7h8I9j0@example.com", ["ghp_A1b2C3d4E5f6G7h8I9j0"]),
        ("https://ghp_A1b2C3d4E5f6G7h8I9j0:x-oauth@example.com", ["ghp_A1b2C3d4E5f6G7h8I9j0", "x-oauth"]),
        ("a://b:hunter2@c,d://e:hunter3@f", ["hunter2", "hunter2@c,d://e:hunter3", "hunter3"]),
    ],
)
def test_the_passwords_of_an_address(address: str, passwords: list[str]) -> None:
    assert passwords_of(address) == passwords


@pytest.mark.parametrize(
    "text",
    [
        "pa/ss@w0rd",
        "https://me:pa/ss@w0rd@pypi.example.com",
        "pa%2Fss%40w0rd",
        "pa%2fss%40w0rd",
        "pa\\/ss@w0rd",
        "'pa/ss@w0rd'",
    ],
)
@pytest.mark.parametrize("written", ["pa/ss@w0rd", "pa%2Fss%40w0rd", "pa%2fss%40w0rd"])
def test_a_password_in_an_address_is_found_escaped_or_not(written: str, text: str) -> None:
    address = f"https://me:{written}@pypi.example.com/simple"
    for told in (redactor(INDEX=address).text(text), redactor(address).text(text)):
        assert "w0rd" not in told
        assert "[" in told


def test_a_key_with_slashes_is_no_path() -> None:
    line = "MIIEvQIBADANBgkq/hkiG9w0BAQEFAASCBKcwggSj/AgEAAoIBAQC7"
    assert secret_parts(f"-----BEGIN KEY-----\n{line}\n{line[::-1]}\n-----END KEY-----") == [line, line[::-1]]
    assert "q/hki" not in redactor(f"{line}\n{line[::-1]}").text(f"key {line}")


def test_a_key_of_many_lines_makes_no_slow_redactor() -> None:
    lines = [
        base64.b64encode(number.to_bytes(45, "big")).decode() for number in range(1 << 22, (1 << 22) + 5_000)
    ]
    made = redactor("\n".join(lines))
    began = time.process_time()
    for line in lines[:100]:
        assert made.text(f"#7 0.1 {line} \\n") == "#7 0.1 [secret x] \\n"
    assert time.process_time() - began < 5


def test_of_short_lines_an_image_is_searched_for_all_together() -> None:
    assert secret_parts("bob\nhunter2\n") == ["bob\nhunter2"]
    assert secret_parts("key phrase") == ["phrase"]
    assert secret_parts("a key one") == ["a key one"]


@given(
    st.text(min_size=6, max_size=40),
    st.sampled_from([repr, ascii, json.dumps, shlex.quote, quote, quote_plus, html.escape]),
)
def test_no_escape_of_any_text_hides_it(text: str, escape) -> None:
    secret = "k3y-" + text.strip()
    written = escape(secret) if text.isprintable() else repr(secret)
    assert "k3y-" not in redactor(secret).text(f"<{written}>")


@given(st.text(max_size=60))
def test_a_text_without_the_secret_stays(text: str) -> None:
    assert redactor("c0rrect-h0rse").text(text) == text


@pytest.mark.parametrize(
    "text", ["\\", "\\x4", "%4", "&#", "'\\''", "+", "\\n%41&amp;+", "…", "hunter2hunte…", "://a:", "key="]
)
def test_hostile_texts_and_secrets_take_linear_time(text: str) -> None:
    many = text * (200_000 // len(text))
    began = time.process_time()
    redactor("hunter2hunter2", INDEX=f"https://a:{'@' * 4_000}").text(many)
    named_parts(many)
    secret_parts(many)
    assert time.process_time() - began < 10
