"""POST /v1/ask/batch."""

import pytest

from api.http.routes.batches import EXAMPLE, BatchResults
from tests.api.http.clients import QUESTION, UNANSWERED, Client, problem_of

BATCH = "/v1/ask/batch"


def test_each_question_has_its_result(client: Client) -> None:
    """Answers, refusals and problems come in the order of the questions, each under its id; one mistake stops none."""
    asked = [
        {"id": "a", "question": QUESTION, "k": 1},
        {"id": 2, "question": UNANSWERED},
        {"id": "c", "question": " "},
        {"question": QUESTION, "corpus": "nowhere"},
        {"id": "e", "question": QUESTION, "kk": 1},
        {"id": [1], "question": QUESTION},
    ]
    response = client.post(BATCH, json={"questions": asked})
    assert response.status_code == 200
    results = BatchResults.model_validate_json(response.content).results
    assert [each.id for each in results] == ["a", 2, "c", None, "e", None]
    assert [each.answer and each.answer.status for each in results[:2]] == ["answered", "insufficient_evidence"]
    problems = [each.problem for each in results[2:]]
    assert [each and each.status for each in problems] == [422, 404, 422, 422]
    assert all(each.answer is None for each in results[2:])
    assert problems[2]
    assert "questions.4.kk" in problems[2].detail


def test_an_answer_has_the_bytes_of_a_single_one(client: Client) -> None:
    """What stands in a batch is what `/v1/ask` gives, to the byte, and the batch itself is the same again."""
    single = client.post("/v1/ask", json={"question": QUESTION, "k": 2})
    body = {"questions": [{"question": QUESTION, "k": 2}]}
    first, again = client.post(BATCH, json=body), client.post(BATCH, json=body)
    assert first.text == f'{{"results":[{{"id":null,"answer":{single.text},"problem":null}}]}}'
    assert first.content == again.content


def test_an_id_that_cant_be_written_is_the_problem_of_one(client: Client) -> None:
    """Half a character as an id doesn't take the other answers along."""
    body = '{"questions": [{"id": "a", "question": "What do vesicles carry?"}, {"id": "\\ud800", "question": "x"}]}'
    sent = client.post("/v1/ask/batch", content=body, headers={"Content-Type": "application/json"})
    assert sent.status_code == 200
    first, second = sent.json()["results"]
    assert (first["id"], first["problem"]) == ("a", None)
    assert (second["id"], second["problem"]["status"]) == (None, 422)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "questions"),
        ({"questions": []}, "at least 1"),
        ({"questions": [{"question": "x"}] * 51}, "at most 50"),
        ({"questions": ["x"]}, "questions.0"),
        ({"questions": [{"question": "x"}], "k": 3}, "body k"),
    ],
)
def test_a_batch_that_cant_be_read_is_a_problem(client: Client, body: dict[str, object], words: str) -> None:
    """What isn't a batch is refused as a whole."""
    problem = problem_of(client, "POST", BATCH, json=body)
    assert problem["status"] == 422
    assert words in problem["detail"]


def test_every_answer_is_counted(client: Client) -> None:
    """The counters of answers grow by those of the batch."""

    def counted() -> float:
        lines = client.get("/metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith("evqa_answers_total{"))

    before = counted()
    client.post(BATCH, json={"questions": [{"question": QUESTION}, {"question": UNANSWERED}, {"question": ""}]})
    assert counted() == before + 2


def test_a_failure_inside_is_the_problem_of_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is a problem of that question alone, and tells nothing of the inside."""
    given = iter([ValueError("secret")])

    def fails_once(*_: object, **__: object) -> None:
        raise next(given)

    monkeypatch.setattr("api.http.routes.asking.answer_to", fails_once)
    asked = [{"question": "Something that nobody asked before?"}, {"question": QUESTION}]
    first, second = client.post(BATCH, json={"questions": asked}).json()["results"]
    assert (first["problem"]["status"], "secret" in str(first)) == (500, False)
    assert second["answer"]["status"] == "answered"


def test_the_example_is_a_result() -> None:
    """What the description shows can be read as what the endpoint gives."""
    assert [bool(each.answer) for each in BatchResults.model_validate(EXAMPLE).results] == [True, False]
