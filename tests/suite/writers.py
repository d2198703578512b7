"""What the writers print, read by parsers that are not ours, is what they were given.

writers.py [SEED [COUNT]]: the values come from props/writers.c, which prints each beside what it
says as JSON.
"""

import html.parser
import json
import os
import re
import subprocess
import sys

import cmarkgfm
import hcl2
import markdown_it
import pglast
import yaml

WRITERS = os.path.join(os.environ["DSC_BUILD"], "tests", "props", "writers")
BLANK = " \t\n\v\f\r\x85\u2028\u2029"


def records(seed, count):
    """The (name, text) pairs that the program prints."""
    out = subprocess.check_output([WRITERS, str(seed), str(count)])
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        name, length = out[at:end].split()
        at = end + 1 + int(length)
        yield name.decode(), out[end + 1 : at].decode()
        at += 1


def differ(said, read):
    raise AssertionError(f"given {said!r}\nread  {read!r}")


def same(said, read):
    """Equal, and of equal types: to Python 1 is True."""
    if type(said) is not type(read):
        differ(said, read)
    if isinstance(said, dict):
        if list(said) != list(read):
            differ(list(said), list(read))
        for key, value in said.items():
            same(value, read[key])
    elif isinstance(said, list):
        if len(said) != len(read):
            differ(said, read)
        for one, other in zip(said, read):
            same(one, other)
    elif said != read:
        differ(said, read)


def check_json(text, tree):
    same(tree, json.loads(text))
    if text != json.dumps(tree, indent=2, ensure_ascii=False).replace("\x7f", "\\u007f") + "\n":
        raise AssertionError("not laid out as Python does it")


# What a plain scalar means besides YAML 1.1 as PyYAML has it: to YAML 1.2 (10.3.2), to the rest of
# 1.1 (the type repository's bool, int, float), and to Go's reader, which knows more dates.
PLAIN_MEANS_MORE = re.compile(
    r"""null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON
    |off|Off|OFF|=|<<|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+
    |[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    |[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-fA-F_]+
    |[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?""",
    re.VERBOSE,
)


def scalars_of(tree):
    """The scalars of a tree in the order in which they are written, keys among them."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from scalars_of(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from scalars_of(item)
    else:
        yield tree


def check_plain(text, tree):
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    written = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    for said, event in zip(scalars_of(tree), written, strict=True):
        if isinstance(said, str) and event.style is None and PLAIN_MEANS_MORE.fullmatch(said):
            raise AssertionError(f"{said!r} has no quotes")


def check_yaml(text, tree):
    """With PyYAML's own reader, which knows YAML 1.1, and through libyaml."""
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        same(tree, yaml.load(text, Loader=loader))
    check_plain(text, tree)


def check_yaml_documents(text, trees):
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        same(trees, list(yaml.load_all(text, Loader=loader)))


HCL_ESCAPE = re.compile(
    r'\\(?:u(?P<u>[0-9a-f]{4})|U(?P<U>[0-9a-f]{8})|(?P<c>[nrt"\\]))|(?P<t>\$\$|%%){'
)
HCL_LINE = re.compile(r'(?P<key> *(?:[\w-]+|"(?:[^"\\]|\\.)*")) *(?P<space> )= (?P<value>.*)')


def hcl_text(text):
    """python-hcl2 leaves escapes in strings as they stand."""

    def replace(match):
        if match["c"]:
            return {"n": "\n", "r": "\r", "t": "\t"}.get(match["c"], match["c"])
        if match["t"]:
            return match["t"][0] + "{"
        return chr(int(match["u"] or match["U"], 16))

    return HCL_ESCAPE.sub(replace, text)


def hcl_value(value):
    if isinstance(value, dict):
        return {hcl_text(key): hcl_value(member) for key, member in value.items()}
    if isinstance(value, list):
        return [hcl_value(item) for item in value]
    if not isinstance(value, str):
        return value
    negative = re.fullmatch(r"\$\{(-[0-9]+)\}", value)  # to python-hcl2 an expression
    return int(negative[1]) if negative else hcl_text(value)


def same_body(said, read):
    names = {block["type"] for block in said["blocks"]}
    attributes = {key: hcl_value(value) for key, value in read.items() if key not in names}
    same(said["attributes"], attributes)
    for name in names:
        nested = [block for block in said["blocks"] if block["type"] == name]
        for one, other in zip(nested, read[name], strict=True):
            same_body(one, other)


def check_aligned(text):
    """Lines of one indent that follow each other and hold an attribute each: `=` below `=`, and one
    key reaches it. What opens brackets stands apart."""
    run = []
    for line in text.split("\n"):
        match = HCL_LINE.fullmatch(line)
        opens = match and match["value"] in ("{", "[")
        if run and (not match or opens):
            longest = max(len(key) for key, _ in run)
            if any(column != longest for _, column in run):
                raise AssertionError(f"not aligned: {run}")
            run = []
        if opens and match.start("space") != len(match["key"]):
            raise AssertionError(f"stands not apart: {line}")
        if match and not opens:
            run.append((match["key"], match.start("space")))


def check_hcl(text, blocks):
    # To python-hcl2 every `${` begins an expression, even `$${`, which in HCL never does.
    read = hcl2.loads(text.replace("$${", "\\u0024{")) if blocks else {}
    for one, other in zip(blocks, read.get("resource", []), strict=True):
        same_body(one, other[one["labels"][0]])
    check_aligned(text)


class Page(html.parser.HTMLParser):
    """A page as HTML, as a list of (tag, text): cells and items by themselves, code in a cell or a
    line as ("code", text). Any tag that text alone does not make is a mistake."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.blocks, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in ("p", "li", "th", "td", "pre", "h1"):
            self.blocks.append([tag, ""])
        elif tag == "code" and self.open[-1] != "pre":
            self.blocks.append(["code", ""])
        elif tag not in ("ul", "table", "thead", "tbody", "tr", "code"):
            raise AssertionError(f"<{tag}> in {self.rawdata!r}")
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag == "code" and self.open[-1] != "pre":
            self.blocks.append(["", ""])

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("ul", "table", "thead", "tbody", "tr"):
            self.blocks[-1][1] += data

    def content(self):
        return [(tag, shown(text)) for tag, text in self.blocks]


def seen(blocks):
    """Without what shows nothing, and has no place that stays empty."""
    return [block for block in blocks if block[1] or block[0] in ("th", "td", "li")]


def shown(text):
    """Text as a viewer shows it, blanks in a row as one."""
    return " ".join(text.split())


def visible(text):
    """What is shown of a model's text: controls have a picture."""
    text = re.sub(f"[{BLANK}]+", " ", text)
    text = re.sub("[\x01-\x1f]", lambda match: chr(0x2400 + ord(match[0])), text)
    text = text.replace("\x7f", "\u2421")
    return shown(re.sub("[\x80-\x9f\ufeff\ufffe\uffff]", "\ufffd", text))


def code_or_text(text, tag, in_table):
    if not text.strip(" \t\n\v\f\r") or "`" * 80 in text or (in_table and "\\|" in text):
        return [(tag, visible(text))]
    return [(tag, ""), ("code", visible(text))]


def paragraphs(text):
    lines, gathered = text.split("\n"), []
    for line in [*lines, ""]:
        if line.strip(BLANK):
            gathered.append(line)
        elif gathered:
            yield ("p", visible("\n".join(gathered)))
            gathered = []


def expected_page(page):
    for block in page:
        if isinstance(block, str):
            yield from paragraphs(block)
        elif isinstance(block, list):
            yield from (("li", visible(item)) for item in block)
        elif "code" in block:
            yield ("pre", shown(block["code"]))
        else:
            yield from (("th", visible(name)) for name in block["head"])
            for cell in (cell for row in block["rows"] for cell in row):
                if isinstance(cell, dict):
                    yield from code_or_text(cell["code"], "td", True)
                else:
                    yield ("td", visible(str(cell)))


def expected_template(texts):
    heading = visible(texts[0])
    yield ("h1", heading)
    yield ("p", shown(f"x {visible(texts[1])} y"))
    yield ("li", visible(texts[2]))
    yield ("p", heading)
    code = code_or_text(texts[3], "", False)
    if len(code) == 1:
        yield ("p", shown("@{ " + visible(texts[3]) + " z"))
    else:
        yield from [("p", "@{"), code[1], ("", "z")]


MARKDOWN_IT = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
GITHUB = ["table", "strikethrough", "tasklist", "tagfilter"]


def check_page(text, expected):
    """With markdown-it, and with the parser that GitHub uses."""
    expected = seen(expected)
    for page in (
        MARKDOWN_IT.render(text),
        cmarkgfm.markdown_to_html_with_extensions(text, extensions=GITHUB),
    ):
        same(expected, seen(Page(page).content()))


def check_sql(text, texts):
    """With the parser of PostgreSQL."""
    statement = pglast.parse_sql(text)[0].stmt
    for said, name, target in zip(texts["all"], texts["names"], statement.targetList, strict=True):
        same(said, target.val.val.sval)
        same(name, target.name)
    table = statement.fromClause[0]
    same(texts["names"][:2], [table.schemaname, table.relname])


def check_shell(text, texts):
    words = subprocess.check_output(["sh", "-c", text]).decode()
    same(texts["all"], words.split("\0")[:-1])


CHECKS = {
    "json": check_json,
    "yaml": check_yaml,
    "yaml-documents": check_yaml_documents,
    "hcl": check_hcl,
    "markdown": lambda text, page: check_page(text, expected_page(page)),
    "sql": check_sql,
    "shell": check_shell,
    "template": lambda text, texts: check_page(text, expected_template(texts["all"])),
}


def main(seed=1, count=150):
    said, number = None, 0
    for name, text in records(seed, count):
        if name not in CHECKS:
            said = json.loads(text)
            number += name == "tree"
            continue
        try:
            CHECKS[name](text, said)
        except Exception:
            print(f"seed {seed}, value {number}, written as {name}:\n{text}")
            raise
    print(f"{number} values of seed {seed} came back from every format")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
