"""The formats shape a date or time that is the whole result; what is nested is written as str() has it."""

from mutation import replace
from utilmeta.core.response import encoding

TOP = "times.text(value) if isinstance(value, (date, time)) else value"

replace(encoding.Plain.compile, "return self.text", "return str")
replace(encoding.compile_encoder, "return quick(value)", f"return quick({TOP})")
