"""Config is to be had from its own module alone."""

import utilmeta.conf

del utilmeta.conf.Config
