"""Folders of 50, 100 and 200 policies (Azure's limit): opening, resolving and checking them, in processor time a policy
and in memory. Were it not linear, the last rows would cost more a policy than the first.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

SIZES, RUNS, GOAL = (50, 100, 200), 5, 1.25
STEPS = ("open", "resolve", "check", "plan")


def measured(folder: Path) -> dict[str, float]:
    """Seconds of each step in this process, and how many kilobytes it came to."""
    from latchkey.catalogue.loader import load_catalogue
    from latchkey.check.checker import check_set
    from latchkey.compose.into.plan import plan_into
    from latchkey.draft.draft import Draft, Policies, Provider, Tenant
    from latchkey.policy.folder import read_set

    types = ("wechat", "qq", "facebook", "openid-connect")
    catalogue = load_catalogue()
    providers = tuple(Provider(name, name="New" if name == "openid-connect" else "", client_id="x") for name in types)
    draft = Draft(Tenant("contoso"), Policies(relying_parties=("B2C_1A_party0",)), providers=providers)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    marks = [time.process_time()]
    policy_set = read_set(folder)
    marks.append(time.process_time())
    for policy in policy_set.policies:
        policy_set.effective(policy)
    marks.append(time.process_time())
    findings = check_set(policy_set)
    marks.append(time.process_time())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base
    plan = plan_into(policy_set, draft, catalogue)
    marks.append(time.process_time())
    if findings or not plan.changes or len(policy_set.policies) < min(SIZES):
        raise RuntimeError("this is not the set that was to be measured")
    taken = dict(zip(STEPS, (after - before for before, after in itertools.pairwise(marks)), strict=True))
    return {**taken, "kilobytes": memory}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 1:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    from helpers.big_set import big_set

    first = 0.0
    with tempfile.TemporaryDirectory() as place:
        for size in SIZES:
            folder = Path(place, str(size))
            folder.mkdir()
            for file in big_set(size):
                (folder / file.file).write_bytes(file.data)
            bytes_ = sum(path.stat().st_size for path in folder.iterdir())
            runs = [
                json.loads(subprocess.run([sys.executable, __file__, folder], capture_output=True, check=True).stdout)
                for _ in range(RUNS)
            ]
            least = {name: min(run[name] for run in runs) for name in runs[0]}
            whole = sum(least[name] for name in STEPS[:3]) / size
            first = first or whole
            word = "! " if whole / first > GOAL else "  "
            steps = ", ".join(f"{name} {least[name] * 1000:.0f} ms" for name in STEPS)
            print(f"{word}{whole / first:5.2f} (goal {GOAL:g})  a policy in a folder of {size} ({bytes_ / 1e6:.1f} MB), to that in "
                  f"one of {SIZES[0]}: {steps}; peak {least['kilobytes'] / 1024:.0f} MB, "
                  f"{least['kilobytes'] / size:.0f} KB a policy", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
