"""A member of a model or mapping has every bound."""

from utilmeta.core.request.schemas import adapter

adapter.checked = lambda schema, label: schema
