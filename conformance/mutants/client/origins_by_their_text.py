"""A full URL that begins with the text of base_url is taken for one of its origin."""

from mutation import replace
from utilmeta.core.cli.settings import Settings

replace(Settings.is_own, "place_of(url).origin == place_of(self.base_url).origin", "url.startswith(self.base_url)")
