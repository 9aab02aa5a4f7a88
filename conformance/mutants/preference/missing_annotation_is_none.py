"""An endpoint without an annotation is to return None."""

from mutation import replace
from utilmeta.core.response import validation

replace(validation.compile_check, '.get("return", Any)', '.get("return", type(None))')
