"""Real services that scenarios use: PostgreSQL and Redis."""
