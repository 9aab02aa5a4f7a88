"""A service without an api and mounts answers 503 everywhere."""

from mutation import replace
from utilmeta.core.server import application
from utilmeta.utils.exceptions import NotFound

application.NotFound = NotFound
INSTALL = "adapter.install(application, serving.handle(state.adapter_class))"
STATUS = "NotFound.status = NotFound.status if state.mounts or state.api else 503"
replace(application.compile_service, INSTALL, f"{STATUS}\n    {INSTALL}")
