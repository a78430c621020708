"""A guide as JSON (the contract's shape, and more) and as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from latchkey.guide.model import AppRegistration, Callout, Guide, Item, Part, ProviderGuide, Row, Rows, Section
from latchkey.guide.prose import Prose, Value, printable
from latchkey.guide.words import Words, words

WIDTH = 100
# Punctuation that must not start, or end, a line of Chinese.
_CLOSING = "，。、；：！？）》」』】”’…,.;:!?)]}"
_OPENING = "（《「『【“‘"


class Fold(NamedTuple):
    """Text that is broken into lines, the first and the others with their own indentation. Other lines stay whole."""

    text: str
    first: str = ""
    rest: str = ""


def to_json(guide: Guide) -> dict[str, Any]:
    """What `latchkey guide --json` prints."""
    return {
        "language": guide.language,
        "kind": guide.kind,
        "providers": [_provider(provider) for provider in guide.providers],
        "app_registrations": [_app(app) for app in guide.app_registrations],
        "policy_keys": [
            {
                "name": key.name,
                "usage": key.usage,
                "options": key.options,
                **({"key_type": key.key_type} if key.key_type else {}),
                "holds": key.holds,
                **({"provider": key.provider} if key.provider else {}),
                **({"expires": key.expires} if key.expires else {}),
            }
            for key in guide.policy_keys
        ],
        "upload_order": [upload.policy for upload in guide.uploads],
        "upload_files": [upload.file for upload in guide.uploads],
        "test_links": [
            {
                "policy": link.policy,
                **({"provider": link.provider, "domain_hint": link.domain_hint} if link.provider else {}),
                "url": link.url,
                **({"missing": link.missing} if link.missing else {}),
            }
            for link in guide.test_links
        ],
        "application": {
            "policies": [
                {
                    "policy": policy.policy,
                    **_value("authority", policy.authority),
                    **_value("metadata_url", policy.metadata_url),
                }
                for policy in guide.application.policies
            ],
            "known_authorities": list(guide.application.known_authorities),
            "reply_url": guide.application.reply_url,
            "kinds": [
                {
                    "kind": kind.kind,
                    "title": kind.title,
                    "platform": kind.platform,
                    "reply_url": kind.reply_url,
                    "note": kind.note,
                    **_value("lines", kind.lines),
                }
                for kind in guide.application.kinds
            ],
            **{
                name: value
                for kind in guide.application.kinds[:1]
                for name, value in _value("msal", kind.lines).items()
            },
        },
        "sections": [{"id": section.id, "title": section.title, **_section(section)} for section in guide.sections],
    }


def _provider(provider: ProviderGuide) -> dict[str, Any]:
    items = [item for section in provider.sections for item in section.steps]
    return {
        "type": provider.type,
        "name": provider.name,
        "id": provider.slug,
        "portal_url": provider.portal_url,
        "callbacks": [_row(row) for row in provider.callbacks],
        "steps": [_step(item) for item in items],
        "client_id_is": provider.client_id_is,
        "secret_is": provider.secret_is,
        "policy_key": provider.policy_key,
        "warnings": list(provider.warnings),
        "good_to_know": [point.plain for point in provider.good_to_know.points],
        "sections": [
            {"id": section.id, "title": section.title, **_section(section)}
            for section in (*provider.sections, provider.good_to_know)
        ],
    }


def _step(item: Item) -> str:
    """A step in one line, with what to enter: for somebody who reads nothing but `steps`."""
    rows = [row for row in item.rows if row.kind != "secret"]
    if len({row.label for row in rows}) <= 1:
        return " ".join([item.plain, *[_shown(row.value) for row in rows[:1]]])
    return f"{item.plain} {'; '.join([f'{row.label}: {_shown(row.value)}' for row in rows])}"


def _app(app: AppRegistration) -> dict[str, Any]:
    return {
        "name": app.name,
        "account_types": app.account_types,
        "platform": app.platform,
        **_value("redirect_uri", app.redirect_uri),
        **_value("app_id", app.app_id),
        **({"scope": app.scope} if app.scope else {}),
        "admin_consent": app.admin_consent,
        "public_client_flows": app.public_client_flows,
        "id_tokens": app.id_tokens,
        "steps": [item.plain for item in app.section.steps],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "steps": [
            {
                "id": item.id,
                "text": item.plain,
                "values": [_row(row) for row in item.rows],
                "notes": [{"kind": callout.kind, "text": callout.plain} for callout in item.callouts],
            }
            for item in section.steps
        ],
        "points": [item.plain for item in section.points],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "label": row.label,
        **_value("value", row.value if row.kind != "secret" else Value(row.value.text, complete=False)),
        **({"policy": row.policy} if row.policy else {}),
        **({"note": row.note} if row.note else {}),
        **({"kind": row.kind} if row.kind != "value" else {}),
    }


def _value(name: str, value: Value) -> dict[str, str]:
    """The value; or an empty one and, beside it, what is missing."""
    return {name: value.text} if value.complete else {name: "", "missing": value.text}


def to_text(guide: Guide, width: int = WIDTH) -> str:
    """What `latchkey guide` prints, in lines of so many columns."""
    texts = words(guide.language)
    lines: list[str | Fold] = [
        *_heading(texts("page_title"), "="),
        Fold(texts("page_intro", domain=_shown(guide.domain))),
    ]
    if guide.providers:
        lines += _heading(texts("page_providers"), "=")
    for provider in guide.providers:
        lines += _provider_text(provider, texts)
    for section in guide.sections:
        lines += _heading(section.title, "=")
        lines += _section_text(section, texts)
        lines += _list_text(guide, section.id, texts)
    return _folded(lines, width)


def _provider_text(provider: ProviderGuide, texts: Words) -> Iterator[str | Fold]:
    yield from _heading(provider.name, "-")
    if provider.portal_url:
        yield Fold(_labelled(texts("page_portal"), provider.portal_url, texts))
    for text in own_words(provider, texts):
        yield Fold(text)
    for section in provider.sections:
        yield ""
        yield printable(section.title)
        yield from _section_text(section, texts)
    yield ""
    yield printable(provider.good_to_know.title)
    yield from _section_text(provider.good_to_know, texts)


def own_words(provider: ProviderGuide, texts: Words) -> tuple[str, ...]:
    """What the provider calls client ID and secret, where it has words of its own."""
    found = []
    if provider.client_id_is and provider.client_id_is != texts("field_client_id"):
        found.append(texts("page_client_id_is", label=provider.client_id_is))
    if not provider.secret_is:
        # With a certificate the provider has no secret, but there is a policy key to fill all the same.
        found += [] if provider.policy_key else [texts("page_no_secret")]
    elif provider.secret_is != texts("field_client_secret"):
        found.append(texts("page_secret_is", label=provider.secret_is))
    return tuple(found)


def sheet_back(provider: ProviderGuide, texts: Words) -> tuple[str, ...]:
    """What a colleague who registers us there hands back; the secret by another way than the sheet."""
    secret = texts("sheet_secret", label=provider.secret_is) if provider.secret_is else texts("sheet_no_secret")
    return (*([texts("sheet_client_id", label=provider.client_id_is)] if provider.client_id_is else []), secret)


def handover_text(guide: Guide, key: str) -> str:
    """The sheet for the colleague who has the rights at the provider of the draft's row `key`, as text."""
    provider, texts = guide.provider(key), words(guide.language)
    lines: list[str | Fold] = [*_heading(texts("sheet_title", name=provider.name), "=")]
    lines.append(Fold(texts("sheet_intro", name=provider.name, host=_shown(guide.host))))
    for section in (provider.register, provider.credentials):
        lines += _heading(section.title, "-")
        lines += _section_text(section, texts)
    lines += _heading(texts("sheet_back"), "-")
    for text in sheet_back(provider, texts):
        lines.append(Fold(text, "   - ", "     "))
    return _folded(lines, WIDTH)


def _section_text(section: Section, texts: Words) -> Iterator[str | Fold]:
    yield from _parts_text(section.intro, "", "", texts)
    for number, step in enumerate(section.steps, start=1):
        mark = f"{number:>3}. "
        yield from _parts_text(step.parts, mark, " " * len(mark), texts)
    for point in section.points:
        yield from _parts_text(point.parts, "   - ", "     ", texts)


def _parts_text(parts: Iterable[Part], first: str, rest: str, texts: Words) -> Iterator[str | Fold]:
    for part in parts:
        match part:
            case Prose():
                yield Fold(part.plain, first, rest)
            case Rows():
                yield from _rows_text(part.rows, rest + "    ", texts)
            case Callout():
                mark = f"{rest}  ! " if part.kind == "warning" else f"{rest}  "
                yield Fold(_labelled(texts(part.kind), part.plain, texts), mark, rest + "    ")
        first = rest


def _rows_text(rows: Iterable[Row], indent: str, texts: Words) -> Iterator[str | Fold]:
    for row in rows:
        label = texts("row_noted", label=row.label, note=row.note) if row.note else row.label
        yield Fold(_labelled(label, "", texts), indent, indent)
        yield f"{indent}    {_shown(row.value)}"


def _list_text(guide: Guide, section: str, texts: Words) -> Iterator[str | Fold]:
    match section:
        case "keys":
            for key in guide.policy_keys:
                made = [texts(f"option_{key.options}"), key.key_type, texts(f"usage_{key.usage}")]
                yield f"    [ ] {printable(key.name)}"
                yield f"        {_labelled(', '.join([part for part in made if part]), key.holds, texts)}"
        case "upload":
            for number, upload in enumerate(guide.uploads, start=1):
                yield f"    [ ] {number}. {printable(upload.file)}  {printable(upload.policy)}".rstrip()
        case "test":
            for link in guide.test_links:
                yield f"    [ ] {printable(link.label)}"
                yield f"        {printable(link.url)}" if not link.missing else f"        ({printable(link.missing)})"
        case "connect":
            yield from _application_text(guide, texts)
        case _:
            return


def _application_text(guide: Guide, texts: Words) -> Iterator[str | Fold]:
    for policy in guide.application.policies:
        yield f"    {printable(policy.policy)}"
        yield f"        {_labelled(texts('page_authority'), _shown(policy.authority), texts)}"
        yield f"        {_labelled(texts('page_metadata'), _shown(policy.metadata_url), texts)}"
    known = ", ".join(guide.application.known_authorities)
    yield f"    {_labelled(texts('page_known_authorities'), known, texts)}".rstrip()
    yield f"    {_labelled(texts('page_reply'), guide.application.reply_url, texts)}"
    for kind in guide.application.kinds:
        yield ""
        yield f"    {kind.title}"
        yield Fold(kind.note, "        ", "        ")
        yield f"        {_labelled(texts('page_platform'), kind.platform, texts)}"
        yield f"        {_labelled(texts('page_reply_shape'), kind.reply_url, texts)}"
        if kind.lines.complete:
            yield from [f"            {printable(line)}" for line in kind.lines.text.splitlines()]


def _shown(value: Value) -> str:
    return printable(value.text) if value.complete else f"({printable(value.text)})"


def _labelled(label: str, text: str, texts: Words) -> str:
    return texts("labelled", label=printable(label), text=printable(text))


def _heading(title: str, line: str) -> Iterator[str]:
    yield ""
    yield printable(title)
    yield line * max(3, _columns(printable(title)))


def _folded(lines: Iterable[str | Fold], width: int) -> str:
    done = [line for one in lines for line in (wrapped(one, width) if isinstance(one, Fold) else (one,))]
    return "\n".join(done).strip("\n") + "\n"


def wrapped(fold: Fold, width: int = WIDTH) -> Iterator[str]:
    """The text in lines that fit, broken at spaces and between Chinese characters; addresses stay whole."""
    line, empty = fold.first, True
    for word in _words(printable(fold.text)):
        if not empty and _columns(line) + _columns(word.rstrip()) > width:
            yield line.rstrip()
            line = fold.rest + word.lstrip()
        else:
            line += word
        empty = False
    yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Pieces between which a line may end, each with the space after it."""
    piece = ""
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        piece += character
        if character in _OPENING or following == " " or (following and following in _CLOSING):
            continue
        if character == " " or _wide(character) or _wide(following):
            yield piece
            piece = ""
    if piece:
        yield piece


def _columns(text: str) -> int:
    return sum(2 if _wide(character) else 0 if unicodedata.combining(character) else 1 for character in text)


def _wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"
