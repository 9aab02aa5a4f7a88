"""Migrations are not applied."""

from mutation import replace
from utilmeta.core.server.commands import management

replace(management.run, '["meta", name, *arguments]', '["meta", name, *arguments, *["--plan"] * (name == "migrate")]')
