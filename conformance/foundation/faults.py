"""What can go wrong while judging, as sentences: the implementation's fault, the harness's, or the user's."""

from __future__ import annotations

from typing import Any, ClassVar


class BadUsage(Exception):
    """The user asked for something that does not exist or cannot be; exit code 2."""


class HarnessError(Exception):
    """Nothing was learned about the implementation; the cell becomes unverified, exit code 3."""


class ImplementationFault(AssertionError):
    """The implementation did something that no conforming one does; the cell becomes failed, exit code 1.

    `expected` says what a conforming one does, for a ledger.
    """

    expected: ClassVar[str] = "what every implementation does"


class InterpreterMissing(HarnessError):
    """The interpreter that an implementation file names cannot be run, or its environment cannot be made."""


class FrameworkMissing(HarnessError):
    """The implementation's interpreter cannot import the framework of the variant."""


class NoImplementation(HarnessError):
    """Nothing in the interpreter provides `utilmeta`, or something else than the implementation file says."""


class TwoImplementations(HarnessError):
    """Two distributions in one interpreter provide `utilmeta`: what would be judged is a matter of chance."""


class AgentDied(HarnessError):
    """The agent ended or fell silent; nothing it was asked can be trusted."""


class MutantBroken(HarnessError):
    """A mutant cannot be loaded over the implementation: it has to be mended, nothing was learned of any check."""


class PortTaken(HarnessError):
    """A port that a check needs belongs to a process that is not ours."""


class FalseReport(HarnessError):
    """What is judged wrote to the agent what no service reports: nothing of it is believed."""


class AnotherServer(HarnessError):
    """Who answered is not the service that was started: a server left over from another run, most likely."""


class BackendUnknown(HarnessError):
    """A check needs to know something of the backend's framework, and its table has no entry for it."""


class OracleFails(HarnessError):
    """A check fails on a server that does everything right, so what it says of an implementation means nothing."""


class ScenarioFailed(ImplementationFault):
    """A scenario, written against the contract's names alone, could not be imported or built."""

    expected = "the scenario is built and answers"


class WrongFramework(ImplementationFault):
    """What `application()` returned is not, or is not served by, the framework of the variant."""

    expected = "the variant's framework serves"


class WrongThread(ImplementationFault):
    """A handler did not run where its mode asks: an "async" one in a thread, a "sync" one on the loop."""

    expected = "the handler runs where its mode asks"


class Unanswered(ImplementationFault):
    """A service gave less than was waited for; `exchange` is what went over the wire, where a request had been sent."""

    def __init__(self, message: str, exchange: Any = None) -> None:
        super().__init__(message)
        self.exchange = exchange


class ServiceHung(Unanswered):
    """A service did not start, answer or end within its deadline."""

    expected = "an answer, or an end, in time"


class ServiceDied(Unanswered):
    """A service ended although nobody asked it to, or closed the connection in the middle of an answer."""

    expected = "the service lives until it is ended, and answers whole"


class AnswerTooLong(Unanswered):
    """A service sent more than any answer to a check can have."""

    expected = "an answer that comes to its end"
