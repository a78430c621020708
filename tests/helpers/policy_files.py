"""Small policy files for these tests."""

from __future__ import annotations

from latchkey.policy.policy_set import PolicyFile, PolicySet

NAMESPACE = "http://schemas.microsoft.com/online/cpim/schemas/2013/06"


def policy(policy_id: str, body: str = "", base: str = "", file: str = "") -> PolicyFile:
    """A policy file: an id, what it builds on, and what stands inside."""
    below = (
        f"<BasePolicy><TenantId>t.onmicrosoft.com</TenantId><PolicyId>{base}</PolicyId></BasePolicy>" if base else ""
    )
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<TrustFrameworkPolicy xmlns="{NAMESPACE}" '
        f'PolicySchemaVersion="0.3.0.0" TenantId="t.onmicrosoft.com" PolicyId="{policy_id}" '
        f'PublicPolicyUri="http://t/{policy_id}">\n{below}\n{body}\n</TrustFrameworkPolicy>\n'
    )
    return PolicyFile(file or f"{policy_id}.xml", text.encode())


def policy_set(*files: PolicyFile) -> PolicySet:
    """A set of such files."""
    return PolicySet.of(files)


def claims(*ids: str, extra: str = "") -> str:
    """BuildingBlocks with a ClaimsSchema of string claims."""
    types = "".join(
        f'<ClaimType Id="{i}"><DisplayName>{i}</DisplayName><DataType>string</DataType></ClaimType>' for i in ids
    )
    return f"<BuildingBlocks><ClaimsSchema>{types}{extra}</ClaimsSchema></BuildingBlocks>"


def profile(profile_id: str, body: str = "", domain: str = "") -> str:
    """A ClaimsProvider with one technical profile."""
    where = f"<Domain>{domain}</Domain>" if domain else ""
    return (
        f"<ClaimsProvider>{where}<DisplayName>P</DisplayName><TechnicalProfiles>"
        f'<TechnicalProfile Id="{profile_id}">{body}</TechnicalProfile></TechnicalProfiles></ClaimsProvider>'
    )


def providers(*parts: str) -> str:
    """ClaimsProviders around them."""
    return f"<ClaimsProviders>{''.join(parts)}</ClaimsProviders>"
