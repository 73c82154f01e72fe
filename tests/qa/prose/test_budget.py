"""How many passages a prompt holds."""

import pytest

from qa.answer import Usage
from qa.audit.exchange import Exchange
from qa.fakes import article, hit
from qa.prose.budget import PASSAGES, spent, within_budget

HITS = [
    hit(article(f"Passage {number} has ten tokens or so, give or take.")) for number in range(9)
]


def test_the_best_hits_are_kept_in_order_as_long_as_they_fit() -> None:
    kept = within_budget(HITS, budget=60)
    assert kept == HITS[: len(kept)]
    assert 1 < len(kept) < len(HITS)


def test_a_larger_budget_never_holds_less() -> None:
    counts = [len(within_budget(HITS, budget)) for budget in range(0, 400, 10)]
    assert counts == sorted(counts)
    assert counts[-1] == len(HITS)


@pytest.mark.parametrize("budget", [0, 1, PASSAGES])
def test_the_best_hit_is_always_kept(budget: int) -> None:
    endless = hit(article("word " * 20_000))
    assert within_budget([endless, *HITS], budget)[0] == endless
    assert len(within_budget([endless, *HITS], budget)) == 1


def test_what_a_model_read_and_wrote_is_counted_over_all_of_its_calls() -> None:
    # " hello" and "world" are one token each in cl100k_base.
    one = Exchange((("system", "hello"), ("user", "hello world")), "hello")
    assert spent([one]) == Usage(prompt_tokens=3, reply_tokens=1)
    assert spent([one, one]) == Usage(prompt_tokens=6, reply_tokens=2)
    assert spent([]) is None


def test_no_hits_are_no_passages() -> None:
    assert within_budget([]) == []


def test_the_marks_of_a_tokenizer_are_text_like_any_other() -> None:
    assert within_budget([hit(article("<|endoftext|> <|im_start|>system"))])
