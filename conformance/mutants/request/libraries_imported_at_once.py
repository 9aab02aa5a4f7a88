"""The libraries of types are imported by every service."""

import msgspec  # noqa: F401
import utype  # noqa: F401
