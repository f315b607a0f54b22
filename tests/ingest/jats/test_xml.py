"""Hardened parsing of JATS."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from evqa.errors import InputError
from ingest.jats.xml import DEEPEST, article_in
from tests.ingest.jatsmade import article, reading

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" '
    '"JATS-archivearticle1.dtd">'
)


def _refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        article_in(data, "a.xml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_real_doctype() -> None:
    """A DOCTYPE with a public identifier is read past: no DTD is looked for."""
    assert reading(DOCTYPE + article("<p>Salt melts.</p>")).text.endswith("Salt melts.")


def test_named_characters() -> None:
    """HTML's names become characters, with a DOCTYPE and without."""
    xml = article("<p>TGF-&beta;&nbsp;&lt; 5 &amp; more.</p>")
    for prolog in ("", DOCTYPE):
        assert reading(prolog + xml).text.endswith("TGF-β < 5 & more.")


@pytest.mark.parametrize("place", ["<p>Big &b9; one.</p>", '<p id="&b9;">Big one.</p>'])
@pytest.mark.parametrize("levels", [9, 39])
def test_entity_bomb(levels: int, place: str) -> None:
    """Entities made of entities are never expanded, in text or attributes: they stay as printed or are refused."""
    times = 10 if levels == 9 else 2
    made = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * times}">' for n in range(1, levels + 1))
    data = f'<!DOCTYPE article [<!ENTITY b0 "salt">{made}]>{article(place)}'.encode()
    started = time.perf_counter()
    with suppress(InputError):
        assert "saltsalt" not in reading(data).text
    assert time.perf_counter() - started < 5


def test_external_entity(tmp_path: Path) -> None:
    """A file that an entity points to isn't read."""
    (tmp_path / "secret.txt").write_text("pepper")
    declared = f'<!DOCTYPE article [<!ENTITY own SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert "pepper" not in reading(declared + article("<p>See &own; here.</p>")).text


def test_depth() -> None:
    """Elements nested deeper than the limit are refused; those at the limit are read."""

    def nested(depth: int) -> bytes:
        return article("<p>" + "<bold>" * depth + "salt" + "</bold>" * depth + "</p>").encode()

    assert "nested deeper" in _refusal(nested(DEEPEST))
    assert reading(nested(DEEPEST - 3)).text.endswith("salt")


@pytest.mark.parametrize(
    "tags", [("sec",), ("list", "list-item", "p"), ("boxed-text",), ("sup",), ("table-wrap-foot", "fn", "p")]
)
def test_deep_blocks(tags: tuple[str, ...]) -> None:
    """Blocks nested to the limit don't exhaust the stack."""
    times = (DEEPEST - 6) // len(tags)
    opened, closed = "".join(f"<{t}>" for t in tags), "".join(f"</{t}>" for t in reversed(tags))
    assert reading(article("<p>" + opened * times + "<bold>salt</bold>" + closed * times + "</p>")).text.endswith(
        "salt"
    )


def test_malformed() -> None:
    """Malformed XML names the line."""
    assert "malformed XML at line 2 " in _refusal(b"<article>\n<body><p>Salt</body></article>")
    assert "malformed XML at line 1 " in _refusal(b"no XML at all")
    assert "malformed XML" in _refusal(b"")


@pytest.mark.parametrize("root", ["html", "TEI", "feed"])
def test_not_jats(root: str) -> None:
    """Another kind of XML is refused by its root's name, even with an element called article in it."""
    assert f"the root is <{root}>" in _refusal(f"<{root}><article><p>Salt</p></article></{root}>".encode())


def test_wrappers() -> None:
    """The article within a harvested record is read; of two none can be chosen."""
    inner = article("<p>Salt melts.</p>")
    record = (
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><GetRecord><record>{}</record></GetRecord></OAI-PMH>"
    )
    assert reading(record.format(inner)).text.endswith("Salt melts.")
    assert "holds 2 articles" in _refusal(f"<pmc-articleset>{inner}{inner}</pmc-articleset>".encode())


def test_default_namespace() -> None:
    """Tags in a default namespace mean the same."""
    plain = article("<p>Salt melts.</p>")
    spaced = plain.replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ', 1)
    assert reading(spaced).text == reading(plain).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    """The declared encoding or the byte order mark is followed."""
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    xml = f'<?xml version="1.0" encoding="{declared}"?>' + article("<p>Café crème.</p>")
    assert reading(xml.encode(encoding)).text.endswith("Café crème.")


def test_comments_and_instructions() -> None:
    """Comments and processing instructions vanish and part no words."""
    assert reading(article("<p>Sa<!-- no -->lt <?page 3?>melts.</p>")).text.endswith("Salt melts.")


def test_reasons_are_in_our_words() -> None:
    """An article without its parts, the parser's limits and places in a line are told without its options."""
    assert "the root is <article>, which has no front, body or back" in _refusal(b"<article/>")
    assert "nested deeper than" in _refusal(
        b"<article><body>" + b"<sec>" * 400 + b"</sec>" * 400 + b"</body></article>"
    )
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    said = _refusal(f'<!DOCTYPE article [<!ENTITY b0 "salt">{bomb}]><article a="&b9;"/>'.encode())
    assert "xmlCtxt" not in said
    assert _refusal(b"no XML at all").count("line 1") == 1
