"""What must not slip into a commit: addresses of package registries, machine paths, locks apart.

Run as `python -m tools.tidy`. Reads tracked files only, asks no network.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not find itself.
LEAKS = (
    (
        "the address of a package registry",
        re.compile(
            r"https?://[^\s\"']*(?:/simple/|/packages/|\.tgz|\.whl|/pool/|/dists/)"
            r"|https?://(?:[\w.-]*\.)?(?:pypi|npmjs|pythonhosted|debian)\.org"
            r"|--(?:extra-)?index" + r"-url[ =]|--find" + r"-links[ =]"
        ),
    ),
    ("the path of one machine", re.compile(r"(?<![\w.>$}-])/(?:root|work|tmp|home)/[\w.-]+")),
)
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")


def main() -> int:
    """Print each finding on its line."""
    findings = [*leaks(), *loose_locks()]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def leaks() -> Iterator[str]:
    """Addresses and paths in tracked text files."""
    for name in tracked():
        text = read_text(ROOT / name)
        for number, line in enumerate(text.splitlines(), 1):
            for what, pattern in LEAKS:
                if pattern.search(line):
                    yield f"{name}:{number}: {what}: {line.strip()[:100]}"


def tracked() -> list[str]:
    """Every file git keeps, or is about to."""
    command = ["git", "ls-files", "-z", "--cached", "--", ".", ":!*.svg"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def read_text(path: Path) -> str:
    """The text of a file, or nothing for a picture."""
    data = path.read_bytes()
    return "" if b"\0" in data[:8000] else data.decode("utf-8", "replace")


def loose_locks() -> Iterator[str]:
    """Locks that do not say what pyproject.toml and package.json ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    base, dev = pins("base"), pins("dev")
    groups = project["dependency-groups"]
    yield from missing(project["project"]["dependencies"], base, "base")
    yield from missing(groups["build"], base, "base")
    yield from missing([wish for wish in groups["dev"] if isinstance(wish, str)], dev, "dev")
    for name, version in base.items():
        if dev.get(name) != version:
            yield f"requirements/dev.txt: {name} differs from base ({version}): run bin/lock"
    for extra in ("minutes", "models-base"):
        wishes, found = project["project"]["optional-dependencies"][extra], pins(extra)
        yield from missing(wishes, found, extra)
        for name in dev.keys() & found.keys():
            if dev[name] != found[name]:
                yield f"requirements/{extra}.txt: {name} differs from dev: run bin/lock"
    yield from loose_browser_lock()


def pins(which: str) -> dict[str, str]:
    """The locked version of each distribution."""
    lines = (ROOT / f"requirements/{which}.txt").read_text().splitlines()
    found = (REQUIREMENT.match(line) for line in lines)
    return {normal(match[1]): match[2] for match in found if match}


def missing(wishes: list[str], locked: dict[str, str], which: str) -> Iterator[str]:
    """Each requirement its lock does not fulfil."""
    from packaging.requirements import Requirement  # noqa: PLC0415 (a development package)

    for wish in map(Requirement, wishes):
        version = locked.get(normal(wish.name))
        if version is None or version not in wish.specifier:
            yield f"requirements/{which}.txt: {wish} is locked at {version}: run bin/lock"


def normal(name: str) -> str:
    """A distribution's name as the locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def loose_browser_lock() -> Iterator[str]:
    """What package-lock.json says otherwise than package.json."""
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for group in ("dependencies", "devDependencies"):
        if package.get(group) != lock[""].get(group):
            yield f"package-lock.json: {group} differ from package.json: run bin/lock"
    for name, entry in lock.items():
        if "resolved" in entry:
            yield f"package-lock.json: {name} carries an address: run bin/lock"
        if name and not entry.get("integrity"):
            yield f"package-lock.json: {name} has no hash: run bin/lock"


if __name__ == "__main__":
    sys.exit(main())
