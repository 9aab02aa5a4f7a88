"""JSON may have any number of values."""

from mutation import replace
from utilmeta.core.request.body import json_limits

replace(json_limits.check_values, "if has_too_many_values(body):", "if False:")
