"""The skill file for assistants says what is so."""

import re
import shlex
from pathlib import Path

import yaml

from api.cli.main import parsers
from api.mcp.tools import TOOLS
from evqa.model import Answer, Claim

SKILL = (Path(__file__).resolve().parents[1] / "skills" / "evqa" / "SKILL.md").read_text(encoding="utf-8")


def test_the_front_matter_names_it() -> None:
    """The folder's name and a description of at most 1,024 characters stand in front, as clients of skills ask for."""
    _, front, _ = SKILL.split("---\n", 2)
    told = yaml.safe_load(front)
    assert set(told) == {"name", "description"}
    assert told["name"] == "evqa"
    assert len(told["description"]) <= 1024


def test_its_commands_are_understood() -> None:
    """Every command line that it shows has a form that evqa takes."""
    parser, _ = parsers()
    (block,) = re.findall(r"^```sh\n(.*?)^```$", SKILL, re.DOTALL | re.MULTILINE)
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(commands) > 8
    for name, *arguments in commands:
        assert name == "evqa"
        assert parser.parse_args(arguments).command == arguments[0]


def test_its_tools_and_fields_are_there() -> None:
    """It names every tool, and no field of an answer that isn't one."""
    tools = SKILL.partition("the same are the tools")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", tools)) == set(TOOLS)
    assert {*re.findall(r"`claims\[\]\.(\w+)`", SKILL)} <= set(Claim.model_fields)
    assert {*re.findall(r"`(warnings|missing|passages|candidates|reason|confidence)`", SKILL)} <= set(
        Answer.model_fields
    )


def test_it_says_that_a_refusal_is_not_found() -> None:
    """What a refusal means is said: not found, which isn't that the article doesn't say it."""
    told = SKILL.partition("## What a refusal means")[2]
    assert "not found" in told.lower()
    assert "does not mean" in told
