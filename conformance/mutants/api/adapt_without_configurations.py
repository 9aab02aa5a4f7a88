"""What a service was put into has none of its configurations."""

from mutation import replace
from utilmeta.core.server import embed
from utilmeta.core.server.application import compile_serving


def without_configurations(state, *arguments, **options):
    kept = dict(state.configurations)
    state.configurations.clear()
    try:
        return compile_serving(state, *arguments, **options)
    finally:
        state.configurations.update(kept)


embed.without_configurations = without_configurations
replace(embed.attach_below, "attach(compile_serving(", "attach(without_configurations(")
