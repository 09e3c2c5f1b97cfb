"""What is guessed of .NET projects and said about them, each as small as it can be."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dockgen.answers.model import Given
from dockgen.catalog.detection import detect
from dockgen.errors import PlanError
from dockgen.project.tree import scan
from dockgen.setup.generate import Generated, generate, settle
from dockgen.setup.survey import headers_of, survey

TODAY = datetime.date(2026, 11, 1)
WEB = '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup>\n<TargetFramework>net10.0</TargetFramework>\n'
EXE = WEB.replace(".Web", "") + "<OutputType>Exe</OutputType>\n"
ITEMS = "</PropertyGroup><ItemGroup>\n"
END = "</ItemGroup></Project>\n"
EMPTY = ITEMS + END
FEED = '<add key="mine" value="https://nuget.example.com/v3/index.json" />\n'
SERVE = "var app = WebApplication.CreateBuilder(args).Build();\n"

GUESSES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "the one server among tools, tests, samples and what Aspire orchestrates": (
        {
            "src/Api/Api.csproj": WEB + EMPTY,
            "src/Migrator/Db.csproj": EXE + EMPTY,
            "src/AppHost/AppHost.csproj": EXE + "<IsAspireHost>true</IsAspireHost>" + EMPTY,
            "tests/Api.Tests/Api.Tests.csproj": WEB + "<IsTestProject>true</IsTestProject>" + EMPTY,
            "samples/Demo/Demo.csproj": WEB + EMPTY,
            "src/Desktop/Desktop.csproj": EXE.replace("Exe<", "WinExe<") + EMPTY,
        },
        {"project": "src/Api/Api.csproj", "framework": "web"},
    ),
    "two servers: nobody can know": (
        {"A/A.csproj": WEB + EMPTY, "B/B.csproj": WEB + EMPTY},
        {"project": None},
    ),
    "a worker beside the web project that it needs": (
        {
            "Jobs/Jobs.csproj": EXE.replace(".Sdk", ".Sdk.Worker") + EMPTY,
            "Lib/Lib.csproj": WEB.replace(".Web", "") + EMPTY,
        },
        {"framework": "worker", "port": None},
    ),
    "ports of launchSettings and of other services are none": (
        {
            "App.csproj": WEB + EMPTY,
            "Properties/launchSettings.json": '{"profiles": {"a": {"applicationUrl": "http://localhost:5123"}}}',
            "appsettings.json": '{"Billing": {"Url": "http://billing:7001"}}',
        },
        {"port": 8080},
    ),
    "the port of the code": (
        {"App.csproj": WEB + EMPTY, "Program.cs": SERVE + 'app.Run("http://*:5005");\n'},
        {"port": 5005},
    ),
    "the port of another project's settings is none of this one's": (
        {
            "Api/Api.csproj": WEB + EMPTY,
            "tools/Mock/Mock.csproj": WEB + EMPTY,
            "tools/Mock/appsettings.json": '{"Urls": "http://*:9009"}',
        },
        {"port": 8080},
    ),
    "Aspire's defaults answer in development only": (
        {
            "Api/Api.csproj": WEB
            + ITEMS
            + '<ProjectReference Include="..\\My.ServiceDefaults\\My.ServiceDefaults.csproj" />\n'
            + END,
            "My.ServiceDefaults/My.ServiceDefaults.csproj": WEB.replace(".Web", "") + EMPTY,
            "My.ServiceDefaults/Extensions.cs": (
                'if (app.Environment.IsDevelopment())\n    app.MapHealthChecks("/health");\n'
            ),
        },
        {"health": ""},
    ),
    "a route of a project that is needed": (
        {
            "Api/Api.csproj": WEB
            + ITEMS
            + '<ProjectReference Include="..\\Hosting\\Hosting.csproj" />\n'
            + END,
            "Hosting/Hosting.csproj": WEB.replace(".Web", "") + EMPTY,
            "Hosting/Health.cs": 'endpoints.MapHealthChecks("/health/all");\n',
        },
        {"health": "/health/all"},
    ),
    "a package that wants ICU, in a project that is not needed": (
        {
            "Api/Api.csproj": WEB + EMPTY,
            "tools/Copy/Copy.csproj": EXE
            + ITEMS
            + '<PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.1" />\n'
            + END,
        },
        {"globalization": False, "flavour": "chiseled"},
    ),
    "cultures in the code": (
        {"App.csproj": EXE + EMPTY, "Program.cs": 'var it = CultureInfo.GetCultureInfo("it-IT");\n'},
        {"globalization": True, "flavour": "chiseled-extra", "aspnet": False},
    ),
    "self-contained, locked without a platform": (
        {
            "App.csproj": EXE + "<SelfContained>true</SelfContained>\n" + EMPTY,
            "packages.lock.json": '{"version": 1}',
        },
        {"locked": True, "flavour": "chiseled"},
    ),
    "pages without a place for their keys": (
        {"App.csproj": WEB + EMPTY, "Program.cs": "builder.Services.AddRazorPages();\n"},
        {"volumes": ["/home/app/.aspnet/DataProtection-Keys"]},
    ),
    "pages with a place for their keys": (
        {
            "App.csproj": WEB + EMPTY,
            "Program.cs": "builder.Services.AddRazorPages();\nkeys.PersistKeysToDbContext<Db>();\n",
        },
        {"volumes": []},
    ),
    "a front end whose page the server falls back to": (
        {
            "Api/Api.csproj": WEB + EMPTY,
            "Api/Program.cs": 'app.MapFallbackToFile("index.html");\n',
            "web/package.json": '{"scripts": {"build": "vite build"}}',
        },
        {"frontend": "web", "frontend_target": "Api/wwwroot"},
    ),
    "a front end beside a server that has a page of its own": (
        {
            "Api/Api.csproj": WEB + EMPTY,
            "Api/Program.cs": 'app.MapFallbackToFile("index.html");\n',
            "Api/wwwroot/index.html": "<h1>Hi</h1>",
            "web/package.json": '{"scripts": {"build": "vite build"}}',
        },
        {"frontend": "none"},
    ),
    "the target framework of all projects": (
        {
            "Directory.Build.props": "<Project><TargetFramework>net9.0</TargetFramework></Project>",
            "App/App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
        },
        {"version": "10", "framework": "web"},
    ),
}


CLAIMS: dict[str, tuple[list[str], list[str]]] = {
    "a solution": (["App.slnx", "App/App.csproj"], ["dotnet"]),
    "projects below src": (["src/App/App.fsproj", "tools/run.py"], ["dotnet"]),
    "settings for all projects": (["Directory.Build.props", "app/web/Web.csproj"], ["dotnet"]),
    "a program of Node.js with bindings for .NET": (["package.json", "csharp/Bindings.csproj"], ["node"]),
    "a Go module with an example in .NET": (["go.mod", "examples/dotnet/App/App.csproj"], ["go"]),
    "pages whose styles Node.js builds": (["App.csproj", "package.json", "package-lock.json"], ["dotnet"]),
    "both at the top": (["package.json", "package-lock.json", "App.sln"], ["dotnet", "node"]),
    "a game": (["Game.sln", "Assembly-CSharp.csproj", "ProjectSettings/ProjectVersion.txt"], []),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_who_claims_it(tmp_path: Path, name: str) -> None:
    paths, claims = CLAIMS[name]
    found = detect(
        scan(_write(tmp_path, dict.fromkeys(paths, '{"name": "a", "main": "a.js"}'))), headers_of()
    )
    assert sorted(candidate.header.name for candidate in found.strong) == claims


def _write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def _made(folder: Path, files: dict[str, str], **answers: Any) -> Generated:
    surveyed = survey(_write(folder, files))
    return generate(surveyed, settle(surveyed, Given((("--set", answers),))), TODAY)


@pytest.mark.parametrize("name", GUESSES)
def test_guess(tmp_path: Path, name: str) -> None:
    files, wanted = GUESSES[name]
    resolution = settle(survey(_write(tmp_path, files)), Given(()))
    assert resolution.stack.name == "dotnet"
    found = {key: resolution.answers.get(key) for key in wanted}
    assert {key: answer and answer.value for key, answer in found.items()} == wanted


WARNINGS: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
    "a version left open": (
        {"App.csproj": WEB + ITEMS + '<PackageReference Include="A" Version="1.*" />\n' + END},
        {},
        "A package's version is open (1.*)",
    ),
    "no lock": (
        {"App.csproj": WEB + ITEMS + '<PackageReference Include="A" Version="1.2.3" />\n' + END},
        {},
        "There is no packages.lock.json beside App.csproj",
    ),
    "versions above": (
        {"App.csproj": WEB + ITEMS + '<PackageReference Include="A" />\n' + END},
        {},
        "App.csproj does not say which versions of its packages it takes",
    ),
    "a target framework above": (
        {"App.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n</Project>\n'},
        {},
        "App.csproj does not say which .NET it is for",
    ),
    "a project outside": (
        {"App.csproj": WEB + ITEMS + '<ProjectReference Include="..\\Lib\\Lib.csproj" />\n' + END},
        {},
        "A project that is referenced lies outside of this folder: App.csproj names it.",
    ),
    "an older target": (
        {"App.csproj": WEB.replace("net10.0", "net8.0") + EMPTY},
        {},
        "It is built for net8.0 and runs on .NET 10 by DOTNET_ROLL_FORWARD=Major",
    ),
    "an older target with a runtime of its own": (
        {"App.csproj": EXE.replace("net10.0", "net8.0") + EMPTY},
        {"flavour": "self-contained"},
        "It is built for net8.0 and takes that release's runtime with it",
    ),
    "host names": (
        {
            "App.csproj": WEB + EMPTY,
            "Program.cs": 'app.MapHealthChecks("/healthz");\n',
            "appsettings.json": '{"AllowedHosts": "shop.example;www.shop.example"}',
        },
        {},
        "Only some host names are answered (shop.example;www.shop.example)",
    ),
    "Azure Functions": (
        {"App.csproj": EXE + "<AzureFunctionsVersion>v4</AzureFunctionsVersion>\n" + EMPTY},
        {},
        "Azure Functions need their host",
    ),
    "a tool run by the build": (
        {"App.csproj": WEB + ITEMS + '<Exec Command="dotnet swagger tofile api.json" />\n' + END},
        {},
        "The build runs a tool of its own (swagger)",
    ),
    ".NET Framework": (
        {
            "App.csproj": "<Project><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></Project>",
            "App.sln": "",
        },
        {},
        "It is built for .NET Framework",
    ),
    "an app for browsers": (
        {"App.csproj": WEB.replace(".Web", ".BlazorWebAssembly") + EMPTY},
        {},
        "App.csproj makes no program for a server",
    ),
    "Windows only": (
        {
            "App.csproj": WEB
            + ITEMS
            + '<PackageReference Include="System.Drawing.Common" Version="9.0.0" />\n'
            + END
        },
        {},
        "Works on Windows only: System.Drawing.Common.",
    ),
    "the local address": (
        {"App.csproj": WEB + EMPTY, "Program.cs": SERVE + 'app.Run("http://localhost:5005");\n'},
        {},
        "It may listen on the local address alone (Program.cs)",
    ),
    "no ICU where it is wanted": (
        {"App.csproj": EXE + EMPTY, "Program.cs": 'new CultureInfo("de")\n'},
        {"flavour": "chiseled"},
        "this base has no ICU",
    ),
    "npm run by the project": (
        {"App.csproj": WEB + ITEMS + '<Exec WorkingDirectory="ClientApp" Command="npm install" />\n' + END},
        {},
        "Publishing App.csproj runs Node.js itself",
    ),
    "a password in nuget.config": (
        {
            "App.csproj": WEB + EMPTY,
            "nuget.config": (
                "<configuration><packageSourceCredentials><a>\n"
                '<add key="ClearTextPassword" value="Wh4tEver-isInHere" />\n'
                "</a></packageSourceCredentials></configuration>\n"
            ),
        },
        {},
        "nuget.config stays out of the build",
    ),
    "SDKs by global.json": (
        {
            "App.csproj": WEB + EMPTY,
            "global.json": '{"sdk": {"version": "10.0.100"}, "msbuild-sdks": {"A": "1.0.0"}}',
        },
        {},
        "global.json names MSBuild SDKs",
    ),
    "a lock that holds the compiler": (
        {
            "App.csproj": EXE
            + "<PublishAot>true</PublishAot>\n<RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>\n"
            + EMPTY,
            "packages.lock.json": '{"version": 1}',
        },
        {},
        "packages.lock.json holds the compiler's own packages",
    ),
    "credentials": (
        {
            "App.csproj": WEB + EMPTY,
            "nuget.config": f"<configuration>{FEED}</configuration>",
        },
        {},
        "While the credentials of feeds are mounted",
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_what_is_said(tmp_path: Path, name: str) -> None:
    files, answers, message = WARNINGS[name]
    made = _made(tmp_path, files, **answers)
    assert any(message in notice.message for notice in made.plan.warnings), made.plan.warnings


def test_nothing_is_said_without_a_reason(tmp_path: Path) -> None:
    settings = '{"AllowedHosts": "*", "Kestrel": {"Endpoints": {"Http": {"Url": "http://*:5000"}}}}'
    files = {"App.csproj": WEB + EMPTY, "Program.cs": 'app.MapHealthChecks("/healthz");\napp.Run();\n'}
    made = _made(tmp_path, {**files, "appsettings.json": settings})
    assert [notice.message for notice in made.plan.warnings if "vulnerability" not in notice.message] == []


def test_credentials_are_those_of_the_variables_that_nuget_config_names(tmp_path: Path) -> None:
    config = (
        f"<configuration>{FEED}<packageSourceCredentials><mine>\n"
        '<add key="Username" value="%FEED_USER%" />\n<add key="ClearTextPassword" value="%FEED_TOKEN%" />\n'
        "</mine></packageSourceCredentials></configuration>\n"
    )
    made = _made(tmp_path, {"App.csproj": WEB + EMPTY, "nuget.config": config})
    assert [(entry.id, entry.env) for entry in made.plan.secrets] == [
        ("feed-user", "FEED_USER"),
        ("feed-token", "FEED_TOKEN"),
    ]
    assert made.plan.keep == ("nuget.config",)


def test_an_image_of_an_older_runtime_has_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"no image is known for mcr\.microsoft\.com/dotnet/aspnet:8-noble"):
        _made(tmp_path, {"App.csproj": WEB.replace("net10.0", "net8.0") + EMPTY}, version="8")


def test_publishing_is_told_what_the_image_is_for(tmp_path: Path) -> None:
    said = "<PublishAot>true</PublishAot>\n<PublishSingleFile>true</PublishSingleFile>\n"
    files = {"App.csproj": EXE + said + EMPTY}
    compiled = _made(tmp_path, files).files["Dockerfile"]
    assert "clang zlib1g-dev" in compiled and 'ENTRYPOINT ["/app/App"]' in compiled
    shared = _made(tmp_path, files, flavour="chiseled").files["Dockerfile"]
    assert "-p:UseAppHost=false -p:PublishAot=false -p:PublishSingleFile=false" in shared
    own = _made(tmp_path, files, flavour="self-contained", single_file=False, trimmed=True).files[
        "Dockerfile"
    ]
    assert (
        "-p:SelfContained=true -p:PublishTrimmed=true -p:PublishSingleFile=false -p:PublishAot=false" in own
    )
    assert (
        'dotnet restore App.csproj --arch "$TARGETARCH" -p:SelfContained=true -p:PublishTrimmed=true' in own
    )


LOCK = {"packages.lock.json": '{"version": 1}'}
RIDS = "<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>\n"


@pytest.mark.parametrize(
    ("files", "one"),
    [
        ({"App.csproj": WEB + EMPTY}, True),
        ({"App.csproj": WEB + EMPTY, **LOCK}, False),
        ({"App.csproj": WEB + RIDS + EMPTY, **LOCK}, True),
    ],
)
def test_it_is_for_one_platform_where_the_lock_knows_it(tmp_path: Path, files: Any, one: bool) -> None:
    text = _made(tmp_path, files).files["Dockerfile"]
    assert (text.count('--arch "$TARGETARCH"') == 2) is one
    assert ("what it makes runs on all of them" in text) is not one


def test_a_platform_of_the_developers_gives_way_to_the_images(tmp_path: Path) -> None:
    files = {"App.csproj": WEB + "<RuntimeIdentifier>win-x64</RuntimeIdentifier>\n" + EMPTY}
    text = _made(tmp_path, files).files["Dockerfile"]
    assert text.count('--arch "$TARGETARCH"') == 2 and "--no-self-contained" in text


def test_hooks_of_git_are_not_installed_in_a_build(tmp_path: Path) -> None:
    hooks = """<Exec Command="dotnet tool restore" Condition="'$(HUSKY)' != 0" />\n"""
    made = _made(tmp_path, {"App.csproj": WEB + ITEMS + hooks + END})
    assert "ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 \\\n    HUSKY=0\n" in made.files["Dockerfile"]
    assert not any("tool of its own" in notice.message for notice in made.plan.warnings)


def test_only_files_that_are_there_are_linked(tmp_path: Path) -> None:
    files = {
        "src/App/App.csproj": WEB
        + ITEMS
        + '<Import Project="Sdk.targets" Sdk="Some.Sdk" />\n<Import Project="..\\shared.props" />\n'
        + '<Compile Include="..\\gone\\**\\*.cs" />\n<Content Include="..\\gone.csv" />\n'
        + '<Compile Include="$(MSBuildThisFileDirectory)..\\Common.cs" />\n'
        + END,
        "src/shared.props": "<Project />",
        "src/Common.cs": "",
    }
    made = _made(tmp_path, files)
    assert "COPY --chmod=u=rwX,go=rX src/Common.cs src/shared.props src/\n" in made.files["Dockerfile"]
    assert not any("gone" in path or "Sdk" in path for path in made.plan.allow)


def test_a_front_end_in_the_projects_folder_is_built_for_its_wwwroot(tmp_path: Path) -> None:
    files = {
        "src/App/App.csproj": WEB + EMPTY,
        "src/App/ClientApp/package.json": '{"scripts": {"build": "vite build"}}',
        "src/App/ClientApp/package-lock.json": '{"lockfileVersion": 3, "packages": {}}',
    }
    text = _made(tmp_path, files, frontend="src/App/ClientApp").files["Dockerfile"]
    assert "COPY --from=frontend --chmod=u=rwX,go=rX /src/src/App/ClientApp/dist/ src/App/wwwroot/" in text


WORKER = EXE.replace(".Sdk", ".Sdk.Worker")
LIBRARY = WEB.replace(".Web", "") + "<OutputType>Library</OutputType>"
REFERENCE = '<ProjectReference Include="../Lib/Lib.csproj" />\n'


@pytest.mark.parametrize(
    ("files", "image"),
    [
        ({"Jobs/Jobs.csproj": WORKER + EMPTY}, "runtime:10.0-noble-chiseled"),
        ({"Jobs/Jobs.csproj": EXE + EMPTY}, "runtime:10.0-noble-chiseled"),
        (
            {"Jobs/Jobs.csproj": EXE + EMPTY, "Jobs/A.cs": 'var c = new CultureInfo("de-DE");\n'},
            "runtime:10.0-noble-chiseled-extra",
        ),
        (
            {
                "Jobs/Jobs.csproj": WORKER
                + ITEMS
                + '<PackageReference Include="Serilog.AspNetCore" />\n'
                + END
            },
            "aspnet:10.0-noble-chiseled",
        ),
        (
            {
                "Jobs/Jobs.csproj": WORKER + ITEMS + REFERENCE + END,
                "Lib/Lib.csproj": LIBRARY
                + ITEMS
                + '<FrameworkReference Include="Microsoft.AspNetCore.App" />\n'
                + END,
            },
            "aspnet:10.0-noble-chiseled",
        ),
        ({"Api/Api.csproj": WEB + EMPTY}, "aspnet:10.0-noble-chiseled"),
    ],
)
def test_aspnet_core_is_in_the_image_of_what_needs_it(
    files: dict[str, str], image: str, tmp_path: Path
) -> None:
    made = _made(tmp_path, files)
    assert made.plan.images["runtime"].name == f"mcr.microsoft.com/dotnet/{image}"
    assert made.findings == ()
    # A package that nobody knows to need it ends the build, and not the program.
    checked = "grep -q Microsoft.AspNetCore.App /out/Jobs.runtimeconfig.json" in made.files["Dockerfile"]
    assert checked == image.startswith("runtime:")


@pytest.mark.parametrize(
    ("config", "code", "told"),
    [
        ("Microsoft.NETCore.App", 0, ""),
        ("Microsoft.AspNetCore.App", 1, "ASP.NET Core is needed"),
        (None, 0, "cannot tell whether ASP.NET Core is needed"),
    ],
)
def test_the_build_tells_what_it_saw_of_aspnet_core(
    config: str | None, code: int, told: str, tmp_path: Path
) -> None:
    made = _made(tmp_path, {"Jobs/Jobs.csproj": WORKER + EMPTY})
    step = made.files["Dockerfile"].partition("    if ")[2].partition("    fi\n")[0]
    if config:
        (tmp_path / "Jobs.runtimeconfig.json").write_text(f'{{"name": "{config}"}}')
    script = f"if {step}fi".replace("/out/", f"{tmp_path}/")
    ran = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert told in ran.stderr
    assert bool(told) == bool(ran.stderr)


def test_the_guess_about_aspnet_core_can_be_put_right(tmp_path: Path) -> None:
    made = _made(tmp_path, {"Jobs/Jobs.csproj": WORKER + EMPTY}, aspnet="true")
    assert made.plan.images["runtime"].name == "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled"
    assert "runtimeconfig" not in made.files["Dockerfile"]
