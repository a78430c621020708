"""Folders as large as Azure allows: brands with extensions and journeys of their own, and many policies that run them."""

from __future__ import annotations

import re

from helpers.composing import catalogue, draft, provider
from latchkey.compose.composer import compose
from latchkey.policy.policy_set import PolicyFile

SHARED = 3  # base, localization, extensions
_BLOCK = re.compile(rb'( *)<UserJourney Id="CustomSignUpSignIn">.*?</UserJourney>', re.DOTALL)


def big_set(count: int) -> tuple[PolicyFile, ...]:
    """A sound set of that many policies, one in five of them a layer between the extensions and relying parties."""
    types = ("wechat", "qq", "facebook")
    files = {
        file.file: file.data
        for file in compose(draft("social-and-local", *(provider(name) for name in types)), catalogue()).files
    }
    extensions, party = files["TrustFrameworkExtensions.xml"], files["SignUpOrSignin.xml"]
    found = [PolicyFile(f"{name}.xml", files[f"{name}.xml"]) for name in _names()]
    layers = (count - SHARED) // 5
    found += [_layer(number, extensions) for number in range(layers)]
    found += [_party(number, number % layers if layers else None, party) for number in range(count - SHARED - layers)]
    return tuple(found)


def _names() -> tuple[str, ...]:
    return "TrustFrameworkBase", "TrustFrameworkLocalization", "TrustFrameworkExtensions"


def _layer(number: int, extensions: bytes) -> PolicyFile:
    """A brand's own journey and provider, below the extensions that all share."""
    journey = _BLOCK.search(extensions)
    assert journey is not None
    own = journey[0].replace(b'"CustomSignUpSignIn"', b'"Brand%dSignIn"' % number)
    head, _rest = extensions.split(b"</BasePolicy>", 1)
    head = head.replace(b'"B2C_1A_TrustFrameworkExtensions"', b'"B2C_1A_Brand%dExtensions"' % number)
    head = head.replace(b"B2C_1A_TrustFrameworkLocalization", b"B2C_1A_TrustFrameworkExtensions")
    head = head.replace(b"/B2C_1A_TrustFrameworkExtensions", b"/B2C_1A_Brand%dExtensions" % number)
    texts = b"".join(_CLAIM % (number, place, number, place) for place in range(60))
    body = b"\n  <BuildingBlocks>\n    <ClaimsSchema>\n%s    </ClaimsSchema>\n  </BuildingBlocks>\n" % texts
    body += b"  <UserJourneys>\n%s\n  </UserJourneys>\n</TrustFrameworkPolicy>\n" % own
    return PolicyFile(f"Brand{number:03}Extensions.xml", head + b"</BasePolicy>" + body)


_CLAIM = b"""      <ClaimType Id="brand%dClaim%d">
        <DisplayName>Claim %d of brand %d</DisplayName>
        <DataType>string</DataType>
        <UserHelpText>What customers of this brand are asked on its own pages.</UserHelpText>
        <UserInputType>TextBox</UserInputType>
      </ClaimType>
"""


def _party(number: int, brand: int | None, party: bytes) -> PolicyFile:
    data = party.replace(b"B2C_1A_signup_signin", b"B2C_1A_party%d" % number)
    if brand is not None:
        data = data.replace(b">B2C_1A_TrustFrameworkExtensions<", b">B2C_1A_Brand%dExtensions<" % brand)
        data = data.replace(b'ReferenceId="CustomSignUpSignIn"', b'ReferenceId="Brand%dSignIn"' % brand)
    return PolicyFile(f"Party{number:03}.xml", data)
