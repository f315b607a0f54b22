"""What people expect of a project is there, says one thing everywhere, and works."""

import hashlib
import re
import tomllib
from importlib.metadata import PackageMetadata, distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_setup import PINS, plain

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
# The Apache License 2.0 as it is published.
APACHE = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
# Terms that whoever passes a package on has to know of.
FURTHER = re.compile(r"\b(?:A?GPL|LGPL|MPL|EPL|CDDL|CNRI|Mozilla|Eclipse|Lesser)", re.IGNORECASE)


def text_of(name: str) -> str:
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def licence_of(metadata: PackageMetadata) -> str:
    """What a distribution says of its terms in its metadata, but for whole licence texts."""
    classifiers = [one for one in metadata.get_all("Classifier") or [] if one.startswith("License")]
    said = [metadata.get(name) or "" for name in ("License-Expression", "License")]  # type: ignore[attr-defined]
    return " ".join([*(one for one in said if len(one) < 200), *classifiers])


def recipe(target: str) -> list[str]:
    """Commands of a target of the Makefile."""
    (found,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)
    return [line.strip() for line in found.splitlines()]


def test_the_licence_is_as_published() -> None:
    """LICENSE is the published text, to the letter, and the metadata names it."""
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["license-files"] == ["LICENSE", "NOTICE"]


def test_packages_with_further_terms_are_noticed() -> None:
    """Every pinned package whose metadata names such terms stands in NOTICE, and so do model and sample."""
    notice = text_of("NOTICE")
    found = {plain(each.name): licence_of(each.metadata) for each in distributions()}
    further = {name for name, said in found.items() if FURTHER.search(said) and name in {plain(pin) for pin in PINS}}
    assert {"tqdm", "hypothesis", "pathspec"} <= further
    assert not [name for name in further if not re.search(rf"\b{re.escape(name)}\b", notice)]
    assert "all-MiniLM-L6-v2" in notice
    assert "10.3389/fimmu.2025.1601266" in notice


def test_every_review_asked_about_is_noticed() -> None:
    """As many reviews stand in NOTICE as there are gold sets of reviews, each with its DOI; the articles that other
    questions are about stand in a list of their own."""
    gold = ROOT / "eval" / "gold"
    reviews = [path for folder in (gold, gold / "unseen") for path in folder.glob("*.jsonl") if path.stem != "sample"]
    assert len(set(re.findall(r"doi (10\.\S+)", text_of("NOTICE")))) == len(reviews)
    listed = re.findall(r"^\| (PMC\d+) \| .+ \| (10\.\S+) \| CC BY", text_of("eval/gold/SOURCES.md"), re.M)
    asked = {path.stem for folder in ("articles", "grades", "drill") for path in (gold / folder).glob("PMC*.jsonl")}
    assert {name for name, _ in listed} == asked


def test_one_version_everywhere() -> None:
    """The version, the licence and the name are the same for pip, for who cites, and for who upgrades."""
    citation = yaml.safe_load(text_of("CITATION.cff"))
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert citation["title"] == PROJECT["name"]
    assert [each["name"] for each in citation["authors"]] == [each["name"] for each in PROJECT["authors"]]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert re.findall(r"^## \[([\d.]+)\]", text_of("CHANGELOG.md"), re.M)[0] == PROJECT["version"]


def test_the_folders_are_typed() -> None:
    """Every folder of the wheel says that it is typed."""
    folders = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert not [folder for folder in folders if not (ROOT / folder / "py.typed").is_file()]


def test_hooks_are_the_checks() -> None:
    """Before a commit run the tools of `make check`, in its order, all but the tests, and none that isn't there."""
    hooks = [hook for repo in yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]]
    run = [re.sub(r" --force-exclude$", "", hook["entry"]).removeprefix(".venv/bin/") for hook in hooks]
    checks = [line.removeprefix("$(BIN)/").removesuffix(" .") for line in recipe("check")]
    assert [one for one in checks if "pytest" not in one] == [
        one.replace("ruff format", "ruff format --check") for one in run
    ]


def test_the_workflow_checks_every_python() -> None:
    """The hosted check runs `make check` under every Python that the metadata names, from the oldest on."""
    workflow = yaml.safe_load(text_of(".github/workflows/check.yml"))
    (job,) = workflow["jobs"].values()
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert job["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert "make check" in [step.get("run") for step in job["steps"]]
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "README.md", "examples/README.md"])
def test_pages_name_what_there_is(page: str) -> None:
    """Every target of make and every file that a page names is there."""
    text = text_of(page)
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))
    assert set(re.findall(r"\bmake ([a-z-]+)\b(?=[`\n ]|$)", " ".join(re.findall(r"`+[^`]+`+", text)))) <= targets
    files = re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|txt|yml))`", text)
    assert not [name for name in files if not (ROOT / name).exists()]


def test_the_first_change_is_possible() -> None:
    """What CONTRIBUTING.md changes stands where it says."""
    page = text_of("CONTRIBUTING.md")
    changed, test = "ingest/markers/lookalikes.py", "tests/ingest/markers/test_lookalikes.py"
    assert f"`{changed}`" in page
    assert f"`{test}`" in page
    assert re.search(r"_LABELS = re\.compile\(\n.*schemes\?", text_of(changed))
    assert "theorem" not in text_of(changed)
    assert '"We saw (52) of them.",' in text_of(test)


def test_no_address_is_invented() -> None:
    """No mail address stands where weaknesses are reported, and no address of the project in its metadata."""
    assert not re.search(r"[\w.]+@[\w-]+\.\w", text_of("SECURITY.md") + text_of("CONTRIBUTING.md") + text_of("NOTICE"))
    assert "urls" not in PROJECT
