"""How the guestbook is configured."""
