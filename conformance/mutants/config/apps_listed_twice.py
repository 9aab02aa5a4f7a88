"""An app that is listed twice is there twice, where its label would be refused."""

from mutation import replace
from utilmeta.conf import django

replace(django.DjangoSettings.given, "list(dict.fromkeys(self.apps or ()))", "list(self.apps or ())")
