"""Fits the heads of the moderation model, measures them by cross-validation, and turns weights into small whole numbers.

Source: R.-E. Fan et al., "LIBLINEAR", 2008: logistic regression with L2 regularisation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from shared.guardrails.moderation.model.features import features
from shared.guardrails.moderation.model.linear import WINDOW
from shared.guardrails.moderation.plain import plain
from training.moderation.corpus import CUSTOMERS, Example

HEADS = ("attack", "harmful", "abuse")
FOLDS = 5
_REGULARISATION = 3.0
_LARGEST = 127
_SMALLEST = 2  # what is smaller moves no decision, and would triple the file
_ALLOWED: Mapping[str, Mapping[str, float]] = {
    "attack": {"customers": 0.001, "notinject": 0.027, "xstest-safe": 0.0, "sentences": 0.012, "tweets-neither": 0.1},
    "harmful": {"customers": 0.001, "notinject": 0.027, "xstest-safe": 0.021, "sentences": 0.012, "tweets-neither": 0.1},
    "abuse": {"customers": 0.001, "notinject": 0.014, "xstest-safe": 0.021, "sentences": 0.012, "tweets-neither": 0.045},
}
"""The share of each kind of harmless rows that a head may take for its own, out of fold: it sets where 0.5 is."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head as it is stored, and for each example whether a model that had not seen it was over the threshold."""

    stored: dict[str, Any]
    over: Any


class Corpus:
    """Examples as a matrix: presence of features, each row of length 1."""

    def __init__(self, examples: Sequence[Example], seed: int = 0) -> None:
        self.vectorizer = CountVectorizer(analyzer=features, min_df=2, binary=True, dtype=np.float32)
        texts = [plain(each.text)[:WINDOW] for each in examples]
        self.matrix = normalize(self.vectorizer.fit_transform(texts))
        self.labels = np.array([each.label for each in examples])
        self.groups = np.array([each.group for each in examples])
        folds = np.random.RandomState(seed).randint(0, FOLDS, len(examples))
        self.folds = np.where(self.groups == "", -1, folds)
        self.importance = np.array([each.importance for each in examples])

    def shares(self, found: Any) -> dict[str, float]:
        """The share of each development set in which something was found."""
        return {str(group): round(float(found[self.groups == group].mean()), 4) for group in sorted(set(self.groups) - {""})}

    def usable(self, head: str) -> Any:
        """The rows that a head learns from: its own, and the harmless ones. Other kinds of harm teach it nothing."""
        harmless = (self.labels == "benign") | ((self.labels == "benign-to-attack") & (head == "attack"))
        return (self.labels == head) | harmless

    def fit(self, head: str, rows: Any) -> LogisticRegression:
        model = LogisticRegression(C=_REGULARISATION, solver="liblinear", class_weight="balanced", max_iter=300)
        return model.fit(self.matrix[rows], self.labels[rows] == head, sample_weight=self.importance[rows])


def fitted(corpus: Corpus, head: str) -> Fitted:
    """One head: the threshold comes from cross-validation, the weights from all rows."""
    usable = corpus.usable(head)
    margins = np.full(len(corpus.labels), np.nan)
    for fold in range(FOLDS):
        model = corpus.fit(head, usable & (corpus.folds != fold))
        tested = np.flatnonzero(corpus.folds == fold)
        margins[tested] = model.decision_function(corpus.matrix[tested])
    threshold = _threshold(corpus, margins, _ALLOWED[head])
    whole = corpus.fit(head, usable)
    names = corpus.vectorizer.get_feature_names_out()
    return Fitted(_stored(names, whole.coef_[0], float(whole.intercept_[0]) - threshold), margins > threshold)


def _threshold(corpus: Corpus, margins: Any, allowed: Mapping[str, float]) -> float:
    def lowest(group: str, share: float) -> float:
        chosen = np.isin(corpus.groups, CUSTOMERS if group == "customers" else [group])
        values = np.sort(margins[chosen])[::-1]
        return float(values[int(share * len(values))]) + 1e-6

    return max(lowest(group, share) for group, share in allowed.items())


def _stored(names: Any, weights: Any, bias: float) -> dict[str, Any]:
    scale = float(np.abs(weights).max()) / _LARGEST
    whole = np.rint(weights / scale).astype(int)
    kept = {str(name): int(weight) for name, weight in zip(names, whole, strict=True) if abs(weight) >= _SMALLEST}
    return {"bias": round(bias, 6), "scale": round(scale, 8), "weights": dict(sorted(kept.items()))}
