"""A class is mounted at the attribute's name, whatever route without a template decorates it."""

from mutation import replace
from utilmeta.core.api import instance

replace(
    instance.read,
    'vars(annotation).get("__route__")]',
    'each if "{" in ((each := vars(annotation).get("__route__", Route(name))).template or "") else None]',
)
