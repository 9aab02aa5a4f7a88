"""Whatever fits an annotation that is no type."""

from contextlib import nullcontext

from utilmeta.core.response import validation

validation.only_types = nullcontext
