"""The steps of a build that install dependencies are known, whichever tool does it."""

from __future__ import annotations

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.verify.installing import installs, is_install
from dockgen.verify.model import Step

INSTALL = """
npm ci --omit=dev --ignore-scripts
npm --prefix web install
pnpm --dir web install --frozen-lockfile
pnpm fetch --prod
yarn
yarn --frozen-lockfile
corepack yarn install
yarn workspaces focus --production
bun install --frozen-lockfile
deno install --frozen
deno cache --no-lock main.ts
pip --python /opt/venv install --prefer-binary --requirement requirements.txt
/opt/poetry/bin/pip install --only-binary :all: poetry==2.5.1
python3.13 -m pip --no-cache-dir install .
uv --project app sync --locked --no-dev
uv pip install --system -r requirements.txt
python -m uv sync
poetry -C app install --only main
pdm sync --prod
pipenv sync
pixi install --locked
micromamba create -f env.yml
conda env update -f env.yml
go mod download
go -C api mod download -x
go mod vendor
cargo fetch --locked
cargo vendor --locked --versioned-dirs vendor
cargo chef cook --release
mvn -B dependency:go-offline
./mvnw --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.9.0:go-offline
sh mvnw dependency:resolve
sh gradlew --no-daemon --init-script /opt/f.gradle fetchDependencies
gradle :app:dependencies
sbt update
sbt Compile/update
composer install --no-dev
php composer.phar --working-dir app install
/usr/bin/composer -d app i
bundle install --local
bundle
gem install --no-document bundler
mix deps.get --only prod
mix do deps.get, deps.compile
mix archive.install hex phx_new
rebar3 get-deps
rebar3 as prod get-deps
dotnet restore --locked-mode
conan install .
swift package resolve
stack build --only-dependencies
apt-get -o Acquire::Retries=3 install --yes gcc
apk add --no-cache musl-dev
docker-php-ext-install intl
sudo -u app npm ci
""".strip().splitlines()

OTHER = """
npm run install
npm run build
npm version
pnpm run build
yarn build
yarn --version
bun run build
bun build --compile main.ts
deno task build
deno compile main.ts
pip --version
python -m compileall /app
uv build
uv --version
poetry build
pdm build
go build ./...
go mod verify
cargo build --release --locked --offline
cargo metadata
mvn --offline package
mvn --offline package org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies
mvn package
gradle --offline dependencies
gradle build
sbt stage
composer dump-autoload --no-dev
bundle exec rake assets:precompile
bundle config set path vendor
mix compile
mix release
rebar3 release
dotnet publish --no-restore
stack build
apt-get update
rm -rf node_modules
echo npm install
install -d /npm
""".strip().splitlines()


@pytest.mark.parametrize("command", INSTALL)
def test_a_command_that_installs(command: str) -> None:
    assert is_install(Step(f"[build 3/6] RUN --mount=type=cache,target=/x {command}", 0, 1, False))


@pytest.mark.parametrize("command", OTHER)
def test_a_command_that_installs_nothing(command: str) -> None:
    assert not is_install(Step(f"[build 3/6] RUN {command}", 0, 1, False))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("[3/6] RUN set -eux;     mkdir -p /x &&     CI=1 npm ci | tee log", True),
        ("[build 3/6] RUN if [ -f yarn.lock ]; then yarn; else npm ci; fi", True),
        ('[build 3/6] RUN ["npm", "ci"]', True),
        ("[build 3/6] RUN <<EOF (set -e...)", False),
        ("[build 3/6] RUN <<EOF (npm ci...)", True),
        ("[linux/arm64 build  3/6] RUN npm ci", True),
        ("[build 4/6] RUN --network=none deno cache --frozen main.ts", False),
        ("[build 4/6] RUN --network=default deno cache --frozen main.ts", True),
        ("[build 4/6] RUN --network=none npm ci --offline", True),
        ("[build 4/6] COPY npm ci", False),
        ("[internal] load build definition", False),
        ("[build 4/6] RUN (((", False),
        ("[build 4/6] RUN ", False),
    ],
)
def test_a_step_is_read_as_the_shell_does(name: str, expected: bool) -> None:
    assert is_install(Step(name, 0, 1, False)) is expected


def test_a_here_document_is_read_in_the_dockerfile() -> None:
    text = "FROM a\nRUN <<EOF\nset -e\nnpm ci\nEOF\nRUN <<'EOF' bash\nset -u\nnpm test\nEOF\n"
    installs_them, tests_them = (
        Step(f"[build 2/3] RUN <<{name} ({line}...)", 0, 1, False)
        for name, line in [("EOF", "set -e"), ("'EOF' bash", "set -u")]
    )
    assert is_install(installs_them, parse(text))
    assert not is_install(tests_them, parse(text))


def test_a_command_of_no_words_installs_nothing() -> None:
    assert not installs([])
