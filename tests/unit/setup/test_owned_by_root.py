"""The application's folder belongs to root on bases that begin with a user of their own, too."""

import datetime
from pathlib import Path

from dockgen.setup.new import Request, create

STACKS = Path(__file__).parents[2] / "stacks"


def test_a_package_without_files_of_its_own_on_distroless() -> None:
    request = Request(
        path=STACKS / "python/console-uv-vcs-version/project",
        today=datetime.date(2026, 11, 1),
        flags=("version=3.13", "flavour=distroless"),
        yes=True,
        write=False,
    )
    text = create(request).generated.files["Dockerfile"]
    final = text[text.index(" AS runtime") :]
    # WORKDIR gives a folder that it makes to the base's user: this one is there before.
    assert final.index("COPY --from=build /app /app\n") < final.index("WORKDIR /app\n")
