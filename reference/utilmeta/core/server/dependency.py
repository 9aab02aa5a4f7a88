"""The optional packages that a configuration or a backend may need: known ones, in this table and nowhere else.

What a user or a request names is never looked for here or installed (PREFERENCE-10a).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import TYPE_CHECKING

from utilmeta.utils.exceptions import DependencyMissing

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta

# What pip installs for a module that is imported.
REQUIREMENTS: Mapping[str, str] = {
    "django": "django>=4.2,<7",
    "psycopg": "psycopg[binary]>=3.1.8,<4",
    "psycopg_pool": "psycopg-pool>=3.2,<4",
    "redis": "redis>=5,<8",
}


def require(module: str, service: UtilMeta) -> None:
    """See that a module of the table can be imported, in ``setup()``, ``run()`` or a command.

    Raises DependencyMissing with the pip command, KeyError for a module that is not in the table.
    """
    requirement = REQUIREMENTS[module]
    if importlib.util.find_spec(module) is None:
        raise DependencyMissing(f"{module} is not installed: pip install '{requirement}'")
