"""Options and settings that all tests share."""

import os

import pytest
from hypothesis import settings

# The same examples every time: a test that fails now and then tells nobody what broke. New ones are looked
# for by HYPOTHESIS_PROFILE=explore.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected files of tests/stacks")
