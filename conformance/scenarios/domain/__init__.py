"""Package of Django apps, named as on the page; django_documented.py and config_all.py use it."""
