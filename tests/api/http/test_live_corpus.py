"""A corpus kept open for requests."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from api.http.live_corpus import LiveCorpus
from evqa.corpus.corpus import Corpus
from evqa.errors import CorpusError
from index.corpus import open_corpus


class Opener:
    """Opens the default corpus of a home, and counts what is open."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.opened = self.closed = 0

    def __call__(self) -> tuple[Corpus, Callable[[], None]]:
        """See LiveCorpus."""
        corpus = open_corpus(self.home, "default")
        self.opened += 1

        def close() -> None:
            self.closed += 1
            corpus.close()

        return corpus, close


@pytest.fixture
def opener(own_home: Path) -> Opener:
    """Opens the default corpus."""
    return Opener(own_home)


@pytest.fixture
def live(own_home: Path, opener: Opener) -> LiveCorpus:
    """Keeps it open."""
    return LiveCorpus(own_home / "corpora" / "default", opener)


def published(home: Path) -> None:
    """What publishing does last: the file that names the generation is replaced."""
    current = home / "corpora" / "default" / "current"
    fresh = current.with_suffix(".fresh")
    shutil.copyfile(current, fresh)
    fresh.replace(current)


def test_one_opening_serves_many(live: LiveCorpus, opener: Opener) -> None:
    """While nothing is published, one generation is given to all, and none is closed."""
    with live.generation() as one, live.generation() as other:
        assert one is other
    assert (opener.opened, opener.closed) == (1, 0)
    live.close()
    assert opener.closed == 1


def test_a_request_ends_on_the_generation_it_began_with(own_home: Path, live: LiveCorpus, opener: Opener) -> None:
    """What is published meanwhile is given to the next request; the old one is closed when the last has let go."""
    with live.generation() as first:
        with live.generation() as second:
            published(own_home)
            assert live.newest is None
            with live.generation() as third:
                assert first is second is not third
            assert second.corpus.references()
        assert opener.closed == 0
        assert first.corpus.references()
    assert (opener.opened, opener.closed) == (2, 1)
    live.close()
    assert opener.closed == 2


def test_who_waits_for_the_newest_gets_it(own_home: Path, live: LiveCorpus, opener: Opener) -> None:
    """After `renew` the generation published last is open; where it is already, nothing happens."""
    live.renew()
    published(own_home)
    live.renew()
    live.renew()
    assert live.newest is not None
    assert (opener.opened, opener.closed) == (2, 1)
    live.close()


def test_a_corpus_that_is_gone_is_let_go(own_home: Path, live: LiveCorpus, opener: Opener) -> None:
    """Removed, it can't be held any more, and nothing of it stays open; put back, it can."""
    folder = own_home / "corpora" / "default"
    with live.generation():
        folder.rename(folder.with_name("away"))
    with pytest.raises(CorpusError, match="no corpus 'default'"), live.generation():
        pass
    assert (opener.opened, opener.closed) == (1, 1)
    folder.with_name("away").rename(folder)
    with live.generation() as found:
        assert found.state.documents == 1
    live.close()


def test_many_requests_while_much_is_published(own_home: Path, live: LiveCorpus, opener: Opener) -> None:
    """Requests of several threads never meet a closed generation, and every generation but the last is closed."""
    failed: list[BaseException] = []
    stop = Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                with live.generation() as generation:
                    assert generation.corpus.frequency("vesicles") > 0
        except BaseException as error:
            failed.append(error)

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    deadline = time.monotonic() + 240
    while opener.opened < 5 and not failed and time.monotonic() < deadline:
        published(own_home)
        time.sleep(0.001)
    stop.set()
    for each in threads:
        each.join()
    assert not failed
    assert opener.opened >= 5
    assert opener.closed == opener.opened - 1
    live.close()
    assert opener.closed == opener.opened
