"""Word forms of a language whose endings are given as data: `lexicons/…-forms.json`."""

from __future__ import annotations

from typing import Any

from wirespin.framing.spelling import unaccented

GAP = "…"
"""Sign in a phrase for words in between: "wies … zurück"."""

PREFIX = "|"
"""Sign between a separable prefix and its verb: "an|kündigen"."""


class Grammar:
    """Forms of words by their endings.

    A rule is an ending with those that take its place ("er": "e ent a èrent é"; "-" for none); the longest ending that
    a word has decides. Forms that no one uses come out too; they match nothing.

    Args:
        rules: `forms`, by part of speech, ending to the endings of its forms; `unmarked_participle`, the beginnings and
            ends of verbs whose participle has no "ge-", in a language that has one; `plain_adverbs`, whether adverbs in
            "-mente" lose the accent of their adjective.
    """

    def __init__(self, rules: dict[str, Any]) -> None:
        self._rules: dict[str, dict[str, str]] = rules["forms"]
        self._plain = bool(rules.get("plain_adverbs"))
        self._unmarked: dict[str, list[str]] | None = rules.get("unmarked_participle")

    def nouns(self, word: str) -> list[str]:
        """Singular and plural in all cases; a phrase as it is."""
        return [word] if " " in word else self._forms("nouns", word)

    def adjectives(self, word: str) -> list[str]:
        """All genders, numbers and cases, and the adverb; a phrase as it is."""
        if " " in word:
            return [word]
        forms = self._forms("adjectives", word)
        return [unaccented(form) if form.endswith("mente") else form for form in forms] if self._plain else forms

    def verbs(self, phrase: str) -> list[str]:
        """Third person of present and past, moods, participle and infinitive; of a phrase, the first word's."""
        word, _, rest = phrase.partition(" ")
        prefix, separable, base = word.rpartition(PREFIX)
        forms = self._forms("verbs", base)
        participle = self._participle(base)
        if separable:
            apart = [f"{form} {GAP} {prefix}" for form in forms if form != base]
            forms = [*apart, *(prefix + form for form in [*forms, *participle])]
            forms.append(f"{prefix}zu{base}")
        else:
            forms += participle
        return [f"{form} {rest}" if rest else form for form in forms]

    def _participle(self, base: str) -> list[str]:
        """The participle with "ge-", where the language and the verb have it."""
        if self._unmarked is None or base.startswith(tuple(self._unmarked["beginnings"])):
            return []
        if base.endswith(tuple(self._unmarked["endings"])):
            return []
        third = self._forms("verbs", base)[1]
        return [f"ge{third}", *(f"ge{third}{ending}" for ending in ("e", "en", "er", "es"))]

    def _forms(self, part: str, word: str) -> list[str]:
        rules = self._rules[part]
        for cut in range(len(word) + 1):
            if word[cut:] in rules:
                endings = rules[word[cut:]].split()
                forms = [word[:cut] + ending.removeprefix("-") for ending in endings]
                return list(dict.fromkeys([word, *forms]))
        return [word]
