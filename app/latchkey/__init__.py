"""Latchkey: sign-in with WeChat, QQ and any other provider for Azure AD B2C, without reading XML."""

from __future__ import annotations

__version__ = "0.1.0"
