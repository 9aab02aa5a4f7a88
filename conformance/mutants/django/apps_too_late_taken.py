"""Apps that come after Django is set up are taken, without a word and without effect."""

from utilmeta.core.server.django_setup import setup

setup.READ_ONCE = ()
