"""Collections in BEIR's layout are read strictly."""

from pathlib import Path

import pytest

from eval.runs.collection import load_collection
from evqa.errors import InputError
from tests.eval.invented_collection import written_collection


def test_a_collection_is_read(tmp_path: Path) -> None:
    """Documents in order, the judged queries alone, and each judgement with its gain."""
    found = load_collection(written_collection(tmp_path))
    assert [text.id for text in found.documents] == ["moss-1", "moss/2", "moss-3", "moss-4"]
    assert [query.id for query in found.queries] == ["q1", "q2"]
    assert found.gains == {"q1": {"moss-1": 1, "moss-3": 0}, "q2": {"moss/2": 1, "lost": 1}}
    assert (found.name, found.judgements) == ("mosses", ("test.tsv",))


def test_test_judgements_go_before_others(tmp_path: Path) -> None:
    """Where there is no test.tsv all judgements are read; where there is one, only that."""
    root = written_collection(tmp_path, "train.tsv")
    (root / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tmoss-4\t2\n")
    assert load_collection(root).judgements == ("dev.tsv", "train.tsv")
    assert load_collection(root).gains["q1"] == {"moss-4": 2, "moss-1": 1, "moss-3": 0}
    (root / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq2\tmoss-4\t1\n")
    assert load_collection(root).gains == {"q2": {"moss-4": 1}}


def test_its_content_is_that_of_its_documents(tmp_path: Path) -> None:
    """Another document is another content; other queries aren't."""
    root = written_collection(tmp_path)
    before = load_collection(root).content
    (root / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq2\tmoss-4\t1\n")
    assert load_collection(root).content == before
    with (root / "corpus.jsonl").open("a") as file:
        file.write('\n{"_id": "moss-5", "text": "More."}')
    assert load_collection(root).content != before


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "b"}', r"corpus.jsonl line 2: text: Field required"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', "the id 'a' occurs more than once"),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}', r"queries.jsonl: has no query 'q2'"),
        (
            "qrels/test.tsv",
            "heading\nq1 moss-1 1\n",
            r"test.tsv line 2: \['q1 moss-1 1'\] isn't a judgement; give query, document and gain",
        ),
        ("qrels/test.tsv", "heading\nq1\tmoss-1\tyes\n", r"test.tsv line 2"),
    ],
)
def test_what_can_not_be_used_is_named(tmp_path: Path, file: str, text: str, message: str) -> None:
    """File, line and value stand in the error."""
    root = written_collection(tmp_path)
    (root / file).write_text(text)
    with pytest.raises(InputError, match=message):
        load_collection(root)


def test_a_folder_without_judgements_is_none(tmp_path: Path) -> None:
    """The layout that is wanted is said."""
    root = written_collection(tmp_path)
    (root / "qrels" / "test.tsv").unlink()
    with pytest.raises(InputError, match=r"no qrels/\*.tsv; give a folder with corpus.jsonl"):
        load_collection(root)


def test_the_shared_collection_loads(shared: Path) -> None:
    """5,183 abstracts and 809 judged claims."""
    found = load_collection(shared / "scifact")
    assert (len(found.documents), len(found.queries), found.judgements) == (5183, 809, ("train.tsv",))
