"""The layouts that articles are set in: who sets them, how they cite and print their entries."""

from dataclasses import dataclass

from eval.typesetting.browser import BrowserLayout
from eval.typesetting.latex import LatexLayout
from eval.typesetting.office import OfficeLayout
from eval.typesetting.restyle import MarkerStyle


@dataclass(frozen=True)
class Layout:
    """A layout: marker style, style of the entries, and what sets it."""

    markers: MarkerStyle
    entries: str
    setter: LatexLayout | BrowserLayout | OfficeLayout


_FANCY = r"\usepackage{fancyhdr}"
_GEOMETRY = r"\usepackage[a4paper,margin={}]{{geometry}}"
_HANGING = r"\usepackage[authoryear,round]{natbib}\setlength{\bibhang}{1.2em}\setlength{\bibsep}{1pt}"

LAYOUTS = {
    "elsevier-names": Layout(
        MarkerStyle("author-year"),
        "elsevier",
        LatexLayout(
            r"\documentclass[10pt,twocolumn,twoside]{article}\usepackage{mathptmx}" + _GEOMETRY.format("18mm") + _FANCY,
            front="elsevier",
            columns=2,
            named=True,
            natbib=_HANGING,
            link="both",
            small=r"\footnotesize",
        ),
    ),
    "elsarticle": Layout(
        MarkerStyle("[n]"),
        "elsevier-numbered",
        LatexLayout(
            r"\documentclass[final,5p,times,twocolumn]{elsarticle}",
            front="elsarticle",
            columns=2,
            numbered=True,
            small=r"\footnotesize",
        ),
    ),
    "elsarticle-names": Layout(
        MarkerStyle("author-year", both=" and "),
        "elsevier",
        LatexLayout(
            r"\documentclass[review,12pt,authoryear]{elsarticle}\usepackage{lineno}\AtBeginDocument{\linenumbers}",
            front="elsarticle",
            named=True,
            link="both",
        ),
    ),
    "ieee": Layout(
        MarkerStyle("[n]"),
        "ieee",
        LatexLayout(
            r"\documentclass[journal]{IEEEtran}",
            front="ieee",
            columns=2,
            small=r"\footnotesize",
            numbered=True,
            heading="References",
        ),
    ),
    "springer": Layout(
        MarkerStyle("author-year", comma=" ", both=" and "),
        "springer",
        LatexLayout(
            r"\documentclass[10pt,twocolumn,twoside]{article}\usepackage{mathptmx}" + _GEOMETRY.format("16mm") + _FANCY,
            front="publisher",
            columns=2,
            named=True,
            natbib=_HANGING,
            link="year",
            small=r"\footnotesize",
        ),
    ),
    "apa": Layout(
        MarkerStyle("author-year", both=" & "),
        "apa",
        LatexLayout(
            r"\documentclass[11pt,twoside]{article}\usepackage{mathpazo}" + _GEOMETRY.format("28mm") + _FANCY,
            front="publisher",
            named=True,
            natbib=_HANGING,
            link="whole",
        ),
    ),
    "apa-columns": Layout(
        MarkerStyle("author-year", both=" & "),
        "apa",
        LatexLayout(
            r"\documentclass[9pt,twocolumn,twoside]{extarticle}\usepackage{charter}"
            + _GEOMETRY.format("18mm")
            + _FANCY,
            front="publisher",
            columns=2,
            named=True,
            natbib=_HANGING.replace("1pt", "4pt"),
            link="both",
            small=r"\footnotesize",
        ),
    ),
    "square-names": Layout(
        MarkerStyle("author-year", brackets="[]", comma=", "),
        "mnras",
        LatexLayout(
            r"\documentclass[9pt,twocolumn,twoside]{extarticle}\usepackage{mathptmx}"
            + _GEOMETRY.format("18mm")
            + _FANCY,
            front="publisher",
            columns=2,
            named=True,
            natbib=_HANGING.replace("1.2em", "0.8em"),
            link="whole",
            small=r"\footnotesize",
        ),
    ),
    "flush-names": Layout(
        MarkerStyle("author-year", comma=", ", both=" and "),
        "springer",
        LatexLayout(
            r"\documentclass[10pt,twoside]{article}\usepackage{mathptmx}" + _GEOMETRY.format("25mm") + _FANCY,
            front="publisher",
            named=True,
            natbib=_HANGING.replace("1.2em", "0pt").replace("1pt", "5pt"),
            link="year",
        ),
    ),
    "bmc": Layout(
        MarkerStyle("[n]"),
        "bmc",
        LatexLayout(
            r"\documentclass[10pt,twocolumn,twoside]{article}\usepackage{mathptmx}" + _GEOMETRY.format("18mm") + _FANCY,
            front="publisher",
            label="#1.",
            columns=2,
            small=r"\footnotesize",
        ),
    ),
    "frontiers": Layout(
        MarkerStyle("(n)"),
        "vancouver",
        LatexLayout(
            r"\documentclass[10pt,twocolumn,twoside]{article}\usepackage{mathpazo}" + _GEOMETRY.format("18mm") + _FANCY,
            front="publisher",
            label="#1.",
            columns=2,
            small=r"\footnotesize",
            heading="REFERENCES",
        ),
    ),
    "nature": Layout(
        MarkerStyle("superscript"),
        "nature",
        LatexLayout(
            r"\documentclass[9pt,twocolumn,twoside]{extarticle}\usepackage{mathptmx}"
            + _GEOMETRY.format("16mm")
            + _FANCY,
            front="publisher",
            label="#1.",
            columns=2,
            small=r"\scriptsize",
        ),
    ),
    "superscript-after": Layout(
        MarkerStyle("superscript", after_stop=True),
        "acs",
        LatexLayout(
            r"\documentclass[10pt,twoside]{article}\usepackage[scaled]{helvet}\renewcommand\familydefault{\sfdefault}"
            + _GEOMETRY.format("25mm")
            + _FANCY,
            front="publisher",
            label="(#1)",
        ),
    ),
    "superscript-brackets": Layout(
        MarkerStyle("superscript", brackets="[]"),
        "vancouver",
        LatexLayout(
            r"\documentclass[10pt,twocolumn,twoside]{article}\usepackage{mathptmx}" + _GEOMETRY.format("18mm") + _FANCY,
            front="elsevier",
            label="[#1]",
            columns=2,
            small=r"\footnotesize",
        ),
    ),
    "superscript-labels": Layout(
        MarkerStyle("superscript", after_stop=True),
        "aps",
        LatexLayout(
            r"\documentclass[aps,prl,twocolumn,superscriptaddress]{revtex4-2}",
            front="revtex",
            label=r"\textsuperscript{#1}",
            columns=2,
        ),
    ),
    "manuscript": Layout(
        MarkerStyle("(n)"),
        "vancouver",
        LatexLayout(
            r"\documentclass[12pt]{article}\usepackage{mathptmx}\usepackage{lineno}\usepackage{setspace}\AtBeginDocument{\doublespacing\linenumbers}"
            + _GEOMETRY.format("25mm"),
            label="#1.",
            small=r"\normalsize",
        ),
    ),
    "llncs": Layout(
        MarkerStyle("[n]"),
        "springer",
        LatexLayout(r"\documentclass[runningheads]{llncs}", front="plain", label="#1.", numbered=True),
    ),
    "web-names": Layout(
        MarkerStyle("author-year", both=" & "),
        "apa",
        BrowserLayout(
            ".text { columns: 2; column-gap: 7mm } .entry { padding-left: 4mm; text-indent: -4mm }", numbered=False
        ),
    ),
    "web-names-flush": Layout(
        MarkerStyle("author-year", both=" and "),
        "elsevier",
        BrowserLayout("body { font-family: sans-serif } .entry { margin-bottom: 5pt }", numbered=False),
    ),
    "web-names-square": Layout(
        MarkerStyle("author-year", brackets="[]", comma=" "),
        "springer",
        BrowserLayout(
            "body { hyphens: auto } .text { columns: 2; column-gap: 6mm } .entry { margin-bottom: 3pt }", numbered=False
        ),
    ),
    "web-three": Layout(
        MarkerStyle("superscript", after_stop=True),
        "vancouver",
        BrowserLayout(
            "body { font-size: 8pt; hyphens: auto } .text { columns: 3; column-gap: 5mm } .refs { font-size: 6.5pt }"
        ),
    ),
    "web-numbers": Layout(
        MarkerStyle("[n]"),
        "elsevier-numbered",
        BrowserLayout(
            ".text { columns: 2 } .entry { position: relative; padding-left: 7mm } "
            ".label { position: absolute; left: 0 }",
            label="[{}]",
        ),
    ),
    "web-plain": Layout(MarkerStyle("(n)"), "vancouver", BrowserLayout("body { font-size: 11pt; text-align: left }")),
    "office-names": Layout(
        MarkerStyle("author-year", both=" & "), "apa", OfficeLayout(size=12, height=200, label="", hanging=12)
    ),
    "office-columns": Layout(
        MarkerStyle("author-year", both=" and "), "springer", OfficeLayout(size=9, columns=2, label="", hanging=5)
    ),
    "office-flush": Layout(
        MarkerStyle("author-year", comma=" ", both=" and "),
        "elsevier",
        OfficeLayout(font="Carlito", size=10, columns=2, label="", hanging=0, gap=1.5),
    ),
    "office-superscript": Layout(
        MarkerStyle("superscript"), "vancouver", OfficeLayout(size=10, columns=2, label="{}.", hanging=6)
    ),
    "office-numbers": Layout(
        MarkerStyle("[n]"), "nature", OfficeLayout(font="Liberation Sans", size=11, label="[{}]", hanging=9)
    ),
}
