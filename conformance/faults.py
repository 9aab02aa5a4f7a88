"""What can go wrong while judging, as sentences: the implementation's fault, the harness's, or the user's."""

from __future__ import annotations


class BadUsage(Exception):
    """The user asked for something that does not exist or cannot be; exit code 2."""


class HarnessError(Exception):
    """Nothing was learned about the implementation; the cell becomes unverified, exit code 3."""


class ImplementationFault(AssertionError):
    """The implementation did something that no conforming one does; the cell becomes failed, exit code 1."""


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


class PortTaken(HarnessError):
    """A port that a check needs belongs to a process that is not ours."""


class AnotherServer(HarnessError):
    """Who answered is not the service that was started: a server left over from another run, most likely."""


class ScenarioFailed(ImplementationFault):
    """A scenario, written against the contract's names alone, could not be imported or built."""


class WrongFramework(ImplementationFault):
    """What `application()` returned is not, or is not served by, the framework of the variant."""


class WrongThread(ImplementationFault):
    """A handler did not run where its mode asks: an "async" one in a thread, a "sync" one on the loop."""


class ServiceHung(ImplementationFault):
    """A service did not start, answer or end within its deadline."""


class ServiceDied(ImplementationFault):
    """A service ended although nobody asked it to, or closed the connection in the middle of an answer."""
