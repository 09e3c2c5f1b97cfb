"""What a step downloads, whether it is run, and whether anybody looked at it first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dockgen.dockerfile.model import Instruction
from dockgen.lint.knowledge.steps import Argument, Step, steps
from dockgen.records import record
from dockgen.regexes import regex

_FETCHERS = {"curl", "wget", "aria2c", "axel"}
INTERPRETERS = {
    "sh",
    "bash",
    "ash",
    "dash",
    "zsh",
    "ksh",
    "python",
    "python3",
    "python2",
    "perl",
    "ruby",
    "node",
    "php",
}
_SHELLS = {"sh", "bash", "ash", "dash", "zsh", "ksh"}
_UNPACKERS = {
    "tar",
    "bsdtar",
    "unzip",
    "gunzip",
    "gzip",
    "xz",
    "unxz",
    "bunzip2",
    "zstd",
    "unzstd",
    "cpio",
    "7z",
    "jar",
}
_INSTALLERS = {"dpkg", "rpm", "install", "apt", "apt-get", "yum", "dnf", "java", "pip", "pip3", "npm"}
# As gpg is called to check something, not as a package, a file's ending, or to take a key over.
_GPG = (
    r"(?<!\.)gpg2?(?=\s+[-\"'$./])(?![^;&|]{0,300}?\s--(?:dearmor|import|export|recv-keys?|receive-keys)\b)"
)
_CHECKERS = regex(
    rf"(?<![\w-])({_GPG}|"
    r"sha(1|224|256|384|512)sum|shasum|md5sum|b2sum|b3sum|cksum|gpgv|gpg[-_]verify|cosign|minisign|signify|rhash|"
    r"openssl\s+(dgst|sha256|sha512|sm3)|slsa-verifier|gh\s+attestation|rpmkeys|rpm\s+(?:-K|--checksig)|hashdeep|sq|checksums?|sha256|sha512|"
    r"hash\s*=|hash(?:_file)?\(|--checksum|(?<!cache )verify)(?![\w-])"
)
_HARMLESS = regex(
    r"(?i)\.(asc|gpg|pub|sig|list|repo|sources|json|ya?ml|txt|md|html?|css|crt|pem|conf|ini|xml)$|/(APKINDEX|Packages|Release)(\.[a-z]{2,3}){0,2}$"
)
_LOCAL = regex(r"(?i)^(https?://)?(localhost|127\.|\[?::1|0\.0\.0\.0|169\.254\.|metadata\b)")
_ADDRESS = regex(
    r"(?i)^(https?|ftp)://|^\$\{?\w*(URL|URI|LINK)\w*\}?|^(raw\.)?github(usercontent)?\.com/|^get\.\w+\."
)


@record
class Download:
    """One command that fetches a file; `output` is the file's name, None where it goes into the pipe."""

    step: Step
    address: Argument
    output: str | None


def downloads(done: Sequence[Step]) -> Iterator[Download]:
    """Yield what the commands of one RUN fetch from elsewhere."""
    for step in done:
        if step.name not in _FETCHERS:
            continue
        addresses = [arg for arg in step.args if _ADDRESS.match(arg.text) and not _LOCAL.match(arg.text)]
        if addresses:
            yield Download(step, addresses[-1], _output(step, addresses[-1].text))


def _output(step: Step, address: str) -> str | None:
    """Return where a fetcher writes."""
    short, long = ("o", "--output") if step.name == "curl" else ("O", "--output-document")
    texts = [arg.text for arg in step.args]
    for text, after in zip(texts, [*texts[1:], ""], strict=True):
        match = re.fullmatch(rf"{long}(?:=(?P<value>.+))?|-[a-zA-Z]*?{short}(?P<attached>\S*)", text)
        if match:
            name = match["value"] or match["attached"] or after
            return None if name in {"-", "/dev/stdout"} else name
    if step.outputs:
        return step.outputs[-1].text
    remote_name = step.name != "curl" or any(
        re.fullmatch(r"-[a-zA-Z]*O[a-zA-Z]*|--remote-name\S*", t) for t in texts
    )
    return address.rstrip("/").rpartition("/")[2] if remote_name else None


def pipes_to_shell(done: Sequence[Step]) -> Iterator[tuple[Download, Step]]:
    """Yield each download that an interpreter reads as it comes in: by a pipe or by a substitution."""
    for download in downloads(done):
        reader = next((one for one in done if _reads(one, download)), None)
        if reader:
            yield download, reader


def _reads(step: Step, download: Download) -> bool:
    fetch = download.step
    if step.name == "eval":
        return any(fetch.is_inside(arg) for arg in step.args)
    if step.name not in INTERPRETERS or step is fetch:
        return False
    if fetch.feeds(step) and download.output is None:
        return step.name in _SHELLS or not any(
            not arg.text.startswith("-") or arg.text == "-c" for arg in step.args
        )
    runs_it = any(re.match(r"-[a-z]*c$|<\(", arg.text) for arg in step.args)
    return runs_it and step.name in _SHELLS and any(fetch.is_inside(arg) for arg in step.args)


def has_check(instruction: Instruction) -> bool:
    """Return whether a RUN looks at any checksum or signature."""
    texts = (instruction.text, *(heredoc.content for heredoc in instruction.heredocs))
    return any(_CHECKERS.search(text) for text in texts)


def used_downloads(instruction: Instruction) -> Iterator[Download]:
    """Yield the downloads of a RUN that it unpacks, installs or runs."""
    done = steps(instruction)
    found = [one for one in downloads(done) if not _HARMLESS.search(one.output or one.address.text)]
    shells = {id(download.step) for download, _ in pipes_to_shell(done)} if found else set()
    for download in found:
        if id(download.step) not in shells and _is_used(download, done):
            yield download


def _is_used(download: Download, done: Sequence[Step]) -> bool:
    """Return whether the same RUN unpacks, installs or runs the file, or puts it where programs are."""
    fetch = download.step
    if download.output is None:
        return any(fetch.feeds(one) and one.name in _UNPACKERS for one in done)
    name = download.output.rpartition("/")[2]
    if re.search(r"(^|/)s?bin/[^/]*$", download.output):
        return True
    return bool(name) and any(_takes(one, name) for one in done if one is not fetch)


def _takes(step: Step, name: str) -> bool:
    """Return whether a command unpacks, installs or runs a file of that name."""
    named = any(arg.text.rpartition("/")[2] == name for arg in step.args)
    if step.name == "chmod":
        return named and any(re.search(r"x|[1357]", arg.text) for arg in step.args[:1])
    return (named and step.name in _UNPACKERS | _INSTALLERS | INTERPRETERS) or step.name == name
