"""The evidence as one self-contained HTML page."""

from __future__ import annotations

from dockgen.verify.model import Evidence


def html_report(evidence: Evidence) -> str:
    """Return the page."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("dockgen.verify.report", "."), autoescape=True)
    return environment.get_template("page.html.j2").render(evidence=evidence)
