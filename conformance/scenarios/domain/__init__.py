"""Package of Django apps, named as on the page; django_hosts_models.py and config_all.py use it."""
