"""Attestation of a target before its first check: this implementation, framework and mode are what really answers.

Each doubt is an exception of its own (foundation/exceptions.py). What is believed is the agent's word: the process it
forked, the class that `application()` returned, the calls of the framework's own dispatch that it counted; and, of a
handler, the thread and the loop it ran on, told by the scenario and held against what the agent knows of the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import AnotherServer, ServiceDied, WrongFramework, WrongThread
from conformance.target.exchange import Exchange
from conformance.target.service import Service

WHEREABOUTS_PATH = "/api/whereabouts"


def attest(service: Service, variant: Variant) -> None:
    """Raise the first doubt about a served root scenario; return if there is none."""
    before = service.dispatches
    answer = service.get(WHEREABOUTS_PATH)
    _identity(service, answer)
    if service.dispatches == before:
        raise WrongFramework(
            f"A request to {variant} was answered without a call of "
            f"{variant.framework.dispatch[variant.mode]}: the application is a "
            f"{service.facts['application'][0]}, but {variant.backend} does not serve it."
        )
    _thread(service, variant, answer)


def require_framework(application: Sequence[str], variant: Variant) -> None:
    """Raise WrongFramework unless one of the application's classes is the variant's own."""
    expected = variant.framework.applications[variant.mode]
    if expected not in application:
        raise WrongFramework(
            f"{variant} gave an application of the class {application[0]}; the variant is about {expected}."
        )


def _told(answer: Exchange) -> Any:
    """The JSON of the answer, whatever type it says it is: that is for the checks to judge."""
    return answer.json()


def _identity(service: Service, answer: Exchange) -> None:
    if answer.status != 200:
        raise ServiceDied(f"The root scenario answered {answer.status} at {WHEREABOUTS_PATH}.\n{answer}")
    told = _told(answer)
    if told["nonce"] != service.nonce:
        raise AnotherServer(f"The service's nonce is {service.nonce}, but the answer says {told['nonce']}.\n{answer}")
    if told["pid"] != service.pid:
        raise AnotherServer(f"The agent forked process {service.pid}, but process {told['pid']} answered.\n{answer}")


def _thread(service: Service, variant: Variant, answer: Exchange) -> None:
    told = _told(answer)
    if not variant.asynchronous:
        # That plain handlers do not run on a server's loop, and that there is one loop where the server has none, are
        # requirements like others (ASYNC-4, ASYNC-5b): an implementation that misses them is judged in all the rest.
        if told["loop"] is not None and not variant.on_a_loop:
            raise WrongThread(f"{variant}: a plain handler of a sync service ran on an event loop.\n{answer}")
        return
    if told["loop"] is None:
        raise WrongThread(f"{variant}: an `async def` handler ran without an event loop.\n{answer}")
    if variant.on_a_loop and told["thread"] != service.facts["thread"]:
        raise WrongThread(
            f"{variant}: an `async def` handler ran in thread {told['thread']}, not in thread "
            f"{service.facts['thread']}, where the server's event loop runs: it is sync in disguise.\n{answer}"
        )
