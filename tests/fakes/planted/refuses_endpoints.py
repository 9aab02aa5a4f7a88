"""Lets the reference refuse endpoints `code` and `echo` whose parameters have defaults; it names only the first."""

import inspect

from utilmeta import UtilMeta

compiled = UtilMeta._compile


def refusing(self):
    mounted = filter(None, (self._state.api, *(mounted for _, mounted in self._state.mounts)))
    members = {name: value for cls in mounted for name, value in vars(cls).items()}
    for name, says in (("code", "endpoint [code] cannot be compiled"), ("echo", "something is wrong")):
        if name in members and any(
            parameter.default is not parameter.empty
            for parameter in inspect.signature(members[name]).parameters.values()
        ):
            raise ValueError(says)
    return compiled(self)


UtilMeta._compile = refusing
