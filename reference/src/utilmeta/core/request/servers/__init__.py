"""Requests as each kind of server hands them over, behind one interface."""
