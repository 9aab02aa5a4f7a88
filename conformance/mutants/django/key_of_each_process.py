"""Every process makes a secret key of its own."""

from mutation import replace
from utilmeta.core.server.django_setup.secret_key import development_key

replace(development_key, "return kept(state_directory() / file_name(project))", "return made()")
