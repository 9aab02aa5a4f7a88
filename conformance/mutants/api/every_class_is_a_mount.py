"""An API class that a class keeps, and says so, is refused as a mount that is none."""

from utilmeta.core.api import mistakes

mistakes.is_kept = lambda hint: False
