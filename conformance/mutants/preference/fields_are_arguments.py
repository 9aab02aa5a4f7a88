"""The fields of an object are checked as if it were constructed with them."""

from mutation import replace
from utilmeta.core.response import validation

validation.CONFIG["revalidate_instances"] = "always"
replace(validation.fields_of, "if not dataclasses.is_dataclass(kind):", "if True:")
