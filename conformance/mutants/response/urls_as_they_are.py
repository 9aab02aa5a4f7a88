"""A Location is sent as it was given, as far as a header can."""

from mutation import replace
from utilmeta.core.response import response

replace(response.checked_headers, "reference(value) if name.lower() in REFERENCES else value", "value")
