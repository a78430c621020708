"""The settings part of a provider's page: the button's text, what this type asks for, and the names it has in Azure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from latchkey.catalogue.entries import Entry, Setting
from latchkey.draft import edits
from latchkey.draft.draft import Draft, Provider
from latchkey.draft.edits import Edit
from latchkey.gui.called import called, type_name
from latchkey.gui.pages.base import COLUMN
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.field_row import FieldRow
from latchkey.gui.widgets.labels import button, column
from latchkey.gui.widgets.reader_card import ReaderCard
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.discovery.fill import Proposal
    from latchkey.gui.pages.provider_base import ProviderBase

CHINESE = "zh-Hans"
FOLDED = ("domain_hint", "id", "policy_key")
_IN_WORDS = {
    "code": N_("code (with a client secret)"),
    "id_token": N_("id_token (without a secret)"),
    "form_post": N_("form_post (the usual one)"),
    "query": N_("query (in the address line)"),
    "client_secret_post": N_("client_secret_post (in the body, the usual one)"),
    "client_secret_basic": N_("client_secret_basic (in the header)"),
}

Change = Callable[[str, str, str], Edit]  # key, text, what the provider is called


class SettingsPart(QWidget):
    """Fields made from the catalogue's entry; those that few people need are folded away."""

    def __init__(self, page: ProviderBase, provider: Provider, entry: Entry) -> None:
        super().__init__()
        self._page, self._key, self._entry = page, provider.key, entry
        self._open = False
        layout = column(self, spacing=12)
        self.name = self._text(layout, "name", edits.rename_provider, N_("Text of the button"))
        self.chinese = self._text(
            layout, f"names.{CHINESE}", _in_chinese, N_("Text of the button for readers of Chinese"), word=N_("zh-Hans")
        )
        self.reader = ReaderCard(page.tools, entry)
        self.reader.setMaximumWidth(COLUMN)
        self.reader.taken.connect(self._take_over)
        self.settings = self._ask_settings(layout)
        self.more = button("link")
        self.more.clicked.connect(self._toggle)
        layout.addWidget(self.more)
        self._names = QWidget()
        layout.addWidget(self._names)
        folded = column(self._names, spacing=12)
        self.domain_hint = self._text(folded, "domain_hint", edits.set_domain_hint, N_("Domain hint"))
        self.id = self._text(
            folded, "id", edits.set_provider_id, N_("Id"),
            hint=N_("Its parts in the policies are named after it: technical profile, exchange, policy key."),
        )  # fmt: skip
        self.policy_key = self._text(
            folded, "policy_key", edits.set_policy_key, N_("Name of the secret in Azure"), word=N_("policy key"),
            hint=N_("Without B2C_1A_ in front. Only the name stands in the files, never the secret."),
        )  # fmt: skip

    def show_settings(self, draft: Draft, provider: Provider, defaults: Mapping[str, str]) -> None:
        """Show the answers. `defaults`: what holds, by field, where the draft says nothing."""
        title, name = type_name(self._entry), provider.name.strip()
        own = (self._entry.titles or {}).get(CHINESE, "") if not name else ""
        for field, value, default in (
            (self.name, provider.name, title),
            (self.chinese, provider.names.get(CHINESE, ""), own or name or title),
            (self.domain_hint, provider.domain_hint, defaults.get("domain_hint", "")),
            (self.id, provider.id, defaults.get("id", "")),
            (self.policy_key, provider.policy_key, defaults.get("policy_key", "")),
        ):
            field.set_text(value)
            field.set_placeholder(default)
        for setting, field in zip(self._entry.settings, self.settings, strict=True):
            self._show_setting(setting, field, provider.settings.get(setting.name, ""))
            field.setVisible(draft.policies.kind == "custom" or not setting.silent)  # a user flow has no place for it
        self.reader.show_provider(provider)
        custom = draft.policies.kind == "custom"
        for field in (self.chinese, self.id):
            field.setVisible(custom)
        self.policy_key.setVisible(custom and self._entry.needs_secret(provider.settings))
        hint = provider.domain_hint.strip() or defaults.get("domain_hint", "") or "contoso.com"
        self.chinese.say_hint(_("For browsers that ask for 简体中文. Empty: as above."))
        self.domain_hint.say_hint(
            _("A link with domain_hint={hint} skips the page and goes straight to this provider.").format(hint=hint)
        )
        self._show_more()

    def unfold(self, field: str) -> None:
        """Somebody wants to go to a field that may be folded away."""
        if field in FOLDED:
            self._open = True
            self._show_more()

    def _text(
        self, layout: QVBoxLayout, field: str, change: Change, name: str, *, word: str = "", hint: str = ""
    ) -> FieldRow:
        made = self._page.add_field(field, name, word=word, hint=hint, provider=self._key, into=layout)
        made.edited.connect(partial(self._typed, made, change))
        return made

    def _ask_settings(self, layout: QVBoxLayout) -> list[FieldRow]:
        """The questions of this type; where the provider is read from, at the address that it is read from."""
        from latchkey.discovery.places import address_setting, kind_of

        address, made = address_setting(self._entry), []
        if kind_of(self._entry) is not None and not address:
            layout.addWidget(self.reader)
        for setting in self._entry.settings:
            made.append(self._setting(layout, setting))
            if setting.name == address:
                layout.addWidget(self.reader)
        if self.reader.parentWidget() is None:
            layout.addWidget(self.reader)
        return made

    def _setting(self, layout: QVBoxLayout, setting: Setting) -> FieldRow:
        def change(key: str, text: str, name: str) -> Edit:
            return edits.set_setting(key, setting.name, text, name)

        if not setting.choices:
            return self._text(layout, f"settings.{setting.name}", change, setting.label)
        choice = Choice()
        for value in setting.choices:
            choice.addItem(value, value)
        made = self._page.add_field(
            f"settings.{setting.name}", setting.label, editor=choice, provider=self._key, into=layout
        )
        choice.activated.connect(partial(self._chosen, made, change))
        return made

    def _show_setting(self, setting: Setting, field: FieldRow, value: str) -> None:
        field.say_hint(_(setting.help) if setting.help else "")
        if isinstance(field.editor, Choice):
            for number in range(field.editor.count()):
                said = _IN_WORDS.get(str(field.editor.itemData(number)), "")
                if said:
                    field.editor.setItemText(number, _(said))
            field.editor.show_value(value or setting.default)
        else:
            field.set_text(value)
            field.set_placeholder(setting.default or setting.example)

    def _typed(self, field: FieldRow, change: Change, text: str) -> None:
        self._page.do(change(self._key, text, self._called()), field)

    def _chosen(self, field: FieldRow, change: Change, _place: int) -> None:
        self._page.do(change(self._key, cast("Choice", field.editor).value(), self._called()), field)

    @Slot(object)
    def _take_over(self, chosen: Sequence[Proposal]) -> None:
        from latchkey.discovery.fill import filled

        self._page.do(filled(self._key, chosen, self._called()))

    def _called(self) -> str:
        session = self._page.tools.session
        return called(session.draft.provider(self._key), session.catalogue)

    @Slot()
    def _toggle(self) -> None:
        self._open = not self._open
        self._show_more()

    def _show_more(self) -> None:
        self._names.setVisible(self._open)
        self.more.setText(_("Fewer settings") if self._open else _("More: domain hint, id, name of the secret"))
        self.more.setAccessibleName(self.more.text())


def _in_chinese(key: str, text: str, name: str) -> Edit:
    return edits.set_button_text(key, CHINESE, text, name)
