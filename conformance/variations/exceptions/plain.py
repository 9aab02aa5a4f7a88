"""What is an error, and of no class that the contract names, is a plain Exception."""

import functools

from utilmeta.core.server.service import UtilMeta
from utilmeta.utils.exceptions import DeclarationError, ServiceError, SettingsError, UnknownBackend

LEVEL = "full"


def plain(function):
    @functools.wraps(function)
    def call(*args, **options):
        try:
            return function(*args, **options)
        except (DeclarationError, ServiceError, SettingsError, UnknownBackend) as error:
            raise Exception(str(error)) from None

    return call


for name in ("__init__", "use", "setup", "mount", "adapt", "application"):
    setattr(UtilMeta, name, plain(getattr(UtilMeta, name)))
