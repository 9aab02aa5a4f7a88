"""Probe: services with an `async def` in a transaction, which are refused."""

from database_atomic import non_atomic, service
from scenario import raised
from utilmeta.core import api


def refusal(part, name, marked):
    """What is raised where `part` is an `async def` called `name`, of an endpoint called `plain` if it is not that
    itself; `marked` are the aliases that the endpoint is marked for. None where nothing is raised."""
    made = service()
    made.setup()

    async def alone(self):
        return None

    async def with_one(self, given):
        return None

    function = with_one if part in ("after", "plugin") else alone

    function.__name__ = function.__qualname__ = name

    @api.get
    @non_atomic(*marked)
    def plain(self):
        return None

    members = {"plain": plain}
    if part == "endpoint":
        members = {name: api.get(non_atomic(*marked)(function))}
    elif part != "plugin":
        members[name] = getattr(api, part)("*")(function)
    root = type("RootAPI", (api.API,), {"__module__": __name__, **members})
    if part == "plugin":
        root = type(name, (api.Plugin,), {"process_request": function})()(root)
    made.mount(root)
    return raised(made.application)
