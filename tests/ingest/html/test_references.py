"""The bibliography of a page and its markers are known by the page's links, whatever the journal."""

import pytest

from tests.ingest.html.pages import entry, page_of, read_page, text_of

BUTTONS = (
    '[<a href="https://doi.org/10.1000/salt.{n}">DOI</a>] [<a href="/p">PubMed</a>] '
    '[<a href="https://g.example">Google Scholar</a>]'
)
ALL = range(1, 6)

SHAPES = {
    "numbers in attributes": (
        "ref-CR{n}",
        "<section><h2>References</h2><ol class='c-article-references'>",
        "<li class='c-article-references__item' data-counter='{n}.'>"
        "<p class='c-article-references__text' id='ref-CR{n}'>"
        "{text}</p><p class='c-article-references__links'><a href='https://doi.org/10.1000/salt.{n}'>Article</a> "
        "<a href='https://g.example'>Google Scholar</a></p></li>",
        "</ol><p><a href='r.ris'>Download references</a></p></section>",
    ),
    "labels in spans": (
        "B{n}",
        "<section id='ref-list1' class='ref-list'><h2>References</h2>"
        "<ul class='ref-list' style='list-style-type:none'>",
        "<li id='B{n}'><span class='label'>{n}.</span><cite>{text}</cite> " + BUTTONS + "</li>",
        "</ul></section>",
    ),
    "paragraphs with anchors": (
        "B{n}",
        "<h2>References</h2><div class='References'>",
        "<p class='ReferencesCopy{odd}'><a name='B{n}' id='B{n}'></a> {n}. {text} doi: 10.1000/salt.{n}</p>"
        "<p class='ReferencesCopy2'><a href='https://pubmed.example/1'>PubMed Abstract</a> | "
        "<a href='https://doi.org/10.1000/salt.{n}'>CrossRef Full Text</a></p>",
        "</div>",
    ),
    "anchors in list items": (
        "pone.0000001.ref00{n}",
        "<div class='toc-section'><a id='references'></a><h2>References</h2><ol class='references'>",
        "<li id='ref{n}'><span class='order'>{n}. </span><a name='pone.0000001.ref00{n}' id='pone.0000001.ref00{n}' "
        "class='link-target'></a>{text} "
        "<ul class='reflinks'><li><a href='https://doi.org/10.1000/salt.{n}'>View Article"
        "</a></li><li><a href='https://g.example'>Google Scholar</a></li></ul></li>",
        "</ol></div>",
    ),
    "definitions": (
        "bib{n}",
        "<section class='bibliography' id='bi1'><h2>References</h2><section id='bs1'><dl class='references'>",
        "<dt class='label'><a href='#bbib{n}'>[{n}]</a></dt>"
        "<dd class='reference' id='sbib{n}'><span id='bib{n}'></span>"
        "{text} <a href='https://doi.org/10.1000/salt.{n}'>View article</a></dd>",
        "</dl></section></section>",
    ),
    "numbers that the browser counts": (
        "B{n}-salt-01-00001",
        "<section id='html-references_list'><h2>References</h2><ol class='html-xx'>",
        "<li id='B{n}-salt-01-00001' class='html-x' data-content='{n}.'>{text} "
        "[<a href='https://g.example'>Google Scholar</a>] [<a href='https://doi.org/10.1000/salt.{n}'>CrossRef</a>]</li>",
        "</ol></section>",
    ),
    "tags in brackets": (
        "bib.bib{n}",
        "<section class='ltx_bibliography' id='bib'><h2>References</h2><ul class='ltx_biblist'>",
        "<li id='bib.bib{n}' class='ltx_bibitem'><span class='ltx_tag'>[{n}]</span> "
        "<span class='ltx_bibblock'>{text}</span> https://doi.org/10.1000/salt.{n}</li>",
        "</ul></section>",
    ),
    "links back to the text": (
        "cite_note-{n}",
        "<h2>References</h2><div class='reflist'><ol class='references'>",
        "<li id='cite_note-{n}'><span class='mw-cite-backlink'><b><a href='#cite_ref-{n}'>^</a></b></span> "
        "<span class='reference-text'>{text} doi:10.1000/salt.{n}</span></li>",
        "</ol></div>",
    ),
}


def linked(name: str) -> str:
    """A page whose bibliography has one of these shapes; its third entry is never cited alone."""
    target, before, item, after = SHAPES[name]
    entries = "".join(item.format(n=n, text=entry(n), odd=1 + n % 2) for n in ALL)
    link = lambda n, words: f'<a id="cite_ref-{n}" href="#{target.format(n=n)}">{words}</a>'  # noqa: E731
    return page_of(text_of(link) + before + entries + after)


@pytest.mark.parametrize("shape", SHAPES)
def test_links_bind_markers_to_entries(shape: str) -> None:
    """Each shape gives the five entries with numbers, fields and DOIs; ranges between two links are expanded."""
    found = read_page(linked(shape))
    assert [r.number for r in found.references] == list(ALL)
    assert [r.title for r in found.references] == [f"Grains of kind {n}" for n in ALL]
    assert [r.DOI for r in found.references] == [f"10.1000/salt.{n}" for n in ALL]
    assert [(c.marker, c.references) for c in found.citations] == [
        ("[1]", (1,)),
        ("[2, 5]", (2, 5)),
        ("[2–4]", (2, 3, 4)),
    ]
    assert not found.integrity.unresolved
    assert found.integrity.contiguous


@pytest.mark.parametrize("shape", SHAPES)
def test_buttons_are_no_text(shape: str) -> None:
    """What is printed beside entries for other sites, and the site's own menus, isn't part of the text."""
    text = read_page(linked(shape)).text
    for words in ("Google Scholar", "Download references", "Menu of the site", "Privacy", "CrossRef", "PubMed"):
        assert words not in text


def test_author_year_links_bind() -> None:
    """Names and years that link to unnumbered entries are bound, also two in one bracket."""

    def link(n: int, words: str) -> str:
        return f'<a href="#ref-{n}" role="doc-biblioref">{words}</a>'

    body = text_of(lambda n, _: "").replace("[]", "").replace("[, ]", "").replace("[–]", "")
    body = body.replace(
        "The first",
        f"Doe and Smith ({link(1, '2011')}) saw it ({link(2, 'Roe et al., 2012')}; {link(3, 'Poe, 2013')}). The first",
    )
    entries = "".join(f'<div id="ref-{n}" class="csl-entry" role="listitem">{entry(n)}</div>' for n in ALL)
    found = read_page(
        page_of(body + f'<h2>References</h2><div id="refs" class="references csl-bib-body">{entries}</div>')
    )
    assert [c.references for c in found.citations] == [(1,), (2, 3)]
    assert [r.number for r in found.references] == list(ALL)


def test_raised_links_bind() -> None:
    """Superscripts around links and within them are markers, behind the word that they stand at."""

    def link(n: int, words: str) -> str:
        return f'<a href="#B{n}">{words}</a>'

    body = text_of(link)
    body = body.replace("was a baker [", "was a baker<sup>").replace("1</a>]", "1</a></sup>")
    body = body.replace(
        f"[{link(2, '2')}, {link(5, '5')}]", f"{link(2, '<sup>2</sup>')}<sup>,</sup>{link(5, '<sup>5</sup>')}"
    )
    entries = "".join(f'<li id="B{n}"><span class="label">{n}.</span> {entry(n)}</li>' for n in ALL)
    found = read_page(page_of(body + f'<h2>References</h2><ul class="ref-list">{entries}</ul>'))
    assert [(c.marker, c.references) for c in found.citations][:2] == [("¹", (1,)), ("²,⁵", (2, 5))]
    assert "a baker¹." in found.text


def test_a_link_to_a_lost_entry_is_unresolved() -> None:
    """A link like the others whose entry isn't there is reported, not dropped."""
    page = linked("labels in spans").replace('[<a id="cite_ref-1" href="#B1">1</a>]', '[<a href="#B77">77</a>]')
    assert [(u.marker, u.missing) for u in read_page(page).integrity.unresolved] == [("[77]", (77,))]


def test_links_to_figures_and_notes_are_no_markers() -> None:
    """Links to figures, sections and affiliations cite nothing."""
    page = linked("labels in spans").replace(
        "<h2>Kitchens</h2>",
        '<h2 id="sec2">Kitchens</h2><p>See <a href="#fig1">Figure 1</a> and <a href="#sec2">2</a>.</p>'
        '<figure id="fig1"><figcaption>Figure 1. A pan in 2020.</figcaption></figure>',
    )
    found = read_page(page)
    assert len(found.citations) == 3
    assert [(f.label, f.caption) for f in found.figures] == [("Figure 1", "A pan in 2020.")]


def test_without_links_the_print_counts() -> None:
    """A page without links to its list is read as printed; a numbered list shows its numbers."""
    entries = "".join(f"<li>{entry(n)}</li>" for n in ALL)
    found = read_page(page_of(text_of(lambda _, words: words) + f"<h2>References</h2><ol>{entries}</ol>"))
    assert [c.references for c in found.citations] == [(1,), (2, 5), (2, 3, 4)]
    assert [r.number for r in found.references] == list(ALL)


@pytest.mark.parametrize(
    ("opening", "first", "printed"),
    [
        ("<ol>", " value='10'", range(10, 15)),
        ("<ol reversed>", "", range(5, 0, -1)),
        ("<ol start='3'>", "", range(3, 8)),
    ],
)
def test_a_list_counts_as_html_says(opening: str, first: str, printed: range) -> None:
    """An item's own number, a list's start and a reversed list give the numbers that a browser prints."""
    items = "".join(f"<li{first if at == 0 else ''}>Pan {n}</li>" for at, n in enumerate(printed))
    text = read_page(
        linked("labels in spans").replace("<h2>Kitchens</h2>", f"<h2>Kitchens</h2>{opening}{items}</ol>")
    ).text
    assert [f"{n}. Pan {n}" in text for n in printed] == [True] * 5


def test_entries_have_the_numbers_of_their_list() -> None:
    """The second entry of a list whose first has the value 10 is number 11, as links to it print."""
    entries = "".join(f"<li id='B{n}'{' value=10' if n == 1 else ''}>{entry(n)}</li>" for n in ALL)
    body = text_of(lambda n, _: f'<a href="#B{n}">{n + 9}</a>')
    found = read_page(page_of(f"{body}<h2>References</h2><ol class='references'>{entries}</ol>"))
    assert [r.number for r in found.references] == list(range(10, 15))
    assert [(c.marker, c.references) for c in found.citations][:2] == [("[10]", (10,)), ("[11, 14]", (11, 14))]
