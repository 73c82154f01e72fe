"""Whether one text follows from another: a model of natural language inference, if one is named.

Rules by words reach as far as words do; what is said in another language they can only judge by
names, numbers and cognates. A cross-encoder trained on XNLI (Conneau et al. 2018, "XNLI: Evaluating
Cross-lingual Sentence Representations") reads both. Off by default: it takes a forward pass a
statement and a model of hundreds of megabytes.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Protocol

from index_store.cross_encoder import PairModel
from qa.errors import EntailmentUnavailable

_ENTAILMENT = "entailment"


class Entailment(Protocol):
    """What the verifier needs of such a model."""

    def probability(self, premise: str, hypothesis: str) -> float:
        """How likely the hypothesis follows from the premise, 0 to 1.

        Raises:
            EntailmentUnavailable: the model cannot be had or used.
        """


class CrossEncoderEntailment:
    """A cross-encoder of sentence-transformers with a label named "entailment"."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _model(self) -> PairModel:
        model = PairModel(self._name, EntailmentUnavailable(_missing(self._name)))
        if _ENTAILMENT not in model.labels or len(model.labels) < 2:
            raise EntailmentUnavailable(
                f'the NLI model {self._name!r} cannot be used: expected a label "entailment" '
                f"beside others, found {', '.join(model.labels)}; set CITEDESK_NLI to another "
                f"cross-encoder, or unset it"
            )
        return model

    def probability(self, premise: str, hypothesis: str) -> float:
        model = self._model
        (logits,) = model.logits([(premise, hypothesis)])
        largest = max(logits)  # subtracted, so that no exponential overflows
        shares = [math.exp(logit - largest) for logit in logits]
        return shares[model.labels.index(_ENTAILMENT)] / sum(shares)


def open_entailment(name: str | None) -> Entailment | None:
    """The model of this name or folder, loaded when it is first asked; None without a name."""
    return CrossEncoderEntailment(name) if name else None


def _missing(name: str) -> str:
    return (
        f"the NLI model {name!r} cannot be loaded: it is not on this machine and no model hub "
        f"answered; put it in a folder and set CITEDESK_NLI to that path, or unset CITEDESK_NLI "
        f"to judge by words alone"
    )
