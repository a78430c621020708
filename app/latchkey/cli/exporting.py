"""Pages, pictures and style sheets: a command writes them where it is told to, and a slip of the hand loses nothing."""

from __future__ import annotations

from pathlib import Path

from latchkey.cli.terminal import flat
from latchkey.errors import Refused, Unreadable
from latchkey.text import _

PRINT = "-"


def export(file: str, text: str, *endings: str) -> None:
    """Write the file. One that is there already is replaced if its name has one of the endings, or if it is empty.

    Raises Refused, since what has another name is a draft or a policy sooner than a page of last week; Unreadable.
    """
    from latchkey.files import write_whole

    path = Path(file)
    try:
        if path.suffix.lower() not in endings and path.is_file() and path.stat().st_size:
            raise Refused(
                _("{path} is there already, and may be something else.").format(path=flat(file)),
                _("Give a name that ends in {ending}.").format(ending=endings[0]),
            )
        write_whole(path, text.encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(
            _("{path} can't be written: {reason}.").format(path=flat(file), reason=reason),
            _("Choose another place for the file."),
        ) from error
