"""An article as every engine is given it: words, and which of them stand inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wirespin.text.document import Document
from wirespin.text.tokens import Token

Symbols = npt.NDArray[np.int32]
"""Words by number: twice the word's number in the vocabulary, one more where it stands inside quotation marks."""


@dataclass(frozen=True)
class Article:
    """Words of a text in order, and for each whether it is quoted."""

    tokens: list[Token]
    quoted: list[bool]


def from_text(body: str) -> Article:
    """Take a text apart as the program does."""
    document = Document(body=body)
    return Article(document.tokens, document.quoted)


def join(articles: Iterable[Article]) -> Article:
    """Several texts as one."""
    tokens: list[Token] = []
    quoted: list[bool] = []
    for article in articles:
        tokens += article.tokens
        quoted += article.quoted
    return Article(tokens, quoted)


class Vocabulary:
    """Words by number. One token object a word serves all articles: a million of them would not fit otherwise."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.tokens = [Token(word, 0, 0) for word in words]
        self._numbers = {token.norm: number for number, token in enumerate(self.tokens)}

    def words(self) -> list[str]:
        """The words in order of their numbers."""
        return [token.norm for token in self.tokens]

    def number(self, word: str) -> int:
        """The number of a word, which is taken in where it is new."""
        known = self._numbers.setdefault(word, len(self.tokens))
        if known == len(self.tokens):
            self.tokens.append(Token(word, 0, 0))
        return known

    def encode(self, article: Article) -> Symbols:
        """An article as symbols."""
        numbers = [self.number(token.norm) for token in article.tokens]
        return (np.array(numbers, dtype=np.int32) << 1) | np.array(article.quoted, dtype=np.int32)

    def decode(self, symbols: Symbols) -> Article:
        """The article of these symbols."""
        tokens: Sequence[Token] = self.tokens
        return Article([tokens[number] for number in (symbols >> 1).tolist()], (symbols & 1).astype(bool).tolist())
