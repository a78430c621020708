"""Writes the JSON schema of provider files, for editors, into `resources/schema/provider.json`."""

from __future__ import annotations

from pathlib import Path

from latchkey.catalogue.schema import schema_text

FILE = Path(__file__).parents[1] / "resources" / "schema" / "provider.json"


def main() -> None:
    """Write it."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(schema_text(), "utf-8", newline="\n")
    print(f"schema: {FILE}")


if __name__ == "__main__":
    main()
