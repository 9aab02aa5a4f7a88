"""A parameter that does not fit is a 400."""

from utilmeta.utils.exceptions import UnprocessableEntity

UnprocessableEntity.status = 400
