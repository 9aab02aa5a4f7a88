"""In place of a bad value a configuration has the default."""

from mutation import replace
from utilmeta.conf.config import Config

replace(
    Config.__init__,
    "raise refusal(type(self), error) from None",
    "super().__init__(**{name: values[name] for name in values if name != error.errors()[0]['loc'][0]})",
)
