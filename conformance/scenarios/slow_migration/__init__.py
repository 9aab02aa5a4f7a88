"""A Django app whose one migration takes a while, so that a second process finds it half done."""
