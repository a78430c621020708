"""The metadata of a SAML identity provider as pysaml2 makes it.

python saml_metadata.py CERTIFICATE BASE-ADDRESS
"""

from __future__ import annotations

import sys
import warnings

warnings.simplefilter("ignore")

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT  # noqa: E402
from saml2.config import IdPConfig  # noqa: E402
from saml2.metadata import entity_descriptor  # noqa: E402

file, base = sys.argv[1:]
provider = {
    "name": "Contoso",
    "endpoints": {
        "single_sign_on_service": [
            (f"{base}/sso/redirect", BINDING_HTTP_REDIRECT),
            (f"{base}/sso/post", BINDING_HTTP_POST),
        ],
    },
    "name_id_format": ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
    "want_authn_requests_signed": True,
}
config = IdPConfig().load(
    {
        "entityid": f"{base}/saml",
        "service": {"idp": provider},
        "cert_file": file,
        "key_file": file,
        "organization": {
            "name": [("Contoso", "en")],
            "display_name": [("Contoso Sign-in", "en")],
            "url": [(base, "en")],
        },
    }
)
sys.stdout.write(str(entity_descriptor(config)))
