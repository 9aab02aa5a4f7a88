"""How long an API of many routes takes to build, and what a request costs in it: `python -m benchmarks [routes]`.

Prints the CPU seconds of a build of so many routes (10,000 unless given), and the CPU time of a request to it as a
ratio to the same request to an API of ten routes, both measured in turns in one run. `tests/pipeline/test_cost.py`
holds the same by counted calls. `python -m benchmarks client` prints what calls of clients cost (client.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from tests.fake import FakeRequest
from tests.many import root
from utilmeta.conf import Time
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.call import Plan
from utilmeta.core.pipeline.dispatch import Handle, Limits, compile_handle
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.routing.table import RouteTable

TARGETS = {"fixed": "/part0/fixed0", "templated": "/part0/templated1/7?size=3"}
ROUNDS = 25
REQUESTS = 2000


def handle(table: RouteTable[Plan]) -> Handle:
    responder = Responder(compile_encoder(Time()), production=True)
    return compile_handle(table, responder, Limits(1000, AllowedHosts()), Lifecycle())


def seconds(ask: Callable[[], object]) -> float:
    begin = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return time.process_time() - begin


def compared(few: Handle, many: Handle, target: str) -> tuple[float, float]:
    """CPU microseconds of a request to each: the best of several rounds, taken in turns."""
    rounds = [
        (seconds(lambda: few(FakeRequest("GET", target))), seconds(lambda: many(FakeRequest("GET", target))))
        for _ in range(ROUNDS)
    ]
    first, second = (min(times) / REQUESTS * 1e6 for times in zip(*rounds, strict=True))
    return first, second


def main() -> None:
    if sys.argv[1:] == ["client"]:
        from benchmarks import client

        client.main()
        return
    routes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    few, declared = compile_routes(endpoints(root(10))), root(routes)
    begin = time.process_time()
    many = compile_routes(endpoints(declared))
    print(f"{routes} routes are built in {time.process_time() - begin:.2f} s of CPU")
    for kind, target in TARGETS.items():
        first, second = compared(handle(few), handle(many), target)
        print(f"{kind}: {first:.2f} us among 10 routes, {second:.2f} us among {routes}: {second / first:.3f} times")


if __name__ == "__main__":
    main()
