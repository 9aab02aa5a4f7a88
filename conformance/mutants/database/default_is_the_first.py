"""The database that is named first is the default one, whatever its alias."""

from utilmeta.core.orm import DatabaseConnections

VARIANTS = ("flask-sync",)

native = DatabaseConnections.django_settings


def django_settings(self, service):
    databases = native(self, service)["DATABASES"]
    return {"DATABASES": {**databases, "default": next(iter(databases.values()))}}


DatabaseConnections.django_settings = django_settings
