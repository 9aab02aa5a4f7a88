"""A part of an IP address is a domain for cookies."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import domain_matches

replace(domain_matches, " and not is_address(host)", "")
