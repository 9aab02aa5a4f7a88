"""The description that is answered is not in the project."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.set_up, "json.dumps(description, ensure_ascii=False)", 'json.dumps("")')
