"""A 400 tells every single offence, however many there are."""

from utilmeta.core.request.parameters import parameter
from utilmeta.core.request.schemas import adapter

parameter.MOST_OFFENCES = adapter.MOST_OFFENCES = 10**9
