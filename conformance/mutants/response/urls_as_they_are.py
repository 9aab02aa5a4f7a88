"""A Location is sent as it was given, as far as a header can."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.checked_headers, "reference(value) if name.lower() in REFERENCES else written(value)", "written(value)")
