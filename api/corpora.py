"""`evqa corpora`: the corpora there are, with sizes and state."""

import argparse

from api.arguments import add_json


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa corpora`."""
    add_json(parser)
