"""What stands deeper in a configuration changes."""

from mutation import replace
from utilmeta.conf import unchanging

VARIANTS = ("flask-sync",)

replace(unchanging.frozen, "key: frozen(item, of) for", "key: item for")
