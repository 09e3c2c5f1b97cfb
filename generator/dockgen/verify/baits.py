"""Files of every kind that holds secrets, laid into a copy of the build context as bait.

Each holds a canary. A file of the project keeps its content and gets the canary appended where its format
allows that, so that the build goes on as before. Settings of a tool that a build may need and that hold no
secret (`.yarnrc.yml`, `nuget.config` …) stay as they are, in whichever spelling the project has them.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from dockgen.errors import ProjectError
from dockgen.verify.needles import Canary, fresh_value

FOLDERS_LIMIT = 24
DEPENDENCY_FOLDERS = {"node_modules", ".venv", "venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".tox"}
SKIPPED_FOLDERS = DEPENDENCY_FOLDERS | {"target", "vendor"}


@dataclass(frozen=True, slots=True)
class Bait:
    """A kind of secret file: `{}` in `text` is the canary; `append` is the line for an existing file."""

    path: str
    text: str
    append: str = ""
    everywhere: bool = False


_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n"
_PEM = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
_NUGET = (
    "<configuration><packageSourceCredentials><canary>"
    '<add key="Username" value="canary" /><add key="ClearTextPassword" value="{}" />'
    "</canary></packageSourceCredentials></configuration>\n"
)
_MAVEN = "<settings><servers><server><id>canary</id><password>{}</password></server></servers></settings>\n"
_COMMENT = "\n# {}\n"

BAITS = (
    Bait(".env", "API_TOKEN={}\n", "\nDOCKGEN_CANARY={}\n", everywhere=True),
    Bait(".env.local", "API_TOKEN={}\n", "\nDOCKGEN_CANARY={}\n", everywhere=True),
    Bait(".env.production.local", "API_TOKEN={}\n", "\nDOCKGEN_CANARY={}\n"),
    Bait(".env.development.local", "API_TOKEN={}\n", "\nDOCKGEN_CANARY={}\n"),
    Bait("canary.env", "API_TOKEN={}\n"),
    Bait(".envrc", "export API_TOKEN={}\n", _COMMENT),
    Bait(".npmrc", "//registry.invalid/:_authToken={}\n", "\n//registry.invalid/:_authToken={}\n"),
    Bait(".yarnrc", '"//registry.invalid/:_authToken" "{}"\n'),
    Bait(".yarnrc.yml", 'npmScopes: {{canary: {{npmAuthToken: "{}"}}}}\n'),
    Bait(".pypirc", "[distutils]\nindex-servers =\n\n[pypi]\npassword = {}\n", _COMMENT),
    Bait("pip.conf", "[global]\nextra-index-url = https://canary:{}@registry.invalid/simple\n"),
    Bait("pip.ini", "[global]\nextra-index-url = https://canary:{}@registry.invalid/simple\n"),
    Bait("auth.json", '{{"gitlab-token": {{"registry.invalid": "{}"}}}}\n'),
    Bait("nuget.config", _NUGET),
    Bait("settings.xml", _MAVEN),
    Bait("settings-security.xml", "<settingsSecurity><master>{}</master></settingsSecurity>\n"),
    Bait(".m2/settings.xml", _MAVEN),
    Bait(".gem/credentials", "---\n:rubygems_api_key: {}\n"),
    Bait(".cargo/credentials", '[registry]\ntoken = "{}"\n'),
    Bait(".cargo/credentials.toml", '[registry]\ntoken = "{}"\n'),
    Bait(".netrc", "machine registry.invalid login canary password {}\n"),
    Bait("_netrc", "machine registry.invalid login canary password {}\n"),
    Bait(".git-credentials", "https://canary:{}@git.invalid\n"),
    Bait(".git/config", "", _COMMENT),
    Bait(".aws/credentials", "[default]\naws_secret_access_key = {}\n", _COMMENT),
    Bait(".azure/accessTokens.json", '[{{"accessToken": "{}"}}]\n'),
    Bait(".config/gcloud/application_default_credentials.json", '{{"refresh_token": "{}"}}\n'),
    Bait(".config/gcloud/credentials.db", "{}\n"),
    Bait("service_account.json", '{{"type": "service_account", "private_key": "{}"}}\n'),
    Bait("service-account.json", '{{"type": "service_account", "private_key": "{}"}}\n', everywhere=True),
    Bait("credentials.json", '{{"installed": {{"client_secret": "{}"}}}}\n'),
    Bait(".kube/config", "apiVersion: v1\nusers: [{{name: canary, user: {{token: {}}}}}]\n", _COMMENT),
    Bait("kubeconfig", "apiVersion: v1\nusers: [{{name: canary, user: {{token: {}}}}}]\n", _COMMENT),
    Bait("canary.kubeconfig", "apiVersion: v1\nusers: [{{name: canary, user: {{token: {}}}}}]\n"),
    Bait(".dockercfg", '{{"registry.invalid": {{"auth": "{}"}}}}\n'),
    Bait(".docker/config.json", '{{"auths": {{"registry.invalid": {{"auth": "{}"}}}}}}\n'),
    Bait("terraform.tfstate", '{{"version": 4, "outputs": {{"key": {{"value": "{}"}}}}}}\n'),
    Bait("terraform.tfstate.backup", '{{"version": 4, "outputs": {{"key": {{"value": "{}"}}}}}}\n'),
    Bait("secrets.yml", "token: {}\n"),
    Bait("secrets.yaml", "token: {}\n"),
    Bait("secrets.json", '{{"token": "{}"}}\n'),
    Bait("secrets.auto.tfvars", 'token = "{}"\n', _COMMENT),
    Bait(".vault-token", "{}\n"),
    Bait(".htpasswd", "canary:{}\n"),
    Bait(".pgpass", "db.invalid:5432:*:canary:{}\n"),
    Bait(".my.cnf", "[client]\npassword={}\n"),
    Bait(".ssh/id_ed25519", _KEY),
    Bait("id_ed25519", _KEY),
    Bait("id_ecdsa", _KEY),
    Bait("id_dsa", _KEY),
    Bait("id_rsa", _KEY, everywhere=True),
    Bait("server.key", _PEM, everywhere=True),
    Bait("private.pem", _PEM, everywhere=True),
    Bait("keystore.p12", "{}"),
    Bait("keystore.pfx", "{}"),
    Bait("release.jks", "{}"),
    Bait("debug.keystore", "{}"),
    Bait("canary.ppk", "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n{}\n"),
    Bait("canary.kdbx", "{}"),
)


def copy_context(source: Path, destination: Path, dockerfile: Path) -> None:
    """Copy a context; links stay links, sockets, devices and ignored dependency folders are left out.

    Raises ProjectError where the copy cannot be made.
    """
    ignored = _ignored_folders(source, dockerfile)

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name in ignored or not _copyable(Path(folder, name))}

    try:
        shutil.copytree(source, destination, symlinks=True, ignore=left_out)
    except (OSError, shutil.Error) as error:
        raise ProjectError(
            f"the build context cannot be copied: {error}", "free some space, or set TMPDIR"
        ) from error


def _ignored_folders(context: Path, dockerfile: Path) -> set[str]:
    """Folders that a plain line of the ignore file names: only a saving of time, so nothing clever."""
    for path in (dockerfile.with_name(dockerfile.name + ".dockerignore"), context / ".dockerignore"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
            kept = {name for line in lines if line.startswith("!") for name in line[1:].split("/")}
            names = {line.removeprefix("**/").strip("/") for line in lines}
            everything = not names.isdisjoint({"*", "**"})
            return {name for name in DEPENDENCY_FOLDERS if (everything or name in names) and name not in kept}
    return set()


def _copyable(path: Path) -> bool:
    mode = path.lstat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def lay(context: Path, marker: str) -> tuple[list[Canary], list[str]]:
    """Lay all bait into a copied context; return the canaries, and the files that could not be used."""
    canaries: list[Canary] = []
    unused: list[str] = []
    for bait in BAITS:
        folders = [context, *_folders(context)] if bait.everywhere else [context]
        for folder in folders:
            value = fresh_value(marker)
            path = folder / bait.path
            name = path.relative_to(context).as_posix()
            if _put(path, bait, value, context):
                canaries.append(Canary(f"the canary of {name}", value))
            elif bait.text:
                unused.append(name)
    return canaries, unused


def _folders(context: Path) -> list[Path]:
    """The project's folders two levels deep: where `COPY src/ src/` would take bait along."""
    found: list[Path] = []
    for folder in sorted(context.iterdir()):
        if _is_source(folder):
            found.append(folder)
            found += [inner for inner in sorted(folder.iterdir()) if _is_source(inner)]
    return found[:FOLDERS_LIMIT]


def _is_source(path: Path) -> bool:
    usual = path.name not in SKIPPED_FOLDERS and not path.name.startswith(".")
    return path.is_dir() and not path.is_symlink() and usual


def _put(path: Path, bait: Bait, value: str, context: Path) -> bool:
    if not path.parent.resolve().is_relative_to(context.resolve()) or path.is_symlink():
        return False
    if path.exists():
        if not bait.append or not path.is_file():
            return False
        return _write(path, bait.append.format(value), "ab")
    if not bait.text or _spelled_otherwise(path):
        return False
    return _write(path, bait.text.format(value), "wb")


def _spelled_otherwise(path: Path) -> bool:
    """Say whether the folder has the name in other letters: NuGet takes the first of three that it finds."""
    try:
        return any(other.name.lower() == path.name.lower() for other in path.parent.iterdir())
    except OSError:
        return False


def _write(path: Path, text: str, mode: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
        with path.open(mode) as stream:
            stream.write(text.encode())
    except OSError:
        return False
    return True
