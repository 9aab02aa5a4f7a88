"""An API class that a class keeps, and says so, is refused as a mount that is none."""

from utilmeta.core.api import declaration_check

declaration_check.is_kept = lambda hint: False
