"""Load a variant: `locust -f loadtests --headless -u 20 -t 10s --backend sanic` (locust's --help stops before these).

    --backend NAME              django, flask, starlette, fastapi, sanic or tornado (default: flask)
    --mode sync|async           default: the backend's own
    --implementation NAME|FILE  whose variant is started (default: reference)
    --host http://127.0.0.1:80  load a service of the root scenario that is there already; excludes the three above

Exit code 0: everything that was asked was answered, and rightly; 1: it was not; 2: bad usage; 3: the harness failed.
"""

from __future__ import annotations

from typing import Any

from locust import FastHttpUser, events, task
from locust.env import Environment

from conformance.foundation import deadline
from loadtests import _options, _question
from loadtests._loadtest import LoadTest
from loadtests._question import Question, WrongAnswer


class Visitor(FastHttpUser):
    """User that sends one request after another, without a pause, on a connection of its own."""

    network_timeout = connection_timeout = deadline.ANSWER

    @task
    def hello(self) -> None:
        """Request a constant text."""
        self.ask(_question.hello())

    @task
    def plus(self) -> None:
        """Request a sum, with two typed query parameters."""
        self.ask(_question.plus())

    @task
    def echo(self) -> None:
        """Send a JSON body that comes back."""
        self.ask(_question.echo())

    def ask(self, question: Question) -> None:
        """Send the request; only its right answer counts as success. Redirects are not followed."""
        with self.client.request(
            question.method,
            question.target,
            name=question.path,
            data="",  # without, geventhttpclient 2.4 sends GET with a chunked body
            json=question.content,
            catch_response=True,
            allow_redirects=False,
        ) as response:
            if response.status_code == 0:  # there was no answer: locust has the error
                return
            content_type = str((response.headers or {}).get("content-type", ""))
            try:
                question.verify(response.status_code, content_type, bytes(response.content or b""))
            except WrongAnswer as wrong:
                response.failure(wrong)
            else:
                response.success()


def add_options(parser: Any, **_: Any) -> None:
    """Add our options, and our defaults of locust's options."""
    _options.add(parser)


def prepare(environment: Environment, **_: Any) -> None:
    """Refuse bad usage; without the web UI, start the service before locust's clock runs."""
    LoadTest(environment, Visitor).prepare()


listen: Any = events
listen.init_command_line_parser.add_listener(add_options)
listen.init.add_listener(prepare)
