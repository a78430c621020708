"""Where things stand on a sign-in page: Azure's three page designs, from facts (order, sides, sizes, colours). No Qt.

A sketch, not a copy: pictures are our own. The page design decides where the e-mail form stands; the order of the
buttons is the draft's. https://learn.microsoft.com/azure/active-directory-b2c/customize-ui describes the designs.
"""

from __future__ import annotations

from dataclasses import replace

from latchkey.gui.sketch.cards import Ocean, Slate
from latchkey.gui.sketch.classic import Classic
from latchkey.gui.sketch.pieces import Drawing, Page, SketchButton, View, Width

_AIR = (1.0, 0.9, 0.8, 0.72, 0.66, 0.6)  # less where a page would not fit


def draw(page: Page, view: View, measure: Width) -> Drawing:
    """The page in a window."""
    if not page.buttons:
        page = replace(page, buttons=(SketchButton("", page.texts["none_yet"], "", ""),))
    maker = {"classic": Classic, "slate-gray": Slate, "ocean-blue": Ocean}[page.design]
    return maker(page, view, measure).made()


def draw_to_fit(page: Page, view: View, measure: Width) -> Drawing:
    """The page in a small window, squeezed until it fits or can be squeezed no more."""
    least = draw(page, view._replace(air=_AIR[-1]), measure)
    if least.height > view.height:
        return least  # a long list fits in no case: nothing else need be tried
    for air in _AIR[:-1]:
        made = draw(page, view._replace(air=air), measure)
        if made.height <= view.height:
            return made
    return least
