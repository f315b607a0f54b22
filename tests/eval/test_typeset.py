"""Choosing the layouts of an article."""

from pathlib import Path

from eval.reading.manifest import ManifestRow
from eval.typeset import chosen, half
from eval.typesetting.layouts import LAYOUTS


def row(pmc: str, style: str = "[n]") -> ManifestRow:
    """An article of a manifest."""
    return ManifestRow(pmc=pmc, style=style, xml=Path(f"{pmc}.xml"))


def test_layouts_are_chosen_by_number() -> None:
    """The same article gets the same layouts; articles differ; both halves and both kinds of link occur."""
    names = list(LAYOUTS)
    many = [str(n) for n in range(40)]
    assert [list(chosen(row(n), names, 2)) for n in many] == [list(chosen(row(n), names, 2)) for n in many]
    taken = [one for n in many for one in chosen(row(n), names, 2)]
    assert len({name for name, _ in taken}) > len(names) / 2
    assert {is_linked for _, is_linked in taken} == {True, False}
    assert {half(n) for n in many} == {"a", "b"}


def test_articles_that_cite_by_name_keep_doing_so() -> None:
    """An author–year article can't get numbers, since its markers print none."""
    kinds = {LAYOUTS[name].markers.kind for name, _ in chosen(row("1", "author-year"), list(LAYOUTS), 20)}
    assert kinds == {"author-year"}
