"""Bytes of a policy file → an element tree. Files are hostile: no document type, no entities of their own, nothing
fetched, and limits on size, depth and number of elements.

Rules it enforces (https://learn.microsoft.com/azure/active-directory-b2c/service-limits): Azure takes 1,024 KB a file;
what is larger than four times that is not even looked at.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.parsers import expat

from latchkey.errors import Refused
from latchkey.policy.names import NAMESPACE
from latchkey.policy.tree import Element
from latchkey.text import _

AZURE_LIMIT = 1_048_576
READ_LIMIT = 4 * AZURE_LIMIT
MAX_DEPTH = 100
MAX_ELEMENTS = 200_000

_SEPARATOR = "\n"
_IN_NAMESPACE = NAMESPACE + _SEPARATOR
_SMALLEST = len(b"<a/>")
_LOCAL = len(_IN_NAMESPACE)  # where the name of an element of policies begins
# What text files are written in. Python knows more: some take quadratic time (punycode), others are no letters at all.
_READABLE = re.compile(
    r"utf-8(-sig)?|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp(125\d|437|85\d|866|874|9(32|36|49|50))|koi8-[ru]|mac-\w+|gb(2312|k|18030)"
    r"|big5(hkscs)?|shift_jis|euc_(jp|kr)"
)
UTF8 = frozenset(("utf-8", "utf8", "utf-8-sig", "us-ascii", "ascii"))
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class PolicyFile(NamedTuple):
    """A file as found: its path as given, its bytes; `trouble` says why there are none, `rule` which rule it breaks."""

    file: str
    data: bytes
    trouble: str = ""
    rule: str = "xml-well-formed"


class Comment(NamedTuple):
    """A comment: where it starts and ends in the body (`<!--` to past `-->`), what it says, its line and its parent."""

    start: int
    end: int
    text: str
    line: int
    parent: Element | None


class Document(NamedTuple):
    """A well-formed file: its bytes, and `body`, the same as UTF-8, which all positions count in.

    `elements` are all of them in document order, the root first; `tags` the names that occur.
    """

    file: str
    data: bytes
    body: bytes
    encoding: str
    root: Element
    elements: Sequence[Element]
    tags: frozenset[str]
    comments: tuple[Comment, ...]


class BadXml(Refused):
    """A file that is not XML, or XML that Latchkey does not take. `rule` is the id of the rule it breaks."""

    def __init__(self, rule: str, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.rule = rule
        self.line = line


def read(file: PolicyFile) -> Document:
    """Parse the bytes. Raises BadXml."""
    if file.trouble:
        raise BadXml(file.rule, file.trouble)
    if len(file.data) > READ_LIMIT:
        raise BadXml(
            "file-size",
            _("The file is {size} MB; Azure takes 1 MB at most.").format(size=round(len(file.data) / 1_048_576)),
            _("Is this really a policy file? If so, move its translations into a file of their own."),
        )
    encoding = _check_encoding(file.data)
    body = file.data if encoding in UTF8 else file.data.decode(encoding).encode("utf-8", "surrogatepass")
    builder = _Builder(body)
    root = builder.build()
    tags = frozenset(builder.tags.values())
    return Document(file.file, file.data, body, encoding, root, builder.elements, tags, tuple(builder.comments))


def column(document: Document, element: Element) -> int:
    """Where an element begins in its line; counts letters, from 1."""
    start = document.body.rfind(b"\n", 0, element.start) + 1
    return len(document.body[start : element.start].decode("utf-8", "replace").lstrip("\ufeff")) + 1


def decode(data: bytes) -> str:
    """The text of a file, by its byte order mark or declaration. Raises BadXml (`xml-encoding`)."""
    return data.decode(_check_encoding(data))


def _check_encoding(data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    if not encoding:
        declared = _DECLARED.match(data[:200])
        encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    try:
        data.decode(encoding if _READABLE.fullmatch(codecs.lookup(encoding).name) else "")
    except LookupError as error:
        raise BadXml(
            "xml-encoding",
            _("The file says that it is written in “{encoding}”, which nobody can read.").format(encoding=encoding),
            _("Save it as UTF-8."),
            1,
        ) from error
    except (UnicodeError, ValueError) as error:
        position = getattr(error, "start", 0)
        raise BadXml(
            "xml-encoding",
            _("The file has letters that don't fit its encoding ({encoding}).").format(encoding=encoding),
            _("Open it in an editor and save it as UTF-8."),
            data.count(b"\n", 0, position) + 1,
        ) from error
    return encoding


class _Tags(dict[str, str]):
    """Names of elements as expat has them, and as we do."""

    def __missing__(self, name: str) -> str:
        found = self[name] = _local(name)
        return found


class _Builder:
    """Turns expat's events into elements, and stops at what policies may not have.

    `start`, `end` and `characters` run once for every tag of every file, so they are closures over local names.
    """

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._names: dict[str, str | None] = {}  # of elements and attributes, as expat has them
        self._parser = expat.ParserCreate("utf-8", _SEPARATOR, self._names)
        self._parser.buffer_text = True
        self._top = Element("", {}, 0, 0)  # above the root, so that every element has a parent while it is made
        self._open = [self._top]
        self._prefixed = False  # a prefix stands for the policy namespace
        self.elements: list[Element] = []
        self.comments: list[Comment] = []
        self.tags = _Tags()
        self._pieces: dict[int, tuple[Element, list[str]]] = {}  # texts that come in many pieces, by the element's id()

    def build(self) -> Element:
        """The root; all that was found is in the lists then. Raises BadXml."""
        self._parser.StartElementHandler = self._starts()
        self._parser.EndElementHandler, self._parser.CharacterDataHandler = self._ends()
        self._parser.CommentHandler = self._comment
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartNamespaceDeclHandler = self._namespace
        try:
            self._parser.Parse(self._body, True)
        except expat.ExpatError as error:
            raise BadXml(
                "xml-well-formed",
                _("The file has a typing error near line {line}: {reason}.").format(
                    line=error.lineno, reason=expat.ErrorString(error.code)
                ),
                _("Restore the original file, or mend that line (a “&” must be written “&amp;”)."),
                error.lineno,
            ) from error
        finally:
            self._let_go()
        for element, pieces in self._pieces.values():
            element.text = "".join(pieces)
        if self._has_foreign_attributes():
            for element in self.elements:
                element.attributes = _plain(element.attributes)
        return self.elements[0]

    def _let_go(self) -> None:
        """Parser and handlers hold each other, and with them every element: else all that stays until a collection."""
        parser = self._parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.CommentHandler = parser.StartDoctypeDeclHandler = parser.StartNamespaceDeclHandler = None

    def _starts(self) -> Callable[[str, dict[str, str]], None]:
        parser, stack, elements, tags = self._parser, self._open, self.elements, self.tags
        deepest = MAX_DEPTH + 1  # with what stands above the root
        huge = len(self._body) > _SMALLEST * MAX_ELEMENTS  # else there is no need to count
        new = Element.__new__

        def start(name: str, attributes: dict[str, str]) -> None:
            element = new(Element)  # its fields one by one: calling Element(…) takes three times as long
            element.tag = tags[name]
            element.attributes = attributes
            element.children = []
            element.text = ""
            element.line = parser.CurrentLineNumber
            element.start = parser.CurrentByteIndex
            stack[-1].children.append(element)
            stack.append(element)
            elements.append(element)
            if len(stack) > deepest or (huge and len(elements) > MAX_ELEMENTS):
                raise BadXml(
                    "xml-well-formed",
                    _("The file is nested deeper or has more elements than any policy."),
                    _("Is this really a policy file? Restore the original."),
                    element.line,
                )

        return start

    def _ends(self) -> tuple[Callable[[str], None], Callable[[str], None]]:
        parser, stack, more = self._parser, self._open, self._pieces
        pop = stack.pop

        def end(_name: str) -> None:
            pop().close = parser.CurrentByteIndex

        def characters(text: str) -> None:
            element = stack[-1]
            if not element.text:
                element.text = text
            elif element.children and text.isspace():
                pass  # the line end between two elements says nothing
            elif id(element) in more:  # pieces are joined once, at the end: one by one takes quadratic time
                more[id(element)][1].append(text)
            else:
                more[id(element)] = element, [element.text, text]

        return end, characters

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self._prefixed |= prefix is not None and uri == NAMESPACE

    def _has_foreign_attributes(self) -> bool:
        """Whether an attribute may be in a namespace: seldom, and told by the names without looking at each element."""
        return self._prefixed or any(
            name and _SEPARATOR in name and not name.startswith(_IN_NAMESPACE) for name in self._names
        )

    def _comment(self, text: str) -> None:
        start = self._parser.CurrentByteIndex
        end = self._body.index(b"-->", start + 4) + 3
        parent = self._open[-1] if len(self._open) > 1 else None
        self.comments.append(Comment(start, end, text, self._parser.CurrentLineNumber, parent))

    def _doctype(self, _name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        raise BadXml(
            "xml-no-dtd",
            _("The file contains a document-type section, which policies may not have."),
            _("Remove the line that starts with <!DOCTYPE."),
            self._parser.CurrentLineNumber,
        )


def _local(name: str) -> str:
    if name.startswith(_IN_NAMESPACE):
        return name[_LOCAL:]
    uri, found, local = name.partition(_SEPARATOR)
    return f"{{{uri}}}{local}" if found else f"{{}}{name}"


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of policies are in no namespace; one that is, be it theirs, is another one: `{uri}name`."""
    return {_foreign(name) if _SEPARATOR in name else name: value for name, value in attributes.items()}


def _foreign(name: str) -> str:
    uri, _found, local = name.partition(_SEPARATOR)
    return f"{{{uri}}}{local}"
