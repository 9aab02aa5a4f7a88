"""What the service's module declares is not Django's."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import configure

replace(configure, "module = own\n", "module = None\n")
