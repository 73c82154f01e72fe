"""Reading question sets: a format a module, one entry for all (`reader.read_questions`).

Nothing of a set is used before all of it has been looked at.
"""

from qa.evaluation.reading.reader import read_questions

__all__ = ["read_questions"]
