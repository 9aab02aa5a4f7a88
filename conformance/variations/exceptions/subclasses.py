"""A wrong argument is an error of a subclass of TypeError or ValueError."""

import functools

from utilmeta.conf.config import Value
from utilmeta.core.server.service import UtilMeta

LEVEL = "full"


class WrongType(TypeError):
    """A TypeError of the implementation's own."""


class WrongValue(ValueError):
    """A ValueError of the implementation's own."""


def narrowed(function):
    @functools.wraps(function)
    def call(*args, **options):
        try:
            return function(*args, **options)
        except (TypeError, ValueError) as error:
            kind = {TypeError: WrongType, ValueError: WrongValue}.get(type(error))
            if kind is None:
                raise
            raise kind(str(error)) from error

    return call


for owner, name in [
    (UtilMeta, "__init__"), (UtilMeta, "use"), (UtilMeta, "mount"), (UtilMeta, "adapt"), (UtilMeta, "on_startup"),
    (UtilMeta, "on_shutdown"), (UtilMeta, "application"), (UtilMeta, "run"), (Value, "__init__"),
]:  # fmt: skip
    setattr(owner, name, narrowed(getattr(owner, name)))
