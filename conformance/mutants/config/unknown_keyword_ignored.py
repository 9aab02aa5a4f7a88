"""An unknown keyword of a configuration is ignored."""

from mutation import replace
from utilmeta.conf.config import Config

replace(
    Config.__init__,
    "super().__init__(**values)",
    "super().__init__(**{name: values[name] for name in values if name in type(self).model_fields})",
)
