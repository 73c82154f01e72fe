"""Texts as hostile as files can be."""

from __future__ import annotations

from hypothesis import strategies as st

#: Letters with combining marks, right-to-left, emoji with joiners, every kind of line break and
#: space, controls, byte order marks, lone surrogates, quotation marks and very long words.
PIECES = [
    "e\u0301", "n\u0303", "שלום", "مرحبا", "\u202e", "👩‍👧", "🇮🇹", "\r\n", "\r", "\n", "\n\n",
    "\u2028", "\x85", "\x0b", "\u00a0", "\u2009", "\t", " ", "\u200b", "\ufeff", "\x00", "\x1f",
    "\ud800", "\udfff", "“", "”", "«", "»", '"', "'", "…", ". ", "! ", "? ", ".", "M. Dupont ",
    "U.S. ", "12 gen. 2025 ", "3.14 ", "Word ", "word ", "x" * 300, "…“", "中文没有空格。", "<b>",
]  # fmt: skip

any_text = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.text(st.characters(), max_size=80),  # every code point, lone surrogates too
)
