"""The apps of a repository, and what in it is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dockgen.catalog.expression import condition
from dockgen.catalog.functions import joined, slug
from dockgen.catalog.stack import load_stack
from dockgen.errors import DockgenError, GivenError
from dockgen.project.tree import scan
from dockgen.records import field, record, replace
from dockgen.setup import answers_file
from dockgen.setup.app import OWN, App, fitting, named, settled
from dockgen.setup.claims import Claim, claims_of, faint_claim
from dockgen.setup.new import Request, answers_given, survey_of
from dockgen.setup.programs import programs_of
from dockgen.setup.survey import AmbiguousError, headers_of
from dockgen.setup.target import Target
from dockgen.setup.workspace import MembersError

EACH = "--each"


@record
class Found:
    """The apps by path; nothing starts the `libraries`, and `aside` was left out by its name.

    `more` counts folders beyond those that were looked at; `truncated` says that deep ones may be missing.
    """

    apps: tuple[App, ...]
    libraries: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    more: int = 0
    truncated: bool = False

    @property
    def certain(self) -> tuple[App, ...]:
        """The apps of which everything is settled."""
        return tuple(app for app in self.apps if not app.why)

    @property
    def open(self) -> tuple[App, ...]:
        """The others."""
        return tuple(app for app in self.apps if app.why)


@record
class _Owner:
    """What a folder that was looked at says of those below it."""

    folder: str
    stacks: frozenset[str]
    front_end: str | None = None

    def owns(self, claim: Claim) -> bool:
        """Whether a folder is a part of this one: a module of its build, or the front end that it serves."""
        if self.folder and not claim.folder.startswith(f"{self.folder}/"):
            return False
        return claim.folder == self.front_end or {one.header.name for one in claim.candidates} <= self.stacks


@record
class _Search:
    request: Request
    found: list[App] = field(default_factory=list)
    libraries: list[str] = field(default_factory=list)
    owners: list[_Owner] = field(default_factory=list)

    def look(self, claim: Claim) -> None:
        """Take in one folder, unless it is a part of another."""
        if any(owner.owns(claim) for owner in self.owners):
            return
        path, request = claim.folder or OWN, replace(self.request, path=self.request.path / claim.folder)
        with named(path):
            Target.open(request.path, mend=request.write)
            given, stack = answers_given(request)
            app = self._judged(App(path, request, claim.says, given, stack))
        # Of a stack without workspaces all that lies below is a part of the same build.
        stacks = [load_stack(candidate.header.path) for candidate in claim.candidates]
        whole = frozenset(stack.name for stack in stacks if not stack.workspace)
        self.owners.append(_Owner(claim.folder, whole, _front_end(claim.folder, app)))

    def _judged(self, app: App) -> App:
        """Note what an app is, or that it is none; return it with what could be read of it."""
        try:
            apps = self._read(app, app.stack)
        except AmbiguousError as error:
            # Tools of another language at the top of a repository are no app of that language.
            apps = [one for name in error.candidates for one in self._read(app, name)]
            if len(apps) > 1:
                ways = (f"{app.command} --yes --set stack={name}" for name in error.candidates)
                apps = [app.open(error.message, *ways)]
            if apps and app.path in self.libraries:
                self.libraries.remove(app.path)
        for one in apps:
            programs = programs_of(one, one.survey, one.resolution) if one.survey and one.resolution else []
            self.found.extend(programs or [one])
        return apps[0] if apps else app

    def _read(self, app: App, stack: str | None) -> list[App]:
        """Return the app as one of a stack; none where that finds a library, or only the root of others."""
        try:
            surveyed = survey_of(app.request, app.given, stack, None)
            one = settled(replace(app, given=fitting(app.given, surveyed.stack)), surveyed)
        except MembersError:
            return []
        except (AmbiguousError, GivenError):
            raise
        except DockgenError as error:
            return [app.open(error.message, error.hint, askable=False)]
        library = surveyed.stack.library
        if library and one.resolution and condition(library, one.resolution.scope):
            self.libraries.append(app.path)
            return []
        return [one]


def find(request: Request) -> Found:
    """Return the apps of the folder that a request names; raises GivenError for an answer that is wrong."""
    tree = scan(request.path)
    headers = headers_of(request.stacks)
    claims = claims_of(tree, headers)
    search = _Search(request)
    for claim in claims.found:
        search.look(claim)
    faint = faint_claim(tree, headers)
    if not search.found and faint.candidates and not any(not claim.folder for claim in claims.found):
        search.look(faint)
    _refuse_unknown(request, search.found)
    apps = _with_names_of_their_own(sorted(search.found, key=lambda app: app.path))
    return Found(tuple(apps), tuple(search.libraries), claims.aside, claims.more, tree.truncated)


def _front_end(folder: str, app: App) -> str | None:
    """Return the folder of the front end that an app serves, and that is no app itself then."""
    answer = app.resolution.answers.get("frontend") if app.resolution else None
    found = app.survey.facts["frontend_folder"].value if app.survey and answer and answer.value else None
    return joined(folder, found) if found else None


def _refuse_unknown(request: Request, apps: Sequence[App]) -> None:
    """Raise GivenError for an answer that none of the apps takes."""
    given = answers_file.read_outside(request.answers, request.flags)
    stacks = {app.survey.stack.name: app.survey.stack for app in apps if app.survey}
    known = {question.name for stack in stacks.values() for question in stack.questions}
    for name in sorted(given.keys() - known) if stacks else []:
        hint = f"`dockgen stacks show NAME` lists them, of {', '.join(sorted(stacks))}"
        raise GivenError(f"no app here has an answer named {name!r}", hint)


def _with_names_of_their_own(apps: Sequence[App]) -> list[App]:
    """Return the apps, those of the same name called after their folders: images would replace each other."""
    names = Counter(app.name for app in apps)
    return [_renamed(app) if app.name and names[app.name] > 1 else app for app in apps]


def _renamed(app: App) -> App:
    own = slug(app.path)
    if not own or app.survey is None or app.given.find("name"):
        return app
    given = replace(app.given, layers=(*app.given.layers, (EACH, {"name": own})))
    return settled(replace(app, given=given), app.survey)
