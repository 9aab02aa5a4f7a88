"""Migrations are shown, and not written."""

from mutation import replace
from utilmeta.core.server.commands import management

DRY = '["meta", name, *arguments, *["--dry-run"] * (name == "makemigrations")]'
replace(management.run, '["meta", name, *arguments]', DRY)
