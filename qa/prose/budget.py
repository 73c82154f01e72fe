"""How much of a language model's context the passages may take, counted by tiktoken."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index_store.models import Hit
from qa.answer import Usage
from qa.audit.exchange import Exchange
from qa.prose.prompts import numbered_passage

if TYPE_CHECKING:
    from tiktoken import Encoding

#: Tokens that the passages may take: small local models often read 4,096 in all.
PASSAGES = 2_500


def within_budget(hits: Sequence[Hit], budget: int = PASSAGES) -> list[Hit]:
    """The best hits, as many as fit; at least one."""
    kept: list[Hit] = []
    used = 0
    for number, hit in enumerate(hits, start=1):
        used += _tokens(numbered_passage(number, hit))
        if kept and used > budget:
            break
        kept.append(hit)
    return kept


def spent(exchanges: Sequence[Exchange]) -> Usage | None:
    """What was read and written in all; None where no model was asked."""
    if not exchanges:
        return None
    return Usage(
        sum(_tokens(content) for one in exchanges for _, content in one.prompt),
        sum(_tokens(one.reply) for one in exchanges),
    )


def _tokens(text: str) -> int:
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> Encoding:
    # tiktoken downloads its vocabulary unless it finds it here; llama-index-core ships a copy.
    spec = find_spec("llama_index.core")
    assert spec is not None, "llama-index-core is a dependency"
    assert spec.origin is not None, "llama-index-core is a package with a file"
    cache_folder = Path(spec.origin).parent / "_static" / "tiktoken_cache"
    os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(cache_folder))
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
