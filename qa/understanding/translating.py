"""A question in the archive's other languages, by the configured language model.

What is translated is only searched for. A model that fails, or says anything else than what was
asked of it, costs nothing but its time: the question itself is searched for all the same.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from index_store.terms import words
from qa.errors import ModelUnavailable
from qa.prose.deadline import Deadline
from qa.prose.language_model import ask_model, open_model
from qa.prose.prompts import translation_prompt
from qa.prose.reply import readable
from qa.settings import Settings
from qa.understanding.translation_memory import TranslationMemory

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: Seconds to wait for a translation, which is shorter than any answer.
PATIENCE = 10.0

#: A translation is no longer than so many times its question and as many characters more.
_LONGER, _MORE = 3, 40

#: A line of a reply: "fr: …", with or without the marks of a list.
_LINE = re.compile(r"[\s>*•–-]*([a-z]{2})\s*[:=]\s*(.*)", re.IGNORECASE)

logger = logging.getLogger(__name__)


class Translator:
    """Translates questions, each once.

    Args:
        memory: of what the model has translated before.
        patience: seconds to wait for a translation.
    """

    def __init__(
        self, model: LLM, memory: TranslationMemory | None = None, patience: float = PATIENCE
    ) -> None:
        self._model = model
        self._patience = patience
        self._memory = memory or TranslationMemory(model.metadata.model_name)

    def into(
        self, question: str, language: str | None, languages: Iterable[str]
    ) -> Mapping[str, str]:
        """The question by the languages that it could be translated into, of those asked for.

        Args:
            language: of the question itself, which it is not translated into.
        """
        wanted = [code for code in languages if code != language and _is_language(code)]
        known = self._memory.get(question, wanted)
        missing = [code for code in wanted if code not in known]
        made = self._translate(question, missing) if missing else {}
        if made:
            self._memory.put(question, made)
        return {**known, **made}

    def _translate(self, question: str, languages: Sequence[str]) -> dict[str, str]:
        try:
            prompt = ("system", translation_prompt(languages)), ("user", question)
            reply = ask_model(self._model, prompt, Deadline.after(self._patience))
        except ModelUnavailable as error:
            logger.warning("the question is searched for as it is, not translated: %s", error)
            return {}
        return parse(readable(reply), question, languages)


def open_translator(settings: Settings) -> Translator | None:
    """The configured model as a translator that remembers, or None where none is configured.

    Raises:
        BadSetting: the model is known not to chat.
    """
    patience = min(settings.llm_timeout, PATIENCE)
    model = open_model(replace(settings, llm_timeout=patience))
    if model is None:
        return None
    memory = TranslationMemory(model.metadata.model_name, settings.home / "translations.sqlite3")
    return Translator(model, memory, patience)


def parse(reply: str, question: str, languages: Sequence[str]) -> dict[str, str]:
    """What a reply says that can be a translation, by language.

    A line that is empty, far too long or the question itself is none, and neither is one of two
    for the same language. Where one language was asked for, its code may be missing.
    """
    lines = [line for line in map(str.strip, reply.splitlines()) if line]
    said: dict[str, list[str]] = {}
    for line in lines:
        if found := _LINE.fullmatch(line):
            said.setdefault(found[1].lower(), []).append(found[2])
    if not said and len(lines) == len(languages) == 1:
        said = {languages[0]: lines}
    return {
        code: said[code][0].strip()
        for code in languages
        if len(said.get(code, ())) == 1 and _is_translation(said[code][0], question)
    }


def _is_translation(text: str, question: str) -> bool:
    said = words(text)
    return bool(said) and said != words(question) and len(text) <= _LONGER * len(question) + _MORE


def _is_language(code: str) -> bool:
    """Whether Babel knows it: an article can call its language what it likes."""
    try:
        return len(Locale.parse(code).language) == len(code) == 2
    except (ValueError, UnknownLocaleError):
        return False
