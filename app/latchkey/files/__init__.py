"""Writing that loses nothing. Everything that Latchkey writes goes through here.

`write_whole` (`whole`) replaces one file, `replacing.replace_files` several of one folder, all or none. A kill or a
power cut at any moment leaves the old or the new; `healing.heal_all` puts in order, at the next start, what was
interrupted. `disk` holds the system calls that both are made of, `turn` sees to it that one Latchkey writes at a time,
`refusals` says in words what stands against it.
"""

from __future__ import annotations

from latchkey.files.refusals import ChangedUnderneath
from latchkey.files.whole import make_folder, write_whole

__all__ = ["ChangedUnderneath", "make_folder", "write_whole"]
