"""The CORS of a base class is not that of its subclasses."""

from mutation import replace
from utilmeta.core.api import cors

replace(cors.cors, 'getattr(cls, "__cors__", None)', 'vars(cls).get("__cors__")')
