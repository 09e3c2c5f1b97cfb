"""C and C++ with vcpkg or Conan: what is pinned, who is asked first, and what is told."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from dockgen.errors import AnswerError
from unit.stacks.changed_cases import changed_case

COMMIT = "b0b3de1b1a0aa4b8f2822460aa7f42f991629b3f"


def _dockerfile(folder: Path, case: str, files: Mapping[str, str]) -> str:
    return changed_case(folder, f"cpp/{case}", files).files["Dockerfile"]


def test_the_baseline_is_the_commit_that_is_taken(tmp_path: Path) -> None:
    manifest = json.dumps({"dependencies": ["fmt"], "builtin-baseline": COMMIT})
    text = _dockerfile(tmp_path, "vcpkg-server", {"vcpkg.json": manifest})
    assert f"vcpkg.git#{COMMIT} /opt/vcpkg" in text


@pytest.mark.parametrize("baseline", ["master", COMMIT[:39], f"{COMMIT}\nRUN id", ["x"], {"a": 1}, 7])
def test_what_is_no_commit_is_not_taken(baseline: object, tmp_path: Path) -> None:
    manifest = json.dumps({"dependencies": ["fmt"], "builtin-baseline": baseline})
    made = changed_case(tmp_path, "cpp/vcpkg-server", {"vcpkg.json": manifest})
    assert "vcpkg.git#9e593bb18ea69cc5095e012465dcd675a822ed0d " in made.files["Dockerfile"]
    assert any("names no baseline" in notice.message and notice.strict for notice in made.notices)


def test_older_versions_need_the_history(tmp_path: Path) -> None:
    manifest = {"dependencies": ["fmt"], "builtin-baseline": COMMIT}
    manifest["overrides"] = [{"name": "fmt", "version": "10.0.0"}]
    text = _dockerfile(tmp_path, "vcpkg-server", {"vcpkg.json": json.dumps(manifest)})
    assert f"checkout {COMMIT}" in text
    assert "ADD --keep-git-dir" not in text


@pytest.mark.parametrize("place", ["../ports", "/etc", "a b", "$HOME", {"x": 1}])
def test_overlays_from_outside_are_not_mounted(place: object, tmp_path: Path) -> None:
    settings = json.dumps({"overlay-ports": [place, "./extra/ports"]})
    text = _dockerfile(tmp_path, "vcpkg-server", {"vcpkg-configuration.json": settings})
    mounted = [line for line in text.splitlines() if "--mount=type=bind" in line]
    assert [line.split("source=")[1].split(",")[0] for line in mounted] == [
        "vcpkg.json",
        "vcpkg-configuration.json",
        "extra/ports",
    ]


MAKEFILE = (
    "TARGET = tidelog\nall:\n\t$(CC) -o tidelog tidelog.c\ninstall:\n\tinstall tidelog {}$(PREFIX)/bin\n"
)


@pytest.mark.parametrize(
    ("root", "words"), [("$(DESTDIR)", "PREFIX=/usr/local DESTDIR=/out"), ("", "PREFIX=/out/usr/local")]
)
def test_a_makefile_without_destdir_installs_below_the_prefix(root: str, words: str, tmp_path: Path) -> None:
    text = _dockerfile(tmp_path, "make-worker", {"Makefile": MAKEFILE.format(root)})
    assert f"make install {words}\n" in text


def test_the_port_is_that_of_the_settings_and_no_step_between_ports(tmp_path: Path) -> None:
    code = "#define CLUSTER_PORT_INCR 10000\nint main(void) { listen(0, 1); }\n"
    made = changed_case(tmp_path / "code", "cpp/make-worker", {"tidelog.c": code}, "role=server")
    assert made.plan.port == 8080
    files = {"tidelog.c": code, "tidelog.conf": "port 6379\n"}
    made = changed_case(tmp_path / "settings", "cpp/make-worker", files, "role=server")
    assert made.plan.port == 6379


def test_private_registries_get_a_netrc_and_an_agent(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, "cpp/vcpkg-registry", {}).plan
    assert [(secret.id, secret.target) for secret in plan.secrets] == [("netrc", "/root/.netrc")]
    assert plan.ssh
    assert not changed_case(tmp_path / "public", "cpp/vcpkg-server", {}).plan.given_secrets


def test_a_private_remote_is_asked_before_the_public_one(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "cpp/conan-meson", {})
    assert "remote add --index 0 harbour-crew https://" in made.files["Dockerfile"]
    assert {secret.env for secret in made.plan.secrets} == {
        "CONAN_LOGIN_USERNAME_HARBOUR_CREW",
        "CONAN_PASSWORD_HARBOUR_CREW",
    }
    assert any("in reach" in notice.message for notice in made.notices)


@pytest.mark.parametrize(
    "address", ["https://$HOST/conan", "https://a:b@c.example/x", "https://c.example/;id"]
)
def test_an_address_that_only_a_shell_knows_is_no_remote(address: str, tmp_path: Path) -> None:
    script = {"ci/setup.sh": f"conan remote add crew {address}\n"}
    assert "remote add" not in _dockerfile(tmp_path, "conan-meson", script)


TOLD = {
    "no lock": ("conan-server", {"conan.lock": None}, "There is no conan.lock"),
    "shared": ("conan-server", {"conanfile.txt": "[options]\n*:shared=True\n"}, "shared libraries"),
    "vcpkg without CMake": ("meson-static", {"vcpkg.json": "{}"}, "The list of vcpkg is not used"),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message = TOLD[name]
    made = changed_case(tmp_path, f"cpp/{case}", files)
    assert any(message in notice.message and notice.strict for notice in made.notices)


def test_of_two_lists_one_is_used_and_told(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "cpp/conan-server", {"vcpkg.json": '{"dependencies": []}'})
    assert "/opt/vcpkg/vcpkg install" in made.files["Dockerfile"]
    assert any("lists of vcpkg and Conan" in notice.message for notice in made.notices)


def test_debian_s_libraries_can_be_chosen_instead(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "cpp/vcpkg-server", {}, "manager=none")
    assert "vcpkg" not in made.files["Dockerfile"]
    assert "libfmt-dev" in made.files["Dockerfile"]


@pytest.mark.parametrize("name", ["tides", '"tides"', "\n  tides\n  "])
def test_a_program_is_found_however_the_build_file_is_written(name: str, tmp_path: Path) -> None:
    text = f"cmake_minimum_required(VERSION 3.25)\nproject({name} VERSION 1.0)\n" + (
        "add_executable(\n  ${PROJECT_NAME}\n  src/main.cpp)\n"
    )
    made = changed_case(tmp_path, "cpp/make-worker", {"CMakeLists.txt": text})
    assert made.resolution.answers["program"].value == "tides"


@pytest.mark.parametrize(
    "line",
    [
        r'string(REGEX REPLACE "\\(.*" "" short "${full}")',
        'message(STATUS "step #1 of (many")',
        r'set(quoted "\"(")',
        r"set(opening \()",
        "# a remark that isn't closed (",
    ],
)
def test_a_parenthesis_in_a_text_swallows_no_later_call(line: str, tmp_path: Path) -> None:
    text = f"project(a)\n{line}\nfind_package(OpenSSL REQUIRED)\nadd_executable(tides a.c)\n"
    made = changed_case(tmp_path, "cpp/make-worker", {"CMakeLists.txt": text, "Makefile": None})
    assert made.resolution.answers["program"].value == "tides"
    assert "libssl-dev" in made.files["Dockerfile"]


def test_a_name_that_only_cmake_knows_is_asked_for(tmp_path: Path) -> None:
    text = "project(${NAME})\nadd_executable(${PROJECT_NAME} main.cpp)\n"
    with pytest.raises(AnswerError, match="Which program") as caught:
        changed_case(tmp_path, "cpp/make-worker", {"CMakeLists.txt": text})
    assert "None" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CMakeLists.txt", "project(a)\nadd_executable(tides a.c)\nadd_executable(tides-test b.c)\n"),
        ("CMakeLists.txt", "project(a)\nadd_executable(tides a.c)\nadd_executable(fuzz_tides b.c)\n"),
        (
            "meson.build",
            "project('a', 'c')\nexecutable('gen', 'g.c', native: true)\n"
            "build_target(\n  'tides',\n  'a.c',\n)\n",
        ),
        ("meson.build", "project('a', 'c')\nexecutable(\n  'tides',\n  'a.c',\n  install: true,\n)\n"),
    ],
)
def test_the_program_is_the_one_that_neither_tests_nor_measures(path: str, text: str, tmp_path: Path) -> None:
    made = changed_case(tmp_path, "cpp/make-worker", {path: text, "Makefile": None})
    assert made.resolution.answers["program"].value == "tides"


def test_a_licence_that_spdx_does_not_know_is_no_label(tmp_path: Path) -> None:
    for name, label in (("GPLv2+", ""), ("GPL-2.0-or-later", "GPL-2.0-or-later")):
        text = f"project('tides', 'c', license: '{name}')\nexecutable('tides', 'tidelog.c')\n"
        made = changed_case(tmp_path / label, "cpp/make-worker", {"meson.build": text, "Makefile": None})
        assert made.resolution.answers["licenses"].value == label
