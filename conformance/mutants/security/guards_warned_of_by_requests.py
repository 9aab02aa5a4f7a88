"""Each request warns of native middleware that may miss a spelling of its path."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("flask-sync", "starlette-async", "fastapi-async", "sanic-async", "django-sync")


def warned(handle):
    def answer(request):
        application.tell(application.logging.WARNING, "give Preference(strict_root_route=True)")
        return handle(request)

    return answer


application.warned = warned
replace(
    application.compile_service,
    "serving.handle(state.adapter_class)",
    "warned(serving.handle(state.adapter_class))",
)
