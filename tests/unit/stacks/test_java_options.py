"""Java: a native executable of Quarkus, and a WAR on a Tomcat that nothing else is in."""

import datetime
from pathlib import Path

import pytest

from dockgen.errors import AnswerError
from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import changed_case


def test_a_native_executable_needs_no_jvm_and_brings_the_library_that_the_base_lacks(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "java/quarkus-maven", {}, "framework=quarkus-native")
    text = made.files["Dockerfile"]
    assert made.plan.images["runtime"].name == "gcr.io/distroless/cc-debian13:nonroot"
    assert "COPY --from=native /out/libz.so.1 /usr/lib/" in text
    assert "Healthcheck.java" not in text
    assert 'getenv("PORT")' in text
    assert text.partition("AS native")[2].count("RUN --network=none") == 2
    assert any("x86-64-v3" in notice.message for notice in made.notices)


def test_quarkus_is_not_compiled_to_machine_code_unasked(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "java/quarkus-native", {})
    assert made.resolution.answers["framework"].value == "quarkus"
    assert "graalvm" not in made.files["Dockerfile"]


def test_options_of_a_jvm_are_not_for_a_native_executable(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="java_options: does not apply"):
        changed_case(
            tmp_path, "java/quarkus-maven", {}, "framework=quarkus-native", "java_options=-XX:+UseZGC"
        )


@pytest.mark.parametrize(("case", "release"), [("war-jsp", "9.0."), ("war-tomcat", "11.0.")])
def test_tomcat_is_of_the_release_that_knows_the_servlets_names(
    tmp_path: Path, case: str, release: str
) -> None:
    made = changed_case(tmp_path, f"java/{case}", {})
    assert f"/tomcat/{release}" in made.files["Dockerfile"]
    assert made.plan.shell is False
    assert [entry.path for entry in made.plan.writable] == ["/tmp"]


def test_another_release_of_tomcat_is_named_with_its_checksum(tmp_path: Path) -> None:
    made = changed_case(tmp_path / "named", "java/war-jsp", {}, f"tomcat=9.0.200@sha256:{'a' * 64}")
    archive = "https://repo1.maven.org/maven2/org/apache/tomcat/tomcat/9.0.200/tomcat-9.0.200.tar.gz"
    assert f"ADD --checksum=sha256:{'a' * 64} {archive}" in made.files["Dockerfile"]
    for wrong in ("9.0.200", f"../x@sha256:{'a' * 64}", "9.0.200@sha256:abc"):
        with pytest.raises(AnswerError, match="answer tomcat"):
            changed_case(tmp_path / str(len(wrong)), "java/war-jsp", {}, f"tomcat={wrong}")


def test_a_reactor_of_several_applications_asks_which(tmp_path: Path) -> None:
    modules = "".join(f"<module>{name}</module>" for name in ("orders", "stock"))
    parent = (
        "<project><groupId>g</groupId><artifactId>shop</artifactId><version>1</version>"
        f"<packaging>pom</packaging><modules>{modules}</modules></project>"
    )
    (tmp_path / "pom.xml").write_text(parent)
    for name in ("orders", "stock"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pom.xml").write_text(
            "<project><parent><groupId>g</groupId><artifactId>shop</artifactId><version>1</version></parent>"
            f"<artifactId>{name}</artifactId><build><plugins><plugin>"
            "<artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>"
        )
    with pytest.raises(AnswerError, match="Which module"):
        create(Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False))


MAIN = "class Main {\n  public static void main(String[] a) {\n  }\n}\n"


def made_of(folder: Path, files: dict[str, str]) -> Generated:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return create(Request(folder, datetime.date(2026, 11, 1), yes=True, write=False)).generated


def gradle(plugins: str) -> dict[str, str]:
    return {
        "settings.gradle": "rootProject.name = 'buoys'\n",
        "build.gradle": f"plugins {{\n  {plugins}\n}}\n",
    }


def test_what_binds_nettys_server_listens(tmp_path: Path) -> None:
    code = "class Main {\n  static void main(String[] a) {\n    new ServerBootstrap().bind(9664);\n  }\n}\n"
    made = made_of(tmp_path, {**gradle("id 'application'"), "src/main/java/Main.java": code})
    assert made.resolution.answers["role"].value == "server"


@pytest.mark.parametrize(("plugins", "told"), [("id 'java'", True), ("id 'java'\n  id 'application'", False)])
def test_a_gradle_build_that_lays_out_no_program_is_told(plugins: str, told: bool, tmp_path: Path) -> None:
    made = made_of(tmp_path, {**gradle(plugins), "src/main/java/Main.java": MAIN})
    assert any("installDist" in notice.message for notice in made.notices) == told


def shaded(configuration: str = "", final: str = "") -> dict[str, str]:
    pom = (
        "<project><groupId>g</groupId><artifactId>post</artifactId><version>1</version><build>"
        f"{final}<plugins><plugin><artifactId>maven-shade-plugin</artifactId><configuration>{configuration}"
        "</configuration></plugin></plugins></build></project>"
    )
    return {"pom.xml": pom.replace("><", ">\n<"), "src/main/java/Main.java": MAIN}


def kotlin(plugin: str, settings: str = "") -> dict[str, str]:
    plugins = f'kotlin("jvm") version "2.2.20"\n  id("{plugin}") version "9.0.0"'
    return {
        "settings.gradle.kts": 'rootProject.name = "buoys"\n',
        "build.gradle.kts": f"plugins {{\n  {plugins}\n}}\n{settings}",
        "src/main/kotlin/Main.kt": "fun main() {\n  embeddedServer(Netty, 8080).start()\n}\n",
    }


ATTACHED = "<shadedArtifactAttached>true</shadedArtifactAttached>"
NAMED = f"{ATTACHED}<shadedClassifierName>all</shadedClassifierName>"
SHADOW = "com.gradleup.shadow"


@pytest.mark.parametrize(
    ("files", "jar"),
    [
        (shaded(), "target/post-*.jar"),
        (shaded(ATTACHED), "target/post-*-shaded.jar"),
        (shaded(NAMED, "<finalName>post</finalName>"), "target/post-all.jar"),
        (kotlin(SHADOW), "build/libs/*-all.jar"),
        (kotlin(SHADOW, 'tasks.shadowJar {\n  archiveClassifier.set("")\n}\n'), "build/libs/*.jar"),
        (kotlin(SHADOW, "shadowJar {\n  archiveClassifier = 'fat'\n}\n"), "build/libs/*-fat.jar"),
        (kotlin(SHADOW, "jar {\n  archiveClassifier = 'plain'\n}\n"), "build/libs/*-all.jar"),
        (
            kotlin(SHADOW, 'tasks.register<Jar>("javadocJar") {\n  archiveClassifier.set("javadoc")\n}\n'),
            "build/libs/*-all.jar",
        ),
        (
            kotlin(SHADOW, 'shadowJar {\n  archiveClassifier.set("thinker")\n}\n'),
            "build/libs/*-thinker.jar",
        ),
        (
            kotlin("io.ktor.plugin", 'ktor {\n  fatJar {\n    archiveFileName.set("buoys.jar")\n  }\n}\n'),
            "build/libs/buoys.jar",
        ),
    ],
    ids=range(10),
)
def test_the_jar_with_all_in_it_is_taken_and_not_the_plain_one(
    files: dict[str, str], jar: str, tmp_path: Path
) -> None:
    made = made_of(tmp_path, files)
    assert made.resolution.answers["framework"].value == "executable"
    assert made.resolution.answers["jar"].value == jar
