# SPDX-License-Identifier: GPL-3.0-or-later
"""The long form of the fuzzers: each for its share of the time, or for a number of inputs; one report as JSON and as a page."""
import argparse, concurrent.futures, datetime, json, os, re, subprocess, sys

# Of an hour: what is slow, or larger inside, gets more.
SHARES = {"json": 2, "mail": 3, "csv": 3, "vcard": 1, "uri": 1, "loopback": 0.5}
# Of the whole: what is short is read a hundred times as fast, and holds nearly all of what can go wrong.
LENGTHS = ((256, 0.97), (8192, 0.03))
# Without the stacks of allocations it is twice as fast; a finding's file tells them when it is run again.
FAST = "malloc_context_size=0:quarantine_size_mb=4"


def figures(text):
    found = dict(re.findall(r"stat::(\w+):\s+(\d+)", text))
    cover = re.findall(r"cov: (\d+)", text)
    return {"inputs": int(found.get("number_of_executed_units", 0)), "slowestSeconds": int(found.get("slowest_unit_time_sec", 0)),
            "covered": int(cover[-1]) if cover else 0}


def once(command, limits):
    """One run of a fuzzer; its figures, and what it found."""
    done = subprocess.run([command[0]] + command[1:-2] + limits + command[-2:], capture_output=True, text=True, errors="replace",
                          env=dict(os.environ, ASAN_OPTIONS=FAST))
    result = figures(done.stderr)
    result["finding"] = ""
    if done.returncode != 0:
        said = re.search(r"broken promise: .*|SUMMARY: .*|ERROR: .*", done.stderr)
        written = re.search(r"Test unit written to (\S+)", done.stderr)
        result["finding"] = f"{said.group(0) if said else done.returncode} ({os.path.relpath(written.group(1)) if written else 'no file'})"
    return result


def run(build, name, seconds, inputs):
    with open(os.path.join(build, "fuzzers", name), encoding="utf-8") as file:
        command = file.read().split("\n")[:-1]
    begun = datetime.datetime.utcnow()
    limits = [[f"-max_total_time={seconds}"]] if not inputs else [[f"-runs={round(inputs * share)}", f"-max_len={length}"] for length, share in LENGTHS]
    result = {"inputs": 0, "slowestSeconds": 0, "covered": 0, "finding": ""}
    for limit in limits:
        part = once(command, limit)
        result["inputs"] += part["inputs"]
        for key in ("slowestSeconds", "covered"):
            result[key] = max(result[key], part[key])
        result["finding"] = result["finding"] or part["finding"]
    result["seconds"] = round((datetime.datetime.utcnow() - begun).total_seconds())
    return name, result


def page(report):
    lines = ["# Report of the fuzzers", "", f"{report['begun']} to {report['ended']} UTC, commit {report['commit']}.", "",
             "| Fuzzer | Inputs | Seconds | Edges covered | Slowest, whole seconds | Finding |", "|---|---|---|---|---|---|"]
    for name, one in report["fuzzers"].items():
        lines.append(f"| {name} | {one['inputs']:,} | {one['seconds']} | {one['covered']} | {one['slowestSeconds']} | {one['finding'] or 'none'} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--fuzz", type=float, required=True, metavar="MINUTES", help="in all, on each processor")
    parser.add_argument("--millions", type=float, help="so many inputs for each fuzzer instead, however long it takes")
    parser.add_argument("--only", action="append", choices=sorted(SHARES))
    options = parser.parse_args()
    names = options.only or sorted(os.listdir(os.path.join(options.build, "fuzzers")))
    processors = min(os.cpu_count() or 1, len(names))
    whole = sum(SHARES.get(name, 1) for name in names)
    seconds = {name: max(1, round(options.fuzz * 60 * processors * SHARES.get(name, 1) / whole)) for name in names}
    if processors > 1:  # one alone takes no longer than all
        seconds = {name: min(time, round(options.fuzz * 60)) for name, time in seconds.items()}
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    report = {"begun": datetime.datetime.utcnow().isoformat(" ", "minutes"), "commit": git.stdout.strip() or "unknown"}
    with concurrent.futures.ThreadPoolExecutor(processors) as pool:
        report["fuzzers"] = dict(pool.map(lambda name: run(options.build, name, seconds[name], round((options.millions or 0) * 1e6)), sorted(names, key=lambda one: -seconds[one])))
    report["ended"] = datetime.datetime.utcnow().isoformat(" ", "minutes")
    with open(os.path.join(options.build, "report.json"), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    with open(os.path.join(options.build, "report.md"), "w", encoding="utf-8") as file:
        file.write(page(report))
    sys.stdout.write(page(report))
    return 1 if any(one["finding"] for one in report["fuzzers"].values()) else 0


sys.exit(main())
