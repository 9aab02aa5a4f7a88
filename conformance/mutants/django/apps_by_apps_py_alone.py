"""An app without an apps.py is not found in `apps_package`."""

from utilmeta.conf import django

django.SIGNS = ("apps.py",)
