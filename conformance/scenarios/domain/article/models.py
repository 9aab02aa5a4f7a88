"""The model that django_documented.py keeps rows of."""

from django.db import models


class Article(models.Model):
    word = models.CharField(max_length=100)
