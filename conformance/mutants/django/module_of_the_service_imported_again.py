"""The settings are read from a second import of the service's module."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import configure

AGAIN = (
    "import runpy; module = ModuleType(named); "
    "module.__dict__.update(runpy.run_path(own.__file__, run_name='second import'))\n"
)

replace(configure, "module = own\n", AGAIN)
