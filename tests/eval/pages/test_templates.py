"""Pages from templates."""

from pathlib import Path

import pytest

from eval.pages.templates import rendered, save_page
from evqa.errors import InputError


def test_what_is_put_in_is_text(tmp_path: Path) -> None:
    """Markup is escaped and what turns a text round is shown, in a macro as well; filters are at hand."""
    template = tmp_path / "page.html"
    template.write_text("{% macro twice(x) %}{{ x }}{{ said }}{% endmacro %}{{ twice(said) }}{{ 'a' | up }}")
    page = rendered(template, {"said": "<b>\u202e"}, {"up": str.upper})
    assert page == "&lt;b&gt;[U+202E]" * 2 + "A"


def test_a_page_is_saved(tmp_path: Path) -> None:
    """It is written as UTF-8; a folder that isn't there is named."""
    save_page("α", tmp_path / "out.html")
    assert (tmp_path / "out.html").read_bytes() == "α".encode()
    with pytest.raises(InputError, match=r"out.html: can't be written \(No such file"):
        save_page("α", tmp_path / "none" / "out.html")
