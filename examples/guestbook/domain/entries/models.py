"""The table of entries."""

from django.db import models


class Entry(models.Model):
    guest = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    signed = models.DateTimeField()

    class Meta:
        ordering = ("id",)
