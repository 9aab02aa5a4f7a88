"""The contract: its chapters (*.md), the lock, and what reads them."""
