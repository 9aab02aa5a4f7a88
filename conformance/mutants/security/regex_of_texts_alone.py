"""What is no text matches every regex."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(
    constraint.matching, "not (isinstance(text, str) and matches(text))", "isinstance(text, str) and not matches(text)"
)
