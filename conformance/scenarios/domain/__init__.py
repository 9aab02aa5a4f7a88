"""The package of Django apps of stock.py, as the page has one."""
