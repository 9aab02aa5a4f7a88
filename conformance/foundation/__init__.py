"""Modules that every other room uses: exceptions, deadlines, locks, addresses, random values, untrusted text."""
