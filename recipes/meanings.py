"""News articles -> newsum/similarity/vectors.npz: vectors of the words that stand near the same words.

    python -m recipes.meanings TEXTS.jsonl.gz ... --out newsum/similarity/vectors.npz

Positive pointwise mutual information of stems at most five content words apart, the contexts' counts smoothed, then a
truncated singular value decomposition, each vector scaled by the roots of the singular values (Levy, Goldberg and
Dagan, "Improving distributional similarity with lessons learned from word embeddings", TACL 2015). One byte a number.
No running text is kept.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.errors import MissingExtra
from newsum.text.words import content_words, words
from recipes.words import texts

__all__ = ["fit", "main", "paragraphs"]

_APART = 5  # content words
_SMOOTHED = 0.75  # power of the contexts' counts: rare contexts would else look telling
_LEAST = 12  # occurrences; the vectors of rarer words are noise
_WORDS = 12_000
_SIZE = 128  # numbers a word; 64 find half a point fewer of the right articles on SPARK


def paragraphs(bodies: Iterable[str]) -> Iterator[list[str]]:
    """The keys of the content words of each paragraph, figures left out."""
    for body in bodies:
        for paragraph in body.split("\n"):
            keys = [w.key for w in content_words(words(paragraph)) if w.key.isalpha()]
            if len(keys) > 3:
                yield keys


def fit(keys: Sequence[Sequence[str]], *, words: int = _WORDS, size: int = _SIZE) -> tuple[list[str], NDArray[np.int8]]:
    """(stems, commonest first; their vectors, each scaled so that its largest number is 127).

    Raises:
        MissingExtra: scipy is not installed.
    """
    try:
        from scipy.sparse.linalg import svds
    except ImportError as error:
        raise MissingExtra('fitting word vectors needs scipy: pip install "newsum[train]"') from error
    counted = Counter(key for paragraph in keys for key in paragraph)
    vocabulary = [key for key, count in counted.most_common(words) if count >= _LEAST]
    left, values, _ = svds(_information(keys, vocabulary), k=size, random_state=0)
    found = (left * np.sqrt(values))[:, ::-1]
    largest = np.maximum(np.abs(found).max(axis=1, keepdims=True), 1e-9)
    return vocabulary, np.round(127 * found / largest).astype(np.int8)


def _information(keys: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Any:
    """(words, words), sparse: how much more often two words meet than by chance, as a logarithm; 0 where less."""
    from scipy import sparse

    column = {key: number for number, key in enumerate(vocabulary)}
    rows = [np.array([column[key] for key in paragraph if key in column], dtype=np.int32) for paragraph in keys]
    size = (len(vocabulary), len(vocabulary))
    met = sparse.csr_matrix(size)
    for apart in range(1, _APART + 1):
        here = np.concatenate([row[:-apart] for row in rows])
        there = np.concatenate([row[apart:] for row in rows])
        once = sparse.coo_matrix((np.full(len(here), 1 / apart), (here, there)), shape=size).tocsr()
        met = met + once + once.T
    occurs = np.asarray(met.sum(axis=1)).ravel()
    context = occurs**_SMOOTHED / (occurs**_SMOOTHED).sum()
    pairs = met.tocoo()
    told = np.maximum(0.0, np.log(pairs.data / (occurs[pairs.row] * context[pairs.col])))
    return sparse.csr_matrix((told, (pairs.row, pairs.col)), shape=size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    settings = parser.parse_args()
    vocabulary, found = fit(list(paragraphs(texts(settings.texts))))
    np.savez(settings.out, stems=np.array(" ".join(vocabulary)), vectors=found)
    print(f"{len(vocabulary)} stems of {found.shape[1]} numbers")


if __name__ == "__main__":
    main()
