"""Raised, lowered and broken figures, which folding would put beside others: 10² is no 102.

Plain again are those that newsrooms type so: m² as m2, CO₂ as CO2. Only what is compared is
changed; what is stored and shown stays as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_UNIT = re.compile(rf"(?<![^\W\d_])(?:[kcdm]?m|ft|mi)[{_RAISED}]")
_POWER = re.compile(rf"(\d+)(⁻?)([{_RAISED}]{{1,2}})(?![{_RAISED}])")
_MIXED = re.compile(rf"(\d?)([{_FRACTIONS}])")
#: Decimals of which none has three figures, which would be read as thousands.
_DECIMALS = {"½": ".5", "¼": ".25", "¾": ".75"}
_APART = re.compile(rf"(?<=[^\W_])(?=[{_RAISED}])|(?<=\d)(?=[{_LOWERED}])")
_KEPT = re.compile(rf"(?<=[^\W_])[{_RAISED}]+|(?<=\d)[{_LOWERED}]+")


def spelt_out(text: str) -> str:
    """A text whose figures can be folded: powers by their value, fractions by a stroke."""
    if text.isascii():
        return text
    text = _UNIT.sub(lambda unit: _plain(unit[0]), text)
    text = _MIXED.sub(lambda found: found[1] + _broken(found[2], mixed=bool(found[1])), text)
    return _APART.sub(" ", _POWER.sub(_value, text))


def plain(text: str) -> str:
    """NFKC (Unicode Annex 15) but for figures that it would put beside others."""
    if text.isascii():
        return text
    text = _UNIT.sub(lambda unit: _plain(unit[0]), text)
    text = _MIXED.sub(lambda found: f"{found[1]} {_plain(found[2])}", text)
    kept = [match.group() for match in _KEPT.finditer(text)]
    parts = [_plain(part) for part in _KEPT.split(text)]
    return "".join(part + figures for part, figures in zip(parts, [*kept, ""], strict=True))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2044", "/")


def _broken(fraction: str, *, mixed: bool) -> str:
    if mixed and fraction in _DECIMALS:
        return _DECIMALS[fraction]
    return f" {_plain(fraction)}"


def _value(power: re.Match[str]) -> str:
    exponent = int(_plain(power[3]))
    return f"{Decimal(int(power[1])) ** (-exponent if power[2] else exponent):f}"
