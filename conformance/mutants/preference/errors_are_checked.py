"""A Response with the status of an error is checked against the annotation too."""

from mutation import replace
from utilmeta.core.response import validation

replace(validation.promises, "response.status < 300", "response.status < 600")
