"""Clojure: both tools fetch before they build, credentials are named, and what no jar would hold is told."""

import datetime
import shutil
from pathlib import Path

import pytest

from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import CASES, changed_case

DEPS = "clojure/ring-tools-build"
LEIN = "clojure/lein-private"


def test_what_the_build_asks_for_is_fetched_with_the_aliases_of_its_basis(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "clojure/pedestal-settings", {}).files["Dockerfile"]
    fetch, build = text.split("RUN --network=none")[::2]
    assert "clojure -P -M:production && \\\n    clojure -P -T:build" in fetch
    assert "clojure -T:build uberjar" in build
    assert "'*-*-standalone.jar'" in build


def test_a_pipeline_s_function_has_the_tests_that_it_runs(tmp_path: Path) -> None:
    steps = "(defn ci [_]\n  (test nil)\n  (uber nil))\n"
    shutil.copytree(CASES / DEPS / "project", tmp_path / "project")
    (tmp_path / "project/test").mkdir()
    (tmp_path / "project/test/tide_test.clj").write_text("(ns tide-test)\n")
    (tmp_path / "project/build.clj").write_text(steps)
    request = Request(tmp_path / "project", datetime.date(2026, 11, 1), yes=True, write=False)
    files = create(request).generated.files
    assert "clojure -T:build ci" in files["Dockerfile"]
    assert " test/ test/" in files["Dockerfile"]
    assert "_test.clj" not in files[".dockerignore"]


def test_leiningen_fetches_for_its_own_start_and_for_the_jar(tmp_path: Path) -> None:
    made = changed_case(tmp_path, LEIN, {})
    text = made.files["Dockerfile"]
    assert "options deps && \\\n    java @/opt/leiningen/options with-profile uberjar deps" in text
    assert "-o uberjar" in text
    assert "lein-private" not in text
    assert [secret.env for secret in made.plan.secrets] == ["COAST_USER", "COAST_PASSWORD"]


def test_a_login_without_names_is_that_of_leiningen(tmp_path: Path) -> None:
    text = (
        '(defproject a "1" :repositories [["b" {:url "https://b.example" :username :env :password :env}]])\n'
    )
    secrets = changed_case(tmp_path, LEIN, {"project.clj": text}).plan.secrets
    assert [secret.env for secret in secrets] == ["LEIN_USERNAME", "LEIN_PASSWORD"]


def test_a_repository_of_one_s_own_gets_maven_s_settings_and_clojars_does_not(tmp_path: Path) -> None:
    secrets = changed_case(tmp_path, "clojure/worker-git", {}).plan.secrets
    assert [(one.id, one.target) for one in secrets] == [("maven-settings", "/root/.m2/settings.xml")]
    text = '{:mvn/repos {"clojars" {:url "https://repo.clojars.org/"}}}\n'
    assert changed_case(tmp_path / "public", DEPS, {"deps.edn": text}).plan.secrets == ()


def test_each_release_of_java_builds_what_it_runs(tmp_path: Path) -> None:
    text = changed_case(tmp_path, LEIN, {}).files["Dockerfile"]
    assert "FROM eclipse-temurin:21." in text
    assert "FROM gcr.io/distroless/java21-debian13:nonroot" in text


TOLD = {
    "no alias": (DEPS, {"deps.edn": "{}\n"}, "no alias :build"),
    "outside": (DEPS, {"deps.edn": '{:deps {a/b {:local/root "../b"}}}\n'}, "outside of this folder: ../b"),
    "open": (DEPS, {"deps.edn": '{:deps {a/b {:mvn/version "RELEASE"}}}\n'}, "version is open (RELEASE)"),
    "no main": (LEIN, {"project.clj": '(defproject a "1")\n'}, "names no :main"),
    "no class": (
        LEIN,
        {"project.clj": '(defproject a "1"\n  :main ^:skip-aot a.b)\n'},
        "java would not find",
    ),
    "a snapshot": (LEIN, {"project.clj": '(defproject a "1"\n  [b "1-SNAPSHOT"])\n'}, "open (1-SNAPSHOT)"),
    "gpg": (LEIN, {"project.clj": '(defproject a "1"\n  :creds :gpg)\n'}, "which a build cannot open"),
    "a script": (DEPS, {"shadow-cljs.edn": "{}\n"}, "which is not done here"),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message = TOLD[name]
    made = changed_case(tmp_path, case, files)
    assert any(message in notice.message and notice.strict for notice in made.notices)


def test_a_project_without_steps_of_a_build_is_told(tmp_path: Path) -> None:
    (tmp_path / "deps.edn").write_text("{}\n")
    request = Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False)
    notices = create(request).generated.notices
    assert any("There is no build.clj" in notice.message and notice.strict for notice in notices)


def test_a_snapshot_of_one_s_own_is_no_open_version(tmp_path: Path) -> None:
    text = '(defproject a "1-SNAPSHOT"\n  :main a.b)\n'
    made = changed_case(tmp_path, LEIN, {"project.clj": text})
    assert not any("is open" in notice.message for notice in made.notices)


def test_pedestal_is_told_to_listen_outside(tmp_path: Path) -> None:
    settings = {"resources/settings.edn": "{:port 8890}\n"}
    made = changed_case(tmp_path, "clojure/pedestal-settings", settings)
    assert any("the local address alone" in notice.message for notice in made.notices)
    quiet = changed_case(tmp_path / "settled", "clojure/pedestal-settings", {})
    assert not any("the local address alone" in notice.message for notice in quiet.notices)
