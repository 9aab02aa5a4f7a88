"""`time_zone` is not Django's: what is stored without zone is taken for UTC."""

from utilmeta.conf.time import Time

VARIANTS = ("flask-sync",)

native = Time.django_settings


def django_settings(self, service):
    return {**native(self, service), "TIME_ZONE": "UTC"}


Time.django_settings = django_settings
