"""Who the final image runs as, and which users it has."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from dockgen.catalog.bases import is_root
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.variables import expand, variables_at
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.host_work import gone_on_as
from dockgen.lint.knowledge.packages import kept_packages
from dockgen.lint.knowledge.stages import base_of_stage, start_words
from dockgen.lint.knowledge.starters import start_scripts
from dockgen.lint.knowledge.steps import steps
from dockgen.records import record
from dockgen.regexes import regex

# Programs that start as root and go on as somebody else.
_STEPS_DOWN = regex(
    r"(?<![\w-])(gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|s6-applyuidgid|s6-overlay|s6-svscan|supervisord|"
    r"setuidgid|setuser|drop_privs(?:_to)?|drop_privileges|setresuid|initgroups|os\.setuid|runsvdir|my_init|fixuid|start-stop-daemon|capsh|userspec)(?![\w])|"
    r"(?<![\w-])(?:apache2(?:ctl)?|apachectl|httpd)[\"',\s]{1,8}-D|"
    r"(?<![\w-])su\s{1,8}[-a-z]|sudo\s{1,8}-(?:E|H|u|S|n|-user)|(?<![\w-])doas\s{1,8}-u"
)
# Programs of any system that a build step calls for itself. Others are there because the start calls them.
_FOR_A_STEP = regex(r"su\s|sudo\s|doas\s|runuser|setpriv|start-stop-daemon|capsh|userspec")
_CALLERS = frozenset({"su", "runuser", "start-stop-daemon", "capsh", "chroot", "sh", "bash", "ash", "dash"})
# Servers that leave root without being told to (`user` of mosquitto.conf, `username` of unbound.conf,
# `--user` of dnsmasq, the jail of varnishd, `user` of PHP-FPM's pools, `User` of Apache's workers), and the
# init system of s6-overlay, whose services have users of their own.
_LEAVE_BY_THEMSELVES = {
    "mosquitto", "unbound", "dnsmasq", "varnishd", "avahi-daemon", "radiusd", "freeradius", "ngircd",
    "tinyproxy", "zabbix_server", "zabbix_proxy", "zabbix_agentd", "nsd", "php-fpm", "apache2-foreground",
    "httpd-foreground",
}  # fmt: skip
_INIT = "/init"
# What runs other people's programs comes as a package, too, and stays whom it is started as.
_INTERPRETER = regex(
    r"(?:python|node|nodejs|npm|yarn|php|ruby|perl|java|lua|erl|guile|deno|bun|gunicorn|uwsgi|uvicorn|bash|sh|tini|"
    r"dumb-init|catatonit|celery|clojure|dotnet|elixir|groovy|julia|mix|mono|pipenv|pnpm|poetry|racket|sbcl|scala|uv|"
    # Tools, which serve nobody and have no user.
    r"ffmpeg|rclone|socat|xvfb-run)[\d.]{0,6}"
)
# Source: https://uwsgi-docs.readthedocs.io/en/latest/Options.html#uid
_UWSGI_FILE = regex(r"(?:^|/)[\w.-]{0,80}uwsgi[\w.-]{0,80}\.(?:ini|ya?ml|xml|json)$")
_UWSGI_USER = regex(r"^[\s<\"]{0,40}uid[\"\s]{0,8}[=:>]\s{0,8}\"?(?!root\b|0\b)[\w$]", re.MULTILINE)
# A language's own call for it, in the settings and programs that the application starts with.
_CHANGES_USER = regex(
    r"\bProcess::(?:UID|Sys)\.(?:change_privilege|set\w*uid)|\bos\.set(?:re|res)?uid\(|\bposix_setuid\(|\bprocess\.setuid\("
)
_STARTING_CODE = regex(r"^(?:config/|bin/)?[\w.-]{1,80}\.(?:rb|py|js|mjs|cjs|php)$")
_EXECS = regex(r"\bexec\w{0,4}[\s(\"']{1,4}([\w./-]{1,200})")
# PHP's worker processes under a distribution's name, and in the background beside a web server.
_STARTS_PHP = regex(
    r"^\s{0,40}(?:exec\s{1,4})?(?:docker-php-entrypoint\s{1,4})?(?:/[\w/]{1,80}/)?php-fpm[\d.]{0,5}(?:\s|$)",
    re.MULTILINE,
)
# Servers that take the user they go on as behind an option.
_TOLD_TO_LEAVE = regex(
    r"(?:^|[\s/\"'])(?:memcached|named|slapd|opendkim|rspamd|ntpd|turnserver|privoxy)\b.{0,200}?\s-{1,2}u(?:ser)?[\s=]|"
    r"\s--(?:user|uid|setuid|chuid|run-?as(?:-user)?)(?:=|\s{1,8})(?!root\b|0\b)[\w$]"
)


@record
class RunUser:
    """The user of a stage; `instruction` is the USER that says so, None where the base decides.

    `value` is None where only a build argument or an unknown base says it.
    """

    value: str | None
    instruction: Instruction | None

    @property
    def root(self) -> bool | None:
        """Whether it is the superuser; None where that is not known."""
        return None if self.value is None else is_root(self.value)


def run_user(stage: Stage, dockerfile: Dockerfile | None = None) -> RunUser:
    """Return who a container of this stage runs as; variables are put in where the file is given."""
    for part in stage.lineage:
        said = [one for one in part.instructions if one.keyword == "USER" and one.words]
        if said:
            return RunUser(_value(part, said[-1], dockerfile), said[-1])
    base = base_of_stage(stage)
    return RunUser(base.user if base else None, None)


def _value(stage: Stage, instruction: Instruction, dockerfile: Dockerfile | None) -> str | None:
    """Return the user with its variables put in; None where the base image or the build decides on one."""
    text = instruction.words[0].text.strip()
    if "$" not in text:
        return text.strip("\"'")
    if dockerfile is None:
        return None
    values = variables_at(dockerfile, stage, instruction)
    user = expand(text, values, dockerfile.escape)
    return user.text if user.text and all(name in values for name in user.asked) else None


def steps_down(stage: Stage, build: BuildContext | None) -> str | None:
    """Return the program by which the image leaves root at its start; None where none is seen."""
    base = base_of_stage(stage)
    entry = stage.inherited("ENTRYPOINT")[-1:]
    if base and base.drops and not any("docker-entrypoint.sh" not in one.text for one in entry):
        return "the base image's entry point"
    for keyword in ("ENTRYPOINT", "CMD", "RUN", "COPY"):
        for instruction in stage.inherited(keyword):
            if program := _steps_down_in(instruction):
                return program
    found_there = (
        _by_itself(stage)
        or (_in_script(stage, build) or _in_settings(build) if build else None)
        or _of_package(stage, build)
    )
    if found_there is None and build and _in_code(build):
        return "the application's own code"
    return found_there


def _steps_down_in(instruction: Instruction) -> str | None:
    """Return the program that the start may call as it is told; a step's own `su app -c` is over by then."""
    words = " ".join(word.text for word in instruction.words)
    documents = " ".join(heredoc.content for heredoc in instruction.heredocs)
    found = [one[0] for one in _STEPS_DOWN.finditer(f"{instruction.text} {words} {documents}")]
    if found and instruction.keyword == "RUN" and not _is_written(instruction):
        found = [one for one in found if not _FOR_A_STEP.match(one)]
    return str(found[0].split()[0]) if found else None


def _is_written(instruction: Instruction) -> bool:
    """Return whether a step names such a program in what it writes or installs, and does not only call it."""
    called = (step for step in steps(instruction) if step.name not in _CALLERS)
    texts = (text for step in called for text in (*(arg.text for arg in step.args), *step.documents))
    return any(map(_STEPS_DOWN.search, texts))


def _by_itself(stage: Stage) -> str | None:
    """Return the program in force that needs nobody else to step down."""
    for keyword in ("ENTRYPOINT", "CMD"):
        for instruction in stage.inherited(keyword)[-1:]:
            started = [part.strip("\"'[],") for word in instruction.words for part in word.text.split()]
            program = started[0] if started else ""
            told = _TOLD_TO_LEAVE.search(" ".join(started))
            if program == _INIT or told or PurePosixPath(program).name in _LEAVE_BY_THEMSELVES:
                return program
    return None


def _in_code(build: BuildContext) -> bool:
    """Return whether the application's own settings or start programs change the user."""
    return any(map(_CHANGES_USER.search, build.texts(_STARTING_CODE, 80).values()))


def _of_package(stage: Stage, build: BuildContext | None) -> str | None:
    """Return the program of the start that a distribution's package of its name brings: a server of its own.

    Distributions have theirs start as root and go on as the package's user (squid, named, haproxy, redis).
    """
    started = [*start_words(stage)[:1], *gone_on_as(stage, build)]
    wanted = {name for name in started if name and not _INTERPRETER.fullmatch(name)}
    packages = (
        re.sub(r"[-.\d]+$", "", package.name)
        for one in stage.inherited("RUN")
        for package in kept_packages(one)
    )
    return next((name for name in packages if name in wanted), None) if wanted else None


def _in_settings(build: BuildContext) -> str | None:
    """Return the server whose settings in the context name the user it goes on as."""
    settings = build.texts(_UWSGI_FILE, 20).values()
    return "uwsgi" if any(map(_UWSGI_USER.search, settings)) else None


def _in_script(stage: Stage, build: BuildContext) -> str | None:
    """Look into the scripts that the container starts with, and at what they start."""
    for text in start_scripts(stage, build):
        found = _STEPS_DOWN.search(text)
        if found:
            return str(found[0].split()[0])
        if _STARTS_PHP.search(text):
            return "php-fpm"
        told = (line for line in text.splitlines() if line.lstrip().startswith("exec "))
        if found := next(filter(None, map(_TOLD_TO_LEAVE.search, told)), None):
            return str(found[0].split()[0])
        started = (name.rpartition("/")[2] for name in _EXECS.findall(text))
        for name in started:
            if name in _LEAVE_BY_THEMSELVES:
                return str(name)
    return None


def may_create(stage: Stage, name: str) -> bool:
    """Return whether anything before could have made a user of that name: when in doubt, yes."""
    mentioned = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    for instruction in (*stage.inherited("RUN"), *stage.inherited("COPY"), *stage.inherited("ADD")):
        text = instruction.text + " ".join(heredoc.content for heredoc in instruction.heredocs)
        if mentioned.search(text) or "passwd" in text:
            return True
        if instruction.keyword == "RUN" and re.search(r"\.sh\b|(?:^|[\s;&|])\.?/[\w./-]+|\$", text):
            return True
        over_system = instruction.words[-1:] and instruction.words[-1].text in {"/", "/etc", "/etc/"}
        if instruction.keyword != "RUN" and over_system:
            return True
    return False
