"""`meta gen_client` writes functions whose results may be anything."""

from mutation import replace
from utilmeta.core.cli.generation.classes import Classes

replace(Classes.response_of, "self.annotations.doc(result,", "self.annotations.doc(Any,")
