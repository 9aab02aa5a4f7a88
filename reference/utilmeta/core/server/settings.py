"""Django's settings, put together once in ``service.setup()`` from all that a service says.

Needed where Django is the backend, and where a configuration needs it on another one (``Config.needs_django``). Of
several that give one setting the first wins (DJANGO-5): a keyword of a configuration, the user's settings, UtilMeta's
defaults.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.conf import settings

from utilmeta.conf.time import Time

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


def defaults(service: UtilMeta) -> dict[str, Any]:
    """What holds where nobody says anything."""
    return {
        "ALLOWED_HOSTS": ["*"],
        "ROOT_URLCONF": "utilmeta.core.server.backends.django",
        "SECRET_KEY": secrets.token_urlsafe(50),
        **Time().django_settings(service),
    }


def given(service: UtilMeta) -> dict[str, Any]:
    """What the configurations that are used stand for."""
    found: dict[str, Any] = {}
    for config in service._configs.values():
        found |= config.django_settings(service)
    return found


def install(service: UtilMeta) -> None:
    """Configure Django, unless the user did already, and set it up (CONFIG-6)."""
    if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        settings.configure(**{**defaults(service), **given(service)})
    else:
        for name, value in given(service).items():
            setattr(settings, name, value)
    if not apps.ready:
        django.setup()
