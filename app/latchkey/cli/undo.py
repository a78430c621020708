"""`latchkey undo`: what the last `compose --into`, `check --fix` or the wizard replaced comes back, byte for byte."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from latchkey.cli.compose import names
from latchkey.cli.into import refused_with_difference
from latchkey.cli.layout import columns
from latchkey.cli.terminal import DONE, Result, answer, flat
from latchkey.compose.into import keeping
from latchkey.errors import Refused, Unreadable
from latchkey.paths import kept_folder
from latchkey.text import _, ngettext


def run(arguments: argparse.Namespace) -> Result:
    """Put back, or show what there is to put back."""
    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise Unreadable(
            _("There is no folder {path}.").format(path=flat(arguments.folder)), _("Check the spelling of the path.")
        )
    if arguments.list:
        return _list(arguments, keeping.history(folder, kept_folder()))
    kept = keeping.last(folder, kept_folder())
    if arguments.diff:
        shown = keeping.difference(keeping.restored(kept, folder))
        return answer(DONE, as_json=arguments.json, data={**_json(kept), "diff": shown}, text=shown)
    try:
        kept = keeping.put_back(folder, kept_folder())
    except Refused as refusal:
        return refused_with_difference(arguments, refusal, keeping.edited_since(kept, folder))
    count = len(kept.files)
    head = ngettext(
        "Put back {count} file in {folder}, as it was before {when}:",
        "Put back {count} files in {folder}, as they were before {when}:",
        count,
    ).format(count=count, folder=flat(arguments.folder), when=_moment(kept.when))
    data = {"restored": [str(folder / name) for name in kept.files], **_json(kept)}
    return answer(DONE, as_json=arguments.json, data=data, text="\n".join([head, *names(kept.files)]))


def _list(arguments: argparse.Namespace, history: tuple[keeping.Kept, ...]) -> Result:
    if not history:
        text = _("Nothing is kept of {folder}.").format(folder=flat(arguments.folder))
    else:
        text = "\n".join(columns([_row(kept) for kept in history]))
    return answer(DONE, as_json=arguments.json, data={"kept": [_json(kept) for kept in history]}, text=text)


def _row(kept: keeping.Kept) -> tuple[str, ...]:
    files = ngettext("{count} file", "{count} files", len(kept.files)).format(count=len(kept.files))
    return _moment(kept.when), files, str(kept.place), _("put back") if kept.put_back else ""


def _json(kept: keeping.Kept) -> dict[str, Any]:
    return {
        "when": _moment(kept.when),
        "files": list(kept.files),
        "kept": str(kept.place),
        "put_back": kept.put_back,
    }


def _moment(when: str) -> str:
    """`2026-11-20 12.00.00.000`, which can be a folder's name, as people write it."""
    day, _space, time = when.partition(" ")
    return f"{day} {time[:8].replace('.', ':')}"
