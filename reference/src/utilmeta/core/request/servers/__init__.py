"""Request classes, one for each kind of server, behind the one interface of ``Request``."""
