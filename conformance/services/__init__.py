"""Real services that checks need beside the one they judge: PostgreSQL and Redis."""
