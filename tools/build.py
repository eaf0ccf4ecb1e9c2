"""Build what git does not keep: browser code, compiled catalogs, the guide as pages.

Run as `python -m tools.build`. Quiet and instant when nothing changed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from markdown_it import MarkdownIt
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "fabrique/web/static"
DIST = STATIC / "dist"
LOCALE = ROOT / "fabrique/locale"
GUIDE = ROOT / "docs/guide"
PICTURE = re.compile(r'<img src="([^"]+)"')
# The oldest browsers served (README); package.json holds the same list for the linters.
OLDEST = "chrome96,firefox100,safari15.4,ios15.4"
ESBUILD_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    f"--target={OLDEST}",
    "--charset=utf8",
    "--legal-comments=none",
    "--loader:.svg=dataurl",
    "--external:/static/*",
    "--log-level=warning",
)


class BuildError(Exception):
    """One sentence for whoever ran the build."""


def main() -> int:
    """Build all, or say in one line why not."""
    try:
        build()
    except BuildError as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> None:
    """Bring every built file up to date."""
    build_browser_code()
    compile_catalogs()


def build_browser_code() -> None:
    """Bundle scripts and styles into dist/, all at once or not at all."""
    if not STATIC.is_dir():
        return
    stamp = DIST / ".stamp"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    scratch = ROOT / "build"
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        fresh = Path(folder) / "dist"
        fresh.mkdir()
        bundle(fresh)
        draw_guide(fresh / "guide")
        (fresh / ".stamp").write_text(wanted)
        shutil.rmtree(DIST, ignore_errors=True)
        fresh.rename(DIST)


def fingerprint() -> str:
    """Everything the built files depend on, as one hash."""
    digest = hashlib.sha256()
    for path in (Path(__file__), ROOT / "package-lock.json", *sources()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    """Every file a bundle may include, and the guide."""
    for folder in ("src", "kinds"):
        yield from sorted(path for path in (STATIC / folder).rglob("*") if path.is_file())
    yield from sorted(path for path in GUIDE.rglob("*") if path.is_file())


def bundle(into: Path) -> None:
    """One bundle per entry: each script and stylesheet of src/, each kind's own files."""
    src, kinds = STATIC / "src", STATIC / "kinds"
    groups = {
        into: [*sorted(src.glob("*.js")), *sorted(src.glob("*.css"))],
        into / "kinds": sorted([*kinds.glob("*.js"), *kinds.glob("*.css")]),
    }
    for folder, entries in groups.items():
        if entries:
            run_esbuild(folder, entries)


def run_esbuild(into: Path, entries: list[Path]) -> None:
    """Run esbuild's native program: it needs no Node.js."""
    programs = list((ROOT / "node_modules/@esbuild").glob("*/bin/esbuild"))
    if not programs:
        raise BuildError("esbuild is missing: run bin/fabrique, which installs it.")
    command = [programs[0], *ESBUILD_OPTIONS, f"--outdir={into}", *entries]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise BuildError("the browser code does not compile.")


def draw_guide(into: Path) -> None:
    """Make pages of the guide, one a language; their pictures say how large they are."""
    into.mkdir()
    markdown = MarkdownIt("commonmark").enable("table")
    for page in GUIDE.glob("*.md"):
        html = markdown.render(page.read_text(encoding="utf-8"))
        (into / page.with_suffix(".html").name).write_text(PICTURE.sub(sized, html), "utf-8")
    for picture in (GUIDE / "pictures").glob("*.webp"):
        shutil.copyfile(picture, into / picture.name)


def sized(found: re.Match[str]) -> str:
    """Give the tag of a picture with its size, so that nothing moves when it comes."""
    with Image.open(GUIDE / found[1]) as picture:
        width, height = picture.size
    name = found[1].removeprefix("pictures/")
    return f'<img loading="lazy" width="{width}" height="{height}" src="{name}"'


def compile_catalogs() -> None:
    """Compile each catalog that is newer than its compiled form."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.rename(target)


if __name__ == "__main__":
    sys.exit(main())
