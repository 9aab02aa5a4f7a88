"""Attacks on a service over real servers, and what becomes of each: refused, bounded, a server's own limit or open."""
