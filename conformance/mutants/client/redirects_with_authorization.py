"""A redirect to another origin takes Authorization along."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(redirected, "if pair[0].lower() in HARMLESS", 'if pair[0].lower() in HARMLESS | {"authorization"}')
