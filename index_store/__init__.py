"""Finding it again: vectors, words, and both together."""
