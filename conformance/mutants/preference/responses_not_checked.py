"""A result that comes in a Response is not checked."""

from mutation import replace
from utilmeta.core.response import validation

replace(validation.promises, "response.status < 300", "response.status < 200")
