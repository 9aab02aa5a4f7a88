"""A result that can be converted to its annotation fits."""

from mutation import replace
from utilmeta.core.response import validation

validation.CONFIG["strict"] = False
replace(validation.check_of, "validate((result,), strict=True)", "validate((result,))")
