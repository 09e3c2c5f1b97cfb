"""What well-known public images hand down: the names of their environment variables, and an entry point.

Source: the Dockerfiles of the Docker Official Images (https://github.com/docker-library), of Microsoft's
.NET images (https://github.com/dotnet/dotnet-docker) and of distroless
(https://github.com/GoogleContainerTools/distroless), as far back as their supported tags. A name is listed
where any tag sets it: a check then stays silent rather than calls it undefined.
"""

from __future__ import annotations

from dockgen.catalog.bases import parse_reference

_LOCALE = "LANG LANGUAGE LC_ALL"
_DOTNET = (
    "APP_UID ASPNETCORE_HTTP_PORTS ASPNETCORE_URLS ASPNET_VERSION DOTNET_RUNNING_IN_CONTAINER "
    "DOTNET_VERSION DOTNET_GENERATE_ASPNET_CERTIFICATE DOTNET_NOLOGO DOTNET_SDK_VERSION "
    "DOTNET_USE_POLLING_FILE_WATCHER NUGET_XMLDOC_MODE POWERSHELL_DISTRIBUTION_CHANNEL "
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT DOTNET_ROLL_FORWARD DOTNET_EnableWriteXorExecute LC_ALL LANG"
)
_VARIABLES = {
    "docker.io/library/almalinux": _LOCALE,
    "docker.io/library/alpine": "",
    "docker.io/library/amazonlinux": _LOCALE,
    "docker.io/library/archlinux": _LOCALE,
    "docker.io/library/buildpack-deps": "",
    "docker.io/library/busybox": "",
    "docker.io/library/debian": "",
    "docker.io/library/eclipse-temurin": f"JAVA_HOME JAVA_VERSION {_LOCALE}",
    "docker.io/library/golang": "GOLANG_VERSION GOTOOLCHAIN GOPATH",
    "docker.io/library/gradle": f"JAVA_HOME JAVA_VERSION GRADLE_HOME GRADLE_VERSION {_LOCALE}",
    "docker.io/library/maven": f"JAVA_HOME JAVA_VERSION MAVEN_HOME MAVEN_CONFIG MAVEN_VERSION "
    f"USER_HOME_DIR SHA BASE_URL {_LOCALE}",
    "docker.io/library/nginx": "NGINX_VERSION NJS_VERSION NJS_RELEASE ACME_VERSION PKG_RELEASE "
    "DYNPKG_RELEASE OTEL_VERSION",
    "docker.io/library/node": "NODE_VERSION YARN_VERSION",
    "docker.io/library/php": "PHPIZE_DEPS PHP_INI_DIR APACHE_CONFDIR APACHE_ENVVARS PHP_CFLAGS "
    "PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 "
    "PHP_EXTRA_CONFIGURE_ARGS PHP_EXTRA_BUILD_DEPS",
    "docker.io/library/python": "LANG GPG_KEY PYTHON_VERSION PYTHON_SHA256 PYTHON_PIP_VERSION "
    "PYTHON_SETUPTOOLS_VERSION PYTHON_WHEEL_VERSION PYTHON_GET_PIP_URL PYTHON_GET_PIP_SHA256",
    "docker.io/library/rockylinux": _LOCALE,
    "docker.io/library/ruby": "LANG RUBY_VERSION RUBY_MAJOR RUBY_DOWNLOAD_URL RUBY_DOWNLOAD_SHA256 "
    "RUBYGEMS_VERSION BUNDLER_VERSION GEM_HOME BUNDLE_SILENCE_ROOT_WARNING BUNDLE_APP_CONFIG BUNDLE_PATH "
    "BUNDLE_BIN",
    "docker.io/library/rust": "RUSTUP_HOME CARGO_HOME RUST_VERSION",
    "docker.io/library/ubuntu": _LOCALE,
    **dict.fromkeys(
        (f"mcr.microsoft.com/dotnet/{name}" for name in ("aspnet", "runtime", "runtime-deps", "sdk")), _DOTNET
    ),
    **dict.fromkeys(
        (f"gcr.io/distroless/{name}-debian{n}" for name in ("static", "base", "cc") for n in (11, 12, 13)),
        f"SSL_CERT_FILE {_LOCALE}",
    ),
}
_WITHOUT_ENTRYPOINT = (
    "almalinux alpine amazonlinux archlinux buildpack-deps busybox debian golang python rockylinux ruby rust "
    "ubuntu"
)


def variable_names(reference: str | None) -> frozenset[str] | None:
    """Return the names that the image's environment may hold, PATH among them; None where unknown."""
    if reference is None:
        return None
    if reference == "scratch":
        return frozenset({"PATH"})
    names = _VARIABLES.get(_repository(reference))
    return None if names is None else frozenset({"PATH", *names.split()})


def has_no_entrypoint(reference: str | None) -> bool:
    """Return whether the image is known to set no ENTRYPOINT."""
    if reference is None or reference == "scratch":
        return reference is not None
    return _repository(reference).removeprefix("docker.io/library/") in _WITHOUT_ENTRYPOINT.split()


def _repository(reference: str) -> str:
    parsed = parse_reference(reference)
    return parsed.repository if parsed else ""
