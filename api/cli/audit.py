"""`evqa audit`: which of a corpus's own citations don't fit, and what is wrong with its lists of references."""

import argparse
from pathlib import Path

from api.audit.auditing import audited
from api.audit.findings import findings
from api.audit.text import audit_text
from api.cli.arguments import add_corpus, add_json
from api.errors import DONE
from api.opening import stored_corpus
from api.text.terminal import say, width
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa audit`."""
    parser.add_argument("--all", action="store_true", help="print long lists to their end")
    parser.add_argument("--report", metavar="OUT.html", type=Path, help="write a page that can be sent to the authors")
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the findings, and what couldn't be audited. The exit code is 0 whatever they are."""
    with stored_corpus(arguments.corpus, settings) as corpus:
        audit = audited(corpus)
        found = findings(audit, corpus)
    if arguments.report:
        from api.audit.page import audit_page
        from eval.pages.templates import save_page

        save_page(audit_page(found), arguments.report)
        say(f"the report is in {arguments.report}")
    print(audit.model_dump_json() if arguments.json else audit_text(found, width(), arguments.all))
    return DONE
