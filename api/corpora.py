"""`evqa corpora`: the corpora there are, with sizes and state."""

import argparse
from typing import TYPE_CHECKING

from api.arguments import add_json
from api.errors import DONE

if TYPE_CHECKING:
    from evqa.settings import Settings

SUMMARY = "list the corpora with their sizes and state"


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa corpora`."""
    add_json(parser)
