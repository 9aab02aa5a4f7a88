"""An object of the annotated class fits, whatever its fields hold."""

from mutation import replace
from utilmeta.core.response import validation

replace(validation.fields_of, "return {field.name: hints[field.name] for", "return {field.name: object for")
