"""Caches with a client of their own, beside Django's."""
