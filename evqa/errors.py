"""Every error that evqa raises on purpose. `api/errors.py` turns them into exit codes."""


class EvqaError(Exception):
    """Root of the tree: raised near the cause, with the value and the next step in its message."""


class UsageError(EvqaError):
    """When an argument, a setting or a question can't be used as given."""


class InputError(EvqaError):
    """When a file can't be read: missing, empty, wrongly encoded, encrypted, damaged, without text, too large."""


class MarkerError(EvqaError):
    """When a printed marker can't be expanded: a range that runs backwards or spans too much."""


class IntegrityError(EvqaError):
    """When a document's numbering or markers aren't sound and that wasn't allowed."""


class CorpusError(EvqaError):
    """When a stored corpus can't be opened: it doesn't exist or its records are damaged."""


class BusyError(CorpusError):
    """When another process is writing the corpus."""


class StorageError(CorpusError):
    """When the disk refuses: full, read-only, not permitted."""


class ModelError(EvqaError):
    """When an embedding model can't be had or loaded."""


class ExtraError(EvqaError):
    """When a command needs packages of an extra that isn't installed."""
