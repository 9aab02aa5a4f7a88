"""An answer of any status is written to the file."""

from mutation import replace
from utilmeta.core.cli.streams.download import ContentTemplate, download

replace(ContentTemplate.fits, "status in (OK, PARTIAL)", "True")
replace(download, "if answer.status != OK and not goes_on:", "if False:")
