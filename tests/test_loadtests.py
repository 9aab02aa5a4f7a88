"""The load tests as a user runs them: real locust processes, which verify, refuse, and leave nothing behind."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import psutil
import pytest

from conformance.foundation.deadline import wait_until
from conformance.foundation.exceptions import BadUsage
from conformance.foundation.loopback import free_port
from loadtests import _options, _question
from loadtests._figures import Figures
from loadtests._question import Question, WrongAnswer
from tests.local_server import in_thread

PROJECT = Path(__file__).parent.parent
MARK = "LOADTESTS_TEST_RUN"
SECONDS = 60.0

HANGS_IN_A_SERVICE = """
import time

def __getattr__(name):
    if not name.startswith("__"):
        time.sleep(60)
    raise AttributeError(name)
"""


def until(condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    assert wait_until(condition, seconds), f"not within {seconds:g} s: {what}"


@dataclass(frozen=True)
class Run:
    """A locust process, its mark, which whatever it starts inherits, and its folder for temporary files."""

    process: subprocess.Popen[str]
    mark: str
    errors: Path
    temporary: Path

    @property
    def stderr(self) -> str:
        return self.errors.read_text()

    def living(self) -> int:
        """How many there are of it and its descendants."""
        return 1 + len(psutil.Process(self.process.pid).children(recursive=True))

    def family(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def is_loading(self) -> bool:
        """Whether a service that was started has answered more than its attestation."""
        counts = [file.read_bytes() for file in self.temporary.glob("conformance-*/root-*/dispatches")]
        return any(int.from_bytes(count, "little") > 20 for count in counts)

    def code(self) -> int:
        """The exit code, once all that was started is gone, and so are its files."""
        code = self.process.wait(SECONDS)
        until(lambda: not self.family(), f"the end of {self.family()}", 5)
        assert list(self.temporary.iterdir()) == []
        return code


@pytest.fixture
def locust(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Starts `locust -f loadtests`; none of it outlives the test."""
    runs: list[Run] = []

    def start(*arguments: str) -> Run:
        mark, errors, temporary = uuid.uuid4().hex, tmp_path / "stderr", tmp_path / "temporary"
        temporary.mkdir()
        variables = {name: value for name, value in os.environ.items() if not name.startswith("LOCUST_")}
        with open(errors, "w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "locust", "-f", "loadtests", *arguments],
                cwd=PROJECT,
                env={**variables, MARK: mark, "TMPDIR": str(temporary)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )
        runs.append(Run(process, mark, errors, temporary))
        return runs[-1]

    yield start
    for run in runs:
        for process in run.family():
            process.kill()
        run.process.wait()


class Oracle(BaseHTTPRequestHandler):
    """Answers as the root scenario does, by hand; each of a path's `lies` takes the place of one body."""

    protocol_version = "HTTP/1.1"
    lies: dict[str, list[bytes]]

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/api/hello":
            self.answer("text/plain; charset=utf-8", b"world")
        else:
            query = parse_qs(url.query)
            self.answer("application/json", str(int(query["a"][0]) + int(query["b"][0])).encode())

    def do_POST(self) -> None:
        self.answer("application/json", self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, content_type: str, body: bytes) -> None:
        path = urlsplit(self.path).path
        if self.lies.get(path):
            body = self.lies[path].pop()
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        return


@contextmanager
def oracle(**lies: list[bytes]) -> Iterator[str]:
    """The address of a service that is there already."""
    handler = type("Lying", (Oracle,), {"lies": {f"/api/{name}": bodies for name, bodies in lies.items()}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, in_thread(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


def figures(run: Run) -> tuple[int, int]:
    """How many answers were verified, how many were wrong."""
    found = re.findall(r"^loadtests: .*?(\d+) verified requests.* (\d+) wrong$", run.stderr, re.MULTILINE)
    assert len(found) == 1, run.stderr
    return int(found[0][0]), int(found[0][1])


def implementation(folder: Path, **modules: str) -> str:
    """An implementation file whose import path begins with these modules."""
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source)
    file = folder / "broken.toml"
    executable = json.dumps(sys.executable)
    file.write_text(
        f'name = "broken"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = {executable}\npath = ["."]\n'
    )
    return str(file)


def test_a_variant_under_load_answers_and_leaves_nothing(locust: Callable[..., Run]) -> None:
    run = locust("--headless", "-u", "5", "-t", "2s", "--backend", "flask", "--mode", "sync")
    assert run.code() == 0, run.stderr
    verified, wrong = figures(run)
    assert verified > 0
    assert wrong == 0
    line = r"^loadtests: flask-sync of reference: .* a second, median [\d.]+ ms, 95% within [\d.]+ ms, 0 wrong$"
    assert re.search(line, run.stderr, re.MULTILINE)


def test_a_service_that_is_there_already_is_loaded(locust: Callable[..., Run]) -> None:
    with oracle() as url:
        run = locust("--headless", "-u", "5", "-t", "1s", "--host", url)
        assert run.code() == 0, run.stderr
    verified, wrong = figures(run)
    assert verified > 0
    assert wrong == 0


def test_one_wrong_answer_among_many_fails_the_run_and_is_shown(locust: Callable[..., Run]) -> None:
    with oracle(hello=[b"word"]) as url:
        run = locust("--headless", "-u", "5", "-t", "1s", "--host", url)
        assert run.code() == 1, run.stderr
    verified, wrong = figures(run)
    assert verified > 1
    assert wrong == 1
    assert "GET /api/hello was to answer 200 text/plain 'world'; it answered 200" in run.stderr
    assert "b'word'" in run.stderr


def test_a_run_without_a_verified_answer_fails(locust: Callable[..., Run]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        run = locust("--headless", "-t", "1s", "-s", "0", "--host", f"http://127.0.0.1:{mute.getsockname()[1]}")
        assert run.code() == 1, run.stderr
    assert figures(run) == (0, 0)


def test_an_answer_that_is_no_http_is_a_wrong_one(locust: Callable[..., Run]) -> None:
    class Mail(BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(b"220 ready for mail\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Mail) as server, in_thread(server):
        run = locust("--headless", "-t", "1s", "--host", f"http://127.0.0.1:{server.server_address[1]}")
        assert run.code() == 1, run.stderr
    verified, wrong = figures(run)
    assert verified == 0
    assert wrong > 0


def test_a_service_that_dies_under_load_ends_the_run(locust: Callable[..., Run]) -> None:
    run = locust("--headless", "-u", "5", "-t", "60s")
    until(run.is_loading, "load")
    agent = next(process for process in psutil.Process(run.process.pid).children() if "agent" in str(process.cmdline()))
    (service,) = agent.children()
    service.kill()
    assert run.code() == 1, run.stderr
    assert "flask-sync of reference ended under load (-9)" in run.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_under_load_ends_the_run_with_its_figures(locust: Callable[..., Run], number: signal.Signals) -> None:
    run = locust("--headless", "-u", "5", "-t", "60s")
    until(run.is_loading, "load")
    assert len(run.family()) >= 3, "locust, an agent, a service"
    run.process.send_signal(number)
    assert run.code() == 0, run.stderr
    assert figures(run)[0] > 0
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_the_service_starts_leaves_nothing(
    locust: Callable[..., Run], number: signal.Signals, tmp_path: Path
) -> None:
    file = implementation(tmp_path, utilmeta=HANGS_IN_A_SERVICE)
    run = locust("--headless", "-t", "2s", "--implementation", file)
    until(lambda: run.living() >= 3, "an agent and a service")
    run.process.send_signal(number)
    assert run.code() == 128 + number, run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--backend", "flusk"], 2, "There is no backend 'flusk'. The backends are django, flask,"),
        (["--host", "http://192.0.2.1:80"], 2, "is not on this machine; only loopback addresses are loaded"),
        (["--host", "http://127.0.0.1:1"], 3, "Nobody listens at 127.0.0.1:1"),
        (["--processes", "2"], 2, "the load tests run in one process"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_ends_the_process_with_one_line(
    locust: Callable[..., Run], arguments: list[str], code: int, sentence: str
) -> None:
    run = locust("--headless", "-u", "5", "-t", "2s", "--loglevel", "ERROR", *arguments)
    assert run.code() == code, run.stderr
    assert sentence in run.stderr
    said = run.stderr.partition("Exception ignored in")[0]  # of gevent, on Python 3.10, for any bad option of locust
    assert len(said.strip().splitlines()) == 1, run.stderr


def chosen(**given: str) -> argparse.Namespace:
    return argparse.Namespace(**{**dict.fromkeys(("host", "backend", "mode", "implementation")), **given})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"backend": "flusk"}, "There is no backend 'flusk'. The backends are django, flask,"),
        ({"mode": "fast"}, "There is no mode 'fast'. The modes are sync and async."),
        ({"implementation": "nobody"}, "There is no implementation 'nobody'."),
        (
            {"implementation": "tests/fakes/handmade.toml", "backend": "sanic", "mode": "sync"},
            "handmade does not say that it supports sanic-sync",
        ),
        ({"host": "http://example.org:80"}, "is not on this machine; only loopback addresses are loaded"),
        ({"host": "http://0.0.0.0:80"}, "is not on this machine"),
        ({"host": "http://localhost.example.org"}, "is not on this machine"),
        ({"host": "http://127.0.0.1@example.org"}, "is no address of a service"),
        ({"host": "127.0.0.1:8000"}, "is no address of a service; one reads http://127.0.0.1:8000."),
        ({"host": "https://127.0.0.1"}, "is no address of a service"),
        ({"host": "http://127.0.0.1:port"}, "is no address of a service"),
        ({"host": "http://127.0.0.1/api"}, "is no address of a service"),
        ({"host": "http://127.0.0.1", "backend": "flask", "mode": "sync"}, "so --backend and --mode cannot be chosen"),
    ],
    ids=str,
)
def test_what_does_not_exist_or_cannot_be_is_refused(
    given: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    with pytest.raises(BadUsage, match=re.escape(sentence)):
        _options.choice(chosen(**given))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("http://127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("http://127.1.2.3/", ("127.1.2.3", 80)),
        ("http://localhost:8000", ("localhost", 8000)),
        ("http://[::1]:8000", ("::1", 8000)),
    ],
)
def test_a_service_on_this_machine_is_found_by_its_address(host: str, address: tuple[str, int]) -> None:
    assert _options.choice(chosen(host=host)) == _options.AlreadyThere(address)


def test_a_backends_own_mode_is_what_is_loaded_unless_said_otherwise() -> None:
    for given, variant in [({}, "flask-sync"), ({"backend": "sanic"}, "sanic-async")]:
        choice = _options.choice(chosen(**given))
        assert isinstance(choice, _options.ToStart)
        assert (choice.implementation.name, str(choice.variant)) == ("reference", variant)


def test_a_framework_that_is_not_installed_is_told(locust: Callable[..., Run], tmp_path: Path) -> None:
    file = implementation(tmp_path, utilmeta="", flask="raise ImportError(\"No module named 'flask'\")")
    run = locust("--headless", "-t", "2s", "--loglevel", "ERROR", "--implementation", file)
    assert run.code() == 3, run.stderr
    assert "broken: flask cannot be imported: No module named 'flask'." in run.stderr
    assert "Traceback" not in run.stderr


def test_a_service_that_cannot_be_built_fails_the_run(locust: Callable[..., Run], tmp_path: Path) -> None:
    run = locust("--headless", "-t", "2s", "--implementation", implementation(tmp_path, utilmeta=""))
    assert run.code() == 1, run.stderr
    assert "loadtests: flask-sync: root.py failed at import" in run.stderr
    assert str(PROJECT / "loadtests") not in run.stderr, "a traceback of ours"


def test_the_web_ui_starts_and_ends_a_service_with_each_test(locust: Callable[..., Run]) -> None:
    port = free_port("127.0.0.1")
    run = locust("--web-port", str(port))
    until(lambda: psutil_listens(run, port), "the web UI")
    for _ in range(2):
        assert len(run.family()) == 1, "no service yet, or none any more"
        told = run.stderr.count("verified requests")
        urlopen(f"http://127.0.0.1:{port}/swarm", b"user_count=5&spawn_rate=5&host=").close()
        until(run.is_loading, "load")
        stop(f"http://127.0.0.1:{port}/stop")
        until(lambda told=told: run.stderr.count("verified requests") > told, "the figures")  # type: ignore[misc]
    urlopen(f"http://127.0.0.1:{port}/swarm", b"user_count=5&spawn_rate=5&host=http://192.0.2.1").close()
    until(lambda: "only loopback addresses are loaded" in run.stderr, "a refusal")
    run.process.terminate()
    assert run.code() == 2, run.stderr
    assert "Traceback" not in run.stderr


def stop(url: str) -> None:
    """Press the button, which is a POST since locust 2.47 and was a GET before."""
    try:
        urlopen(url, b"").close()
    except HTTPError as error:
        error.close()
        if error.code != 405:
            raise
        urlopen(url).close()


def psutil_listens(run: Run, port: int) -> bool:
    connections = psutil.Process(run.process.pid).net_connections("tcp")
    return ("127.0.0.1", port) in [connection.laddr for connection in connections]


def test_locust_takes_nothing_but_the_locustfile_for_one() -> None:
    files = [file.name for file in (PROJECT / "loadtests").rglob("*.py") if not file.name.startswith("_")]
    assert files == ["locustfile.py"]


def test_a_run_that_nobody_watches_is_bounded_and_begins_with_all_its_users() -> None:
    options = argparse.Namespace(headless=True, run_time=None, spawn_rate=None, num_users=20)
    _options.complete(options)
    assert options.run_time == _options.RUN_SECONDS
    assert options.spawn_rate == 20
    options = argparse.Namespace(headless=True, run_time=3, spawn_rate=1.0, num_users=20)
    _options.complete(options)
    assert (options.run_time, options.spawn_rate) == (3, 1.0)


@pytest.mark.parametrize("question", [_question.hello(), _question.plus(), _question.echo()], ids=lambda q: q.path)
def test_a_right_answer_is_verified_and_every_other_is_told_by_its_kind(question: Question) -> None:
    body = question.answer if question.media_type == "text/plain" else json.dumps(question.answer, indent=1)
    right = str(body).encode()
    question.verify(200, question.media_type, right)
    question.verify(200, f"{question.media_type.title()}; charset=utf-8", right)
    for status, content_type, content, kind in [
        (500, question.media_type, right, "status 500 instead of 200"),
        (200, "text/html", right, f"text/html instead of {question.media_type}"),
        (200, "", right, f"no content type instead of {question.media_type}"),
        (200, question.media_type, right[:-1], "another body"),
        (200, question.media_type, b"true", "another body"),
    ]:
        with pytest.raises(WrongAnswer, match=kind) as wrong:
            question.verify(status, content_type, content)
        assert question.target in wrong.value.excerpt


def test_a_number_of_another_type_is_a_wrong_answer() -> None:
    with pytest.raises(WrongAnswer):
        Question("GET", "/", "application/json", 1).verify(200, "application/json", b"1.0")


def test_the_figures_are_of_verified_answers_alone() -> None:
    measured = Figures()
    assert str(measured) == "0 verified requests, 0 wrong"
    for milliseconds in range(1, 101):
        measured.verified_in(milliseconds)
    measured.was_wrong("the first")
    measured.was_wrong("the second")
    assert (measured.verified, measured.wrong, measured.first_wrong) == (100, 2, "the first")
    assert (measured.percentile(0.5), measured.percentile(0.95), measured.percentile(1)) == (50, 95, 100)
    assert measured.per_second == pytest.approx(1000, rel=0.2)
