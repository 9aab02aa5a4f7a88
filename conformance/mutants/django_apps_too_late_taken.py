"""Apps that come after Django is set up are taken, without a word and without effect."""

from utilmeta.core.server import installation

installation.READ_ONCE = ()
