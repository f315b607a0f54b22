"""Two invented reviews as records: bread with the usual headings and two tables, sleep with headings by topic."""

import hashlib
import re
from collections.abc import Sequence

from evqa.model import (
    Abbreviation,
    Date,
    Figure,
    Heading,
    Home,
    Integrity,
    Name,
    Outline,
    Passage,
    PassageKind,
    Reference,
    Section,
    Source,
    Statement,
    Table,
    TableRow,
)
from tests.evqa.shelf import Shelf

BREAD_HOME = Home(id="d-bread", title="Sourdough fermentation: a review")
SLEEP_HOME = Home(id="d-sleep", title="Melatonin and immunity: a review")

# A heading is "# number|title" with one more # a level; a table "| label | caption | column | …" and its
# rows "+ cell | cell"; a figure "! label | caption"; everything else is a paragraph.
BREAD = """
# |Abstract
Sourdough lowers the rise of blood sugar after a meal. Long fermentation helps most [2].
# 1|Introduction
Bakers have kept starter cultures for five thousand years [1]. Rye needs acid to bind water [3, 4].
# 2|Methods
We searched three databases for trials of sourdough bread. Two readers screened 412 records.
# 3|Results
## 3.1|Acidification of the dough
Lactobacilli (LAB) produce lactic acid within 8 h [5]. Yeast slows down below pH 4 [6].
! Figure 1 | Course of acidity in a rye dough
## 3.2|Glycaemic response
Sourdough bread lowered the peak of glucose by 20 % in healthy adults [2, 7]. White bread did not [8].
| Table 1 | Trials on glycaemia | Trial | Participants | Effect | Reference
+ Lindqvist 2012 | 14 healthy adults | lower glucose peak | [7]
+ Okafor 2018 | 22 adults with diabetes | lower insulin | [8]
| Table 2 | Starter cultures and their acids | Culture | Acid | Reference
+ Lactobacillus sanfranciscensis | acetic acid | [5]
+ Lactobacillus plantarum | lactic acid | [9]
# 4|Discussion
The colour of the crust depends on sugars that the culture leaves [10]. Fermentation time explains most differences.
# 5|Conclusions
Sourdough deserves larger trials. Gluten remains a matter of debate [11, 12].
# |Funding
The Grain Board paid for this work.
"""
SLEEP = """
# |Summary
Melatonin shifts the clock and calms the immune system [1].
# |Dosing and timing
A dose of 0.5 mg taken 5 h before bedtime advances sleep [2]. Higher doses of 5 mg bring no further gain [3].
# |Regulatory T cells at night
Regulatory T cells (Tregs) peak at two in the morning [4]. Melatonin increases the number of Tregs [5].
! Figure 1 | Counts of Tregs over a day
# |TGF-β and other signals
Transforming growth factor-β (TGF-β) falls when sleep is short [6]. Interleukin 6 (IL-6) rises [6].
| Table 1 | Studies of sleep loss | Study | Hours slept | Change
+ Nakamura 2003 | 4 | IL-6 up
# |Outlook
Trials in shift workers are under way. They will end soon.
# |Conflict of interest
None of the authors sells melatonin.
"""
# number | authors | title | journal | year | DOI
BREAD_ENTRIES = """
1|van der Meulen R; De Vuyst L|A history of sourdough|Food Microbiol|1998|10.1000/fm.1998.1
2|Lindqvist A; Öberg K|Glycaemic response to sourdough|The American Journal of Clinical Nutrition|2012|10.1000/ajcn.12
3|Long P|Rye and water binding|Cereal Chem|1987|
4|Smith-Jones MA; Green T|Pentosans in rye|Journal of Cereal Science|2005|
5|Gobbetti M; De Angelis M|Lactobacilli of sourdough|Food Microbiol|2014|
6|Best C; Long P|Yeasts at low pH|Nature|1996|10.1038/3811
7|Lindqvist A|Glucose peaks after rye bread|Nutrients|2012|
8|Okafor N; Han Y|Insulin after white bread|Diabetes Care|2018|
9|Han Y; Whiteside TL|Lactic acid bacteria and vesicles|Nutrients|2025|10.3390/nu1
10|O’Brien K|Crust colour|Cereal Chem|2010|
11|Grain Research Consortium|Gluten after fermentation|Food Chemistry|2021|
12|Whiteside TL|Gluten and immunity|Cancers|2025|
"""
SLEEP_ENTRIES = """
1|Nakamura S|Clocks and immunity|Sleep|2001|
2|Ito H; Nakamura S|Low doses of melatonin|J Pineal Res|1994|
3|Müller J|High doses of melatonin|J Pineal Res|1999|
4|Ito H|Regulatory T cells at night|Immunity|2008|
5|García-López M|Melatonin and Tregs|Front Immunol|2016|
6|Nakamura S|Sleep loss and cytokines|Sleep|2003|
"""


def entries(of: Home, printed: str) -> tuple[Reference, ...]:
    """Bibliography entries from their printed lines."""
    return tuple(_entry(of, line.split("|")) for line in printed.strip().split("\n"))


def _entry(of: Home, fields: Sequence[str]) -> Reference:
    number, authors, title, journal, year, doi = fields
    return Reference(
        number=int(number),
        document=of.id,
        title=title,
        author=tuple(_name(author) for author in authors.split("; ")),
        container_title=journal,
        issued=Date(date_parts=((int(year),),)),
        DOI=doi or None,
        raw=f"{authors}. {title}. {journal} {year}.",
    )


def _name(printed: str) -> Name:
    """ "van der Meulen R" has a family and initials, "Grain Research Consortium" is a consortium."""
    family, _, given = printed.rpartition(" ")
    return Name(family=family, given=given) if given.isupper() else Name(literal=printed)


class _Writer:
    """Lays a review out as canonical text and notes what lies where."""

    def __init__(self, home: Home) -> None:
        self.home, self.text = home, ""
        self.sections: list[Section] = []
        self.tables: list[Table] = []
        self.figures: list[Figure] = []
        self.passages: list[Passage] = []

    def put(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += text + "\n"
        return start, start + len(text)

    def line(self, line: str) -> None:
        kind, _, rest = line.partition(" ")
        writers = {"|": self.table, "+": self.row, "!": self.figure, "#": self.heading, "##": self.heading}
        if kind in writers:
            writers[kind](rest, len(kind))
        else:
            self.paragraph(line)

    def heading(self, rest: str, level: int) -> None:
        number, title = rest.split("|")
        start, end = self.put(f"{number} {title}".strip())
        self.sections.append(Section(number=number or None, title=title, level=level, start=start, end=end))

    def paragraph(self, line: str) -> None:
        abstract = self.sections[-1].title in ("Abstract", "Summary")
        for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", line):
            self.passage("abstract" if abstract else "prose", sentence)

    def table(self, rest: str, _: int) -> None:
        label, caption, *columns = rest.split(" | ")
        start, end = self.put(f"{label}. {caption}")
        self.add("caption", start, end, label)
        self.tables.append(Table(label=label, caption=caption, columns=tuple(columns), start=start, end=end))

    def row(self, rest: str, _: int) -> None:
        table = self.tables[-1]
        start, end = self.put(rest.replace(" | ", "\t"))
        row = TableRow(cells=tuple(rest.split(" | ")), start=start, end=end)
        self.tables[-1] = table.model_copy(update={"rows": (*table.rows, row), "end": end})
        self.add("table_row", start, end, table.label)

    def figure(self, rest: str, _: int) -> None:
        label, caption = rest.split(" | ")
        start, end = self.put(f"{label}. {caption}")
        self.figures.append(Figure(label=label, caption=caption, start=start, end=end))
        self.add("caption", start, end, label)

    def passage(self, kind: PassageKind, text: str) -> None:
        self.add(kind, *self.put(text))

    def add(self, kind: PassageKind, start: int, end: int, label: str | None = None) -> None:
        text = self.text[start:end]
        numbers = tuple(int(n) for marker in re.findall(r"\[([\d, ]+)\]", text) for n in marker.split(", "))
        section = self.sections[-1] if kind != "reference" else None
        self.passages.append(
            Passage(
                id="p-" + hashlib.sha256(f"{self.home.id} {start}".encode()).hexdigest()[:16],
                kind=kind,
                document=self.home,
                section=Heading(number=section.number, title=section.title) if section else None,
                start=start,
                end=end,
                text=text,
                sentences=(Statement(start=start, end=end, references=numbers),),
                references=numbers,
                label=label,
                indexed=re.sub(r"\s*\[[\d, ]+\]", "", text),
            )
        )

    def entry(self, entry: Reference) -> None:
        start, end = self.put(entry.raw)
        self.add("reference", start, end)
        own = Statement(start=start, end=end, references=(entry.number,))
        self.passages[-1] = self.passages[-1].model_copy(update={"sentences": (own,), "references": (entry.number,)})

    def spans(self, until: int) -> tuple[Section, ...]:
        """Sections that reach to the next one of their level or above."""
        return tuple(
            section.model_copy(
                update={
                    "end": next(
                        (after.start for after in self.sections[place + 1 :] if after.level <= section.level), until
                    )
                }
            )
            for place, section in enumerate(self.sections)
        )


def review(
    home: Home, body: str, bibliography: Sequence[Reference], short: dict[str, str]
) -> tuple[Outline, tuple[Passage, ...], str]:
    """Outline, passages and canonical text of a review written as above."""
    writer = _Writer(home)
    for line in body.strip().split("\n"):
        writer.line(line)
    until = len(writer.text)
    for entry in bibliography:
        writer.entry(entry)
    outline = Outline(
        document=home,
        source=Source(name=f"{home.id}.md", sha256=home.id, media_type="text/markdown"),
        sections=writer.spans(until),
        tables=tuple(writer.tables),
        figures=tuple(writer.figures),
        abbreviations=tuple(Abbreviation(short=s, long=long) for s, long in short.items()),
        integrity=Integrity(references=len(bibliography), contiguous=True, citations=0),
    )
    return outline, tuple(writer.passages), writer.text


BREAD_REFERENCES = entries(BREAD_HOME, BREAD_ENTRIES)
SLEEP_REFERENCES = entries(SLEEP_HOME, SLEEP_ENTRIES)
BREAD_OUTLINE, BREAD_PASSAGES, BREAD_TEXT = review(BREAD_HOME, BREAD, BREAD_REFERENCES, {"LAB": "Lactobacilli"})
SLEEP_OUTLINE, SLEEP_PASSAGES, SLEEP_TEXT = review(
    SLEEP_HOME,
    SLEEP,
    SLEEP_REFERENCES,
    {"Tregs": "Regulatory T cells", "TGF-β": "Transforming growth factor-β", "IL-6": "Interleukin 6"},
)
BREAD_SHELF = Shelf([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES)
SLEEP_SHELF = Shelf([SLEEP_OUTLINE], SLEEP_PASSAGES, SLEEP_REFERENCES)
BOTH = Shelf([BREAD_OUTLINE, SLEEP_OUTLINE], [*BREAD_PASSAGES, *SLEEP_PASSAGES], [*BREAD_REFERENCES, *SLEEP_REFERENCES])
TEXTS = {BREAD_HOME.id: BREAD_TEXT, SLEEP_HOME.id: SLEEP_TEXT}
