"""The headers of a strict template are checked before after hooks run."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(
    chain_compiler.compose,
    "    if hooks.after:\n",
    """    if parts.check_headers is not None:
        handler = with_response_check(with_template(handler, template), parts.check_headers)
    if hooks.after:
""",
)
