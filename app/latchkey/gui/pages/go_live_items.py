"""What a section of the go-live list holds besides its steps: keys, files, links, and the values for an application.
Each thing is made of the guide and has its value to copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from latchkey.compose.secret_names import secret_names
from latchkey.gui.composing import Composed
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.copy_box import CopyBox
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.labels import column, label
from latchkey.gui.widgets.secret_row import SecretRow
from latchkey.text import _, join_list, ngettext

if TYPE_CHECKING:
    from latchkey.draft.draft import Draft
    from latchkey.gui.existing import Into
    from latchkey.guide.model import Application, Guide, PolicyKey, Row, TestLink, Upload


class Item(NamedTuple):
    """One thing to tick off. `number` 0: in any order."""

    id: str
    number: int
    name: str
    make: Callable[[], QWidget]


class Inside(NamedTuple):
    """A section's things, what is said below them, and what they were made of: equal means nothing has changed."""

    made_of: object
    items: tuple[Item, ...] = ()
    says: str = ""
    rest: Callable[[], QWidget] | None = None


def inside_of(section: str, guide: Guide, composed: Composed, tools: Tools) -> Inside | None:
    """What belongs into a section; None: its steps are all."""
    if section == "keys":
        names = tuple(secret_names(composed.draft, tools.session.catalogue).items())
        return Inside(
            (guide.policy_keys, keys_there(composed.into), names, guide.language),
            tuple(_keys(guide, composed.draft, tools)),
            keys_there(composed.into),
        )
    if section == "upload":
        return Inside(
            (guide.uploads, composed.folder, composed.written, files_there(composed), guide.language),
            tuple(_uploads(guide, composed, tools)),
            files_there(composed),
        )
    if section == "test":
        return Inside((guide.test_links, guide.language), tuple(_links(guide, tools)))
    if section == "connect":
        return Inside((guide.application, guide.language), rest=partial(application_view, guide.application, tools))
    return None


def _keys(guide: Guide, draft: Draft, tools: Tools) -> Iterator[Item]:
    for key in guide.policy_keys:
        yield Item(key.id, 0, key.name, partial(key_view, key, draft, tools))


def _uploads(guide: Guide, composed: Composed, tools: Tools) -> Iterator[Item]:
    for number, upload in enumerate(guide.uploads, 1):
        yield Item(upload.id, number, upload.file, partial(upload_view, upload, composed, tools))


def _links(guide: Guide, tools: Tools) -> Iterator[Item]:
    for link in guide.test_links:
        yield Item(link.id, 0, link.label, partial(link_view, link, tools))


def key_view(key: PolicyKey, draft: Draft, tools: Tools) -> QWidget:
    """A policy key: its name, how it is made, and the secret that goes into it."""
    holder = QWidget()
    inside = column(holder, spacing=6, margins=(0, 4, 0, 4))
    inside.addWidget(CopyRow(tools, key.name, _("Name")))
    words = _("Options: {options}. Key usage: {usage}.").format(options=key.options, usage=key.usage)
    if key.key_type:
        words = _("Options: {options}. Key type: {type}. Key usage: {usage}.").format(
            options=key.options, type=key.key_type, usage=key.usage
        )
    inside.addWidget(label("hint", words))
    names = secret_names(draft, tools.session.catalogue)
    place = next((name for name in names.values() if name.policy_key.casefold() == key.name.casefold()), None)
    if key.options == "Manual" and place is not None and place.tenant:
        otherwise = _("Not stored yet: {what}. Type it on the provider's page.").format(what=key.holds)
        inside.addWidget(SecretRow(tools, place.tenant, place.policy_key, _("Secret"), otherwise))
    else:
        inside.addWidget(label("hint", key.holds))
    return holder


def upload_view(upload: Upload, composed: Composed, tools: Tools) -> QWidget:
    """A file to upload, with its path once it is written."""
    holder = QWidget()
    inside = column(holder, spacing=2, margins=(0, 4, 0, 4))
    inside.addWidget(label("", upload.file))
    inside.addWidget(label("hint", upload.policy))
    if composed.folder is not None and composed.written:
        inside.addWidget(CopyRow(tools, str(composed.folder / upload.file), _("File")))
    return holder


def link_view(link: TestLink, tools: Tools) -> QWidget:
    """A link to try a policy with."""
    holder = QWidget()
    inside = column(holder, spacing=6, margins=(0, 4, 0, 4))
    inside.addWidget(label("", link.label))
    inside.addWidget(CopyRow(tools, link.url, link.label))
    if link.missing:
        inside.addWidget(label("attention", link.missing))
    return holder


def application_view(application: Application, tools: Tools) -> QWidget:
    """What an application needs to know: addresses, and a few lines for each kind."""
    holder = QWidget()
    inside = column(holder, spacing=6, margins=(46, 4, 16, 8))
    for policy in application.policies:
        inside.addWidget(label("section", policy.policy))
        for name, value in ((_("Authority"), policy.authority), (_("Metadata address"), policy.metadata_url)):
            inside.addWidget(label("hint", name))
            inside.addWidget(CopyRow(tools, value.text, join_list((name, policy.policy))))
    for name, text in (
        (_("Known authority"), ", ".join(application.known_authorities)),
        (_("Reply address for tests"), application.reply_url),
    ):
        inside.addWidget(label("hint", name))
        inside.addWidget(CopyRow(tools, text, name))
    for kind in application.kinds:
        inside.addWidget(label("section", kind.title))
        inside.addWidget(label("soft", kind.note))
        for name, text in (
            (_("Platform in the portal"), kind.platform), (_("Reply address, for example"), kind.reply_url),
        ):  # fmt: skip
            inside.addWidget(label("hint", name))
            inside.addWidget(CopyRow(tools, text, join_list((name, kind.title))))
        lines = _("Lines for {kind}").format(kind=kind.title)
        inside.addWidget(CopyBox(tools, kind.lines.text.strip(), lines))
    return holder


def secret_row(provider: str, wanted: Row, tools: Tools) -> QWidget | None:
    """Where a walk-through wants a provider's secret: its place in the keyring."""
    session = tools.session
    place = secret_names(session.draft, session.catalogue).get(provider)
    if place is None or not place.tenant:
        return None
    otherwise = _("{field}: {what}").format(field=wanted.label, what=wanted.value.text)
    return SecretRow(tools, place.tenant, place.policy_key, wanted.label, otherwise)


def keys_there(into: Into | None) -> str:
    """The keys that policies used before."""
    if into is None or not into.keys_there:
        return ""
    names = join_list(f"B2C_1A_{name}" for name in into.keys_there)
    return _("Your policies used these before, so they are in Azure already: {names}.").format(names=names)


def files_there(composed: Composed) -> str:
    """The files that need not be uploaded."""
    into = composed.into
    if into is None or into.plan is None:
        return ""
    same = len(into.plan.after.policies) - len(into.uploads)
    if not into.uploads:
        return _("No file has changed, so there is nothing to upload.")
    said = ngettext(
        "{count} other file is as it was: you need not upload it again.",
        "{count} other files are as they were: you need not upload them again.",
        same,
    )
    return said.format(count=same) if same else ""
