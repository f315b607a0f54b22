"""The proxy of `deploy/` as a process, before a server that the tests can hold up."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
HOLD = threading.Event()
Start = Callable[..., AbstractContextManager["Proxy"]]


@dataclass(frozen=True)
class Proxy:
    """Where a proxy listens, and what a client must know to trust it."""

    port: int
    plain_port: int
    trusted: ssl.SSLContext
    log: Path

    def client(self) -> httpx2.Client:
        """A client of it."""
        return httpx2.Client(base_url=f"https://localhost:{self.port}", verify=self.trusted, timeout=30)

    def connected(self) -> ssl.SSLSocket:
        """A connection to it on which nothing was sent so far."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.trusted.wrap_socket(plain, server_hostname="localhost")


class Behind(BaseHTTPRequestHandler):
    """A server that tells what comes through, sends events, and holds answers up until `HOLD` is set."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Sends an event, and the last one when it is let, if events are asked for; else the head that came."""
        if not self.path.endswith("/events"):
            if self.path == "/held":
                HOLD.wait(30)
            self._answer("\n".join(f"{name}: {value}" for name, value in self.headers.items()).encode())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._chunk(b"event: progress\n\n")
        HOLD.wait(30)
        self._chunk(b"event: end\n\n")
        self._chunk(b"")

    def do_POST(self) -> None:
        """Tells how long the body was."""
        self._answer(str(len(self.rfile.read(int(self.headers["Content-Length"])))).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _chunk(self, body: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(body), body))

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def behind() -> Iterator[int]:
    """The port of a server for the proxy to pass requests on to."""
    HOLD.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Behind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        HOLD.set()
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for localhost, made as the README says."""
    folder = tmp_path_factory.mktemp("certs")
    (command,) = re.findall(r"^openssl .*?[^\\]$", (DEPLOY / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    command = command.replace("evqa.example.org", "localhost").replace("deploy/certs", str(folder))
    subprocess.run(["sh", "-c", command], check=True, capture_output=True)
    return folder


@pytest.fixture
def proxied(tmp_path: Path, certificate: Path) -> Start:
    """Starts the proxy as configured, with paths and ports of the tests' own, before a server on a port.

    `changed` are settings that get another value, as `client_header_timeout="1s"`, so that a test needn't wait.
    """
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("nginx is not installed")

    @contextmanager
    def started(behind: int, **changed: str) -> Iterator[Proxy]:
        ports = free_port(), free_port()
        written = configured(tmp_path, certificate, behind, ports, changed)
        command = ["nginx", "-c", str(written), "-e", "stderr", "-g", "daemon off;"]
        environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        trusted = ssl.create_default_context(cafile=certificate / "fullchain.pem")
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                wait_for(ports[1], process)
                yield Proxy(ports[1], ports[0], trusted, tmp_path / "access.log")
            finally:
                process.terminate()

    return started


def configured(folder: Path, certificate: Path, behind: int, ports: tuple[int, int], changed: dict[str, str]) -> Path:
    """The proxy's settings with these in place of what only a container has."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (folder / "cache").mkdir()
    own = {
        "/etc/nginx/certs": str(certificate),
        "/var/cache/nginx": str(folder / "cache"),
        "/tmp/nginx.pid": str(folder / "nginx.pid"),
        "/dev/stdout": str(folder / "access.log"),
        "/dev/stderr": "stderr",
        "server evqa:8000": f"server 127.0.0.1:{behind}",
        "listen 8080": f"listen 127.0.0.1:{ports[0]}",
        "listen 8443": f"listen 127.0.0.1:{ports[1]}",
    }
    for there, here in own.items():
        assert there in text
        text = text.replace(there, here)
    for name, value in changed.items():
        text, count = re.subn(rf"^(\s*{name} ).*;$", rf"\g<1>{value};", text, flags=re.M)
        assert count == 1, name
    # Started by root, the workers would else be of a user that may not read the tests' folders.
    text = ("user root;\n" if os.geteuid() == 0 else "") + text
    written = folder / "nginx.conf"
    written.write_text(text, encoding="utf-8")
    return written


def free_port() -> int:
    """A port on which nothing listens just now."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port: int = bound.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    """Returns once something listens on the port; fails with what the process said if it has ended."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.05)
        else:
            return
    pytest.fail("the proxy doesn't listen")
