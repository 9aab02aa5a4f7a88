"""Exceptions of the harness; each says whether the implementation, the harness or the user is at fault."""

from __future__ import annotations

from typing import Any, ClassVar


class BadUsage(Exception):
    """The user asked for something that does not exist or cannot be done; exit code 2."""


class HarnessError(Exception):
    """Nothing was learned about the implementation; the cell becomes unverified, exit code 3."""


class UnexpectedValue(AssertionError):
    """What came cannot be read as a check reads it; `kind`, `subject`, `expected` and `came` are those of a failure
    (conformance.judging.failure)."""

    def __init__(self, kind: str, subject: str, expected: str, came: Any, message: str) -> None:
        super().__init__(message)
        self.kind, self.subject, self.expected, self.came = kind, subject, expected, came


class ImplementationFault(AssertionError):
    """The implementation did something that no conforming one does; the cell becomes failed, exit code 1.

    `kind` and `expected` are those of its failure (conformance.judging.failure).
    """

    kind: str = "other"
    expected: ClassVar[str] = "what every implementation does"


class InterpreterMissing(HarnessError):
    """The interpreter that an implementation file names cannot be run, or its environment cannot be made."""


class FrameworkMissing(HarnessError):
    """The implementation's interpreter cannot import the framework of the variant."""


class LibraryMissing(HarnessError):
    """The implementation's interpreter has not the library with which a check judges, such as a server."""


class NoImplementation(HarnessError):
    """Nothing in the interpreter provides `utilmeta`, or something else than the implementation file says."""


class TwoImplementations(HarnessError):
    """Two distributions in one interpreter provide `utilmeta`, so it is not certain which of them would be judged."""


class AgentDied(HarnessError):
    """The agent ended, or did not report in time; its answers cannot be trusted any more."""


class MutantBroken(HarnessError):
    """A mutant cannot be loaded over the implementation: it has to be mended, and no check was tested."""


class PortTaken(HarnessError):
    """A port that a check needs is used by a process that the harness did not start."""


class FalseReport(HarnessError):
    """The agent received a line that no service writes; the implementation may have forged it, so it is not
    believed."""


class AnotherServer(HarnessError):
    """The server that answered is not the service that was started; most likely it is left over from another run."""


class BackendUnknown(HarnessError):
    """A check needs to know something of the backend's framework, and its table has no entry for it."""


class OracleFails(HarnessError):
    """A check fails on the oracle, which does everything right, so the check says nothing about an implementation."""


class ScenarioFailed(ImplementationFault):
    """A scenario, written against the contract's names alone, could not be imported or built.

    `cause` is what the implementation raised, in a line, if it is known.
    """

    kind = "not started"
    expected = "the scenario is built and answers"

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause


class Blocked(ImplementationFault):
    """What a check needs is missing because another promise is not kept: that of the requirement `by`, since
    `because`."""

    expected = "the service can be built"

    def __init__(self, by: str, because: str) -> None:
        super().__init__(f"Blocked by {by}: {because}")
        self.by = by
        self.because = because


class WrongFramework(ImplementationFault):
    """The object that `application()` returned is not an application of the variant's framework, or is not served by
    it."""

    kind = "value"
    expected = "the variant's framework serves"


class WrongThread(ImplementationFault):
    """A handler did not run where its mode asks: an "async" one in a thread, a "sync" one on the loop."""

    kind = "value"
    expected = "the handler runs where its mode asks"


class Unanswered(ImplementationFault):
    """A service sent less than a whole answer; `exchange` has what was sent and received, if a request was sent.

    `kind` is another one where the service did not start, or did not end.
    """

    def __init__(self, message: str, exchange: Any = None, kind: str = "not answered") -> None:
        super().__init__(message)
        self.exchange = exchange
        self.kind = kind


class ServiceHung(Unanswered):
    """A service did not start, answer or end within its deadline."""

    expected = "an answer, or an end, in time"


class ServiceDied(Unanswered):
    """A service ended without being asked to, or closed the connection in the middle of an answer."""

    expected = "the service lives until it is ended, and answers whole"


class AnswerTooLong(Unanswered):
    """A service sent more bytes than an answer to a check can have."""

    expected = "an answer that comes to its end"
