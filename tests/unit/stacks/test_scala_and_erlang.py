"""What builds of sbt and rebar3 do not say, and what they hide, is told."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

TOLD = {
    "sbt without a release": (
        "scala/program",
        {"project/build.properties": ""},
        "does not name the release of sbt",
    ),
    "sbt 2": (
        "scala/program",
        {"project/build.properties": "sbt.version=2.0.8\n"},
        "sbt 2.0.8 keeps what it makes",
    ),
    "an open version": (
        "scala/program",
        {"build.sbt": 'libraryDependencies += "com.lihaoyi" %% "upickle" % "latest.release"\n'},
        "a dependency's version is open",
    ),
    "Play's secret": (
        "scala/play-assets",
        {"conf/application.conf": "play.http.secret.key = changeme\nplay.http.secret.key=${?GAZETTE_KEY}\n"},
        "Play wants GAZETTE_KEY, of 32 bytes or more",
    ),
    "a secret of Play's from nowhere": (
        "scala/play-assets",
        {"conf/application.conf": 'play.filters.hosts.allowed = ["."]\n'},
        "no variable is named that play.http.secret.key comes from",
    ),
    "no release of rebar3": (
        "erlang/server-sockets",
        {"rebar.config": "{deps, []}.\n"},
        "names no release (relx)",
    ),
    "a cookie": ("erlang/server-sockets", {"config/vm.args.src": "-setcookie biscuit\n"}, "holds a cookie"),
    "a node of a cluster": (
        "erlang/server-sockets",
        {"config/vm.args.src": "-sname sun\n"},
        "epmd is started",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message = TOLD[name]
    made = changed_case(
        tmp_path, case, files, "release=sundial" if case.startswith("erlang") else "role=server"
    )
    assert any(message.lower() in notice.message.lower() for notice in made.notices)


def test_a_file_of_credentials_is_mounted_where_the_build_looks_for_it(tmp_path: Path) -> None:
    text = 'credentials += Credentials(Path.userHome / ".sbt" / ".credentials")\n'
    secret = changed_case(tmp_path, "scala/program", {"build.sbt": text}).plan.secrets
    assert [(one.id, one.target) for one in secret] == [("sbt-credentials", "/root/.sbt/.credentials")]


def test_a_lock_that_rebar3_would_change_ends_the_build(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "erlang/apps-git-private", {}).files["Dockerfile"]
    fetch = text[text.index("sha256sum rebar.lock") : text.index("compile --deps_only")]
    assert fetch.index("get-deps") < fetch.index("sha256sum --check")


def test_a_build_of_several_projects_asks_which(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "scala/modules-packaged", {}, "module=model", "framework=application")
    assert "model/startingJar" in made.files["Dockerfile"]


@pytest.mark.parametrize(
    "text",
    [
        "play.http.secret.key = ${?GAZETTE_KEY}\n",
        "play.http {\n  secret.key=${GAZETTE_KEY}\n}\n",
        "play.http.secret {\n  key = ${?GAZETTE_KEY}\n}\n",
    ],
)
def test_the_start_command_gives_play_a_secret_that_is_long_enough(text: str, tmp_path: Path) -> None:
    made = changed_case(tmp_path, "scala/play-assets", {"conf/application.conf": text})
    (secret,) = made.plan.start_environment.items()
    assert secret[0] == "GAZETTE_KEY"
    assert len(secret[1]) >= 32
    told = "# Wanted when it starts, from outside and never from here: GAZETTE_KEY\nENTRYPOINT"
    assert told in made.files["Dockerfile"]
    assert secret[1] not in made.files["Dockerfile"]


@pytest.mark.parametrize(
    "text",
    [
        "aws {\n  key = ${?GAZETTE_KEY}\n}\n",
        "jwt.secret.key = ${?GAZETTE_KEY}\n",
        "# play.http.secret.key = ${?GAZETTE_KEY}\n",
        "  // secret.key = ${?GAZETTE_KEY}\n",
    ],
)
def test_no_other_key_is_taken_for_plays_secret(text: str, tmp_path: Path) -> None:
    made = changed_case(tmp_path, "scala/play-assets", {"conf/application.conf": text})
    assert not made.plan.start_environment
    assert any("no variable is named" in notice.message for notice in made.notices)


def test_what_binds_nettys_server_listens(tmp_path: Path) -> None:
    code = "package harbour\n\n@main def run() = new ServerBootstrap().bind(9664).sync()\n"
    made = changed_case(tmp_path, "scala/program", {"src/main/scala/harbour/Main.scala": code})
    assert made.resolution.answers["role"].value == "server"
