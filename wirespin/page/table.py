"""The two texts in rows, with their differences marked and the findings in the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.events import Event, Finding, Place
from wirespin.page.findings import card, marking
from wirespin.page.marks import Marking, marked
from wirespin.page.markup import NOTHING, Html, element, joined
from wirespin.page.rows import Row, rows
from wirespin.page.side import Letter, Side
from wirespin.page.texts import Texts
from wirespin.page.units import Unit

HEADLINE = -1
"""Row of the headlines; findings that stand at no place of the texts are told there too."""

GAPS = {
    "left_out": ("", "not found in the copy"),
    "reworded": ("", "not found as a sentence, but words of it are in the copy"),
    "added": ("not found in the original", ""),
}
"""What an empty cell says, left and right."""


@dataclass(frozen=True)
class Table:
    """Both texts of an event in rows."""

    event: Event
    texts: Texts

    def html(self) -> Html:
        """The table."""
        head = (element("th", name, scope="col", role="columnheader") for name in ("Original", "Copy", "Findings"))
        body = (self._row(number, row) for number, row in enumerate(self.rows))
        return element(
            "table",
            element("thead", element("tr", *head, role="row"), role="rowgroup"),
            element("tbody", self._headlines(), *body, role="rowgroup"),
            class_="pair",
            role="table",
        )

    @cached_property
    def rows(self) -> list[Row]:
        """What stands beside what."""
        return rows(self.texts.pair, self.texts.original.units, self.texts.copy.units)

    @property
    def findings(self) -> list[tuple[int, Finding]]:
        """The findings with their numbers, the strongest first."""
        return list(enumerate(self.event.framing.devices, 1))

    @cached_property
    def _row_of(self) -> dict[tuple[str, int], int]:
        """Row of a unit, by letter of the side and the unit's start."""
        found = {}
        for number, row in enumerate(self.rows):
            found.update({("o", unit.start): number for unit in row.original})
            found.update({("c", unit.start): number for unit in row.copy})
        return found

    @cached_property
    def _margin(self) -> dict[int, list[Html]]:
        """Cards by row."""
        found: dict[int, list[Html]] = defaultdict(list)
        for number, finding in self.findings:
            found[self._place(finding)].append(card(number, finding))
        return found

    def _place(self, finding: Finding) -> int:
        if finding.where == "headline":
            return HEADLINE
        for side, span in ((self.texts.copy, finding.rewritten_span), (self.texts.original, finding.original_span)):
            for unit in side.units if span else ():
                if span and unit.start <= span[0] < unit.end:
                    return self._row_of[side.letter, unit.start]
        return HEADLINE

    @cached_property
    def _markings(self) -> dict[tuple[Letter, int], list[Marking]]:
        """All that is marked in the bodies, by side and start of the unit that it touches."""
        found: dict[tuple[Letter, int], list[Marking]] = defaultdict(list)
        for side in (self.texts.original, self.texts.copy):
            starts = [unit.start for unit in side.units]
            for one in self._of_body(side):
                for at in range(max(0, bisect_right(starts, one.span[0]) - 1), bisect_left(starts, one.span[1])):
                    found[side.letter, starts[at]].append(one)
        return found

    def _of_body(self, side: Side) -> list[Marking]:
        return [
            *self.texts.sentences[side.letter],
            *self.texts.words[side.letter, "body"],
            *(Marking(span, "span", "site", None, 3) for span in side.furniture),
            *self._numbered(side, "body"),
        ]

    def _numbered(self, side: Side, where: Place) -> list[Marking]:
        """Markings of the findings."""
        of_place = (marking(number, one, side.letter) for number, one in self.findings if one.where == where)
        return [one for one in of_place if one]

    def _headlines(self) -> Html:
        cells = (self._headline(side) for side in (self.texts.original, self.texts.copy))
        return element("tr", *cells, self._cards(HEADLINE), class_="headline", role="row")

    def _headline(self, side: Side) -> Html:
        if not side.headline.strip():
            return self._cell(side, element("p", "no headline", class_="note"))
        markings = [*self.texts.words[side.letter, "headline"], *self._numbered(side, "headline")]
        shown = element("strong", marked(side.headline, (0, len(side.headline)), markings))
        return self._cell(side, element("p", shown, class_="body", lang=side.language, dir=side.direction))

    def _row(self, number: int, row: Row) -> Html:
        return element(
            "tr",
            self._cell(self.texts.original, self._text(self.texts.original, row.original), self._beside(row, "o")),
            self._cell(self.texts.copy, self._text(self.texts.copy, row.copy), self._beside(row, "c")),
            self._cards(number),
            class_=row.kind.replace("_", "-") + (" on" if self._goes_on(number) else ""),
            id=f"r{number}",
            role="row",
        )

    def _goes_on(self, number: int) -> bool:
        """Whether a row goes on with the paragraphs of the one above it."""
        row, above = self.rows[number], self.rows[number - 1]
        sides = ((row.original, above.original), (row.copy, above.copy))
        return number > 0 and all(not here or (bool(before) and not here[0].begins) for here, before in sides)

    def _cards(self, row: int) -> Html:
        return element("td", *self._margin.get(row, []), class_="margin", role="cell")

    def _cell(self, side: Side, *content: Html) -> Html:
        empty = "" if any(content) else " empty"
        return element("td", *content, class_=f"text {side.letter}{empty}", role="cell")

    def _text(self, side: Side, shown: tuple[Unit, ...]) -> Html:
        """Units to the letter, a paragraph each where the body begins a line."""
        paragraphs: list[list[Unit]] = []
        for unit in shown:
            if unit.begins or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(unit)
        return joined(*(self._paragraph(side, units) for units in paragraphs))

    def _paragraph(self, side: Side, units: list[Unit]) -> Html:
        markings = dict.fromkeys(one for unit in units for one in self._markings.get((side.letter, unit.start), ()))
        words = marked(side.body, (units[0].start, units[-1].end), markings)
        number = str(units[0].paragraph) if units[0].begins and units[0].sentence is not None else None
        return element("p", words, class_="body", lang=side.language, dir=side.direction, data_n=number)

    def _beside(self, row: Row, letter: Letter) -> Html:
        """What a cell says besides its own text: why it is empty, or where the rest stands."""
        if row.kind == "moved_here" and letter == "o":
            return joined(*(self._echo(sentence) for sentence in row.others))
        if row.kind == "moved_away" and letter == "c":
            return self._note("moved to ", self._pointers(self.texts.copy, row.others), " of the copy")
        if row.kind == "linked" and letter == "o":
            return self._further(row)
        said = GAPS.get(row.kind, ("", ""))[letter == "c"]
        return self._note(said) if said else NOTHING

    def _further(self, row: Row) -> Html:
        """Where else the copy's sentences of a row come from."""
        here = {unit.sentence for unit in row.original}
        sources = (self.texts.pair.alignment.sources[unit.sentence] for unit in row.copy if unit.sentence is not None)
        others = tuple(dict.fromkeys(source for found in sources for source in found if source not in here))
        pointers = self._pointers(self.texts.original, others)
        return self._note("also from ", pointers, " of the original") if others else NOTHING

    def _echo(self, sentence: int) -> Html:
        """A sentence of the original repeated beside what was made of it elsewhere."""
        side, at = self.texts.original, self.texts.original.view.sentences[sentence]
        quoted = marked(side.body, (at.start, at.end), self.texts.words["o", "body"])
        return joined(
            self._note("moved from ", self._pointers(side, (sentence,)), " of the original:"),
            element("blockquote", quoted, class_="note", lang=side.language, dir=side.direction),
        )

    def _pointers(self, side: Side, sentences: Sequence[int]) -> Html:
        """Links to the paragraphs of sentences."""
        units = dict.fromkeys(side.units[side.unit_of[sentence]] for sentence in sentences)
        by_number = {unit.paragraph: self._row_of[side.letter, unit.start] for unit in reversed(units)}
        links = [element("a", f"paragraph {n}", href=f"#r{by_number[n]}") for n in sorted(by_number)]
        return joined(*(joined(", " if at else "", one) for at, one in enumerate(links)))

    def _note(self, *said: str) -> Html:
        return element("p", *said, class_="note")
