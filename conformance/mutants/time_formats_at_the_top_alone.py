"""The formats shape a date or time that is the whole result; what is nested is written as str() has it."""

from mutation import replace
from utilmeta.core.response import encoding

TOP = "times.text(value) if isinstance(value, (date, time)) else value"
NESTED = "str(value) if isinstance(value, (date, time)) else plain(value, times)"

replace(encoding.compile_encoder, "return plain(value, times)", f"return {NESTED}")
replace(encoding.compile_encoder, "return quick(value)", f"return quick({TOP})")
