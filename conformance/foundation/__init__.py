"""What every other room builds on: exceptions, deadlines, locks, addresses, random values, foreign text."""
