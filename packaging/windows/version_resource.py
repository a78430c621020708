"""The version resource of the two programs: what Windows shows under Properties, Details, and in the task manager.

Written as the Python expression that PyInstaller reads.
https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource
"""

from __future__ import annotations

from product import Product, version, windows_version

_FORM = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0),
  ),
  kids=[
    StringFileInfo([{tables}]),
    VarFileInfo([VarStruct("Translation", {languages})]),
  ],
)
"""
_UNICODE = 1200
_SUMMARIES = {0x0409: Product().summary, 0x0804: "为 Azure AD B2C 设置微信、QQ 和其他任何登录方式"}


def text() -> str:
    """The whole resource, in English and Simplified Chinese."""
    numbers = tuple(int(part) for part in windows_version(version()).split("."))
    tables = ", ".join(_table(language, summary) for language, summary in _SUMMARIES.items())
    languages = [number for language in _SUMMARIES for number in (language, _UNICODE)]
    return _FORM.format(numbers=numbers, tables=tables, languages=languages)


def _table(language: int, summary: str) -> str:
    product = Product()
    said = {
        "CompanyName": product.publisher,
        "FileDescription": f"{product.name}: {summary}",
        "FileVersion": version(),
        "InternalName": product.command,
        "LegalCopyright": f"{product.publisher}, {product.licence}",
        "ProductName": product.name,
        "ProductVersion": version(),
    }
    entries = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in said.items())
    return f"StringTable('{language:04X}{_UNICODE:04X}', [{entries}])"
