"""Fits the heads of the moderation model, measures them by cross-validation, and turns weights into small whole numbers.

Source: R.-E. Fan et al., "LIBLINEAR", 2008: logistic regression with L2 regularisation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from shared.guardrails.moderation.model.features import features
from shared.guardrails.moderation.model.linear import FEWEST, WINDOW
from shared.guardrails.moderation.plain import written
from training.moderation.corpus import CUSTOMERS, Example

HEADS = ("attack", "harmful", "abuse")
FOLDS = 5
_REGULARISATION = 10.0
_LARGEST = 127
_SMALLEST = 4  # what is smaller moves no decision, and would triple the file
_ALLOWED: Mapping[str, Mapping[str, float]] = {
    "attack": {"customers": 0.001, "public": 0.0025, "notinject": 0.03, "sentences": 0.006, "own-harmless": 0.04},
    "harmful": {"customers": 0.001, "public": 0.002, "notinject": 0.0, "xstest-safe": 0.0, "sentences": 0.004},
    "abuse": {"customers": 0.001, "public": 0.02, "notinject": 0.0, "xstest-safe": 0.021, "tweets-neither": 0.045},
}
"""The share of each kind of harmless rows that a head may take for its own, out of fold: it sets where 0.5 is."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head as it is stored, and for each example whether a model that had not seen it was over the threshold."""

    stored: dict[str, Any]
    over: Any


class Corpus:
    """Examples as a matrix: presence of features, divided as `linear.scores` divides them."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.vectorizer = CountVectorizer(analyzer=features, min_df=2, binary=True, dtype=np.float32)
        words = [written(each.text).words[:WINDOW] for each in examples]
        seen = self.vectorizer.fit_transform(words)
        sizes = np.array([max(len(features(each)), FEWEST) for each in words])
        self.matrix = seen.multiply(1 / np.sqrt(sizes)[:, None]).tocsr().astype(np.float32)
        self.labels = np.array([each.label for each in examples])
        self.groups = np.array([each.group for each in examples])
        self.folds = np.array([_fold(each.text) for each in examples])
        self.importance = np.array([each.importance for each in examples])

    def shares(self, found: Any) -> dict[str, float]:
        """The share of each development set in which something was found."""
        return {str(group): round(float(found[self.groups == group].mean()), 4) for group in sorted(set(self.groups) - {""})}

    def usable(self, head: str) -> Any:
        """The rows that a head learns from: its own, and the harmless ones. Other kinds of harm teach it nothing."""
        harmless = (self.labels == "benign") | ((self.labels == "benign-to-attack") & (head == "attack"))
        return (self.labels == head) | harmless

    def harmless(self, kind: str) -> Any:
        """The rows of a kind of harmless text: a development set, those of all customers, or the public rows."""
        if kind == "public":
            return (self.groups == "") & (self.labels == "benign")
        return np.isin(self.groups, CUSTOMERS if kind == "customers" else [kind])

    def fit(self, head: str, rows: Any) -> tuple[Any, float, float]:
        """Whole weights by column, their scale, and the bias."""
        model = LogisticRegression(C=_REGULARISATION, solver="liblinear", class_weight="balanced", max_iter=300)
        model.fit(self.matrix[rows], self.labels[rows] == head, sample_weight=self.importance[rows])
        scale = float(np.abs(model.coef_[0]).max()) / _LARGEST
        whole = np.rint(model.coef_[0] / scale).astype(int)
        return np.where(np.abs(whole) < _SMALLEST, 0, whole), scale, float(model.intercept_[0])


def _fold(text: str) -> int:
    """The same for the same text, however the corpus grows: figures of before and after are of the same folds."""
    return int.from_bytes(sha256(text.encode()).digest(), "big") % FOLDS


def fitted(corpus: Corpus, head: str) -> Fitted:
    """One head: the threshold comes from cross-validation of rounded weights, the weights from all rows."""
    usable = corpus.usable(head)
    margins = np.full(len(corpus.labels), np.nan)
    for fold in range(FOLDS):
        whole, scale, bias = corpus.fit(head, usable & (corpus.folds != fold))
        tested = np.flatnonzero(corpus.folds == fold)
        margins[tested] = corpus.matrix[tested] @ (whole * scale) + bias
    threshold = _threshold(corpus, margins, _ALLOWED[head])
    whole, scale, bias = corpus.fit(head, usable)
    names = corpus.vectorizer.get_feature_names_out()
    return Fitted(_stored(names, whole, scale, bias - threshold), margins > threshold)


def _threshold(corpus: Corpus, margins: Any, allowed: Mapping[str, float]) -> float:
    def lowest(kind: str, share: float) -> float:
        values = np.sort(margins[corpus.harmless(kind)])[::-1]
        return float(values[int(share * len(values))]) + 1e-6 if len(values) else -np.inf

    return max(lowest(kind, share) for kind, share in allowed.items())


def _stored(names: Any, whole: Any, scale: float, bias: float) -> dict[str, Any]:
    kept = {str(name): int(weight) for name, weight in zip(names, whole, strict=True) if weight}
    return {"bias": round(bias, 6), "scale": round(scale, 8), "weights": dict(sorted(kept.items()))}
