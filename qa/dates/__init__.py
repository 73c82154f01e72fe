"""The time that a question speaks of: periods, events, and what was known by a day."""
