"""An endpoint may be annotated to return what is never sent."""

from mutation import replace
from utilmeta.core.response import lazy

replace(lazy.check_annotation, "isinstance(kind, type) and issubclass(kind, ANNOTATIONS)", "False")
