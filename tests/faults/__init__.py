"""Faults, each a function, and what must outlive them; tests try a few times, the bench many."""
