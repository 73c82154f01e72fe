"""From the words typed to a question that stands alone: follow-ups, names, languages."""
