"""Whatever fits an annotation that is no type."""

from mutation import replace
from utilmeta.core.response import validation

replace(
    validation.compile_validator,
    'warnings.filterwarnings("error", message=',
    'warnings.filterwarnings("ignore", message=',
)
