"""Ruby: what Rails builds by others' tools."""

from pathlib import Path

from unit.stacks.changed_cases import CASES, changed_case


def test_a_front_end_that_rails_has_node_build_is_told(tmp_path: Path) -> None:
    lock = (CASES / "ruby" / "rails-jsbundling" / "project" / "Gemfile.lock").read_text()
    gems = lock.replace("  specs:\n", "  specs:\n    shakapacker (9.3.2)\n", 1)
    made = changed_case(tmp_path / "it", "ruby/rails-jsbundling", {"Gemfile.lock": gems})
    assert any("shakapacker builds the front end" in notice.message for notice in made.notices)
    made = changed_case(tmp_path / "none", "ruby/rails-jsbundling", {})
    assert not any("builds the front end" in notice.message for notice in made.notices)
