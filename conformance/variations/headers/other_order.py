"""Headers come in another order; several of one name keep theirs."""

from replies import change_replies

LEVEL = "full"
change_replies(lambda status, headers, body, request: (status, sorted(headers, key=lambda each: each[0][::-1]), body))
