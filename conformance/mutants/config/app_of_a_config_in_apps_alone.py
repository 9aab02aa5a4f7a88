"""An AppConfig is known as that of its app where it is in apps.py; of another module it is an app of its own."""

from mutation import replace
from utilmeta.conf import django

replace(django.app_of, "name, wanted = entry, is_package", "return entry.partition('.apps.')[0]")
