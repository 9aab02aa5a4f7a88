"""The command does not know which module a setting is from."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import declared

replace(declared, 'f"the settings module {name!r}"', '"a settings module"')
