"""Calls inside the process have no query."""

from mutation import replace
from utilmeta.core.cli.inside.connections import Inside

WITHOUT = "(outgoing._replace(place=outgoing.place._replace(query='')), deadline)"

replace(Inside.send, "(outgoing, deadline)", WITHOUT)
replace(Inside.asend, "(outgoing, deadline)", WITHOUT)
