"""Whether a text looks like the secret it should be, asked while it is typed: secrets are in no draft."""

from __future__ import annotations

import re

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.patterns import matches
from latchkey.policy.names import GUID
from latchkey.text import _, language


def secret_doubt(entry: Entry, secret: str, client_id: str = "") -> str:
    """What is odd about it, in a sentence or two; empty if nothing is. Spaces around it are of no account."""
    text = secret.strip()
    if not text or entry.secret is None:
        return ""
    label = _(entry.secret.label)
    if client_id.strip() and text == client_id.strip() and entry.client_id is not None:
        return _("This is the {id}, not the {secret}.").format(id=_(entry.client_id.label), secret=label)
    if GUID.fullmatch(text) is not None:
        return _(
            "This looks like the id of a secret, not like the secret itself. Many portals show both: copy the value."
        )
    if re.search(r"\s", text):
        return _("There is a space within it. Copy it again, without what stands around it.")
    if entry.secret.pattern and not matches(entry.secret.pattern, text):
        shape = _(entry.secret.shape) if entry.secret.shape else ""
        odd = _("This does not look like the {secret} of {title}.").format(
            secret=label, title=entry.title_in(language())
        )
        return f"{odd} {_('Usually it is {shape}.').format(shape=shape)}" if shape else odd
    return ""
