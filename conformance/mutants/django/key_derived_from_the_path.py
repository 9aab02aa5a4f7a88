"""The secret key is made of the project's path."""

from mutation import replace
from utilmeta.core.server.django_setup.secret_key import development_key

replace(development_key, "return kept(state_directory() / file_name(project))", "return 4 * file_name(project)")
