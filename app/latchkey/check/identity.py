"""Rules on who a policy is, whose it is, and what it builds on."""

from __future__ import annotations

import re
from collections import Counter

from latchkey.check.finding import Level
from latchkey.check.placeholders import sample_in
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.names import POLICY_PREFIX, SCHEMA_VERSION, USER_FLOW_PREFIX, is_guid, key
from latchkey.policy.policy_set import MAX_LEVELS, PolicySet
from latchkey.text import _

_TENANT_ID = re.compile(r"[A-Za-z0-9.]{3,63}")
_POLICY_ID = re.compile(r"[A-Za-z0-9_\-.]*[A-Za-z0-9_\-]")
_RECORDER = "urn:journeyrecorder:applicationinsights"
MAX_POLICIES = 200
DEEP = 7


def schema_version(view: View) -> Hits:
    """`PolicySchemaVersion` is 0.3.0.0 (https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy)."""
    if view.policy.schema_version != SCHEMA_VERSION:
        yield Hit(
            view.attribute("PolicySchemaVersion"),
            _("The policy says that its format is “{found}”; Azure knows {expected} only.").format(
                found=view.policy.schema_version, expected=SCHEMA_VERSION
            ),
            _('Write PolicySchemaVersion="{expected}".').format(expected=SCHEMA_VERSION),
        )


def tenant_matches(policy_set: PolicySet) -> Hits:
    """`TenantId` is the tenant's own in every file, and in every `BasePolicy`: "TenantId in the policy xml … is not
    same as the one in login tenant" (https://github.com/MicrosoftDocs/azure-docs/issues/30477).
    """
    named: Counter[str] = Counter()
    for policy in policy_set.policies:
        named.update(key(tenant) for tenant in _tenants(policy) if tenant)
    if len(named) < 2:
        return
    # the tenant that most of the set names is taken for the right one; a sample name never is
    usual = max(named, key=lambda tenant: (not sample_in(tenant), named[tenant]))
    for policy in policy_set.policies:
        view = View(policy_set, policy)
        own, of_base = _tenants(policy)
        if own and key(own) != usual:
            where = view.attribute("TenantId")
        elif of_base and key(of_base) != usual:
            where, own = view.child("BasePolicy", "TenantId"), of_base
        else:
            continue
        yield Hit(
            where,
            _("This file belongs to the tenant “{tenant}”, others of the set to “{other}”.").format(
                tenant=own, other=usual
            ),
            _("All files must name your own tenant, and in BasePolicy too."),
        )


def _tenants(policy: TrustFrameworkPolicy) -> tuple[str, str]:
    return policy.tenant_id, policy.base.tenant_id if policy.base is not None else ""


def tenant_id_format(view: View) -> Hits:
    """`TenantId` has 3 to 63 letters, digits and dots; `TenantObjectId`, if stated, is a GUID.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy
    """
    policy = view.policy
    tenants = [(policy.tenant_id, view.attribute("TenantId"))]
    if policy.base is not None:
        tenants.append((policy.base.tenant_id, view.child("BasePolicy", "TenantId")))
    for tenant, where in tenants:
        if _TENANT_ID.fullmatch(tenant) is None and not sample_in(tenant):
            yield Hit(
                where,
                _("“{tenant}” can't be a tenant's name.").format(tenant=tenant)
                if tenant
                else _("The name of the tenant is missing here."),
                _("Write the domain that the portal shows, for example contoso.onmicrosoft.com."),
            )
    if policy.tenant_object_id and not is_guid(policy.tenant_object_id) and not sample_in(policy.tenant_object_id):
        yield Hit(
            view.attribute("TenantObjectId"),
            _("“{text}” is not the id of a directory.").format(text=policy.tenant_object_id),
            _("It is a GUID. The attribute may also be left out."),
        )


def policy_id_format(view: View) -> Hits:
    """Policy ids start with `B2C_1A_`; `B2C_1_` belongs to user flows.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy. "As you upload the files, Azure adds
    the prefix B2C_1A_ to each" (…/tutorial-create-user-flows), so that a missing prefix in people's own files is a
    warning.
    """
    found = view.policy.id
    where = view.attribute("PolicyId")
    if _POLICY_ID.fullmatch(found) is None:
        yield Hit(
            where,
            _("“{id}” can't be a policy's name.").format(id=found) if found else _("The policy has no name."),
            _("A policy name is B2C_1A_ and then letters, digits, _ and -."),
            level=Level.ERROR,
        )
    elif found.upper().startswith(USER_FLOW_PREFIX):
        yield Hit(
            where,
            _("“{id}” is a name for user flows; custom policies can't have it.").format(id=found),
            _("Names of custom policies start with B2C_1A_."),
            level=Level.ERROR,
        )
    elif not found.upper().startswith(POLICY_PREFIX):
        yield Hit(
            where,
            _("Policy names start with B2C_1A_, “{id}” does not.").format(id=found),
            _("Call it {name}, also where other files build on it.").format(name=POLICY_PREFIX + found),
        )


def policy_id_unique(policy_set: PolicySet) -> Hits:
    """No two files carry one policy id: the second upload would replace the first."""
    first: dict[str, TrustFrameworkPolicy] = {}
    for policy in policy_set.policies:
        if not policy.id:
            continue
        before = first.setdefault(key(policy.id), policy)
        if before is not policy:
            yield Hit(
                View(policy_set, policy).attribute("PolicyId"),
                _("Two files have the same policy name {id}; the second upload would replace the first.").format(
                    id=policy.id
                ),
                _("The other one is {file}. Rename one of them, or take it out of the folder.").format(
                    file=before.file
                ),
            )


def public_policy_uri(view: View) -> Hits:
    """`PublicPolicyUri` must be there; the service makes no use of what it says.

    https://github.com/MicrosoftDocs/azure-docs/issues/7376
    """
    if not view.policy.public_policy_uri.strip():
        yield Hit(
            view.attribute("PublicPolicyUri"),
            _("The policy has no PublicPolicyUri, which the format asks for."),
            _("Write http://{tenant}/{policy}.").format(tenant=view.policy.tenant_id, policy=view.policy.id),
        )


def deployment_mode(view: View) -> Hits:
    """Development mode and the journey recorder are for finding faults: they record what people type.

    https://learn.microsoft.com/azure/active-directory-b2c/troubleshoot-with-application-insights
    """
    if view.policy.deployment_mode == "Development":
        yield Hit(
            view.attribute("DeploymentMode"),
            _("The policy runs in development mode, which records personal data of your customers."),
            _("Take DeploymentMode and UserJourneyRecorderEndpoint out before real customers sign in."),
        )


def recorder_endpoint(view: View) -> Hits:
    """Where journeys are recorded there is one way only: "UserJourneyRecorderEndpoint … only
    urn:journeyrecorder:applicationinsights" (https://github.com/Azure-Samples/active-directory-b2c-advanced-policies/issues/44).
    """
    found = view.policy.journey_recorder
    if found and found != _RECORDER and not sample_in(found):
        yield Hit(
            view.attribute("UserJourneyRecorderEndpoint"),
            _("“{text}” can't record journeys.").format(text=found[:80]),
            _("Write {urn}, or take the attribute out.").format(urn=_RECORDER),
        )


def file_names(policy_set: PolicySet) -> Hits:
    """No two files have names that differ in capitals only: on Windows and in archives one would replace the other.

    https://learn.microsoft.com/windows/wsl/case-sensitivity
    """
    first: dict[str, str] = {}
    for policy in policy_set.policies:
        before = first.setdefault(key(policy.file), policy.file)
        if before != policy.file:
            yield Hit(
                View(policy_set, policy).at(0),
                _("The names of this file and of {other} differ in capitals only.").format(other=before),
                _("Rename one of them: on Windows they can't be in one folder."),
            )


def base_exists(policy_set: PolicySet) -> Hits:
    """What a policy builds on is in the set, or in the tenant already: "Policy with 'policyId' … cannot be found in
    the directory" (https://github.com/Azure-Samples/active-directory-b2c-custom-policy-starterpack/issues/113).
    """
    if policy_set.broken:
        return  # the base may be one of the files that can't be read; that is told already
    waiting: dict[str, list[TrustFrameworkPolicy]] = {}
    for policy in policy_set.policies:
        base = policy.base
        if base is None or key(base.policy_id) in policy_set.in_azure:
            continue
        if policy_set.find(base.policy_id) is None and not _is_user_flow(base.policy_id):
            waiting.setdefault(key(base.policy_id), []).append(policy)
    for policies in waiting.values():
        policy = policies[0]
        missing = policy.base.policy_id if policy.base is not None else ""
        guess = similar(missing, [other.id for other in policy_set.policies if other is not policy])
        if not missing:
            message = _("The file does not say which policy it builds on.")
        elif len(policies) == 1:
            message = _("This file builds on “{base}”, which is not in this folder.").format(base=missing)
        else:
            message = _("This file and {count} more build on “{base}”, which is not in this folder.").format(
                base=missing, count=len(policies) - 1
            )
        hint = (
            _("Did you mean “{guess}”?").format(guess=guess)
            if guess
            else _("Add that file to the folder, or say that it is in Azure already: --in-azure {base}").format(
                base=missing
            )
            if missing
            else _("Name it under BasePolicy, or take BasePolicy out.")
        )
        yield Hit(View(policy_set, policy).child("BasePolicy", "PolicyId"), message, hint)


def base_not_user_flow(view: View) -> Hits:
    """A custom policy can't build on a user flow: "is not allowed to inherit from the specified base policy"
    (https://github.com/MicrosoftDocs/azure-docs/issues/5303).
    """
    base = view.policy.base
    if base is not None and _is_user_flow(base.policy_id):
        yield Hit(
            view.child("BasePolicy", "PolicyId"),
            _("The policy builds on “{base}”, which is a user flow; Azure does not allow that.").format(
                base=base.policy_id
            ),
            _("Name a custom policy there, usually B2C_1A_TrustFrameworkExtensions."),
        )


def _is_user_flow(policy_id: str) -> bool:
    return policy_id.upper().startswith(USER_FLOW_PREFIX)


def base_acyclic(policy_set: PolicySet) -> Hits:
    """No policy builds on itself, also not by way of others."""
    told: set[str] = set()
    for policy in policy_set.policies:
        chain = policy_set.chain(policy)
        if not chain.cycle or policy_set.find(policy.id) is not policy:
            continue
        names = [key(link.id) for link in chain.policies]
        back = key(chain.policies[-1].base.policy_id) if chain.policies[-1].base else ""
        # only the files in the circle itself, and each circle once
        if back != names[0] or told & set(names):
            continue
        told.update(names)
        yield Hit(
            View(policy_set, policy).child("BasePolicy", "PolicyId"),
            _("The policies build on each other in a circle: {names}.").format(
                names=" → ".join([*(link.id for link in chain.policies), policy.id])
            ),
            _("One of them must build on nothing, or on a policy outside the circle."),
        )


def base_depth(view: View) -> Hits:
    """At most 10 levels of inheritance (https://learn.microsoft.com/azure/active-directory-b2c/service-limits)."""
    depth = len(view.set.chain(view.policy).policies)
    if depth <= DEEP:
        return
    too_deep = depth > MAX_LEVELS
    yield Hit(
        view.child("BasePolicy"),
        _("The chain of files that this policy builds on has {depth} levels; Azure allows {limit}.").format(
            depth=depth, limit=MAX_LEVELS
        ),
        _("Merge some of the files between."),
        about="depth" if too_deep else "deep",
        level=Level.ERROR if too_deep else Level.WARNING,
    )


def policy_count(policy_set: PolicySet) -> Hits:
    """A tenant holds at most 200 policies (https://learn.microsoft.com/azure/active-directory-b2c/service-limits)."""
    count = len(policy_set.policies)
    if count > MAX_POLICIES:
        yield Hit(
            View(policy_set, policy_set.policies[MAX_POLICIES]).at(0),
            _("The folder has {count} policies; a tenant takes {limit}, user flows included.").format(
                count=count, limit=MAX_POLICIES
            ),
            _("Take out what you no longer need."),
        )
