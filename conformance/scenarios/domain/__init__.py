"""The package of Django apps of django_hosts_models.py, as the page has one."""
