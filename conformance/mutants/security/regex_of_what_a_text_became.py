"""A regex outside the body judges what the text became."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.constrained, "pydantic.BeforeValidator(match)", "pydantic.AfterValidator(match)")
replace(constraint.matching, "not (isinstance(text, str) and matches(text))", "not matches(str(text))")
