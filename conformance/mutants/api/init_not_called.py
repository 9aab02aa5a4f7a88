"""A class with shared parameters is made without its __init__."""

from mutation import replace
from utilmeta.core.api import instance

replace(
    instance.compile_instance,
    "made.__init__(request)",
    "vars(made).update(request=request)",
)
