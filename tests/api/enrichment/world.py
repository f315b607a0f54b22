"""A server of this machine that speaks the interfaces of Crossref, Europe PMC, OpenAlex and Unpaywall.

The records are the tests' own. What a source does wrong is told to it beforehand, request by request.
"""

import json
import re
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Json = dict[str, Any]
SOURCES = ("crossref", "europepmc", "openalex", "unpaywall")


@dataclass(frozen=True)
class Paper:
    """A work that the world knows. `notices`: kind, DOI, day and where it is told: "by", "to", "pubmed" or "flag"."""

    doi: str
    title: str
    authors: tuple[tuple[str, str], ...] = (("Berg", "Jan"), ("Moss", "Ada"))
    year: int = 2020
    journal: str = "Journal of Mosses"
    volume: str = "12"
    page: str = "1-9"
    abstract: str = ""
    license: str = ""
    pmcid: str = ""
    pmid: str = ""
    notices: tuple[tuple[str, str, str, str], ...] = ()
    text: bytes = b""
    unknown_to: frozenset[str] = frozenset()


Fault = Callable[["_Handler"], None]


@dataclass
class World:
    """The records, what goes wrong, and what was asked: `log` has (source, path), `answered` counts (source, DOI)."""

    papers: Sequence[Paper]
    address: str = ""
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    log: list[tuple[str, str]] = field(default_factory=list)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _by_doi: dict[str, Paper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the papers."""
        self._by_doi = {each.doi.lower(): each for each in self.papers}

    def settings(self) -> dict[str, str]:
        """The settings by which this world is asked."""
        return {f"EVQA_{name.upper()}": f"{self.address}/{name}" for name in SOURCES} | {
            "EVQA_MAILTO": "ada@example.org",
            "EVQA_OPENALEX_KEY": "k-1",
        }

    def wrong(self, source: str, *faults: Fault) -> None:
        """The next requests to a source go wrong so."""
        self.faults[source].extend(faults)

    def of(self, doi: str, source: str) -> Paper | None:
        """A paper that a source knows."""
        found = self._by_doi.get(doi.lower())
        return found if found and source not in found.unknown_to else None

    def count(self, source: str, dois: Sequence[str]) -> None:
        """Note that a source was asked about these works and answered."""
        with self.lock:
            self.answered.update((source, doi.lower()) for doi in dois)

    def asked(self, source: str) -> int:
        """The number of requests that a source has had."""
        return sum(name == source for name, _ in self.log)


def crossref_item(paper: Paper) -> Json:
    """A paper as Crossref has it."""
    told = [n for n in paper.notices if n[3] == "by"]
    return {
        "DOI": paper.doi,
        "type": "journal-article",
        "title": [paper.title],
        "container-title": [paper.journal],
        "author": [{"family": family, "given": given, "sequence": "first"} for family, given in paper.authors],
        "issued": {"date-parts": [[paper.year, 5]]},
        "volume": paper.volume,
        "page": paper.page,
        **({"abstract": f"<jats:p>{paper.abstract}</jats:p>"} if paper.abstract else {}),
        **({"updated-by": [_update(kind, doi, day) for kind, doi, day, _ in told]} if told else {}),
    }


def _update(kind: str, doi: str, day: str) -> Json:
    parts = [int(part) for part in day.split("-")]
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": "publisher", "updated": {"date-parts": [parts]}}


def notice_item(paper: Paper, notice: tuple[str, str, str, str]) -> Json:
    """A notice about a paper, as a work of Crossref's own."""
    kind, doi, day, _ = notice
    update = {**_update(kind, paper.doi, day), "source": "retraction-watch"}
    return {"DOI": doi, "type": "journal-article", "title": [f"Retraction: {paper.title}"], "update-to": [update]}


def europepmc_item(paper: Paper) -> Json:
    """A paper as Europe PMC has it."""
    told = [n for n in paper.notices if n[3] == "pubmed"]
    return {
        "id": paper.pmid or "1",
        "source": "MED",
        "pmid": paper.pmid or "1",
        **({"pmcid": paper.pmcid} if paper.pmcid else {}),
        "doi": paper.doi,
        "title": f"{paper.title}.",
        "authorList": {
            "author": [{"fullName": f"{f} {g[0]}", "lastName": f, "firstName": g} for f, g in paper.authors]
        },
        "journalInfo": {
            "volume": paper.volume,
            "yearOfPublication": paper.year,
            "monthOfPublication": 5,
            "journal": {"title": paper.journal},
        },
        "pubYear": str(paper.year),
        "pageInfo": paper.page,
        "abstractText": paper.abstract,
        "license": paper.license,
        "pubTypeList": {"pubType": ["Journal Article", *(["Retracted Publication"] if told else [])]},
        "commentCorrectionList": {
            "commentCorrection": [{"id": "9", "source": "MED", "type": f"{kind} in"} for kind, *_ in told]
        },
    }


def openalex_item(paper: Paper) -> Json:
    """A paper as OpenAlex has it."""
    words: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(paper.abstract.split()):
        words[word].append(place)
    return {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/{paper.doi}",
        "title": paper.title,
        "publication_year": paper.year,
        "authorships": [{"author": {"display_name": f"{given} {family}"}} for family, given in paper.authors],
        "biblio": {"volume": paper.volume, "first_page": paper.page.split("-")[0]},
        "primary_location": {"source": {"display_name": paper.journal}, "license": paper.license or None},
        "is_retracted": any(where == "flag" for *_, where in paper.notices),
        "abstract_inverted_index": dict(words) or None,
    }


def jats(paper: Paper, said: str, license: str = "https://creativecommons.org/licenses/by/4.0/") -> bytes:
    """An article of one paragraph."""
    people = "".join(
        f'<contrib contrib-type="author"><name><surname>{f}</surname><given-names>{g}</given-names></name></contrib>'
        for f, g in paper.authors
    )
    return f"""<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">{paper.doi}</article-id>
<title-group><article-title>{paper.title}</article-title></title-group><contrib-group>{people}</contrib-group>
<pub-date pub-type="epub"><year>{paper.year}</year></pub-date>
<permissions><license xlink:href="{license}"><license-p>Open.</license-p></license></permissions>
<abstract><p>{paper.abstract}</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>{said}</p></sec></body></article>""".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        world = self.server.world
        parts = urlsplit(self.path)
        source, _, rest = parts.path.lstrip("/").partition("/")
        with world.lock:
            world.log.append((source, self.path))
            fault = world.faults[source].popleft() if world.faults[source] else None
        if fault:
            fault(self)
            return
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        getattr(self, f"_{source}")(unquote(rest), query)

    def _crossref(self, path: str, query: Mapping[str, str]) -> None:
        world = self.server.world
        if doi := path.removeprefix("works").lstrip("/"):
            found = world.of(doi, "crossref")
            world.count("crossref", [doi])
            self.json({"status": "ok", "message-type": "work", "message": crossref_item(found)} if found else None)
            return
        if asked := query.get("query.bibliographic"):
            words = set(re.findall(r"\w{4,}", asked.lower()))
            ranked = sorted(world.papers, key=lambda p: -len(words & set(re.findall(r"\w{4,}", p.title.lower()))))
            self._crossref_list([crossref_item(p) for p in ranked[: int(query["rows"])]], query)
            return
        wanted = [each.partition(":") for each in query["filter"].split(",")]
        if any(not name or not doi for name, _, doi in wanted):
            self.json({"status": "failed", "message-type": "validation-failure"}, 400)
            return
        dois = [doi for _, _, doi in wanted]
        known = [p for doi in dois if (p := world.of(doi, "crossref"))]
        if wanted[0][0] == "updates":
            world.count("crossref-updates", dois)
            self._crossref_list([notice_item(p, n) for p in known for n in p.notices if n[3] in ("to", "by")], query)
        else:
            world.count("crossref", [p.doi for p in known])
            self._crossref_list([crossref_item(p) for p in known], query)

    def _crossref_list(self, items: list[Json], query: Mapping[str, str]) -> None:
        rows, cursor = int(query.get("rows", 20)), query.get("cursor")
        start = 0 if cursor in (None, "*") else int(cursor.removeprefix("c"))
        page = {"total-results": len(items), "items": items[start : start + rows]}
        self.json({"status": "ok", "message": page | ({"next-cursor": f"c{start + rows}"} if cursor else {})})

    def _europepmc(self, path: str, query: Mapping[str, str]) -> None:
        world = self.server.world
        if path.endswith("/fullTextXML"):
            pmcid = path.partition("/")[0]
            found = next((p for p in world.papers if p.pmcid == pmcid and p.text), None)
            world.count("europepmc-text", [pmcid])
            self.send(404 if found is None else 200, "application/xml", found.text if found else b"")
            return
        assert query["resultType"] == "core"
        asked = query["query"]
        if title := re.match(r'TITLE:"([^"]*)"', asked):
            known = [p for p in world.papers if p.title.lower() == title[1].lower()]
        elif pmid := re.match(r"EXT_ID:(\d+)", asked):
            known = [p for p in world.papers if p.pmid == pmid[1]]
        else:
            dois = re.findall(r'DOI:"([^"]+)"', asked)
            known = [p for doi in dois if (p := world.of(doi, "europepmc"))]
            world.count("europepmc", dois)
        results = [europepmc_item(p) for p in known if "europepmc" not in p.unknown_to]
        self.json({"hitCount": len(known), "nextCursorMark": "AoE", "resultList": {"result": results}})

    def _openalex(self, path: str, query: Mapping[str, str]) -> None:
        world = self.server.world
        if query.get("api_key") != "k-1":
            self.json({"error": "key"}, 403)
            return
        dois = query["filter"].removeprefix("doi:").split("|")
        known = [p for doi in dois if (p := world.of(doi, "openalex"))]
        world.count("openalex", dois)
        self.json({"meta": {"count": len(known), "next_cursor": None}, "results": [openalex_item(p) for p in known]})

    def _unpaywall(self, path: str, query: Mapping[str, str]) -> None:
        world = self.server.world
        if "@" not in query.get("email", ""):
            self.json({"error": True}, 422)
            return
        found = world.of(path, "unpaywall")
        world.count("unpaywall", [path])
        place = {"license": found.license or None, "pmh_id": None, "url": "https://a.example"} if found else None
        self.json({"doi": path, "title": found.title, "year": found.year, "best_oa_location": place} if found else None)

    def json(self, body: Json | None, status: int = 200) -> None:
        """Send JSON, or 404 for None."""
        if body is None:
            self.send(404, "text/plain", b"Resource not found.")
        else:
            self.send(status, "application/json", json.dumps(body).encode())

    def send(self, status: int, media: str, body: bytes, **headers: str) -> None:
        """Send a reply."""
        self.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        for name, value in self.server.world.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        """A client that goes away is nothing to tell of."""
        with suppress(ConnectionError):
            super().handle()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    world: World


def status(code: int, **headers: str) -> Fault:
    """A reply of that status."""
    return lambda handler: handler.send(code, "text/plain", b"no", **headers)


def sending(body: bytes, media: str = "application/json") -> Fault:
    """A reply of these bytes."""
    return lambda handler: handler.send(200, media, body)


def html() -> Fault:
    """A login page in place of a reply."""
    return sending(b"<!DOCTYPE html><html><body>Log in</body></html>", "text/html")


def moved(to: str) -> Fault:
    """A redirect."""
    return lambda handler: handler.send(302, "text/plain", b"", Location=to)


def cut() -> Fault:
    """A reply that ends before its length."""

    def fault(handler: "_Handler") -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"message": {"items": [')
        handler.close_connection = True

    return fault


def slow(seconds: float) -> Fault:
    """A reply that takes long."""

    def fault(handler: "_Handler") -> None:
        time.sleep(seconds)
        handler.send(200, "application/json", b"{}")

    return fault


@contextmanager
def serving(papers: Sequence[Paper]) -> Iterator[World]:
    """The world on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.world = World(papers, f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
