"""The Django apps of the guestbook: each folder in here is one."""
