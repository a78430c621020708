"""Filling in what a fresh starter pack leaves open, everywhere but in comments.

`ProxyIdentityExperienceFrameworkAppId` contains `IdentityExperienceFrameworkAppId`: the longer one comes first.
"""

from __future__ import annotations

import re

from latchkey.draft.draft import Draft
from latchkey.policy import splice
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.names import TenantName, is_guid
from latchkey.policy.reader import Document
from latchkey.policy.splice import Splice

FACEBOOK = "facebook_clientid"
TENANT = "yourtenant"


def values(draft: Draft) -> dict[str, str]:
    """Placeholder → value, as far as the draft knows it, the longer before the shorter it contains."""
    tenant = TenantName.parse(draft.tenant.name)
    found = {f"{TENANT}.onmicrosoft.com": tenant.domain(CLOUDS[draft.tenant.cloud]), TENANT: str(tenant)}
    apps = (
        ("ProxyIdentityExperienceFrameworkAppId", draft.policies.proxy_ief_app_id),
        ("IdentityExperienceFrameworkAppId", draft.policies.ief_app_id),
    )
    found.update({name: value.strip() for name, value in apps if is_guid(value.strip())})
    return found


def fill(document: Document, known: dict[str, str]) -> bytes:
    """The file with its placeholders filled."""
    if not known:
        return document.data
    pattern = re.compile(b"(?:%s)(?![A-Za-z0-9_])" % b"|".join(re.escape(name.encode()) for name in known))
    comments = [(comment.start, comment.end) for comment in document.comments]
    splices = []
    for found in pattern.finditer(document.body):
        start, end = found.span()
        if not any(first <= start < last for first, last in comments):
            splices.append(Splice(start, end, splice.attribute_text(known[found.group().decode()])))
    return splice.apply(document, splices)
