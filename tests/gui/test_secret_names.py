"""Under which names secrets are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.compose.naming import resolve
from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.gui.provider_defaults import provider_defaults


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def draft(*providers: Provider, tenant: str = "contoso") -> Draft:
    rows = tuple(replace(provider, key=f"p{number}") for number, provider in enumerate(providers, 1))
    return Draft(Tenant(tenant), Policies(accounts="social"), providers=rows)


def test_they_are_the_names_of_the_composed_set(catalogue: Catalogue) -> None:
    wanted = draft(Provider("wechat"), Provider("wechat"), Provider("openid-connect", name="Contoso employees"))
    setup = resolve(wanted, catalogue)
    assert [name.policy_key for name in secret_names(wanted, catalogue).values()] == [
        provider.policy_key for provider in setup.providers
    ]


def test_the_tenant_is_its_bare_name(catalogue: Catalogue) -> None:
    named = secret_names(draft(Provider("qq"), tenant="Contoso.onmicrosoft.com"), catalogue)
    assert named == {"p1": SecretName("contoso", "QQSecret")}


def test_without_a_tenant_the_place_is_not_known(catalogue: Catalogue) -> None:
    assert secret_names(draft(Provider("qq"), tenant="con toso"), catalogue)["p1"].tenant == ""


def test_who_needs_no_secret_is_not_among_them(catalogue: Catalogue) -> None:
    without = Provider("openid-connect", settings=frozen({"response_type": "id_token"}))
    assert secret_names(draft(without, Provider("existing", profile="Other")), catalogue) == {}


def test_a_wrong_id_of_one_does_not_take_the_names_of_the_others(catalogue: Catalogue) -> None:
    named = secret_names(
        draft(Provider("wechat", id="1 2"), Provider("qq"), Provider("wechat", policy_key="Own")), catalogue
    )
    assert {key: name.policy_key for key, name in named.items()} == {"p2": "QQSecret", "p3": "Own"}


def test_defaults_are_what_holds_without_an_answer(catalogue: Catalogue) -> None:
    wanted = draft(Provider("openid-connect", id="Own", name="Contoso", policy_key="Key", domain_hint="x"))
    assert provider_defaults(wanted, catalogue, "p1") == {
        "domain_hint": "",
        "id": "Contoso",
        "policy_key": "OwnSecret",
    }
