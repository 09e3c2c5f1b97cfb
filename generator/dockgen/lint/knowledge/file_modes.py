"""Who may write what: chmod, chown and the folders that are meant to be written to."""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Stage
from dockgen.lint.knowledge.steps import Argument, Step
from dockgen.regexes import regex

_DATA = regex(
    r"(?i)(^|[/._-])(tmp|temp|te?mpdir|cache|caches|\.cache|logs?|data|db|database|uploads?|storage|media|volumes?|state|"
    r"sessions?|run|lock|spool|var|backups?|downloads?|output|out|results?|config|(?:conf|local)\.d|home|mnt|public|static|files|"
    r"originals|photos|pictures|music|videos|recordings|work|workspace|queue|pids?|sockets?|prometheus_multiproc|\.npm|\.config|\.local|\.ssh|instance|lib/\w+)([/._-]|$)"
)
_CODE = regex(
    r"^/$|^/(?:bin|sbin|lib|lib64|usr|opt|etc|srv|app|code|src)(?:/|$)|/s?bin/|\.\w{1,4}$|"
    r"(?:^|/)(?:docker-)?(?:entrypoint|start|run|init)[\w.-]*$"
)
_LONGEST_MODE = 64


def is_data(path: str) -> bool:
    """Return whether a path is by its name one that the application writes to."""
    return bool(_DATA.search(path.strip("\"'")))


def holds_code(path: str, stage: Stage) -> bool:
    """Return whether a path is a program's, a script, or a place that the stage copies to or works in."""
    plain = path.strip("\"'").rstrip("/*") or "/"
    if not plain.startswith("/") or _CODE.search(plain):
        return True
    places = [one.words[-1].text for key in ("COPY", "ADD") for one in stage.inherited(key) if one.words]
    places += [one.words[0].text for one in stage.inherited("WORKDIR") if one.words]
    return any(f"{place.rstrip('/')}/".startswith(f"{plain}/") for place in places)


def mode_and_targets(step: Step) -> tuple[str, list[Argument]] | None:
    """Return the mode and the files of a chmod."""
    if step.name != "chmod":
        return None
    words = [arg for arg in step.args if not re.fullmatch(r"-[RrvcfHLPh]+|--\w[\w-]*(=.*)?", arg.text)]
    return (words[0].text[:_LONGEST_MODE], words[1:]) if len(words) > 1 else None


def lets_everybody_write(mode: str) -> bool:
    """Return whether a mode gives all users the right to write what can be run or entered.

    The sticky bit protects the files of others; a file without the right to run it (666) is data.
    """
    if re.fullmatch(r"[0-7]{3,4}", mode):
        return int(mode[-1]) & 3 == 3 and not (len(mode) == 4 and int(mode[0]) & 1)
    return any(re.fullmatch(r"[ugo]*[ao][ugoa]*[+=][rwxXst]*w[rwxXst]*", part) for part in mode.split(","))


def sets_user_id(mode: str) -> bool:
    """Return whether a mode makes a program run as its owner."""
    if re.fullmatch(r"[0-7]{4}", mode):
        return int(mode[0]) & 4 != 0
    return any(re.fullmatch(r"([a-z]*[ua][a-z]*)?[+=][rwxXt]*s[rwxXst]*", part) for part in mode.split(","))


def owner_and_targets(step: Step) -> tuple[str, list[Argument]] | None:
    """Return the new owner and the files of a recursive chown."""
    flags = [arg.text for arg in step.args if arg.text.startswith("-")]
    words = [arg for arg in step.args if not arg.text.startswith("-")]
    recursive = any(re.fullmatch(r"-[a-zA-Z]*R[a-zA-Z]*|--recursive", flag) for flag in flags)
    return (words[0].text, words[1:]) if step.name == "chown" and recursive and len(words) > 1 else None
