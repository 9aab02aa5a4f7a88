"""What stands deeper in a configuration changes."""

from mutation import replace
from utilmeta.conf import immutable

VARIANTS = ("flask-sync",)

replace(immutable.frozen, "key: frozen(item, of) for", "key: item for")
