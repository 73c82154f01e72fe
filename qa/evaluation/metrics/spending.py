"""What a language model's answers cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a million tokens, in whatever currency."""

    prompt: float
    reply: float


def cost(prompt_tokens: float, reply_tokens: float, prices: Prices) -> float:
    """What a prompt and its reply cost, in the currency of the prices."""
    return (prompt_tokens * prices.prompt + reply_tokens * prices.reply) / 1_000_000
