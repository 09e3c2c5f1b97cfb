"""What a source policy refuses is skipped with the reason; anything else stays a failure."""

from __future__ import annotations

import pytest

from e2e.refused_bases import skipped_where_refused

REFUSED = "#2 ERROR: docker.io/library/gcc:16: source denied by policy: source is denied by policy\n#3 done"


def test_a_refused_base_skips_and_names_the_image() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"docker\.io/library/gcc:16"), skipped_where_refused():
        raise AssertionError(REFUSED)


@pytest.mark.parametrize(
    "text", ["", "failed to resolve source metadata for docker.io/library/gcc:16@sha256:0: not found"]
)
def test_any_other_failure_stays_one(text: str) -> None:
    with pytest.raises(AssertionError), skipped_where_refused():
        raise AssertionError(text)
