"""The wizard's steps as a table: which there are for a draft, in which order, and how far each is.

A step owns paths of the draft; findings on these paths are its findings. Nothing here ever blocks: a person may go to
any step at any time. Pages belong to steps by id, in the wizard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Literal, NamedTuple

from latchkey.draft.draft import Draft
from latchkey.text import N_

State = Literal["todo", "in-progress", "attention", "done"]
PROVIDER = "provider:"
_BLANK = Draft()
_PLACE = r"[0-9]{1,6}"
_ROW = r"providers\[([0-9]{1,6})\]"


class Problem(NamedTuple):
    """What a step must know of a finding: where in the draft, on which row, and whether nothing can be made with it.

    A finding without a place in the draft (one on a composed file) has neither field nor provider. `is_open`: something
    is still to be given there, though everything can be made without it (a secret, which is never in a draft).
    """

    field: str
    provider: str
    is_error: bool
    is_open: bool = False


class Step(NamedTuple):
    """A step of the wizard. A path in `owns` stands for all that begins with it; of a provider's fields, the sign-in
    buttons own those that are edited in their list.

    The title is marked for translation; that of a provider's step is the provider's own name or type, which the
    wizard may call better. `parent` is the step that it is shown under.
    """

    id: str
    title: str
    applies: Callable[[Draft], bool]
    owns: tuple[str, ...] = ()
    provider: str = ""
    parent: str = ""


def _always(_draft: Draft) -> bool:
    return True


def _makes_files(draft: Draft) -> bool:
    return draft.policies.kind == "custom"


# A user flow has its accounts in the portal and no files, so three steps fall away; its walk-through is the last step.
STEPS = (
    Step("start", N_("Start"), _always, ("policies.kind", "policies.id_prefix", "user_flow")),
    Step("tenant", N_("Your tenant"), _always, ("tenant",)),
    Step(
        "accounts",
        N_("Accounts"),
        _makes_files,
        (
            "policies.accounts",
            "policies.include",
            "policies.password_reset",
            "policies.ask_email",
            "policies.journey_id",
            "policies.ief_app_id",
            "policies.proxy_ief_app_id",
            "policies.extensions",
            "policies.relying_parties",
            "policies.profile_edit_policies",
        ),
    ),
    Step(
        "buttons",
        N_("Sign-in buttons"),
        _always,
        ("providers", "policies.page_design"),
    ),
    Step("review", N_("Review"), _makes_files),
    Step("save", N_("Save"), _makes_files),
    Step("go-live", N_("Go live"), _always, ("policies.test_app_id", "policies.test_reply_url")),
)

_ON_BUTTONS = ("providers[*].type", "providers[*].name", "providers[*].names")


def visible_steps(draft: Draft) -> tuple[Step, ...]:
    """The steps of this draft in their order, one per provider below the sign-in buttons."""
    steps: list[Step] = []
    for step in STEPS:
        if step.applies(draft):
            steps.append(step)
        if step.id == "buttons":
            steps += [_provider_step(row.key, row.name or row.type) for row in draft.providers]
    return tuple(steps)


def find(draft: Draft, step_id: str) -> Step | None:
    """The visible step with that id."""
    return next((step for step in visible_steps(draft) if step.id == step_id), None)


def next_step(draft: Draft, step_id: str) -> Step | None:
    """The step after this one. After one that is no longer there: the first that comes later in the table."""
    ids = _order(draft, step_id)
    return next((step for step in visible_steps(draft) if ids.index(step.id) > ids.index(step_id)), None)


def previous_step(draft: Draft, step_id: str) -> Step | None:
    """The step before this one. Before one that is no longer there: the last that comes earlier in the table."""
    ids = _order(draft, step_id)
    earlier = [step for step in visible_steps(draft) if ids.index(step.id) < ids.index(step_id)]
    return earlier[-1] if earlier else None


def owner(draft: Draft, field: str, provider: str = "") -> str:
    """The id of the step on which a field is answered; empty for what has no place in the draft.

    A field of a step that does not apply belongs to the first step, where the kind was chosen.
    """
    if not field and not provider:
        return ""
    row, rest = _row_and_rest(draft, field, provider)
    if row and not any(_owns(path, f"providers[*].{rest}") for path in _ON_BUTTONS):
        return PROVIDER + row if any(one.key == row for one in draft.providers) else "buttons"
    if row or field.startswith("providers"):
        return "buttons"
    step = next((step for step in STEPS if any(_owns(path, field) for path in step.owns)), None)
    return "" if step is None else step.id if step.applies(draft) else "start"


def states(
    draft: Draft, problems: Iterable[Problem], visited: Collection[str] = (), finished: Collection[str] = ()
) -> dict[str, State]:
    """How far each visible step is.

    - todo: nobody was there and nothing of it is answered.
    - attention: an answer is wrong. For review and save: anything in the draft is wrong or missing.
    - in-progress: begun, nothing wrong, something is still to be answered or done.
    - done: all is well. What a draft can't know (the files are written, every tick is set) is said by `finished`.

    What only may be wrong (a warning) holds no step back.
    """
    told = [problem for problem in problems if problem.is_error or problem.is_open]
    errors = [problem for problem in told if problem.is_error]
    own: dict[str, list[Problem]] = {}
    for problem in told:
        own.setdefault(owner(draft, problem.field, problem.provider), []).append(problem)
    return {
        step.id: _state(step, draft, own.get(step.id, []), errors=bool(errors), visited=visited, finished=finished)
        for step in visible_steps(draft)
    }


def state(
    step: Step,
    draft: Draft,
    problems: Iterable[Problem],
    visited: Collection[str] = (),
    finished: Collection[str] = (),
) -> State:
    """How far one visible step is; see `states`, which is quicker for all of them."""
    told = [problem for problem in problems if problem.is_error or problem.is_open]
    errors = [problem for problem in told if problem.is_error]
    own = [problem for problem in told if owner(draft, problem.field, problem.provider) == step.id]
    return _state(step, draft, own, errors=bool(errors), visited=visited, finished=finished)


def _state(
    step: Step,
    draft: Draft,
    own: list[Problem],
    *,
    errors: bool,
    visited: Collection[str],
    finished: Collection[str],
) -> State:
    """`own`: the errors on this step and what is open there; `errors`: whether there are any errors at all."""
    if step.id not in visited and step.id not in finished and not _touched(step, draft):
        return "todo"
    if step.id in ("review", "save"):
        ready = step.id == "review" or step.id in finished
        return "attention" if errors else "done" if ready else "in-progress"
    if own:
        return "in-progress" if all(_missing(problem, draft) for problem in own) else "attention"
    return "in-progress" if step.id == "go-live" and step.id not in finished else "done"


def _provider_step(key: str, called: str) -> Step:
    return Step(PROVIDER + key, called, _always, provider=key, parent="buttons")


def _order(draft: Draft, step_id: str) -> list[str]:
    """All ids, also those that don't apply, so that a place in the table is known for each."""
    ids = [step.id for step in STEPS]
    rows = [PROVIDER + row.key for row in draft.providers]
    if step_id not in ids and step_id not in rows:  # a row that was removed: its place was after the others
        rows.append(step_id)
    place = ids.index("buttons") + 1
    return ids[:place] + rows + ids[place:]


def _owns(path: str, field: str) -> bool:
    return field == path or field.startswith((f"{path}.", f"{path}["))


def _row_and_rest(draft: Draft, field: str, provider: str) -> tuple[str, str]:
    """The key of the row that a field is of, and the field's path within the row."""
    match = re.match(_ROW, field)
    rest = field[match.end() :].removeprefix(".") if match else field.removeprefix("providers").lstrip(".")
    if not provider and match and int(match.group(1)) < len(draft.providers):
        provider = draft.providers[int(match.group(1))].key
    return provider, rest


def _value(draft: Draft, field: str, provider: str) -> object:
    """What stands at a path of the draft; None where nothing does."""
    row, rest = _row_and_rest(draft, field, provider)
    value: object = next((one for one in draft.providers if one.key == row), None) if row else draft
    for name in re.findall(r"[^.\[\]]+", rest if row else field):
        if isinstance(value, tuple):
            value = dict(enumerate(value)).get(int(name)) if re.fullmatch(_PLACE, name) else None
        elif hasattr(value, "get"):
            value = value.get(name)
        else:
            value = getattr(value, name, None)
    return value


def _missing(problem: Problem, draft: Draft) -> bool:
    """Nothing was answered there yet."""
    return not _value(draft, problem.field, problem.provider)


def _touched(step: Step, draft: Draft) -> bool:
    """Something that the step owns is no longer as in a new draft."""
    if step.id == "start":
        return draft != _BLANK  # who has answered anything has started
    if step.id == "go-live" and any(item.startswith("go-live/") for item in draft.done):
        return True
    if step.provider:
        row = draft.provider(step.provider)
        texts = (row.client_id, row.policy_key, row.domain_hint, row.id, row.profile)
        return any(texts) or bool(row.identity_provider or row.secret_expires or row.settings or row.claims)
    return any(_value(draft, path, "") != _value(_BLANK, path, "") for path in step.owns)
