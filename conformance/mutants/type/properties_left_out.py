"""The properties of a Schema of utype are no members of the object that is sent."""

from mutation import replace
from utilmeta.core.response.encoding import compile_encoder

FIELDS = "lambda found: {name: found[name] for name in found if name not in ('diameter', 'label')}"
replace(
    compile_encoder,
    "return quick(value).encode()",
    f"return quick(json.loads(quick(value), object_hook={FIELDS})).encode()",
)
