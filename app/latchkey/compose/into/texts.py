"""Button texts per language: a localized string masks the name, so a new name has to go there too.

What is added stands in the file for changes; Azure merges localized resources string by string
(https://learn.microsoft.com/azure/active-directory-b2c/localization).
"""

from __future__ import annotations

from collections.abc import Mapping

from latchkey.compose.into.elements import Additions, Named, marked, named
from latchkey.compose.into.places import Page
from latchkey.compose.into.rows import Row
from latchkey.compose.into.values import with_text
from latchkey.policy.effective import Effective
from latchkey.policy.names import key
from latchkey.policy.reader import Document
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element


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

    def put(self, document: Document, additions: Additions) -> list[Splice]:
        """Put what is new into the additions to the document; the splices change the texts that it has already."""
        missing: dict[str, list[tuple[str, str]]] = {}
        resources: dict[str, dict[str, str]] = {}
        for (content, language), texts in self._texts.items():
            name = self._resources_id(content, language)
            if not name:
                name = f"{content}.{language}"
                missing.setdefault(content, []).append((language, name))
            resources.setdefault(name, {}).update(texts)
        for content, references in missing.items():
            _refer(document, additions, content, references)
        languages = [language for references in missing.values() for language, _name in references]
        self._languages(document, additions, languages)
        return [one for name, texts in resources.items() for one in _write(document, additions, name, texts)]

    def _resources_id(self, content: str, language: str) -> str:
        definition = self._effective.content_definitions.get(key(content))
        for reference in definition.localized if definition is not None else ():
            if key(reference.language) == key(language):
                return reference.resources_id
        return ""

    def _languages(self, document: Document, additions: Additions, languages: list[str]) -> None:
        known = self._effective.supported_languages
        have = {key(language) for language in known.languages} if known is not None else set()
        lacking = [language for language in dict.fromkeys(languages) if key(language) not in have]
        if not lacking:
            return
        path = ("BuildingBlocks", "Localization")
        if document.root.path(*path, "SupportedLanguages"):
            for language in lacking:
                additions.put((*path, "SupportedLanguages"), marked(New("SupportedLanguage", text=language)))
            return
        default = known.default if known is not None else "en"
        all_ = lacking if known is not None or "en" in lacking else ["en", *lacking]
        attributes = {"DefaultLanguage": default, "MergeBehavior": "Append"}
        children = tuple(New("SupportedLanguage", text=language) for language in all_)
        additions.put(path, marked(New("SupportedLanguages", attributes, children)))


def _refer(document: Document, additions: Additions, content: str, references: list[tuple[str, str]]) -> None:
    """A page's references to its localized resources. A file holds each page once."""
    children = tuple(
        New("LocalizedResourcesReference", {"Language": language, "LocalizedResourcesReferenceId": name})
        for language, name in references
    )
    inner = New("LocalizedResourcesReferences", {"MergeBehavior": "Append"}, children)
    path = ("BuildingBlocks", "ContentDefinitions")
    here = _there(document, path, Named("ContentDefinition", content))
    if here is None:
        additions.put(path, marked(New("ContentDefinition", {"Id": content}, (inner,))))
    elif here.child(inner.tag) is None:
        additions.put((*path, Named("ContentDefinition", content)), marked(inner))
    else:
        for child in children:
            additions.put((*path, Named("ContentDefinition", content), inner.tag), marked(child))


def _write(document: Document, additions: Additions, name: str, texts: Mapping[str, str]) -> list[Splice]:
    """The strings of one page in one language, beside those that the file has, or in place of them."""
    strings = {
        exchange: New("LocalizedString", {"ElementType": "ClaimsProvider", "StringId": exchange}, text=text)
        for exchange, text in texts.items()
    }
    path = ("BuildingBlocks", "Localization")
    here = _there(document, path, Named("LocalizedResources", name))
    if here is None:
        inner = New("LocalizedStrings", {}, tuple(strings.values()))
        additions.put(path, marked(New("LocalizedResources", {"Id": name}, (inner,))))
        return []
    changed = []
    for exchange, string in strings.items():
        old = next((one for one in here.path("LocalizedStrings", string.tag) if _same(one, string)), None)
        if old is not None:
            changed.append(with_text(document, old, string.text))
        else:
            additions.put((*path, Named("LocalizedResources", name), "LocalizedStrings"), marked(string, exchange))
    return changed


def _there(document: Document, path: tuple[str, ...], name: Named) -> Element | None:
    return next((found for parent in document.root.path(*path) if (found := named(parent, name)) is not None), None)


def _same(element: Element, string: New) -> bool:
    return all(key(element.get(name)) == key(value) for name, value in string.attributes.items())
