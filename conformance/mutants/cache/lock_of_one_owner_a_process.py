"""All locks of a process have one owner, so that who comes too late gives back the lock of the next."""

import secrets

from mutation import replace
from utilmeta.core.cache import lock

lock.OWNER = secrets.token_hex(16)
replace(lock.CacheLock.__init__, "self.owner = secrets.token_hex(16)", "self.owner = OWNER")
