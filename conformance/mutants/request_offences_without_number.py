"""A 422 tells every single offence, however many there are."""

from utilmeta.core.request import adapter, argument

argument.MOST_OFFENCES = adapter.MOST_OFFENCES = 10**9
