"""A request function with a body that returns None gives None."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._function,
    "return await self._started(plan, made",
    (
        "if answer is None and plan.function.__code__.co_names:\n"
        "        return None\n"
        "    return await self._started(plan, made"
    ),
)
