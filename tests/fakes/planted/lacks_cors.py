"""Takes a documented name away from the reference: `utilmeta.core.api.CORS`."""

from utilmeta.core import api

del api.CORS
