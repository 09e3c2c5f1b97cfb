"""A Procfile: what runs besides the server is a build target, and what prepares a release a command."""

import datetime
import json
import re
from pathlib import Path

import pytest

from dockgen.errors import AnswerError, PlanError
from dockgen.report import setup_json, setup_text
from dockgen.setup.new import Outcome, Request, create

SERVER = (
    "import http from 'node:http';\n"
    "http.createServer((_, answer) => answer.end()).listen(process.env.PORT);\n"
)


def _outcome(folder: Path, procfile: str, *flags: str, scripts: dict[str, str] | None = None) -> Outcome:
    manifest = {"name": "ferry", "type": "module", "scripts": scripts or {}}
    files = {"package.json": json.dumps(manifest), "server.js": SERVER, "worker.js": "", "Procfile": procfile}
    for name, text in files.items():
        (folder / name).write_text(text)
    today = datetime.date(2026, 11, 1)
    return create(Request(path=folder, today=today, flags=flags, yes=True, write=False))


def _starts(outcome: Outcome) -> dict[str, str]:
    """The last stages and what they start."""
    text = outcome.generated.files["Dockerfile"]
    return dict(re.findall(r"^FROM runtime AS (\S+)\n(?:.*\n)*?ENTRYPOINT (.*)$", text, re.MULTILINE))


def test_each_process_is_a_target_and_the_server_what_is_built_by_default(tmp_path: Path) -> None:
    starts = _starts(_outcome(tmp_path, "web: node server.js\nworker: node worker.js --slow\n"))
    assert list(starts) == ["worker", "web"]
    assert starts["worker"].endswith('"worker.js", "--slow"]')
    assert starts["web"].endswith('"server.js"]')


def test_without_a_procfile_there_is_one_last_stage(tmp_path: Path) -> None:
    assert _starts(_outcome(tmp_path, "")) == {}


def test_a_worker_is_not_asked_as_a_server_is(tmp_path: Path) -> None:
    text = _outcome(tmp_path, "worker: node worker.js\n").generated.files["Dockerfile"]
    worker = text[text.index("AS worker") : text.index("AS web")]
    assert "HEALTHCHECK" not in worker
    assert "EXPOSE" not in worker
    assert "USER 65532:65532" in text[: text.index("AS worker")]


def test_a_script_of_package_json_is_what_it_runs(tmp_path: Path) -> None:
    scripts = {"jobs": "node worker.js"}
    assert _starts(_outcome(tmp_path, "jobs: npm run jobs\n", scripts=scripts))["jobs"].endswith(
        'worker.js"]'
    )


@pytest.mark.parametrize(
    "command", ["node worker.js && node tidy.js", "MODE=slow node worker.js", "sh run.sh", "node $FILE"]
)
def test_what_needs_a_shell_is_told_and_not_guessed(tmp_path: Path, command: str) -> None:
    outcome = _outcome(tmp_path, f"worker: {command}\n")
    assert _starts(outcome) == {}
    assert any("what the Procfile calls worker" in n.message for n in outcome.generated.notices)


def test_a_name_that_a_stage_has_is_told(tmp_path: Path) -> None:
    outcome = _outcome(tmp_path, "build: node worker.js\n")
    assert _starts(outcome) == {}
    assert any("calls build" in notice.message for notice in outcome.generated.notices)


def test_release_is_a_command_of_its_own(tmp_path: Path) -> None:
    outcome = _outcome(tmp_path, "web: node server.js\nrelease: node worker.js --once\n")
    assert _starts(outcome) == {}
    assert outcome.generated.plan.commands["release"] == ("/nodejs/bin/node", "worker.js", "--once")


def test_the_screen_and_json_have_each_target_s_commands(tmp_path: Path) -> None:
    outcome = _outcome(tmp_path, "worker: node worker.js\n")
    screen = setup_text.as_text(outcome, colour=False)
    assert re.search(r"\nWorker\n  docker build \\\n +--tag ferry-worker \\\n +--target worker ", screen)
    worker = json.loads(setup_json.as_json(outcome))["processes"]["worker"]
    assert worker["run"].endswith(" ferry-worker")
    assert "--publish" not in worker["run"]


def test_a_process_can_be_named_by_hand_and_left_out(tmp_path: Path) -> None:
    named = _outcome(tmp_path, "", "processes.mail=node worker.js")
    assert list(_starts(named)) == ["mail", "web"]
    assert _starts(_outcome(tmp_path, "worker: node worker.js\n", "processes=")) == {}


def test_a_process_needs_a_name_and_a_command(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="'Mail' does not fit"):
        _outcome(tmp_path, "", "processes.Mail=node worker.js")
    with pytest.raises(PlanError, match="process mail: there is no command"):
        _outcome(tmp_path, "", "processes.mail=")


def test_a_built_app_is_told_that_its_image_lacks_the_source(tmp_path: Path) -> None:
    scripts = {"build": "tsc", "start": "node dist/server.js"}
    outcome = _outcome(tmp_path, "worker: node worker.js\nmail: node dist/mail.js\n", scripts=scripts)
    told = [n.message for n in outcome.generated.notices if "The build makes dist" in n.message]
    assert len(told) == 1
    assert "lacks what node worker.js starts" in told[0]


def test_the_interpreter_starts_a_program_where_there_is_no_venv(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from flask import Flask\n\napp = Flask(__name__)\n")
    (tmp_path / "requirements.txt").write_text("flask==3.1.2\ngunicorn==23.0.0\nrq==2.6.0\n")
    (tmp_path / "Procfile").write_text("web: gunicorn app:app\nqueue: rq worker\nbeat: python beat.py\n")
    flags = ("flavour=distroless", "version=3.13")
    today = datetime.date(2026, 11, 1)
    outcome = create(Request(path=tmp_path, today=today, flags=flags, yes=True, write=False))
    starts = {one.name: one for one in outcome.generated.plan.processes}
    assert starts["queue"].entrypoint == ("/usr/bin/python3", "-m", "rq.cli", "worker")
    assert (starts["beat"].entrypoint[1:], starts["beat"].stop_signal) == (("beat.py",), "SIGINT")
