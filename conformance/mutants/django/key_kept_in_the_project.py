"""The secret key is kept in a file of the project."""

from mutation import replace
from utilmeta.core.server.django_setup.secret_key import development_key

replace(development_key, "state_directory() / file_name(project)", 'project / ".key" / "key"')
