"""Which words may be names: those with a capital letter, as far as a language keeps it for names."""

from __future__ import annotations

from collections.abc import Sequence

from wirespin.framing.languages import Language
from wirespin.text.document import Document
from wirespin.text.tokens import Token


def capitals(document: Document, tokens: Sequence[Token], language: Language) -> list[bool]:
    """For each word, whether it begins with a capital letter that may show a name.

    Where all nouns have one (German), a name stands beside another word with a capital ("Sprecher Jonas Veit"), or is
    the last word of such a row elsewhere in the text ("Veit"): nouns meet nouns seldom, but for what is counted ("20
    Kilogramm Abfall").
    """
    body = document.body
    if language.elides:
        found = [_begins_with_capital(body, token, language) for token in tokens]
    else:
        found = [body[start].isupper() for start in document.token_starts[: len(tokens)]]
    if not language.capital_nouns:
        return found
    words = [language.bare(token.norm) for token in tokens]
    counted = [False, *(word[:1].isdigit() for word in words[:-1])]
    name = [
        up and not behind and word not in language.stopwords
        for up, behind, word in zip(found, counted, words, strict=False)
    ]
    joined = [
        name[at] and name[at + 1] and body[tokens[at].end : tokens[at + 1].start].strip(" \u00a0-") == ""
        for at in range(len(tokens) - 1)
    ]
    rows = [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)]
    surnames = {
        word
        for word, row, goes_on in zip(words, rows, [*joined, False], strict=False)
        if row and not goes_on and word not in language.words("days")
    }
    return [up and (row or word in surnames) for up, row, word in zip(name, rows, words, strict=False)]


def _begins_with_capital(body: str, token: Token, language: Language) -> bool:
    """Whether a word begins with a capital, what is elided before it left out ("l'Élysée")."""
    if body[token.start].isupper():
        return True
    bare = language.bare(token.norm)
    return bare is not token.norm and body[token.end - len(bare)].isupper()
