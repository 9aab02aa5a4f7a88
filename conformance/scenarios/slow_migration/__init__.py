"""A Django app whose one migration takes a while, so that whoever comes meanwhile finds it half done."""
