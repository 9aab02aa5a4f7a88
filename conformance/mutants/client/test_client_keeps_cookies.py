"""A test client has the cookies of the one before."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started, WithClients

replace(
    WithClients.test_client,
    "made(kind, service=self, internal=True, **options)",
    "vars(self).setdefault('kept', made(kind, service=self, internal=True, **options))",
)
replace(Started.__exit__, "self.client.__exit__(*exception)", "pass")
replace(Started.__aexit__, "await self.client.__aexit__(*exception)", "pass")
