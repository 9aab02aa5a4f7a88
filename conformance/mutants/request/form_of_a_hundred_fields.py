"""An urlencoded form may have a hundred fields."""

from utilmeta.core.request.body import form

form.MAX_FIELDS = 100
