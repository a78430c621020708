"""Sample text that should have been replaced: how samples, tutorials and tools write "put your own value here".

The look-up runs over raw bytes, since it must be quick on files that are fine, and names the very line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from latchkey.text import N_

_TENANT = N_("Put the name of your own tenant there, in every file of the set.")
_APP = N_("Put the Application (client) ID there that the portal shows for this app.")
_VALUE = N_("Put your own value there.")
_TOOL = N_("This is a variable of an upload tool; put the value itself there, or let the tool write the files first.")


class Sample(NamedTuple):
    """`anchor` is a part that is always there, in lower case; `pattern` the whole, without case, which begins at most
    `before` characters in front of it. One anchor for several patterns saves a look through the file.
    """

    anchor: str
    pattern: str
    hint: str
    before: int = 0


SAMPLES = (
    Sample("tenant", r"yourtenant(?:name)?|your-tenant(?:-?name|-?id)?|your_tenant(?:_?name|_?id)?"
           r"|(?<![\w-])tenant-name(?![\w-])", _TENANT, 5),
    Sample("identityexperienceframeworkappid", r"(?:Proxy)?IdentityExperienceFrameworkAppId", _APP, 5),
    Sample("facebook_clientid", r"facebook_clientid", _APP),
    Sample("application ", r"\bYour [\w ]{0,40}application (?:client )?id", _APP, 46),
    Sample("00000000-0000-0000-0000-000000000000", r"00000000-0000-0000-0000-000000000000", _APP),
    Sample("{", r"\{\{[^{}\r\n]{0,80}\}\}|\{Settings:[^{}\r\n]{0,80}\}", _TOOL),
    Sample("{", r"\{your[ _\-][^{}\r\n]{0,80}\}", _VALUE),
    Sample("&lt;", r"&lt;[\w .\-]{0,40}\b(?:your|my|insert|enter|replace|tenant|client|app|application|policy|guid|id"
           r"|secret|value)(?:\b|[_\-])[\w .\-]{0,40}(?:&gt;|>)", _VALUE),
)  # fmt: skip
_LONGEST = 120  # no sample is longer


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def samples_in(source: str) -> list[tuple[int, str, str]]:
    """Every sample text in an XML source, comments aside, in order: position, as it is written, what to do about it."""
    lowered = source.lower()
    if len(lowered) != len(source):  # a few letters grow when lowered, and positions would shift
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in source)
    found = [hit for sample in SAMPLES if sample.anchor in lowered for hit in _hits(source, lowered, sample)]
    if not found:
        return []
    comments = [comment.span() for comment in re.finditer(r"<!--.*?(?:-->|\Z)", source, re.DOTALL)]
    closed = {name for name in re.findall(r"&lt;/\s*([\w.\-]+)", source)}  # HTML elements in texts are no samples
    found.sort(key=lambda hit: (hit[0], -len(hit[1])))
    kept: list[tuple[int, str, str]] = []
    end = 0
    for hit in found:
        before = bisect_right(comments, (hit[0], len(source))) - 1
        if hit[1].startswith("&lt;") and hit[1][4:].partition("&")[0].partition(" ")[0].rstrip(">") in closed:
            continue
        if hit[0] >= end and not (before >= 0 and hit[0] < comments[before][1]):
            kept.append(hit)
            end = hit[0] + len(hit[1])
    return kept


def _hits(source: str, lowered: str, sample: Sample) -> Iterator[tuple[int, str, str]]:
    """Where the sample stands: found by its anchor, which is quick, then looked at as a whole."""
    pattern, end = _compiled(sample.pattern), 0
    position = lowered.find(sample.anchor)
    while position >= 0:
        for start in range(max(end, position - sample.before), position + 1):
            match = pattern.match(source, start, position + _LONGEST)
            if match is not None and match.end() > position:
                yield start, match.group(), sample.hint
                end = match.end()
                break
        position = lowered.find(sample.anchor, max(end, position + 1))


def sample_in(value: str) -> str:
    """The first sample text in a value that somebody typed, or empty."""
    found = samples_in(value.replace("<", "&lt;"))
    return found[0][1].replace("&lt;", "<") if found else ""
