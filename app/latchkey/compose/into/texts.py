"""Button texts per language: a localized string masks the name, so a new name has to go there too.

What is added stands in the file for changes; Azure merges localized resources string by string
(https://learn.microsoft.com/azure/active-directory-b2c/localization).
"""

from __future__ import annotations

from collections.abc import Mapping

from latchkey.compose.into.elements import Additions, marked
from latchkey.compose.into.places import Page
from latchkey.compose.into.rows import Row
from latchkey.policy.effective import Effective
from latchkey.policy.names import key
from latchkey.policy.splice import New


def renamed(row: Row, name: str, names: Mapping[str, str], default: str) -> dict[str, str]:
    """Language → text that has to be written so that customers read the new names.

    A new `name` goes into the default language and into every language whose text was the old one; a language with a
    text of its own keeps it unless `names` says otherwise.
    """
    old = row.texts.get(default, row.profile.display_name or "")
    result = {}
    if name and name != row.text:
        result = {language: name for language, text in row.texts.items() if language == default or text == old}
    for language, text in names.items():
        if row.texts.get(language) != text:
            result[language] = text
    return result


class Strings:
    """Collects the button texts of all pages, then puts them into the additions by page and language."""

    def __init__(self, effective: Effective) -> None:
        self._effective = effective
        self._texts: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, page: Page, exchange: str, texts: Mapping[str, str]) -> None:
        """The button of an exchange reads so on this page."""
        content = page.step.content_definition
        if content:
            for language, text in texts.items():
                self._texts.setdefault((content, language), {})[exchange] = text

    def put(self, additions: Additions) -> None:
        """Make the elements."""
        missing: dict[str, list[tuple[str, str]]] = {}
        resources: dict[str, dict[str, str]] = {}
        for (content, language), texts in self._texts.items():
            name = self._resources_id(content, language)
            if not name:
                name = f"{content}.{language}"
                missing.setdefault(content, []).append((language, name))
            resources.setdefault(name, {}).update(texts)
        for content, references in missing.items():
            additions.put(("BuildingBlocks", "ContentDefinitions"), marked(_references(content, references)))
        self._languages(additions, [language for references in missing.values() for language, _name in references])
        for name, texts in resources.items():
            additions.put(("BuildingBlocks", "Localization"), marked(_resources(name, texts)))

    def _resources_id(self, content: str, language: str) -> str:
        definition = self._effective.content_definitions.get(key(content))
        for reference in definition.localized if definition is not None else ():
            if key(reference.language) == key(language):
                return reference.resources_id
        return ""

    def _languages(self, additions: Additions, languages: list[str]) -> None:
        known = self._effective.supported_languages
        have = {key(language) for language in known.languages} if known is not None else set()
        lacking = [language for language in dict.fromkeys(languages) if key(language) not in have]
        if lacking:
            default = known.default if known is not None else "en"
            all_ = lacking if known is not None or "en" in lacking else ["en", *lacking]
            attributes = {"DefaultLanguage": default, "MergeBehavior": "Append"}
            children = tuple(New("SupportedLanguage", text=language) for language in all_)
            additions.put(("BuildingBlocks", "Localization"), marked(New("SupportedLanguages", attributes, children)))


def _references(content: str, references: list[tuple[str, str]]) -> New:
    children = tuple(
        New("LocalizedResourcesReference", {"Language": language, "LocalizedResourcesReferenceId": name})
        for language, name in references
    )
    inner = New("LocalizedResourcesReferences", {"MergeBehavior": "Append"}, children)
    return New("ContentDefinition", {"Id": content}, (inner,))


def _resources(name: str, texts: Mapping[str, str]) -> New:
    strings = tuple(
        New("LocalizedString", {"ElementType": "ClaimsProvider", "StringId": exchange}, text=text)
        for exchange, text in texts.items()
    )
    return New("LocalizedResources", {"Id": name}, (New("LocalizedStrings", {}, strings),))
