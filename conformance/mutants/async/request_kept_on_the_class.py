"""The current request is kept on the API class, where the next one replaces it."""

from mutation import replace
from utilmeta.core.api.declaration import API

replace(API.__init__, "self.request", "type(self).request")
