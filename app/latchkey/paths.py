"""Where things live: the program's read-only data, and the person's own folders."""

from __future__ import annotations

from pathlib import Path


def data_root() -> Path:
    """The folder that holds `resources` and `templates`: packed beside the code in a wheel or a frozen
    program, the checkout's top folder otherwise.
    """
    package = Path(__file__).parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent.parent


def resource(*parts: str) -> Path:
    """A file or folder under `resources`."""
    return data_root().joinpath("resources", *parts)


def template_root() -> Path:
    """The folder of the jinja2 templates."""
    return data_root() / "templates"


def config_folder() -> Path:
    """The person's settings folder (made when something is first written there)."""
    import platformdirs

    return Path(platformdirs.user_config_dir("latchkey", appauthor=False))


def state_folder() -> Path:
    """The person's state folder: recent files, autosaves, logs."""
    import platformdirs

    return Path(platformdirs.user_state_dir("latchkey", appauthor=False))


def kept_folder() -> Path:
    """Where the old files go before policies are changed in place: outside every policy folder."""
    return state_folder() / "kept"
