"""`Error` of `utilmeta.utils` is not the class of what handlers are given."""

import utilmeta.utils
from utilmeta.core.response.error import Error

utilmeta.utils.Error = type("Error", (Error,), {})
