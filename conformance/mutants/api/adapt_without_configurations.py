"""What a service was put into has none of its configurations."""

from utilmeta.core.server import embed

compile_serving = embed.compile_serving


def without_configurations(service, *arguments, **options):
    kept, service._configs = service._configs, {}
    try:
        return compile_serving(service, *arguments, **options)
    finally:
        service._configs = kept


embed.compile_serving = without_configurations
