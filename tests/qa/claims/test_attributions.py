"""Words that say who said something."""

import pytest

from qa.claims.attributions import attributions


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Ada Reeve, its head, told Tom Orme on Tuesday: “It is so.”", "en", ["Ada Reeve"]),
        ("“No.” Ada Reeve: “It is so.”", "en", ["Ada Reeve"]),
        ("The race to beat Ada Reeve: “It is so.”", "en", []),
        ("“It is so,” said the Courier’s Ada Reeve.", "en", ["Ada Reeve"]),
        ("“It is so,” she said.", "en", [""]),
        ("Ada Reeve called it “peanuts”.", "en", ["Ada Reeve"]),
        ("Ada Reeve called the police.", "en", []),
        ("« C’est ainsi », a répondu à Hervé Taillandier un juriste.", "fr", []),
        ("« Oui, a dit Solène Kervadec. C’est tout. »", "fr", ["Solène Kervadec"]),
        ("“Sì”, ammette la direttrice del porto, Livia Sarcinelli.", "it", ["Livia Sarcinelli"]),
    ],
)  # fmt: skip
def test_only_who_speaks_is_named(text: str, language: str, named: list[str]) -> None:
    assert [each.printed for each in attributions(text, language)] == named
