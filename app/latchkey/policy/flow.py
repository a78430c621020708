"""The picture of a journey, laid out: who goes which way. Boxes, lines and texts with places; whoever draws adds
colour.

Down the middle stand the orchestration steps. A page's choices have a row each, and an arrow to where it leads, at the
right; sub journeys stand at the right as well. A step that is skipped for some has a way around it at the left, with
the words for whom. Made from a journey told in words (`story`), so that picture and tree say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from latchkey.policy.flow_text import width, wrap
from latchkey.policy.names import key
from latchkey.policy.story import StoryNode
from latchkey.text import _

Point = tuple[float, float]
BoxKind = Literal["terminal", "step", "choice", "way", "frame"]
EdgeKind = Literal["on", "choice", "skip"]
Role = Literal["title", "text", "soft", "badge"]

TITLE, TEXT, SMALL = 14, 13, 12  # sizes of text, in pixels
MARGIN = 24
_CARD = 304
_PAD = 14
_GAP = 40  # between steps, one below the other
_OFF = 10  # a way around leaves so far below the point where all ways meet
_AISLE = 76  # between a page and where its choices lead
_LANE = 30  # from a card to the way around it
_NOTE = 176  # the words beside that
_ROW, _BETWEEN = 30, 8
_LINE = {TITLE: 20, TEXT: 18, SMALL: 16}
_CHOICES = ("button", "link", "form")


class Line(NamedTuple):
    """A line of text: its baseline, and where it begins, ends or has its middle."""

    text: str
    x: float
    y: float
    size: int
    role: Role
    anchor: Literal["start", "middle", "end"] = "start"


class Badge(NamedTuple):
    """A small word in a frame."""

    x: float
    y: float
    width: float
    height: float
    line: Line


class Box(NamedTuple):
    """Something with a border. `node` is what it stands for in the story; `says` is its whole text."""

    kind: BoxKind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    says: str
    node: StoryNode | None = None
    badge: Badge | None = None


class Edge(NamedTuple):
    """A line along points, with a head at its end or not."""

    kind: EdgeKind
    points: tuple[Point, ...]
    arrow: bool


class Flow(NamedTuple):
    """The whole picture. Boxes stand in reading order, a frame before what is in it."""

    title: str
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    notes: tuple[Line, ...]
    width: float
    height: float

    def painted(self) -> Iterator[Box | Edge | Line]:
        """Everything in the order in which it is painted: what comes later lies above."""
        yield from (box for box in self.boxes if box.kind == "frame")
        yield from (edge for edge in self.edges if edge.kind != "choice")
        yield from (box for box in self.boxes if box.kind != "frame")
        yield from (edge for edge in self.edges if edge.kind == "choice")
        yield from self.notes

    def at(self, x: float, y: float) -> Box | None:
        """The innermost box at a place that stands for something."""
        inside = (
            box
            for box in reversed(self.boxes)
            if box.node is not None and box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        )
        return next(inside, None)


def flow(journey: StoryNode, badge: Callable[[StoryNode], str] = lambda _node: "") -> Flow:
    """Lay out a told journey. `badge`: a word to mark a part with, or empty."""
    made = _Picture(badge)
    column = _Column(made, MARGIN, journey.children)
    bottom = column.terminal(MARGIN, _("Your app sends a person here"))
    junction = column.steps(column.join([(column.center, bottom)]))
    column.enter(junction)
    end = column.terminal(junction + _GAP / 2, _("The person is back in your app"))
    right = max(box.x + box.width for box in made.boxes)
    return Flow(journey.title, tuple(made.boxes), tuple(made.edges), tuple(made.notes), right + MARGIN, end + MARGIN)


class _Picture:
    """What is placed so far."""

    def __init__(self, badge: Callable[[StoryNode], str]) -> None:
        self.badge = badge
        self.boxes: list[Box] = []
        self.edges: list[Edge] = []
        self.notes: list[Line] = []
        self.lowest = 0.0  # edge of what was placed last

    def add(
        self, kind: BoxKind, place: tuple[float, float, float, float], texts: Sequence[_Text], node: StoryNode | None
    ) -> None:
        """A box with its texts from the top, and its badge at the right."""
        x, y, wide, high = place
        word = self.badge(node) if node is not None else ""
        lines = []
        top = y + (8 if kind in ("step", "frame") else (high - sum(_LINE[text.size] for text in texts)) / 2)
        for text in texts:
            top += _LINE[text.size]
            if kind == "terminal":
                lines.append(Line(text.text, x + wide / 2, top - 5, text.size, text.role, "middle"))
            else:
                lines.append(Line(text.text, x + _PAD, top - 5, text.size, text.role))
        badge = _badge(word, x + wide - 8, y + (10 if kind in ("step", "frame") else (high - 18) / 2)) if word else None
        said = (node.title, word, node.note) if node is not None else tuple(text.text for text in texts)
        self.lowest = max(self.lowest, y + high)
        self.boxes.append(Box(kind, x, y, wide, high, tuple(lines), " · ".join(filter(None, said)), node, badge))

    def texts(self, node: StoryNode, room: float) -> list[_Text]:
        """The heading of a card or a frame."""
        word = self.badge(node)
        wide = room - 2 * _PAD - (width(word, SMALL) + 20 if word else 0)
        return [_Text(line, TITLE, "title") for line in wrap(node.title, wide, TITLE, bold=True)]


class _Text(NamedTuple):
    text: str
    size: int
    role: Role


class _Column:
    """Steps below each other from a left edge on, with room for the ways around them if there are any."""

    def __init__(self, picture: _Picture, left: float, steps: Sequence[StoryNode]) -> None:
        self._picture = picture
        self._steps = steps
        self._pairs = {
            number: steps[number + 1] for number in range(len(steps) - 1) if _leads(steps[number], steps[number + 1])
        }
        answers = {id(step) for step in self._pairs.values()}
        around = any(step.skips and id(step) not in answers for step in steps)
        self.x = left + (_NOTE + 10 + _LANE if around else 0)
        self.center = self.x + _CARD / 2

    def steps(self, junction: float) -> float:
        """Place all steps below the point where all ways come together; where they come together again."""
        number = 0
        while number < len(self._steps):
            step, answer = self._steps[number], self._pairs.get(number)
            top = self.enter(junction)
            exits = self._pair(step, answer, top) if answer is not None else self._single(step, top)
            whom = [line for skip in step.skips for line in wrap(skip, _NOTE, SMALL, most=4)]
            room = junction + _OFF + len(whom) * _LINE[SMALL] - _GAP / 2
            after = self.join(exits, least=max(self._picture.lowest, room))
            if whom:
                self._around(whom, junction, after)
            junction = after
            number += 2 if answer is not None else 1
        return junction

    def enter(self, junction: float) -> float:
        """The arrow into what comes next; its upper edge."""
        top = junction + _GAP / 2
        self._picture.edges.append(Edge("on", ((self.center, junction), (self.center, top)), True))
        return top

    def join(self, exits: Sequence[Point], least: float = 0) -> float:
        """Bring all ways together below what stands there; the height where they meet."""
        junction = max([least, *(y for _x, y in exits)]) + _GAP / 2
        for x, y in exits:
            points = ((x, y), (x, junction)) if x == self.center else ((x, y), (x, junction), (self.center, junction))
            self._picture.edges.append(Edge("on", points, False))
        return junction

    def terminal(self, top: float, text: str) -> float:
        """Where the journey begins or ends; its lower edge."""
        wide = min(_CARD, width(text, TEXT) + 2 * _PAD + 8)
        lines = [_Text(line, TEXT, "soft") for line in wrap(text, wide - 2 * _PAD + 4, TEXT)]
        high = _LINE[TEXT] * len(lines) + 14
        self._picture.add("terminal", (self.center - wide / 2, top, wide, high), lines, None)
        return top + high

    def _single(self, step: StoryNode, top: float) -> list[Point]:
        """A step alone; where one leaves it."""
        texts = self._picture.texts(step, _CARD)
        rows = [child for child in step.children if child.kind != "sub"]
        if len(rows) == 1 and rows[0].kind == "exchange":
            name = _profile_of(rows.pop())
            if name not in step.title:
                texts += [_Text(line, SMALL, "soft") for line in wrap(name, _CARD - 2 * _PAD, SMALL, most=2)]
        head = _head(texts)
        high = head + _rows_height(len(rows))
        self._picture.add("step", (self.x, top, _CARD, high), texts, step)
        for number, row in enumerate(rows):
            self._row("choice" if row.kind in _CHOICES else "way", self.x, top + head + _offset(number), row, row.title)
        bottom = top + high
        subs = [child for child in step.children if child.kind == "sub"]
        return self._called(subs, top) if subs else [(self.center, bottom)]

    def _called(self, subs: Sequence[StoryNode], top: float) -> list[Point]:
        """The sub journeys of a step, beside it; where one leaves them. One with a remark is not there, or is left for
        good.
        """
        exits: list[Point] = []
        begin, turn, left = (self.x + _CARD, top + 18), self.x + _CARD + _AISLE / 2, self.x + _CARD + _AISLE
        for sub in subs:
            end = (left, top + 18)
            center, low = self._frame(sub, left, top)
            points = (begin, end) if end[1] == begin[1] else (begin, (turn, begin[1]), (turn, end[1]), end)
            self._picture.edges.append(Edge("choice", points, True))
            if not sub.note:
                exits.append((center, low))
            top = low + _GAP / 2
        return exits

    def _frame(self, sub: StoryNode, left: float, top: float) -> tuple[float, float]:
        """A sub journey with its steps in a frame; the middle and the lower edge."""
        texts = self._picture.texts(sub, _CARD)
        if sub.note:
            texts += [_Text(line, SMALL, "soft") for line in wrap(sub.note, _CARD - 2 * _PAD, SMALL)]
        place, low, center = len(self._picture.boxes), top + _head(texts), left + _CARD / 2
        if sub.children:
            inner = _Column(self._picture, left + _PAD, sub.children)
            low, center = inner.steps(low - 6), inner.center
        right = max((box.x + box.width for box in self._picture.boxes[place:]), default=left + _CARD - _PAD) + _PAD
        self._picture.add("frame", (left, top, right - left, low - top), texts, sub)
        self._picture.boxes.insert(place, self._picture.boxes.pop())
        return center, low

    def _pair(self, page: StoryNode, answer: StoryNode, top: float) -> list[Point]:
        """A page with choices, and beside it the step that follows them; where one leaves."""
        right = self.x + _CARD + _AISLE
        left_texts, right_texts = self._picture.texts(page, _CARD), self._picture.texts(answer, _CARD)
        for skip in answer.skips:
            right_texts += [_Text(line, SMALL, "soft") for line in wrap(skip, _CARD - 2 * _PAD, SMALL)]
        head = max(_head(left_texts), _head(right_texts))
        choices = [child for child in page.children if child.kind in _CHOICES]
        ways, slots = _slots(choices, [child for child in answer.children if child.kind == "exchange"])
        high_left, high_right = head + _rows_height(len(choices)), head + _rows_height(len(slots))
        self._picture.add("step", (self.x, top, _CARD, high_left), left_texts, page)
        for number, choice in enumerate(choices):
            self._row("choice", self.x, top + head + _offset(number), choice, choice.title)
        self._picture.add("step", (right, top, _CARD, high_right), right_texts, answer)
        for number, slot in enumerate(slots):
            if slot is not None:
                matched = any(target is slot for target in ways)
                text = _profile_of(slot) if matched else slot.title
                self._row("way", right, top + head + _offset(number), slot, text)
        for number, way in enumerate(ways):
            if way is not None:
                self._lead(top + head, number, next(place for place, slot in enumerate(slots) if slot is way))
        stays = bool(answer.skips) or any(way is None for way in ways)
        exits = [(right + _CARD / 2, top + high_right)]
        return [(self.center, top + high_left), *exits] if stays else exits

    def _lead(self, top: float, choice: int, way: int) -> None:
        """The arrow from a choice to where it leads."""
        begin, end = self.x + _CARD - _PAD, self.x + _CARD + _AISLE + _PAD
        first, last = top + _offset(choice) + _ROW / 2, top + _offset(way) + _ROW / 2
        middle = self.x + _CARD + _AISLE / 2
        points = ((begin, first), (end, last)) if first == last else (
            (begin, first), (middle, first), (middle, last), (end, last)
        )  # fmt: skip
        self._picture.edges.append(Edge("choice", points, True))

    def _row(self, kind: BoxKind, left: float, top: float, node: StoryNode, text: str) -> None:
        word = self._picture.badge(node)
        room = _CARD - 4 * _PAD - (width(word, SMALL) + 18 if word else 0)
        lines = [_Text(line, TEXT, "text") for line in wrap(text, room, TEXT, most=1)]
        self._picture.add(kind, (left + _PAD, top, _CARD - 2 * _PAD, _ROW), lines, node)

    def _around(self, texts: Sequence[str], before: float, after: float) -> None:
        """The way past a step, with the words for whom."""
        lane = self.x - _LANE
        self._picture.edges.append(
            Edge(
                "skip", ((self.center, before + _OFF), (lane, before + _OFF), (lane, after), (self.center, after)), True
            )
        )
        top = (before + _OFF + after) / 2 - len(texts) * _LINE[SMALL] / 2
        for number, text in enumerate(texts):
            y = top + (number + 1) * _LINE[SMALL] - 4
            self._picture.notes.append(Line(text, lane - 10, y, SMALL, "soft", "end"))


def _leads(page: StoryNode, answer: StoryNode) -> bool:
    """Whether a step is where the choices of the step before lead."""
    targets = {key(child.id) for child in page.children if child.kind in ("button", "link")}
    return any(child.kind == "exchange" and key(child.id) in targets for child in answer.children)


def _slots(
    choices: Sequence[StoryNode], exchanges: Sequence[StoryNode]
) -> tuple[list[StoryNode | None], list[StoryNode | None]]:
    """For each choice where it leads (None: it stays on the page); and the rows at the right, beside their choices."""
    by_id: dict[str, StoryNode] = {}
    for exchange in exchanges:
        by_id.setdefault(key(exchange.id), exchange)
    ways = [by_id.get(key(choice.id)) if choice.kind != "form" else None for choice in choices]
    slots: list[StoryNode | None] = []
    for way in ways:
        slots.append(way if way is not None and not any(slot is way for slot in slots) else None)
    rest = [exchange for exchange in exchanges if not any(slot is exchange for slot in slots)]
    for place, slot in enumerate(slots):
        if slot is None and rest and ways[place] is not None:
            slots[place] = rest.pop(0)
    slots += rest
    while slots and slots[-1] is None:
        slots.pop()
    return ways, slots


def _profile_of(exchange: StoryNode) -> str:
    """The technical profile that an exchange runs."""
    inner = next((child for child in exchange.children if child.kind == "profile"), None)
    return inner.id if inner is not None else exchange.title


def _head(texts: Sequence[_Text]) -> float:
    return sum(_LINE[text.size] for text in texts) + 18


def _rows_height(rows: int) -> float:
    return rows * _ROW + (rows - 1) * _BETWEEN + _PAD if rows else 0


def _offset(row: int) -> float:
    return row * (_ROW + _BETWEEN)


def _badge(word: str, right: float, top: float) -> Badge:
    wide = width(word, SMALL) + 12
    return Badge(right - wide, top, wide, 18, Line(word, right - wide + 6, top + 13, SMALL, "badge"))
