"""Takes a documented name away from the reference: `utilmeta.core.api.Error`."""

from utilmeta.core import api

del api.Error
