"""Taking away what a page printed around its article.

`body` is the way of one text: its lines, what stands above, within and below the reporting, and
what is left.
"""

from corpus.cleaning.body import CleanedBody, clean_body

__all__ = ["CleanedBody", "clean_body"]
