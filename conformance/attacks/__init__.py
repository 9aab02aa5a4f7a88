"""Attacks on a service over real servers, each judged as refused, bounded, a server's own limit, or open."""
