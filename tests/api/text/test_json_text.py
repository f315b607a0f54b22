"""JSON as it is printed."""

import json

from api.text.json_text import json_text
from evqa.model import Name


def test_records_are_found_at_any_depth() -> None:
    """Records in lists and dicts are written under their JSON names, compactly, characters as they are."""
    assert json_text({"a": [Name(family="Müller"), (1, None)]}) == '{"a":[{"family":"Müller"},[1,null]]}'


def test_it_is_json() -> None:
    """What is written reads back."""
    assert json.loads(json_text({"β": 'a "quote"\n'})) == {"β": 'a "quote"\n'}
