"""Make a database: what a source would hold of the works that articles cite, and of works easily taken for them.

Records differ from printed entries as those of real databases do: names of journals written out, all authors with given
names, the year of publication online, numbers of articles for pages, markup in titles, subtitles lost, other spellings.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from eval.identifying.entries import telling
from eval.identifying.journal_names import written_out
from evqa.language.words import squeeze
from evqa.model import Date, Name, Reference
from evqa.works.records import FoundWork
from evqa.works.same_work import plain_doi

SEED = 20261
SOURCE = "made"
# How the DOIs of works begin that no article cites under a DOI.
MADE = "10.5555/made."
_SPELLINGS = (
    ("tumor", "tumour"), ("leukemia", "leukaemia"), ("hemo", "haemo"), ("anemia", "anaemia"),
    ("pediatric", "paediatric"),
    ("behavior", "behaviour"), ("color", "colour"), ("fiber", "fibre"), ("estrogen", "oestrogen"),
    ("esophag", "oesophag"),
    ("randomized", "randomised"), ("characterization", "characterisation"), ("utilization", "utilisation"),
    ("localization", "localisation"), ("immunization", "immunisation"), ("aging", "ageing"), ("sulfur", "sulphur"),
    ("analyz", "analys"), ("ization", "isation"),
)  # fmt: skip
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "δ": "delta", "μ": "mu"}
_GIVEN = (
    "Anna Andreas Beatriz Benjamin Carla Chen Daniel Diana Elena Emil Fatima Felix Grace Georg Hana Hiroshi Ines Ivan "
    "Julia James Katarina Kenji Laura Liang Maria Michael Nadia Noah Olga Oscar Paula Peter Qing Quentin Rosa Robert "
    "Sofia Stefan Teresa Thomas Ursula Umberto Vera Viktor Wei William Xin Xavier Yan Yusuf Zoe Zhen"
).split()
_GROUPS = ("on behalf of the Study Group", "The Collaborative Trial Investigators")
_ASIDES = (
    ("Erratum: {}", True),
    ("Correction to: {}", True),
    ("Corrigendum to “{}”", True),
    ("Comment on “{}”", False),
    ("Re: {}", False),
    ("Reply to: {}", True),
    ("Response to comment on “{}”", True),
)


class Maker:
    """Makes records from entries; the same entry gives the same record."""

    def __init__(self, entries: Sequence[Reference]) -> None:
        self._entries = entries
        self._families = sorted({name.family for entry in entries for name in entry.author if name.family})

    def record(self, entry: Reference) -> FoundWork:
        """What a database holds of the work."""
        chance = random.Random(f"{SEED} {entry.DOI} {entry.title}")  # noqa: S311 – repeatable, not secret
        year = entry.year
        if year and chance.random() < 0.25:
            year -= 1
        elif year and chance.random() < 0.03:
            year += 1
        return FoundWork(
            source=SOURCE,
            type="journal-article",
            title=_title(entry.title or "", chance),
            author=self._authors(entry, chance),
            container_title=_journal(entry.container_title or "", chance),
            issued=Date(date_parts=((year,),)) if year and chance.random() > 0.01 else None,
            volume=None if chance.random() < 0.04 else entry.volume,
            issue=entry.issue,
            page=_page(entry.page, chance),
            DOI=plain_doi(entry.DOI) if entry.DOI else None,
        )

    def near_misses(self, entry: Reference) -> Iterator[FoundWork]:
        """Other works that databases hold beside this one, and that are easily taken for it."""
        chance = random.Random(f"{SEED} near {entry.DOI} {entry.title}")  # noqa: S311 – repeatable, not secret
        own = self.record(entry)
        title, year = entry.title or "", entry.year or 2010
        later = Date(date_parts=((year + chance.choice((0, 0, 1, 2)),),))
        moved = {"volume": str(chance.randint(1, 90)), "page": _pages(chance), "issued": later, "DOI": None}
        others = self._others(chance)
        for form, is_own in chance.sample(_ASIDES, 2):
            yield own.model_copy(
                update={**moved, "title": form.format(title), "author": own.author if is_own else others}
            )
        part = chance.choice(("{}. II", "{}: Part 2", "{}—Part II. Further observations"))
        yield own.model_copy(update={**moved, "title": part.format(title)})
        yield own.model_copy(
            update={
                "title": title,
                "container_title": chance.choice(("bioRxiv", "medRxiv", "Research Square", "SSRN Electronic Journal")),
                "issued": Date(date_parts=((year - chance.choice((0, 1)),),)),
                "volume": None,
                "page": None,
                "DOI": None,
                "type": "posted-content",
            }
        )
        if chance.random() < 0.5:
            yield own.model_copy(
                update={
                    **moved,
                    "author": own.author[: max(1, len(own.author) - 2)],
                    "issued": Date(date_parts=((year - chance.choice((1, 2)),),)),
                    "container_title": chance.choice(("Blood", "Journal of Clinical Oncology", "Annals of Oncology")),
                    "page": str(chance.randint(1000, 9000)),
                }
            )
        yield own.model_copy(update={**moved, "title": self._reworded(title, chance)})
        # Abstracts and letters share a page; authors have two papers in one issue.
        yield own.model_copy(update={"title": self._any_title(chance), "author": others, "DOI": None})
        yield own.model_copy(update={"title": self._reworded(title, chance), "page": _pages(chance), "DOI": None})
        yield own.model_copy(
            update={
                **moved,
                "title": _edition(title, year, chance),
                "issued": Date(date_parts=((year + chance.choice((-6, -4, -3, 3, 4, 6)),),)),
                "author": (*others[:2], *own.author[1:3]),
            }
        )
        yield own.model_copy(
            update={**moved, "title": title, "author": others, "container_title": self._any_journal(chance)}
        )
        if chance.random() < 0.1:
            yield own.model_copy(
                update={
                    **moved,
                    "container_title": "Cochrane Database of Systematic Reviews",
                    "page": f"CD{chance.randint(0, 13000):06}",
                }
            )

    def of_title(self, title: str) -> FoundWork:
        """A work of which only the title is given, with a journal and authors as others have."""
        chance = random.Random(f"{SEED} {title}")  # noqa: S311 – repeatable, not secret
        return FoundWork(
            source=SOURCE,
            title=title,
            author=self._others(chance),
            container_title=self._any_journal(chance),
            issued=Date(date_parts=((chance.randint(1990, 2020),),)),
            volume=str(chance.randint(1, 300)),
            page=_pages(chance),
        )

    def _others(self, chance: random.Random) -> tuple[Name, ...]:
        return tuple(self._name(chance) for _ in range(chance.randint(1, 8)))

    def _name(self, chance: random.Random) -> Name:
        return Name(family=chance.choice(self._families), given=chance.choice(_GIVEN))

    def _any_journal(self, chance: random.Random) -> str:
        return written_out(chance.choice(self._entries).container_title or "Nature")

    def _any_title(self, chance: random.Random) -> str:
        return self._reworded(chance.choice(self._entries).title or "", chance)

    def _reworded(self, title: str, chance: random.Random) -> str:
        """A title on the same matter: some of its words replaced by those of another."""
        spare = telling(chance.choice(self._entries).title or "") or ["analysis"]
        own = telling(title)
        for word in chance.sample(own, min(len(own), chance.randint(2, 4))):
            title = title.replace(word, chance.choice(spare), 1)
        return title

    def _authors(self, entry: Reference, chance: random.Random) -> tuple[Name, ...]:
        names = [_whole(name, chance) for name in entry.author]
        if "et al" in entry.raw:
            names += [self._name(chance) for _ in range(chance.randint(1, 8))]
        draw = chance.random()
        if draw < 0.02:
            return ()
        if draw < 0.05:
            names = names[:1]
        elif draw < 0.08:
            names.append(Name(literal=chance.choice(_GROUPS)))
        elif draw < 0.11:
            names = [name.model_copy(update={"family": _bare(name.family or "") or None}) for name in names]
        elif draw < 0.13:
            names = [name.model_copy(update={"family": (name.family or "").upper() or None}) for name in names]
        return tuple(names)


def database(
    bibliographies: Mapping[str, Sequence[Reference]], titles: Sequence[str], size: int
) -> tuple[FoundWork, ...]:
    """Make `size` records: the works of all bibliographies and of the titles, and near misses for what room is left.

    A work that several articles cite is made from the tagging of the first of them.
    """
    cited = [entry for entries in bibliographies.values() for entry in entries if entry.title]
    with_doi: dict[str, Reference] = {}
    for entry in cited:
        if entry.DOI:
            with_doi.setdefault(plain_doi(entry.DOI), entry)
    taken = {squeeze(entry.title or "") for entry in with_doi.values()}
    rest = {squeeze(entry.title or ""): entry for entry in cited if not entry.DOI}
    works = [*with_doi.values(), *(entry for title, entry in rest.items() if title not in taken)]
    maker = Maker(cited)
    made = [*map(maker.record, works), *map(maker.of_title, titles)]
    near = [miss for entry in works for miss in maker.near_misses(entry)]
    random.Random(SEED).shuffle(near)  # noqa: S311 – repeatable, not secret
    return tuple(
        each if each.DOI else each.model_copy(update={"DOI": f"{MADE}{place}"})
        for place, each in enumerate([*made, *near][:size])
    )


def is_made(record: FoundWork) -> bool:
    """Whether a record isn't of a work that an article cites under a DOI."""
    return (record.DOI or "").startswith(MADE)


def _title(title: str, chance: random.Random) -> str:
    """A title as a database may hold it. Several changes may meet."""
    if chance.random() < 0.05:
        title = re.split(r"\s*[:–—]\s+", title, maxsplit=1)[0]
    if chance.random() < 0.3:
        for one, other in _SPELLINGS:
            title = re.sub(other if other in title else one, one if other in title else other, title)
    if chance.random() < 0.3:
        title = "".join(_GREEK.get(letter, letter) for letter in title)
    if chance.random() < 0.2:
        title = title.replace(" and ", " &amp; ", 1)
    if chance.random() < 0.1:
        title = title.replace("-", chance.choice((" ", "‐", "")), 1)
    if chance.random() < 0.05:
        title = _bare(title)
    if chance.random() < 0.03 and len(title) > 20:
        at = chance.randrange(5, len(title) - 5)
        title = title[:at] + title[at + 1 :]
    words = title.split(" ")
    if chance.random() < 0.12 and len(words) > 3:
        at = chance.randrange(len(words))
        words[at] = f"<i>{words[at]}</i>"
    title = " ".join(words)
    if chance.random() < 0.04 and "<" not in title and "&" not in title:
        title = title.upper()
    return title + chance.choice(("", "", "", "", ".", "*", "†"))


def _edition(title: str, year: int, chance: random.Random) -> str:
    """The title of another year's edition, as of a guideline."""
    printed = re.search(r"\b(?:19|20)\d\d\b", title)
    other = str(year + chance.choice((-4, 3, 5)))
    if printed:
        return title.replace(printed[0], other)
    return f"{title}: {other} update" if chance.random() < 0.5 else f"{title}: an update"


def _journal(journal: str, chance: random.Random) -> str | None:
    if not journal:
        return None
    if chance.random() < 0.25:
        return journal
    whole = written_out(journal)
    if chance.random() < 0.1:
        whole = whole.replace(" and ", " &amp; ")
    if chance.random() < 0.1 and not whole.startswith("The "):
        whole = f"The {whole}"
    return whole


def _page(page: str | None, chance: random.Random) -> str | None:
    draw = chance.random()
    if not page or draw < 0.08:
        return None
    first, _, last = page.partition("-")
    if draw < 0.11:
        return str(chance.randint(100_000, 999_999))
    if draw < 0.3 or not last:
        return first
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def _pages(chance: random.Random) -> str:
    first = chance.randint(1, 3000)
    return f"{first}-{first + chance.randint(1, 20)}"


def _whole(name: Name, chance: random.Random) -> Name:
    """A person with a given name in full, where only initials are printed."""
    initial = (name.given or "")[:1].upper()
    fitting = [given for given in _GIVEN if given.startswith(initial)] if initial else []
    if not name.family or not fitting or len((name.given or "").replace(".", "").split(" ")[0]) > 3:
        return name
    return name.model_copy(update={"given": chance.choice(fitting)})


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
