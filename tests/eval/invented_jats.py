"""An invented article as JATS and as Markdown, for tests of the reader benchmark."""

FRONT = """<front><article-meta><title-group><article-title>Salt and light</article-title></title-group>
<abstract><p>Salt glows <xref ref-type="bibr" rid="r1">1</xref>.</p></abstract></article-meta></front>"""


def ref(number: int, title: str, doi: str = "", label: bool = True) -> str:
    """A `ref` with the id r<number>."""
    printed = f"<label>{number}.</label>" if label else ""
    link = f'<pub-id pub-id-type="doi">{doi}</pub-id>' if doi else ""
    return (
        f'<ref id="r{number}">{printed}<element-citation publication-type="journal"><name><surname>Oak</surname>'
        f"<given-names>A</given-names></name><article-title>{title}</article-title><source>J Salt</source>"
        f"<year>2001</year>{link}</element-citation></ref>"
    )


def cite(rids: str, printed: str) -> str:
    """An `xref` to entries."""
    return f'<xref ref-type="bibr" rid="{rids}">{printed}</xref>'


def article(body: str, refs: str, floats: str = "", back: str = "") -> str:
    """A JATS article."""
    group = f"<floats-group>{floats}</floats-group>" if floats else ""
    return (
        f'<?xml version="1.0"?><article article-type="review-article">{FRONT}<body>{body}</body>'
        f"<back>{back}<ref-list><title>References</title>{refs}</ref-list></back>{group}</article>"
    )


TITLES = (
    "Lamps of salt in cold rooms",
    "Quartz under slow pressure",
    "Rivers that carry light",
    "Dunes and their hidden water",
    "Winter storms over glass",
)
JATS = article(
    "<sec><title>Introduction</title>"
    f"<p>Old lamps glow longest in cold rooms [{cite('r1', '1')}]. Quartz bends slowly under the weight of ice "
    f"[{cite('r2', '2')}–{cite('r4', '4')}].</p></sec>",
    "".join(ref(n, title, f"10.1000/salt.{n}") for n, title in enumerate(TITLES, start=1)),
    f"<fig><caption><p>A dune by night, drawn after a photograph [{cite('r5', '5')}].</p></caption></fig>",
)
MARKDOWN = "\n".join(
    [
        "# Salt and light",
        "",
        "## Introduction",
        "",
        "Old lamps glow longest in cold rooms [1]. Quartz bends slowly under the weight of ice [2–4].",
        "",
        "Figure 1. A dune by night, drawn after a photograph [5].",
        "",
        "## References",
        "",
        *(
            f"{n}. Oak A. {title}. J Salt. 2001;{n}(1):10-12. doi:10.1000/salt.{n}\n"
            for n, title in enumerate(TITLES, start=1)
        ),
    ]
)
