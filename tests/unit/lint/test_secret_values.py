"""What may go into a build of files that are named like secrets: only what surely holds none."""

import pytest

from dockgen.lint.knowledge.secret_values import LIMIT, why_secret

HOLDS = [
    (".npmrc", "a=b\n//npm.example.com/:_authToken=abcdef12345\n", "line 2 gives _authToken a value"),
    (".npmrc", '//npm.example.com/:_auth="YWJjOmRlZg=="\n', "line 1 gives _auth a value"),
    (".npmrc", "//npm.example.com/:_password=abc\n", "line 1 gives _password a value"),
    (".yarnrc", '"//npm.example.com/:_authToken" "abcabc"\n', "line 1 gives _authToken a value"),
    (".yarnrc.yml", "npmScopes:\n  acme:\n    npmAuthToken: abc-def\n", "line 3 gives npmAuthToken a value"),
    (".env.production", "A=b\nDB_PASSWORD=hunter2\n", "line 2 gives DB_PASSWORD a value"),
    (
        ".env.production",
        "URL=postgres://shop:pw@db.example.com/a\n",
        "line 1 holds credentials in an address",
    ),
    (
        ".env.production",
        "ID=3f2a9bc81d7e4f6093aa51c2d4e6f801\n",
        "line 1 gives ID a value that looks like a key",
    ),
    (".env", 'export API_TOKEN="x y"\n', "line 1 gives API_TOKEN a value"),
    (".env", "DSN=amqp://guest:hunter2@mq:5672/\n", "line 1 holds credentials in an address"),
    (".env", "APP_SECRET=!hunter2!\n", "line 1 gives APP_SECRET a value"),
    ("pip.conf", "[global]\nindex-url = https://u:pw@host.example/simple\n", "line 2 holds credentials"),
    (
        "pip.conf",
        "[global]\nindex-url = https://tokentoken@host.example/simple\n",
        "line 2 holds credentials",
    ),
    ("nuget.config", '<add key="ClearTextPassword" value="x1" />', "line 1 gives ClearTextPassword a value"),
    ("settings.xml", "<server>\n<password>hunter2</password></server>", "line 2 gives password a value"),
    ("prod.tfvars", 'db_password = "abc"\n', "line 1 gives db_password a value"),
    ("secrets.json", '{"client": {"clientSecret": "abc"}}', "line 1 gives clientSecret a value"),
    ("tls.pem", "a\n-----BEGIN PRIVATE KEY-----\nMII\n", "line 2 holds a secret: private key"),
    ("tls.key", "c2VjcmV0\n", "neither a certificate nor a public key"),
]
HOLDS_NONE = [
    (".npmrc", "@acme:registry=https://npm.example.com/\nlegacy-peer-deps=true\n"),
    (".npmrc", "//npm.example.com/:_authToken=${NPM_TOKEN}\n"),
    (".yarnrc", 'registry "https://registry.yarnpkg.com"\nyarn-offline-mirror "./offline"\n'),
    (".yarnrc.yml", 'npmAuthToken: "${TOKEN-}"\nyarnPath: .yarn/releases/yarn-4.5.0.cjs\n'),
    (".env.production", "VITE_API=https://api.example.com\nVITE_DSN=https://0123456789ab@o1.example.com/1\n"),
    (".env.defaults", "# DB_PASSWORD=\nDB_PASSWORD=\nLOG=info # loud\n"),
    ("pip.conf", "[global]\nindex-url = https://${USER}:${PW}@host.example/simple\ntimeout = 30\n"),
    ("nuget.config", '<add key="nuget.org" value="https://api.nuget.org/v3/index.json" />'),
    ("nuget.config", '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />'),
    ("settings.xml", "<server><password>${env.MAVEN_PASSWORD}</password></server>"),
    ("ca.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
    (
        ".env",
        'APP_SECRET=\n# DATABASE_URL="mysql://app:!ChangeMe!@127.0.0.1:3306/app"\nMAILER_DSN=null://null\n'
        "# MESSENGER_TRANSPORT_DSN=amqp://guest:guest@localhost:5672/%2f/messages\n"
        'DATABASE_URL="postgresql://app:!ChangeMe!@127.0.0.1:5432/app?serverVersion=16"\n'
        'MERCURE_JWT_SECRET="!ChangeThisMercureHubJWTSecretKey!"\n',
    ),
    (".envrc", "layout python\nexport LEVEL=debug\n"),
    ("empty.env", ""),
]


@pytest.mark.parametrize(("path", "text", "why"), HOLDS)
def test_a_secret_is_found_with_its_line(path: str, text: str, why: str) -> None:
    said = why_secret(path, text.encode())
    assert said
    assert why in said
    # The reason is shown on screens and in logs: the value is not.
    assert "hunter2" not in said


@pytest.mark.parametrize(("path", "text"), HOLDS_NONE)
def test_settings_without_a_secret_are_none(path: str, text: str) -> None:
    assert why_secret(path, text.encode()) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"),
        (b"A=b\n" * LIMIT, "too large"),
        (b"\xff\xfe\x00", "no text"),
        (b"A=\0", "no text"),
        (b"A=" + b"b" * 5000, "no text of readable lines"),
    ],
)
def test_what_cannot_be_judged_counts_as_a_secret(content: bytes | None, why: str) -> None:
    assert why in (why_secret(".env.defaults", content) or "")
