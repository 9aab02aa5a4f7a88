"""What startup hooks set in a variable stays with them."""

from utilmeta.core.pipeline import lifecycle

lifecycle.set_since = lambda before: ()
