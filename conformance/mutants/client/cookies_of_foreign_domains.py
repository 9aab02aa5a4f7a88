"""A cookie for another domain is taken for the host's own."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import parsed

replace(
    parsed,
    "or not domain_matches(host, domain)):\n        return None",
    'or not domain_matches(host, domain)):\n        domain = ""',
)
