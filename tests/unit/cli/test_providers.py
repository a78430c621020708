"""`latchkey providers`."""

from __future__ import annotations

from pathlib import Path

from helpers.command import Command
from latchkey.paths import config_folder, resource


def test_the_list(latchkey: Command) -> None:
    done = latchkey("providers")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[1].split() == ["wechat", "WeChat", "OAuth2"]


def test_json_has_the_contract_s_shape(latchkey: Command) -> None:
    found = latchkey("providers", "--json").json["providers"]
    assert {"wechat", "qq", "facebook", "openid-connect"} <= {one["type"] for one in found}
    for one in found:
        assert {"type", "title", "protocol", "kinds", "settings", "claims"} <= set(one)
        assert set(one["kinds"]) <= {"custom", "user-flow"}
        assert all(isinstance(source, str) for source in one["claims"].values())
        for setting in one["settings"]:
            assert {"name", "label", "required", "example", "choices"} <= set(setting)
            assert isinstance(setting["required"], bool)


def test_one_type(latchkey: Command) -> None:
    (one,) = latchkey("providers", "openid-connect", "--json").json["providers"]
    assert one["type"] == "openid-connect"
    assert "metadata_url" in [setting["name"] for setting in one["settings"] if setting["required"]]
    out = latchkey("providers", "openid-connect").out
    assert "metadata_url" in out
    assert "required" in out
    assert "issuerUserId" in out


def test_an_unknown_type_gets_the_nearest(latchkey: Command) -> None:
    done = latchkey("providers", "wechta")
    assert done.status == 2
    assert "wechat" in done.told[1]
    assert "wechat" in latchkey("providers", "weixin").told[1]


def test_every_type_composes_with_its_own_examples(latchkey: Command, tmp_path: Path) -> None:
    """The contract: a draft filled with `client_id_example` and each setting's `example` composes."""
    for one in latchkey("providers", "--json").json["providers"]:
        if "custom" not in one["kinds"]:
            continue
        lines = ["format = 1", '[tenant]\nname = "contoso"', '[policies]\nkind = "custom"\naccounts = "social"']
        lines += ["[[providers]]", f'type = "{one["type"]}"']
        lines += [f'client_id = "{one["client_id_example"]}"'] if "client_id_example" in one else []
        lines += ["[providers.settings]"]
        lines += [f'{s["name"]} = "{s["example"]}"' for s in one["settings"] if s["example"]]
        draft = tmp_path / "draft.toml"
        draft.write_text("\n".join(lines), encoding="utf-8")
        done = latchkey("compose", draft, "--out", tmp_path / one["type"])
        assert done.status == 0, (one["type"], done.err)


def test_a_file_of_ones_own_is_there_and_a_bad_one_is_told(latchkey: Command) -> None:
    folder = config_folder() / "providers"
    folder.mkdir(parents=True)
    text = resource("providers", "qq.toml").read_text("utf-8")
    (folder / "acme-id.toml").write_text(text.replace('type = "qq"', 'type = "acme-id"'), "utf-8")
    (folder / "bad.toml").write_text("type = 1", "utf-8")
    done = latchkey("providers")
    assert done.status == 0
    assert "acme-id" in done.out
    assert "bad.toml" in done.err
    data = latchkey("providers", "--json").json
    assert "acme-id" in {one["type"] for one in data["providers"]}
    assert [Path(one["file"]).name for one in data["refused"]] == ["bad.toml"]


def test_asked_for_by_name_a_bad_file_of_ones_own_says_what_is_wrong(latchkey: Command) -> None:
    folder = config_folder() / "providers"
    folder.mkdir(parents=True)
    text = resource("providers", "ping-one.toml").read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(
        text.replace('type = "ping-one"', 'type = "mine"\nnonsense = 3'), encoding="utf-8"
    )
    done = latchkey("providers", "mine")
    assert (done.status, done.out) == (1, "")
    assert "mine.toml: nonsense is not a key" in done.told[0]


def test_all_of_the_contracts_types_are_there(latchkey: Command) -> None:
    assert len(latchkey("providers", "--json").json["providers"]) == 26
