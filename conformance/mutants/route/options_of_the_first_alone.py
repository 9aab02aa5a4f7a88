"""Allow of OPTIONS has one of the methods that the path has."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.derive_methods, '{*methods, *more, "OPTIONS"}', '{*list(methods)[:1], "OPTIONS"} - {"GET"}')
