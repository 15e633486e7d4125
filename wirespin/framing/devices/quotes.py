"""quote_truncated, quote_altered, quote_reattributed: what became of people's own words.

Each quotation of the copy is laid against the quotations of the paragraph of the original that holds most of its words.
Words put in or taken out within it: altered. Words of the original's quotation that the copy prints nowhere: truncated.
The words stand in somebody else's mouth: reattributed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from schemas.events import Finding
from wirespin.framing.devices.quote_speakers import another_speaker
from wirespin.framing.direction import against, quoted_by
from wirespin.framing.evidence import LONGEST, body_finding, plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.opcodes import opcodes
from wirespin.framing.pair import Pair
from wirespin.framing.parties import Party
from wirespin.framing.quotes import Quote
from wirespin.framing.view import FramingView
from wirespin.framing.wording import misprinted
from wirespin.text.tokens import Span

LEAST_WORDS = 3
"""Words of a quotation that can be told to come from another."""

MATCHED = 0.6
"""Share of a quotation's words that must stand in the original's one."""

WHOLE = 0.9
"""Share that lets a quotation pass as coming from one place."""

APART = 20
"""Words between two quotations of a paragraph from which on they are no parts of one: others may speak there."""

DROPPED = 3
"""Words in a row that a truncation leaves out at least."""

ELSEWHERE = 0.7
"""Share of dropped words that, found in one sentence of the copy, show that they were kept outside the quotation."""

WORDING_KEPT = 0.45
"""Fidelity from which a shortened quotation is a choice; a paraphrase quotes in fragments as a matter of course."""

TYPO = 0.75
"""Likeness of two words from which one is a misprint of the other."""

ALTERED, TURNED, TRUNCATED, TURNING, REATTRIBUTED = 0.6, 0.25, 0.4, 0.2, 0.75
"""Severities; TURNED and TURNING are added where the words decide the sense (a negation, a condition, a "but")."""

BLOCK_WORDS = 400
"""Words of a quotation that are compared; a paragraph seldom holds more."""

KINDS = {
    "not": frozenset(
        "can't cannot didn't doesn't don't isn't never no nobody none not nothing wasn't without won't wouldn't".split()
    ),
    "but": frozenset("although but however though while yet".split()),
    "if": frozenset("if whether".split()),
    "may": frozenset("could may maybe might perhaps".split()),
}
"""Hinges of a sentence that stand for one another; an editor who writes one for another turns nothing."""

SPEAKING = frozenset({"i", "we"})
"""Words of a speaker for himself or his side as those who act."""

WITHIN = frozenset("although and could if may maybe might or perhaps should unless until whether whoever would".split())
"""Hinges that turn their own sentence and not the one before it, where they stand at its head."""

SHORTENED = 0.15
"""Severity of leaving out whole sentences of a quotation that take nothing back: any story is shortened so."""

CARELESS, REWORDED, WORDED = 0.4, 0.3, 0.75
"""Least weight of a changed quotation, and the fidelities between which it grows to the whole: who rewords all rewords
quotations too, which is bad work and no sign of a purpose."""


@dataclass
class _Block:
    """The quoted words of one speech in a paragraph of the original, and which of them the copy prints."""

    paragraph: int
    words: list[int]
    quotes: list[Quote]
    count: Counter[str] = field(default_factory=Counter)
    printed: set[int] = field(default_factory=set)
    user: Quote | None = None


def find(pair: Pair) -> list[Finding]:
    """Quotations of the copy that were altered, cut or given to another speaker."""
    blocks = [_Block(one.paragraph, one.words, one.quotes, one.count) for one in pair.original.once(_blocks)]
    found: list[Finding] = []
    for quote in pair.copy.quotes:
        words = _counted(pair.copy, quote)[:BLOCK_WORDS]
        whole = _best(pair, blocks, words, WHOLE)
        if whole is not None:
            found += _compare(pair, whole, quote, words)
        else:
            found += _piecewise(pair, blocks, quote, words)
    if pair.fidelity >= WORDING_KEPT:
        for block in blocks:
            found += _truncated(pair, block)
    return found


def _piecewise(pair: Pair, blocks: list[_Block], quote: Quote, words: list[int]) -> list[Finding]:
    """A quotation whose sentences come from different places, or which changed too much to be held whole."""
    pieces: dict[int, list[int]] = {}
    for at in words:
        pieces.setdefault(pair.copy.sentence_of(at), []).append(at)
    homes = [(piece, block) for piece in pieces.values() if (block := _best(pair, blocks, piece, WHOLE)) is not None]
    if len(homes) < 2 or len({id(block) for _, block in homes}) == 1:
        block = _best(pair, blocks, words, MATCHED)
        return _compare(pair, block, quote, words) if block is not None else []
    found = [one for piece, block in homes for one in _compare(pair, block, quote, piece)]
    if not all(pair.marks_paired(block.paragraph, quote.paragraph) for _, block in homes):
        return found
    spans = _block_span(pair, homes[0][1]), _cited(pair.copy, quote)
    text = "Two quotations of the original were joined into one that nobody said."
    return [*found, body_finding(pair, "quote_altered", spans, ALTERED + TURNED, text)]


def _counted(view: FramingView, quote: Quote) -> list[int]:
    uncounted = view.language.uncounted
    return [at for at in range(quote.first, quote.last) if view.canon[at] not in uncounted]


def _blocks(view: FramingView) -> list[_Block]:
    """Quotations that only a "he said" or a few words more keep apart, a block for each row of them."""
    found: list[_Block] = []
    for quote in view.quotes:
        last = found[-1] if found else None
        if last is None or last.paragraph != quote.paragraph or quote.first - last.quotes[-1].last > APART:
            last = _Block(quote.paragraph, [], [])
            found.append(last)
        last.words = (last.words + _counted(view, quote))[:BLOCK_WORDS]
        last.quotes.append(quote)
    found = [block for block in found if block.words]
    for block in found:
        block.count = Counter(view.canon[at] for at in block.words)
    return found


def _best(pair: Pair, blocks: list[_Block], words: list[int], share: float) -> _Block | None:
    """The paragraph whose quotations hold most of a quotation's words, and at least a share of them."""
    if len(words) < LEAST_WORDS:
        return None
    wanted = Counter([pair.copy.canon[at] for at in words])
    best, most = None, share * len(words)
    for block in blocks:
        if len(block.words) < most:
            continue
        held = block.count
        shared = sum([min(times, held[word]) for word, times in wanted.items() if word in held])
        if shared >= most and (best is None or shared > most):
            best, most = block, shared
            if shared == len(words):
                break
    return best


def _compare(pair: Pair, block: _Block, quote: Quote, words: list[int]) -> list[Finding]:
    """Lay one quotation of the copy against its block; notes what it prints."""
    before = [pair.original.canon[at] for at in block.words]
    after = [pair.copy.canon[at] for at in words]
    codes = opcodes(before, after)
    printed = [at for tag, i, j, _, _ in codes if tag == "equal" for at in block.words[i:j]]
    if len(printed) < MATCHED * len(words):
        return []
    block.printed.update(printed)
    block.user = block.user or quote
    return _altered(pair, block, quote, words, codes) + _reattributed(pair, block, quote, printed)


def _altered(
    pair: Pair, block: _Block, quote: Quote, words: list[int], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[Finding]:
    """Words put in, exchanged, or taken out between two that are kept."""
    cut: list[int] = []
    put: list[int] = []
    for number, (tag, i, j, k, m) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        lone = not inside and tag == "delete" and _opens_sentence(pair, block, i, j)
        changes = tag != "equal" and (m > k or ((inside or lone) and not _skips_sentence(pair, block, i, j)))
        if changes and not _misprint(pair, block.words[i:j], words[k:m]):
            cut += block.words[i:j]
            put += words[k:m]
    if not cut and not put:
        return []
    if not _words_differ(pair, cut, put):
        block.printed.update(cut)
        return []
    if not put and ("…" in pair.copy.text(quote.span) or "..." in pair.copy.text(quote.span)):
        return []
    turned = _turned(pair, cut, put)
    if len(cut) + len(put) < 2 and not turned:
        return []
    block.printed.update(cut)
    spans = _block_span(pair, block), _cited(pair.copy, quote)
    text = f"Words inside the quotation were changed: {_changed(pair, cut, put)}."
    severity = (ALTERED + TURNED * turned) * _on_purpose(pair)
    side = against(_whose(pair, block)) if turned else None
    return [body_finding(pair, "quote_altered", spans, severity, text, side)]


def _turned(pair: Pair, cut: list[int], put: list[int]) -> bool:
    """Whether words that decide the sense came or went; one of a kind for another ("doesn't", "not") is neither."""
    before, after = _hinges(pair.original, cut), _hinges(pair.copy, put)
    if before and not after and len(cut) == len(put):
        return not all(misprinted(pair.original.norms[i], pair.copy.norms[k]) for i, k in zip(cut, put, strict=True))
    return before != after


def _hinges(view: FramingView, words: list[int]) -> set[str]:
    found = {view.norms[at] for at in words} & view.language.words("hinges")
    return {next((kind for kind, members in KINDS.items() if hinge in members), hinge) for hinge in found}


def _on_purpose(pair: Pair) -> float:
    """What a changed quotation weighs: all where the wording is kept, little where all was reworded."""
    return min(1.0, max(CARELESS, (pair.fidelity - REWORDED) / (WORDED - REWORDED)))


def _whose(pair: Pair, block: _Block) -> Party | None:
    """The only speaker of a paragraph's quotations."""
    found = {party for quote in block.quotes if (party := quoted_by(pair.original, quote)) is not None}
    return found.pop() if len(found) == 1 else None


def _words_differ(pair: Pair, cut: list[int], put: list[int]) -> bool:
    """Whether the texts differ in words of a change, marks aside, and by more than a misprint or a hinge."""
    cut, put = [at for at in cut if at in pair.gone], [at for at in put if at in pair.fresh]
    return _turned(pair, cut, put) or (len(cut) + len(put) >= 2 and not _misprint(pair, cut, put))


def _opens_sentence(pair: Pair, block: _Block, i: int, j: int) -> bool:
    """Whether a few words at the head of a sentence were taken out whose rest was kept ("If …")."""
    hinged = any(
        pair.original.norms[at] in pair.hinges - pair.original.language.words("joining") for at in block.words[i:j]
    )
    return hinged and j - i <= LEAST_WORDS and j < len(block.words)


def _skips_sentence(pair: Pair, block: _Block, i: int, j: int) -> bool:
    """Whether what was taken out are whole sentences."""
    if j >= len(block.words) or i == 0:
        return False
    sentence = pair.original.sentence_of
    return sentence(block.words[i - 1]) != sentence(block.words[i]) and sentence(block.words[j - 1]) != sentence(
        block.words[j]
    )


def _misprint(pair: Pair, cut: list[int], put: list[int]) -> bool:
    before = "".join(pair.original.norms[at] for at in cut).replace("'", "")
    after = "".join(pair.copy.norms[at] for at in put).replace("'", "")
    alike = SequenceMatcher(None, before[:200], after[:200], autojunk=False).ratio() > TYPO
    return alike and not _turned(pair, cut, put)


def _changed(pair: Pair, cut: list[int], put: list[int]) -> str:
    if cut and put:
        return f"{plain(show(pair.original, cut))} became {plain(show(pair.copy, put))}"
    if cut:
        return f"{plain(show(pair.original, cut))} is gone without a mark"
    return f"{plain(show(pair.copy, put))} was put in"


def _reattributed(pair: Pair, block: _Block, quote: Quote, printed: list[int]) -> list[Finding]:
    """The same words with another speaker."""
    owner = next((one for one in block.quotes if one.first <= printed[0] < one.last), None)
    if owner is None or len(printed) < LEAST_WORDS + 1 or pair.fidelity < WORDING_KEPT:
        return []
    text = another_speaker(pair, owner, quote)
    spans = _cited(pair.original, owner), _cited(pair.copy, quote)
    return [body_finding(pair, "quote_reattributed", spans, REATTRIBUTED, text)] if text else []


def _truncated(pair: Pair, block: _Block) -> list[Finding]:
    """Runs of a quotation that the copy prints nowhere although it prints the rest."""
    if block.user is None or len(block.printed) == len(block.words):
        return []
    dropped = [run for run in _runs(block) if len(pair.gone.intersection(run)) >= DROPPED and not _elsewhere(pair, run)]
    if not dropped:
        return []
    run = max(dropped, key=lambda one: (_dropping(pair, one), len(one)))
    spans = _cut_span(pair, block, run), _cited(pair.copy, block.user)
    text = f"The quotation was cut: {plain(show(pair.original, run))} is missing."
    side = against(_whose(pair, block)) if _dropping(pair, run) > TRUNCATED else None
    return [body_finding(pair, "quote_truncated", spans, _dropping(pair, run), text, side)]


def _dropping(pair: Pair, run: list[int]) -> float:
    """Severity of dropped words: whole sentences weigh by what they say, parts of one by the hinges among them."""
    view = pair.original
    numbers = range(view.sentence_of(run[0]), view.sentence_of(run[-1]) + 1)
    said = [_spoken(view, number) for number in numbers]
    if any(not set(words) <= set(run) for words in said):
        return TRUNCATED + TURNING * any(view.norms[at] in pair.hinges for at in run)
    return TRUNCATED + TURNING if any(_weighs(view, words) for words in said if words) else SHORTENED


def _weighs(view: FramingView, words: list[int]) -> bool:
    """Whether a sentence takes back, limits or denies: it begins with a hinge, or "I" and "never" stand in it.

    "If" and "until" begin a sentence that is whole without the one before it.
    """
    norms = [view.norms[at] for at in words]
    if norms[0] in view.language.words("hinges") - WITHIN:
        return True
    return not SPEAKING.isdisjoint(norms) and not KINDS["not"].isdisjoint(norms)


def _spoken(view: FramingView, number: int) -> list[int]:
    """Quoted words of a sentence that the word diff counts."""
    sentence = view.sentences[number]
    return [
        at
        for at in range(sentence.first, sentence.last)
        if view.quoted[at] and view.canon[at] not in view.language.uncounted
    ]


def _runs(block: _Block) -> list[list[int]]:
    """Rows of words that the copy does not print; where a quotation ends, a row does."""
    ends = {quote.last for quote in block.quotes}
    runs: list[list[int]] = [[]]
    before = 0
    for at in block.words:
        if at in block.printed or any(before < end <= at for end in ends):
            runs.append([])
        if at not in block.printed:
            runs[-1].append(at)
        before = at
    return [run for run in runs if run]


def _elsewhere(pair: Pair, run: list[int]) -> bool:
    """Whether one sentence of the copy holds most of the words."""
    wanted = {pair.original.stems[at] for at in run}
    return any(
        len(wanted & set(pair.copy.stems[one.first : one.last])) >= ELSEWHERE * len(wanted)
        for one in pair.copy.sentences
    )


def _block_span(pair: Pair, block: _Block) -> Span:
    """From the first to the last quotation of a paragraph, marks included, as far as a reader wants to read."""
    first, last = block.quotes[0].first, block.quotes[-1].last
    if last - first <= LONGEST:
        return max(0, block.quotes[0].span[0] - 1), min(len(pair.original.document.body), block.quotes[-1].span[1] + 1)
    return pair.original.words_span(first, first + LONGEST)


def _cut_span(pair: Pair, block: _Block, run: list[int]) -> Span:
    """The quotations of a paragraph; of long ones, as much around what was cut as a reader wants to read."""
    first, last = block.quotes[0].first, block.quotes[-1].last
    if run[-1] < first + LONGEST or last - first <= LONGEST:
        return _block_span(pair, block)
    start = min(run[0], max(first, run[-1] + 1 - LONGEST))
    return pair.original.words_span(start, min(last, start + LONGEST))


def _cue_end(view: FramingView, cue: Mark) -> int:
    """Index behind the verb and the word after it, if that stands in the same sentence."""
    sentence = view.sentences[min(view.sentence_of(cue.first), len(view.sentences) - 1)]
    return min(cue.last + 1, max(cue.last, sentence.last))


def _cited(view: FramingView, quote: Quote) -> Span:
    """The quotation with its marks, and the verb and speaker where they follow at once."""
    last = min(quote.last, quote.first + LONGEST)
    end = view.tokens[last - 1].end
    if last == quote.last:
        end = min(len(view.document.body), quote.span[1] + 1)
        if quote.cue is not None and 0 <= quote.cue.first - quote.last <= 3:
            end = view.tokens[_cue_end(view, quote.cue) - 1].end
    return max(0, quote.span[0] - 1), end
