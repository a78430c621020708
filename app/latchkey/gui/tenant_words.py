"""How clouds are called, and what was understood of a link or a name, said back. No Qt."""

from __future__ import annotations

from latchkey.draft.pasting import Pasted
from latchkey.text import N_, _, join_sentences

CLOUD_CHOICES = (
    ("global", N_("Azure (global)"), N_("portal.azure.com")),
    ("china", N_("Azure China (21Vianet)"), N_("portal.azure.cn")),
    ("us-government", N_("Azure US Government"), N_("portal.azure.us, not verified")),
)


def said_back(pasted: Pasted) -> str:
    """What was understood, in words."""
    clouds = {name: _(title) for name, title, _explanation in CLOUD_CHOICES}
    parts = []
    if pasted.name and pasted.cloud is not None:
        cloud = clouds[pasted.cloud]
        parts.append(_("Understood: tenant {name}, in {cloud}.").format(name=pasted.name, cloud=cloud))
    elif pasted.name:
        parts.append(_("Understood: tenant {name}.").format(name=pasted.name))
    if pasted.custom_domain:
        parts.append(_("Understood: custom domain {domain}.").format(domain=pasted.custom_domain))
    if pasted.object_id:
        parts.append(_("Understood: tenant ID {id}.").format(id=pasted.object_id))
    if not pasted.name:
        parts.append(_("It does not say the tenant's name; please add that."))
    return join_sentences(*parts, pasted.note)
