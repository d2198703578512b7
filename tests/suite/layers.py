"""The layering of the source, read from its #include lines (docs/architecture.md, Layers)."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("DSC_SOURCE", pathlib.Path(__file__).parents[2]))

LIBRARIES = {"libcrypto", "libyaml", "jansson", "libpq", "libgit2", "libcurl"}


def read_table():
    """What a module may include besides its own headers, from the table that people read. `cmd` is
    the only one that may use all."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d \| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    return {module: set(used.replace(" ", "").split(",")) - LIBRARIES for module, used in rows}


USES = {"embedded": set(), "version": set(), **read_table()}
USES["cmd"] = set(USES)
LEVEL_0 = {"embedded", "version"}  # for every module

# Each foreign library has one door.
FOREIGN = {
    "yaml.h": {"yaml"},
    "jansson.h": {"doc", "plan"},
    "libpq-fe.h": {"pg"},
    "git2.h": {"git"},
    "openssl/": {"base"},
}

# Headers of C and POSIX; whatever else stands in <…> must have a row in FOREIGN.
STANDARD = set(
    """arpa/inet assert ctype dirent endian errno fcntl float fnmatch ftw getopt glob inttypes limits
    math netdb poll pthread regex sched setjmp signal spawn stdalign stdarg stdatomic stdbool stddef
    stdint stdio stdlib stdnoreturn string strings sys/file sys/ioctl sys/mman sys/random
    sys/resource sys/select sys/socket sys/stat sys/time sys/types sys/uio sys/un sys/wait termios
    time unistd""".split()
)

# Functions that only some files may call: memory has one owner, and only main ends the program.
CALLS = {
    re.compile(r"(?<![\w.>])(?:malloc|calloc|realloc|strdup|strndup|asprintf|vasprintf)\s*\("): (
        "memory comes from base",
        lambda module, file: module == "base",
    ),
    re.compile(r"(?<![\w.>])(?:exit|_exit|_Exit|quick_exit)\s*\("): (
        "only a main.c may exit",
        lambda module, file: file.name == "main.c",
    ),
}

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)


def without(text, strings):
    """The text with comments (and strings, if so asked) blanked, its lines where they were."""

    def blank(match):
        if match[0][0] == "/" or strings:
            return re.sub(r"[^\n]", " ", match[0])
        return match[0]

    return TOKEN.sub(blank, text)


def module_of(file):
    """Of src/lint/rules.c, include/dsc/lint.h, and its part include/dsc/lint/rule.h: lint."""
    parts = file.relative_to(ROOT).parts
    return parts[2 if parts[0] == "include" else 1].removesuffix(".h")


def include_problem(module, file, quote, name):
    if quote == "<":
        for prefix, owners in FOREIGN.items():
            if name.startswith(prefix):
                return None if module in owners else f"<{name}> belongs to {sorted(owners)}"
        return None if name.removesuffix(".h") in STANDARD else f"<{name}> has no row in this test"
    if not name.startswith("dsc/"):
        beside = (file.parent / name).resolve()
        if module_of(file) == module and beside.parent == file.parent and beside.is_file():
            return None
        return f'"{name}" is neither a public header nor beside this file'
    used = name.removeprefix("dsc/").removesuffix(".h")
    if used.split("/")[0] == module or used in LEVEL_0 or used in USES[module]:
        return None
    return f'"{name}": {module} may not use {used}'


def problems_of(file):
    """A public header has one name, dsc/MODULE.h: its parts can be included by its module only."""
    module = module_of(file)
    if module not in USES:
        yield f"{file.relative_to(ROOT)}:1: module {module} has no row in this test"
        return
    text = file.read_text(encoding="utf-8")
    found = []
    for match in INCLUDE.finditer(without(text, strings=False)):
        found.append((match.start(), include_problem(module, file, match[1], match[2])))
    code = without(text, strings=True)
    for pattern, (rule, allowed) in CALLS.items():
        if not allowed(module, file):
            found += [(match.start(), rule) for match in pattern.finditer(code)]
    for offset, problem in found:
        if problem:
            line = text.count("\n", 0, offset) + 1
            yield f"{file.relative_to(ROOT)}:{line}: {problem}"


def main():
    files = sorted(
        file
        for folder in ("src", "include")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".c", ".h", ".def")
    )
    problems = [problem for file in files for problem in problems_of(file)]
    folders = {file.parent.name for file in (ROOT / "src").glob("*/*.c")} - LEVEL_0
    for module in sorted(set(USES) - LEVEL_0 - folders):
        problems.append(f"docs/architecture.md:1: module {module} has a row and no source")
    print("\n".join(problems) or f"{len(files)} files keep to their layers")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
