"""The setting PRODUCTION is True in development."""

from mutation import replace
from utilmeta.core.server.django_setup.settings import of_production

replace(of_production, 'Setting("PRODUCTION", state.production,', 'Setting("PRODUCTION", not state.production,')
