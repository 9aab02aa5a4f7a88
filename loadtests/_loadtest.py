"""Life of a load test, driven by locust's events: a service is started, loaded, and ended with a verdict."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import gevent
from locust import User
from locust.env import Environment

from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import printable
from loadtests import _options, _subject
from loadtests._figures import Figures
from loadtests._question import WrongAnswer
from loadtests._subject import Subject

Refusal = (BadUsage, HarnessError, AssertionError)


class LoadTest:
    """Load test of one service. Without locust's web UI it begins before locust's clock and ends with the process; with
    it, each test begins and ends there."""

    def __init__(self, environment: Environment, user: type[User]) -> None:
        assert environment.parsed_options is not None
        assert environment.runner is not None
        self.environment = environment
        self.options = environment.parsed_options
        self.runner = environment.runner
        self.user = user
        self.figures = Figures()
        self.subject: Subject | None = None
        self.summary = ""
        self.stopping = False
        events: Any = environment.events
        events.test_start.add_listener(self.on_test_start)
        events.request.add_listener(self.on_request)
        events.user_error.add_listener(self.on_user_error)
        events.test_stop.add_listener(self.on_test_stop)
        events.quitting.add_listener(self.on_quitting)
        events.quit.add_listener(self.on_quit)

    def prepare(self) -> None:
        """Refuse bad usage; without the web UI, begin at once.

        From then on Ctrl-C does what SIGTERM does: left to Python, it would break off whichever user is running.
        """
        _options.complete(self.options)
        try:
            choice = _options.choice(self.options)
            if self.options.headless or self.options.autostart:
                with _termination_as_exit():
                    self.begin(choice)
        except Refusal as refusal:
            _say(str(refusal))
            sys.exit(_exit_code(refusal))
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)
        gevent.signal_handler(signal.SIGINT, os.kill, os.getpid(), signal.SIGTERM)

    def begin(self, choice: _options.Choice) -> None:
        """Start the service and send the users there. Raises as `_subject.begin` does."""
        self.subject = _subject.begin(choice)
        self.user.host = self.subject.url
        self.figures = Figures()
        self.stopping = False

    def on_test_start(self, **_: Any) -> None:
        """Begin when the web UI starts a test; if that is refused, say why and start no user."""
        if self.subject is not None:
            return
        try:
            self.begin(_options.choice(self.options))
        except Refusal as refusal:
            self.fail(_exit_code(refusal))
            _say(str(refusal))
            gevent.spawn(self.runner.stop)
            raise gevent.GreenletExit from None

    def on_request(self, response_time: float, exception: Exception | None = None, **request: Any) -> None:
        """Count what locust reports; end the test when the service refuses connections, as it is gone."""
        if exception is None:
            self.figures.verified_in(response_time)
            return
        if isinstance(exception, WrongAnswer):
            self.figures.was_wrong(exception.excerpt)
        else:
            self.figures.was_wrong(f"{request['request_type']} {request['name']} was not answered: {exception!r}")
        if isinstance(exception, ConnectionRefusedError) and not self.stopping:
            self.stopping = True
            gevent.spawn(self.runner.quit if self.options.headless else self.runner.stop)

    def on_user_error(self, exception: Exception, **_: Any) -> None:
        """Count an exception of the client itself, most likely an answer that is not HTTP."""
        self.figures.was_wrong(f"an answer that cannot be read: {exception!r}")

    def on_test_stop(self, **_: Any) -> None:
        """End the service and print what was found."""
        subject, self.subject = self.subject, None
        if subject is None:
            return
        self.user.host = None
        found = [f"{subject.name}: {self.figures}"]
        if self.figures.first_wrong is not None:
            found.append(f"The first wrong one: {self.figures.first_wrong}.")
        try:
            gone = subject.why_gone() if self.figures.wrong else None
            if gone is not None:
                found.append(str(gone))
        except HarnessError as error:
            found.append(str(error))
            self.fail(ExitCode.UNVERIFIED)
        finally:
            subject.close()
        if self.figures.wrong or not self.figures.verified:
            self.fail(ExitCode.DOES_NOT_CONFORM)
        self.summary = "\n".join(found)
        if not self.options.headless:
            self.tell()

    def on_quitting(self, **_: Any) -> None:
        """Stop the test on Ctrl-C and SIGTERM, before the exit code is taken."""
        self.runner.stop()

    def on_quit(self, **_: Any) -> None:
        """Print the summary below locust's tables."""
        self.tell()

    def tell(self) -> None:
        """Print the summary, once."""
        if self.summary:
            _say(self.summary)
            self.summary = ""

    def fail(self, code: int) -> None:
        """Set the exit code of the process, unless a higher one is set."""
        self.environment.process_exit_code = max(code, self.environment.process_exit_code or 0)


def _exit_code(refusal: Exception) -> ExitCode:
    if isinstance(refusal, BadUsage):
        return ExitCode.BAD_USAGE
    return ExitCode.UNVERIFIED if isinstance(refusal, HarnessError) else ExitCode.DOES_NOT_CONFORM


def _say(text: str) -> None:
    sys.stderr.write(f"loadtests: {printable(text)}\n")


@contextmanager
def _termination_as_exit() -> Iterator[None]:
    """While a service is being started SIGTERM unwinds the stack as Ctrl-C does; locust's own handler comes later."""

    def leave(number: int, frame: object) -> NoReturn:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
