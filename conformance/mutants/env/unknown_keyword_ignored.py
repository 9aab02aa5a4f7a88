"""An unknown keyword of an Env is ignored."""

from mutation import replace
from utilmeta.conf.env import Env

replace(Env.__init__, "file: str | os.PathLike[str] | None = None", "file=None, **unknown")
