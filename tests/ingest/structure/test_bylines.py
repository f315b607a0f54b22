"""Authors and affiliations taken apart from the abstract."""

from ingest.structure.bylines import with_bylines_apart
from ingest.structure.piece import Piece
from tests.ingest.marked import marked

NAMES = marked("Ann Arbor<sup>1</sup> and Ben Bay<sup>2</sup> <sup>1</sup>School of Salt, Saltville,")
ABSTRACT = tuple(
    map(
        marked,
        (
            "Salt is a mineral that people have eaten for a long time.",
            "It melts ice on the roads of the north in winter,",
            "and keeps food fresh where there is no ice at all.",
            "Here we tell of its many uses.",
        ),
    )
)


def test_names_and_abstract_in_one_paragraph_are_two() -> None:
    """What follows the last affiliation is the abstract; the country that ends the address stays with it."""
    lines = (NAMES, marked(f"Norway {ABSTRACT[0].text}"), *ABSTRACT[1:])
    title = Piece("heading", (marked("Salt"),), level=1)
    _, names, abstract = with_bylines_apart([title, Piece("paragraph", lines)])
    assert names.lines == (NAMES, marked("Norway"))
    assert abstract.lines == ABSTRACT


def test_text_with_markers_stays_whole() -> None:
    """A paragraph that doesn't begin with raised signs, or stands behind the first heading, isn't cut."""
    cited = Piece("paragraph", (*ABSTRACT[:2], marked("as is known.<sup>3</sup>"), *ABSTRACT, *ABSTRACT))
    heading = Piece("heading", (marked("1 Introduction"),), level=2)
    named = Piece("paragraph", (NAMES, *ABSTRACT))
    assert with_bylines_apart([cited, heading, named]) == [cited, heading, named]
