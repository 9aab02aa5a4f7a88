"""Everyone on the machine may read the secret key."""

from mutation import replace
from utilmeta.core.server.django_setup.secret_key import kept, read

replace(kept, "0o600", "0o644")
replace(read, "0o077", "0")
