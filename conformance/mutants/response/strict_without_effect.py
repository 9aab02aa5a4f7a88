"""`strict` of a template is for its documentation."""

from mutation import replace
from utilmeta.core.response.template import compile_result_check

replace(compile_result_check, "not strict and not (template is not None and template.strict)", "not strict")
