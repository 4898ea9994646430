# SPDX-License-Identifier: GPL-3.0-or-later
"""The long form of packaging/prove: rounds of histories until the time is over, one report as JSON and as a page."""
import argparse, datetime, json, os, subprocess, sys, time

PLANS = [  # name, share of the time, operations, further options, what it is for
    ("faults and crashes", 0.7, 20, [], "armed faults of every kind, crashes, clocks, networks"),
    ("long days", 0.15, 120, [], "the same, six times as long"),
    ("two in a hundred", 0.15, 20, ["--noise", "20"], "of a hundred changing requests two fare badly; no crashes"),
]
SINGLE = [  # name, options; once each, after the rounds
    ("alone", ["--press", "20000"]),
    ("three programs", ["--press", "20000", "--programs", "3"]),
    ("a day", ["--soak", "24"]),
]
SUMS = ("histories", "steps", "records", "texts", "asked", "crashes", "requests", "harmed", "limited", "hoursLived", "seconds")


def commit():
    try:
        return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def page(report):
    lines = ["# Report of packaging/prove", "",
             f"{report['begun']} to {report['ended']} UTC, commit {report['commit']}, seeds from {report['seedFrom']}.", "",
             "| Plan | Histories | Steps | Records | Texts | Asked | Crashes | Requests | Fared badly | Own 429s | Hours lived | Minutes | Failed |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for name, plan in report["plans"].items():
        lines.append(f"| {name} | {plan['histories']} | {plan['steps']} | {plan['records']} | {plan['texts']} | {plan['asked']} | {plan['crashes']} "
                     f"| {plan['requests']} | {plan['harmed']} | {plan['limited']} | {plan['hoursLived']:.0f} | {plan['seconds'] / 60:.1f} | {len(plan['failures'])} |")
    noisy = report["plans"].get("two in a hundred")
    if noisy and noisy["texts"]:
        lines += ["", f"Share put to the person at 2 % faults: {100 * noisy['asked'] / noisy['texts']:.2f} % (at most 0.7 %)."]
    for name, one in report.get("single", {}).items():
        if "requests" in one and "programs" in one:
            lines += ["", f"20,000 requests as fast as the limiter lets them leave ({name}): {one['refused']} of {one['requests']} refused by the server, "
                          f"clicks answered within {one['usualClick']:.2f} s (95 of 100), {one['slowestClick']:.2f} s (all)."]
        elif "heldKiB" in one:
            lines += ["", f"One run of {one['hoursLived']:.0f} hours ({name}): {one['records']} records, {one['requests']} requests, memory of the program's own "
                          f"parts {' and '.join(str(size) for size in one['heldKiB'])} KiB (after two hours, at the end); {one['kind'] or 'nothing stuck'}."]
    failures = [(name, one) for name, plan in report["plans"].items() for one in plan["failures"]]
    lines += ["", "## Failures", ""]
    bad = [name for name, one in report.get("single", {}).items() if not one["fine"]]
    lines += [f"- {name}: see above" for name in bad]
    lines += [f"- {name}: seed {one['seed']}: {one['kind']}: {one['trouble']}" for name, one in failures] or ([] if bad else ["None."])
    lines += ["", "A seed is lived again, told and shrunk by `packaging/prove --seed N` (with the plan's options, such as `--noise 20`)."]
    return "\n".join(lines) + "\n"


def write(folder, report):
    report["ended"] = datetime.datetime.utcnow().isoformat(" ", "minutes")
    with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    with open(os.path.join(folder, "report.md"), "w", encoding="utf-8") as file:
        file.write(page(report))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prover")
    parser.add_argument("folder")
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--seed-from", type=int, default=100000)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    total = options.hours * 3600
    begun = time.monotonic()
    report = {"begun": datetime.datetime.utcnow().isoformat(" ", "minutes"), "commit": commit(), "seedFrom": options.seed_from,
              "plans": {name: dict({key: 0 for key in SUMS}, operations=operations, what=what, failures=[])
                        for name, _, operations, _, what in PLANS}}
    seeds = {name: options.seed_from for name, *_ in PLANS}
    part = os.path.join(options.folder, "part.json")
    while time.monotonic() - begun < total:
        for name, share, operations, further, _ in PLANS:
            left = total - (time.monotonic() - begun)
            seconds = int(min(left, max(10, min(total, 600) * share)))
            if seconds < 1:
                break
            run = subprocess.run([options.prover, "--from", str(seeds[name]), "--operations", str(operations), "--seconds", str(seconds),
                                  "--keep-going", "--report", part] + further, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            plan = report["plans"][name]
            if run.returncode not in (0, 1):  # it died: that is a finding too
                plan["failures"].append({"seed": seeds[name], "kind": "died", "trouble": f"exit {run.returncode} in the round from this seed"})
                seeds[name] += 100000
                continue
            with open(part, encoding="utf-8") as file:
                found = json.load(file)
            for key in SUMS:
                plan[key] += found[key]
            plan["failures"] += found["failures"]
            seeds[name] += found["histories"]
        write(options.folder, report)
    for name, further in SINGLE:
        run = subprocess.run([options.prover, "--from", str(options.seed_from), "--report", part] + further,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = {}
        if run.returncode in (0, 1):
            with open(part, encoding="utf-8") as file:
                found = json.load(file)
        report.setdefault("single", {})[name] = dict(found, fine=run.returncode == 0, exit=run.returncode)
    write(options.folder, report)
    if os.path.exists(part):
        os.remove(part)
    sys.stdout.write(page(report))
    fine = not any(plan["failures"] for plan in report["plans"].values()) and all(one["fine"] for one in report["single"].values())
    return 0 if fine else 1


sys.exit(main())
