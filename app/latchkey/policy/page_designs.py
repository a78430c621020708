"""Azure's three page designs, and what they know of sign-in buttons: a button's look goes by the id of its exchange.

https://learn.microsoft.com/azure/active-directory-b2c/customize-ui describes the designs; the ids are those that the
style sheets of the designs name. An id that differs in one letter or its case is unknown to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Design = Literal["ocean-blue", "slate-gray", "classic"]
DESIGNS: tuple[Design, ...] = get_args(Design)
DEFAULT: Design = "ocean-blue"  # for new policies, unless somebody chooses another one

# The designs' own names, which nobody translates.
TITLES: Mapping[Design, str] = MappingProxyType(
    {"ocean-blue": "Ocean Blue", "slate-gray": "Slate Gray", "classic": "Classic"}
)
# Where the pages of a design are: a LoadUri is ~/tenant/FOLDER/PAGE.cshtml, with the same pages in each.
# https://learn.microsoft.com/azure/active-directory-b2c/customize-ui-with-html
FOLDERS: Mapping[Design, str] = MappingProxyType(
    {"ocean-blue": "templates/AzureBlue", "slate-gray": "templates/MSA", "classic": "default"}
)

# The exchanges for which each design has an icon.
_EVERYWHERE = frozenset(
    f"{name}Exchange"
    for name in ("Facebook", "Google", "MicrosoftAccount", "LinkedIn", "Amazon", "Twitter", "GitHub", "Apple",
                 "AppleManaged")
)  # fmt: skip
_NOT_IN_CLASSIC = frozenset({"WeChatExchange", "QQExchange", "WeiboExchange"})


def has_icon(design: Design, exchange: str) -> bool:
    """Whether a design shows an icon of its own on the button of an exchange."""
    return exchange in _EVERYWHERE or (design != "classic" and exchange in _NOT_IN_CLASSIC)


def design_of(load_uri: str) -> Design | None:
    """The design that a page asks for by its LoadUri; None: a page of the person's own."""
    folded = load_uri.strip().casefold()
    if not folded.startswith("~/tenant/"):
        return None
    return next((design for design, folder in FOLDERS.items() if f"/{folder.casefold()}/" in folded), None)
