"""The open corpora of a server, and the threads that ask them."""

import asyncio
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.errors import AbsentError, OverloadError
from api.http.app import create_app
from api.http.body_cache import Body
from api.http.routes.asking import AskQuestion, answered
from api.http.served import Service
from api.opening import sample_name
from evqa.errors import CorpusError, UsageError
from evqa.model import Answer
from evqa.settings import Settings
from index.writer import writing
from ingest.passages import passages
from ingest.reader import read
from tests.api.http.clients import QUESTION, problem_of, ready
from tests.api.running import Run


async def bodies(service: Service, asked: Iterable[AskQuestion]) -> list[Body]:
    """The body of each question, asked at once."""
    wanted = [
        service.body(each.corpus, (each.question, each.k), lambda corpus, each=each: answered(each, corpus, service))  # type: ignore[misc]
        for each in asked
    ]
    return await asyncio.gather(*wanted)


def fingerprint(body: Body) -> str:
    """The fingerprint that an answer names."""
    return Answer.model_validate_json(body.content).corpus.fingerprint


def test_kept_or_computed_the_bytes_are_the_same(own_home: Path, own_service: Service) -> None:
    """With room for earlier bodies and without, alone and many at once, the same question has the same bytes."""
    asked = [AskQuestion(question=QUESTION, k=k) for k in (1, 5, 1, 5, 5)]
    plain = Service(Settings(home=str(own_home)), threads=3, room=0)
    kept, again, computed = (asyncio.run(bodies(each, asked)) for each in (own_service, own_service, plain))
    assert [body.content for body in kept] == [body.content for body in again] == [body.content for body in computed]
    assert own_service.bodies.taken > 0
    assert plain.bodies.taken == 0
    assert kept[0] is again[0]
    plain.close()


def test_answers_come_from_one_generation_or_the_next(own_home: Path, own_service: Service, moss: Path) -> None:
    """While documents are stored and taken out again, every answer is whole, of a published state, and the last ones
    are of the last."""
    document = read(moss)
    stop = threading.Event()
    found: set[str] = set()
    failed: list[BaseException] = []

    def ask_on() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                asked = [AskQuestion(question=f"{QUESTION}{' ' * (number % 7)}", k=k) for k in (1, 3)]
                found.update(map(fingerprint, asyncio.run(bodies(own_service, asked))))
        except BaseException as error:
            failed.append(error)

    with own_service.generation(None) as generation:
        published = [generation.state.fingerprint]
    asking = threading.Thread(target=ask_on)
    asking.start()
    for _ in range(2):
        with writing(own_home, "default", own_service.settings.model) as writer:
            writer.put(document, passages(document))
        own_service.renew("default")
        with own_service.generation(None) as generation:
            published.append(generation.state.fingerprint)
        with writing(own_home, "default", own_service.settings.model) as writer:
            writer.remove(document.id)
    stop.set()
    asking.join()
    assert not failed
    assert len(set(published)) == 2
    assert found <= set(published)
    assert fingerprint(asyncio.run(bodies(own_service, [AskQuestion(question=QUESTION)]))[0]) == published[0]
    assert len(list((own_home / "corpora/default/generations").glob("[0-9]*"))) <= 2


def test_a_question_of_the_services_own_shuts_no_corpus(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus is warmed up with its first title; where that fails for a reason nobody foresaw, it is open still."""

    def broken(*_: object) -> None:
        raise IndexError("out of range")

    with monkeypatch.context() as patch:
        patch.setattr("api.http.served.ask", broken)
        service = Service(Settings(home=str(own_home)))
        with service.generation(None) as generation:
            assert generation.corpus.outlines()
    service.close()


def test_two_corpora_share_the_query_model(own_home: Path, own_service: Service) -> None:
    """Each is asked under its name, and one model in memory serves both."""
    shutil.copytree(own_home / "corpora" / "default", own_home / "corpora" / "second")
    asked = [AskQuestion(question=QUESTION, corpus=name) for name in ("default", "second", "default")]
    found = asyncio.run(bodies(own_service, asked))
    names = [Answer.model_validate_json(body.content).corpus.name for body in found]
    assert names == ["default", "second", "default"]
    assert len(own_service.encoders) == 1


def test_a_removed_corpus_is_absent(own_home: Path, own_service: Service) -> None:
    """What was answered from it isn't given any more."""
    shutil.copytree(own_home / "corpora" / "default", own_home / "corpora" / "second")
    asked = [AskQuestion(question=QUESTION, corpus="second")]
    assert asyncio.run(bodies(own_service, asked))
    shutil.rmtree(own_home / "corpora" / "second")
    with pytest.raises(AbsentError, match="'second': there is default"):
        asyncio.run(bodies(own_service, asked))


@pytest.mark.parametrize("name", ["..", "a/b", "../default", "", "x" * 65, "a\0b"])
def test_no_name_leads_out_of_the_folder(own_service: Service, name: str) -> None:
    """A name that isn't a corpus's is refused with its value."""
    with pytest.raises(UsageError, match="corpus name"), own_service.generation(name):
        pass


def test_too_much_work_is_refused(own_home: Path) -> None:
    """With one thread and room for one to wait, the third is refused, and later there is room again."""
    service = Service(Settings(home=str(own_home)), threads=1, waiting=1)
    release = threading.Event()

    async def overloaded() -> None:
        waiting = [asyncio.create_task(service.run(lambda: release.wait(30))) for _ in range(2)]
        await asyncio.sleep(0)
        assert service.work.size == 2
        with pytest.raises(OverloadError, match="2 requests"):
            await service.run(lambda: None)
        release.set()
        assert await asyncio.gather(*waiting) == [True, True]
        assert await service.run(lambda: 7) == 7

    asyncio.run(overloaded())
    service.close()


def test_without_a_corpus_the_sample_is_asked(bare_home: Path, evqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the command line, and in the same bytes; a corpus of the name default takes its place."""
    monkeypatch.setenv("EVQA_HOME", str(bare_home))
    service = Service(Settings(home=str(bare_home)))
    body = asyncio.run(bodies(service, [AskQuestion(question=QUESTION)]))[0]
    assert body.content == evqa("ask", QUESTION, "--json").out.removesuffix("\n").encode()
    sample = next((bare_home / "corpora").glob("sample.*"))
    shutil.copytree(sample, bare_home / "corpora" / "default")
    assert service.resolved(None) == "default"
    shutil.rmtree(bare_home / "corpora" / "default")
    assert service.resolved(None) == sample.name
    service.close()


def test_a_sample_that_is_named_is_built(own_home: Path, own_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample is indexed where it is asked for by its name, though there is a corpus of the user's own; where that
    fails, the reason is said."""
    sample = sample_name(own_service.settings)
    with monkeypatch.context() as patch:
        patch.setattr("api.http.served.SAMPLE_PROGRAM", "api.http.nowhere")
        with pytest.raises(CorpusError, match=r"can't be indexed .*nowhere"), own_service.generation(sample):
            pytest.fail("opened")
    with own_service.generation(sample) as generation:
        assert (generation.state.name, generation.state.documents) == (sample, 1)


def test_without_a_default_the_only_corpus_is_asked(own_home: Path) -> None:
    """As on the command line; of several one has to be named, and the first stands for all when the server starts."""
    corpora = own_home / "corpora"
    (corpora / "default").rename(corpora / "mine")
    app = create_app(Service(Settings(home=str(own_home))))
    with TestClient(app, raise_server_exceptions=False) as made:
        client = ready(made)
        asked = {"question": QUESTION}
        assert client.post("/v1/ask", json=asked).json()["corpus"]["name"] == "mine"
        shutil.copytree(corpora / "mine", corpora / "other")
        for path in ("/v1/ask", "/v1/search"):
            found = problem_of(client, "POST", path, json=asked)
            assert (found["status"], "there is mine, other; name one as `corpus`" in found["detail"]) == (422, True)
        assert client.post("/v1/ask", json={**asked, "corpus": "other"}).json()["corpus"]["name"] == "other"
        assert client.get("/readyz").json()["corpus"]["name"] == "mine"


def test_serving_loads_nothing_for_bulk(home: Path) -> None:
    """A server that answers holds neither the bulk model's packages nor the exports'."""
    code = (
        "import asyncio, sys; from api.http.app import create_app; from api.http.served import Service\n"
        "from evqa.settings import Settings\n"
        f"service = Service(Settings(home={str(home)!r})); create_app(service)\n"
        "with service.generation(None): print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert not {"torch", "transformers", "sentence_transformers"} & set(done.stdout.split())
