"""Each request warns of native middleware that may miss a spelling of its path."""

from mutation import replace
from utilmeta.core.server import compilation

VARIANTS = ("flask-sync", "starlette-async", "fastapi-async", "sanic-async", "django-sync")


def warned(handle):
    def answer(request):
        compilation.tell(compilation.logging.WARNING, "give Preference(strict_root_route=True)")
        return handle(request)

    return answer


compilation.warned = warned
replace(
    compilation.compile_service,
    "serving.handle(service._adapter_class)",
    "warned(serving.handle(service._adapter_class))",
)
