"""The files of `deploy/` name what exists, and agree with one another and with the service."""

import ast
import json
import re
import shlex
import tomllib
from typing import Any

import pytest
import yaml

from api.cli.main import parsers
from api.cli.serve import PORT
from api.http.app import create_app
from api.http.guards.body_size import LARGEST
from api.http.guards.keys import is_open
from api.http.jobs.routes import HEARTBEAT
from api.http.served import Service
from api.http.serving import QUIET
from evqa.settings import NAMES, Settings
from tests.deploy.conftest import DEPLOY

ROOT = DEPLOY.parent
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
EVQA, PROXY = COMPOSE["services"]["evqa"], COMPOSE["services"]["proxy"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def instructions(name: str) -> list[str]:
    """What follows each instruction of this name in the Dockerfile."""
    return re.findall(rf"^\s*{name} (.*)$", DOCKERFILE, re.M)


def set_to(name: str) -> list[str]:
    """Every value that the proxy's settings give to a name, in order."""
    return re.findall(rf"^\s*{name} (.*);$", NGINX, re.M)


def locations() -> dict[str, str]:
    """The settings of each place that the proxy tells by a pattern, by the pattern."""
    return dict(re.findall(r"location ~ (\S+) \{(.*?)\}", NGINX, re.S))


@pytest.fixture
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every path that the service has."""
    app = create_app(Service(Settings(home=str(tmp_path_factory.mktemp("home")))))
    return list(app.openapi()["paths"])


def test_the_image_is_made_of_what_is_there() -> None:
    """Every file and folder that is copied exists and isn't ignored, among them all that the wheel holds."""
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    copied = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied)
    assert {"pyproject.toml", "constraints.txt", *PROJECT["project"]["license-files"]} <= set(copied)
    assert not [name for name in copied if not (ROOT / name).exists() or f"!{name}" not in ignored]


def test_the_image_has_an_extra_and_a_python_that_exist() -> None:
    """What is installed is an extra of the project, by a Python that it names."""
    (extra,) = re.findall(r"--extra (\w+)", DOCKERFILE)
    assert extra in PROJECT["project"]["optional-dependencies"]
    (python,) = re.findall(r"^ARG PYTHON=(.*)$", DOCKERFILE, re.M)
    assert f"Programming Language :: Python :: {python}" in PROJECT["project"]["classifiers"]


def test_the_image_serves_on_one_port(routes: list[str]) -> None:
    """The command is one that evqa takes; its port is exposed, asked for health and passed on to."""
    command = json.loads(instructions("CMD")[-1])
    assert [json.loads(line) for line in instructions("ENTRYPOINT")] == [["evqa"]]
    assert parsers()[0].parse_args(command).port == PORT
    assert instructions("EXPOSE") == [str(PORT)]
    assert set_to("server") == [f"evqa:{PORT}"]
    (health,) = instructions("HEALTHCHECK")
    probe = json.loads(health.partition(" CMD ")[2])
    (address,) = re.findall(r"http://\S+?(?=')", probe[-1])
    assert address == f"http://127.0.0.1:{PORT}/healthz"
    assert ast.parse(probe[-1])
    assert "/healthz" in routes
    assert is_open("/healthz")


def test_nothing_runs_as_root() -> None:
    """The image has a user of its own, and both containers give up every right."""
    assert instructions("USER")[-1].split(":")[0] not in ("0", "root")
    for service in (EVQA, PROXY):
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_settings_exist() -> None:
    """Every variable that a container is given is a setting of evqa, and what compose mounts is there."""
    assert set(EVQA["environment"]) <= set(NAMES)
    assert all(name in NAMES for name in re.findall(r"EVQA_[A-Z]+", DOCKERFILE + README))
    mounted = [volume.split(":")[0] for service in (EVQA, PROXY) for volume in service["volumes"]]
    assert set(COMPOSE["volumes"]) == {name for name in mounted if not name.startswith(".")}
    assert (DEPLOY / "nginx.conf").is_file()
    assert "./nginx.conf" in mounted
    assert (DEPLOY / EVQA["build"]["context"] / EVQA["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"


def test_sizes_agree(routes: list[str]) -> None:
    """An upload may be as large at the proxy as at the service, and any other body, too."""
    everywhere, uploaded = set_to("client_max_body_size")
    assert int(everywhere) == LARGEST
    assert uploaded == Settings().upload
    assert EVQA["environment"]["EVQA_UPLOAD"] == f"${{EVQA_UPLOAD:-{uploaded}}}"
    (pattern,) = [pattern for pattern, said in locations().items() if "client_max_body_size" in said]
    reached = [route for route in routes if re.search(pattern, route.replace("{name}", "moss"))]
    assert reached == ["/v1/corpora/{name}/documents"]


def test_events_are_passed_on(routes: list[str]) -> None:
    """What isn't kept back is a job's events alone, and the proxy waits for longer than the service is silent."""
    (pattern,) = [pattern for pattern, said in locations().items() if "proxy_buffering off" in said]
    assert [route for route in routes if re.search(pattern, re.sub(r"\{\w+\}", "j-0", route))] == [
        "/v1/jobs/{identity}/events"
    ]
    assert "proxy_read_timeout" not in locations()[pattern]
    assert int(set_to("proxy_read_timeout")[0].removesuffix("s")) > 2 * HEARTBEAT


def test_ports_agree() -> None:
    """Compose publishes the ports on which the proxy listens."""
    listening = {value.split()[0] for value in set_to("listen")}
    assert {port.split(":")[1] for port in PROXY["ports"]} == listening


def test_a_service_is_let_finish() -> None:
    """The service is given longer to end than it takes to answer what it has begun."""
    assert int(EVQA["stop_grace_period"].removesuffix("s")) > QUIET["timeout_graceful_shutdown"]
    assert PROXY["depends_on"]["evqa"]["condition"] == "service_healthy"


def test_the_readme_says_what_is_set() -> None:
    """Every limit of the table is the proxy's, and every evqa command is one that evqa takes."""
    table = {
        cells[3]: cells[2] for line in README.splitlines() if len(cells := [c.strip() for c in line.split("|")]) > 4
    }
    said = {name: value for place, value in table.items() for name in re.findall(r"^`(\w+)`$", place)}
    assert set(said) >= {"client_header_timeout", "client_body_timeout", "send_timeout", "limit_conn"}
    for name, value in said.items():
        number = re.sub(r"\D", "", value)
        assert number in re.findall(r"\d+", set_to(name)[0]), name
    commands = re.findall(r"^docker compose .* run .*? evqa (.*)$", README, re.M)
    assert len(commands) == 2
    for command in commands:
        parsers()[0].parse_args(shlex.split(command))
