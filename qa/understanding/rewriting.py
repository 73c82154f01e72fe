"""A follow-up in words of its own, by the configured language model.

What it writes is shown and searched for, never quoted. A model that fails, answers the question,
changes its language, or adds a name or a number that nobody said costs nothing but its time: what
the question leans on is carried to it without the model.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.characters import fold
from index_store.question_language import question_language
from index_store.terms import words
from qa.errors import ModelUnavailable
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES
from qa.prose.deadline import Deadline
from qa.prose.language_model import ask_model, open_model
from qa.prose.prompts import conversation_prompt, rewriting_prompt
from qa.prose.reply import readable
from qa.settings import Settings
from qa.understanding.ellipsis import ellipsis_of
from qa.understanding.follow_ups import exchanges
from qa.understanding.leaning import leans
from qa.understanding.mentions import mentions
from qa.understanding.translation_memory import TranslationMemory

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: Seconds to wait, as for a translation.
PATIENCE = 10.0

#: Exchanges that the model is told.
_EXCHANGES = 4

#: A question that was put into words is no longer than so many times all that was said of it.
_LONGEST = 300

logger = logging.getLogger(__name__)


class Rewriter:
    """Rewrites follow-ups, each once.

    Args:
        memory: of what the model has rewritten before.
        patience: seconds to wait for what it makes of a follow-up.
    """

    def __init__(
        self, model: LLM, memory: TranslationMemory | None = None, patience: float = PATIENCE
    ) -> None:
        self._model = model
        self._patience = patience
        self._memory = memory or TranslationMemory(model.metadata.model_name)

    def rewrite(self, text: str, history: Sequence[Turn], language: str) -> str | None:
        """The question as it stands alone; None where it does already, or no rewriting holds."""
        said = exchanges(history)[-_EXCHANGES:]
        if not said or not _is_follow_up(text, said[-1][0], language):
            return None
        asked = conversation_prompt(said, text)
        key = hashlib.sha256(asked.encode()).hexdigest()
        known = self._memory.get(key, [language]).get(language)
        if known is not None:
            return known
        made = self._ask(asked, language)
        if made is None or not is_faithful(made, text, said, language):
            return None
        self._memory.put(key, {language: made})
        return made

    def _ask(self, asked: str, language: str) -> str | None:
        try:
            prompt = ("system", rewriting_prompt(language)), ("user", asked)
            reply = ask_model(self._model, prompt, Deadline.after(self._patience))
        except ModelUnavailable as error:
            logger.warning("the follow-up is understood without the language model: %s", error)
            return None
        lines = [line.strip() for line in readable(reply).splitlines() if line.strip()]
        return lines[0] if len(lines) == 1 else None


def open_rewriter(settings: Settings) -> Rewriter | None:
    """The configured model as a rewriter that remembers, or None where none is configured.

    Raises:
        BadSetting: the model is known not to chat.
    """
    patience = min(settings.llm_timeout, PATIENCE)
    model = open_model(replace(settings, llm_timeout=patience))
    if model is None:
        return None
    memory = TranslationMemory(model.metadata.model_name, settings.home / "follow_ups.sqlite3")
    return Rewriter(model, memory, patience)


def is_faithful(
    made: str, text: str, said: Sequence[tuple[str, str]], language: str | None
) -> bool:
    """Whether a rewriting is a question in the same language, of names and numbers that were said.

    Args:
        said: questions and answers before it.
    """
    heard = " ".join((text, *(part for exchange in said for part in exchange)))
    if not words(made) or len(made) > _LONGEST or made.endswith("?") is not text.endswith("?"):
        return False
    if question_language(made, INTERFACE_LANGUAGES) != language:
        return False
    known = set(words(heard))
    places = {mention.place for mention in mentions(heard) if mention.place}
    return all(number in known for number in re.findall(r"\d+", fold(made))) and all(
        mention.words <= known or mention.place in places for mention in mentions(made)
    )


def _is_follow_up(text: str, before: str, language: str) -> bool:
    return leans(text, language) or not mentions(text) or ellipsis_of(text, before) is not None
