"""The error tree."""

import inspect

from evqa import errors


def test_tree() -> None:
    """Every error descends from the one root and says when it is raised."""
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    found = [each for each in classes if issubclass(each, Exception)]
    assert len(found) > 5
    assert all(issubclass(each, errors.EvqaError) and each.__doc__ for each in found)
    assert all(each.__doc__.startswith("When ") for each in found if each is not errors.EvqaError and each.__doc__)


def test_corpus_errors() -> None:
    """A corpus that is busy or can't be stored is an error of the corpus."""
    assert issubclass(errors.BusyError, errors.CorpusError)
    assert issubclass(errors.StorageError, errors.CorpusError)
    assert not issubclass(errors.InputError, errors.CorpusError)
