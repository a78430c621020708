"""Rules on the file itself, before anything in it is understood."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from latchkey.check.finding import Level
from latchkey.check.placeholders import samples_in
from latchkey.check.rule import Hit, Hits
from latchkey.check.view import View
from latchkey.policy.names import NAMESPACE
from latchkey.policy.policy_set import ROOT
from latchkey.policy.reader import AZURE_LIMIT
from latchkey.policy.tree import Element
from latchkey.text import _

_NEARLY = 900 * 1024


def namespace(view: View) -> Hits:
    """The root is `TrustFrameworkPolicy` in the policy namespace, and so is everything below it.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy (xmlns)
    """
    root = view.document.root
    if root.tag != ROOT:
        yield Hit(
            view.attribute("xmlns"),
            _("This file's first element is not in the namespace of policies."),
            _('It must carry xmlns="{namespace}" (with http, not https).').format(namespace=NAMESPACE),
        )
    elif any(tag.startswith("{") for tag in view.document.tags):
        for element in _foreign(root):
            yield Hit(
                view.at(element.line),
                _("“{element}” is not in the namespace of policies, so Azure does not know it.").format(
                    element=element.tag.rpartition("}")[2]
                ),
                _("Take the xmlns attribute off this element."),
            )


def _foreign(root: Element) -> Iterator[Element]:
    """The topmost elements of other namespaces; below Extensions anything may stand."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag.startswith("{"):
            yield element
        elif element.tag != "Extensions":
            stack.extend(reversed(element.children))


def size(view: View) -> Hits:
    """A policy file has at most 1,024 KB (https://learn.microsoft.com/azure/active-directory-b2c/service-limits)."""
    found = len(view.document.data)
    if found > AZURE_LIMIT:
        yield Hit(
            view.at(0),
            _("The file is larger than Azure allows (1 MB)."),
            _("Usually translations are the cause: move them into a policy file of their own."),
        )
    elif found > _NEARLY:
        yield Hit(
            view.at(0),
            _("The file is nearly as large as Azure allows (1 MB)."),
            _("Move translations into a policy file of their own."),
            level=Level.WARNING,
        )


def encoding(view: View) -> Hits:
    """Files are UTF-8: other encodings are read by Azure's tools with luck only."""
    head = view.document.data[:200].lstrip(b"\xef\xbb\xbf")
    declared = head.partition(b"?>")[0].lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        b"encoding" in declared and b"utf-8" not in declared and b"ascii" not in declared
    ):
        yield Hit(
            view.at(1),
            _("The file is not written as UTF-8; upload tools may damage its letters."),
            _("Open it in an editor and save it as UTF-8."),
        )


def placeholder_left(view: View) -> Hits:
    """No sample text is left where a value of one's own belongs (comments aside).

    https://learn.microsoft.com/azure/active-directory-b2c/tutorial-create-user-flows (step "Get the starter pack")
    """
    source = view.document.body.decode("utf-8", "replace")
    places: dict[tuple[str, str], list[int]] = {}
    for position, written, hint in samples_in(source):
        places.setdefault((written, hint), []).append(position)
    ends = [match.start() for match in re.finditer("\n", source)] if places else []
    for (written, hint), positions in places.items():
        line = bisect_left(ends, positions[0]) + 1
        shown = written.replace("&lt;", "<").replace("&gt;", ">")
        if len(positions) == 1:
            message = _("The sample text “{text}” is still in this file.").format(text=shown)
        else:
            message = _("The sample text “{text}” is still in this file, in {count} places.").format(
                text=shown, count=len(positions)
            )
        yield Hit(view.at(line), message, _(hint))
