"""Allow of OPTIONS has the methods that were declared, and neither HEAD nor OPTIONS."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.derive_methods, '{*methods, *more, "OPTIONS"}', "methods")
