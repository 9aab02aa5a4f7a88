"""An AppConfig is known as that of its app where it is in apps.py; of another module it is an app of its own."""

from mutation import replace
from utilmeta.conf import django

replace(django.app_of, "if folders_of(entry):\n        return entry\n", "return entry.partition('.apps.')[0]\n")
