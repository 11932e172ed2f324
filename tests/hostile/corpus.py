"""Texts that try to execute, hang, exhaust, deceive or break out, each with what it tries.

Most are short, so that the same ones can stand in every place of every file: `in_questions`, `in_cards` and the like
put them there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

#: What tries to be executed by Python, a shell, a template engine, YAML, TeX, a browser or a spreadsheet.
EXECUTING = {
    "imports and calls": "__import__('os').system('id')",
    "climbs to every class": "().__class__.__base__.__subclasses__()",
    "climbs in a template": "<< ''.__class__.__mro__ >>",
    "climbs by index in a template": "<< x['__class__'] >>",
    "climbs by a filter in a template": "<< x | attr('__class__') >>",
    "formats its way out of the sandbox": "<< '{0.__class__}'.format(x) >>",
    "reaches the globals of a method": "<< x.symbol.__globals__ >>",
    "reaches the loop's internals": "<% for a in [1] %><< loop.__init__.__globals__ >><% endfor %>",
    "reads a file as a template": "<% include '/etc/passwd' %>",
    "leaves the folder of macros": "<% import '../../pyproject.toml' as m %>",
    "imports a macro's environment": "<% import 'layers.md' as m %><< m.__class__ >>",
    "a builtin": "open('/etc/passwd').read()",
    "evaluates": "eval('1+1')",
    "a lambda": "(lambda: 1)()",
    "a walrus": "(x := 1)",
    "an f-string": "f'{x.__class__}'",
    "a YAML object": "!!python/object/apply:os.system [id]",
    "a YAML name": "!!python/name:os.system",
    "TeX reads a file": r"\input{/etc/passwd}",
    "TeX reads a file in mathematics": r"$\input{/etc/passwd}$",
    "TeX runs a program": r"\immediate\write18{id}",
    "TeX runs a program in mathematics": r"$\write18{id}$",
    "TeX spells a backslash by its code": r"$^^5cinput{/etc/passwd}$",
    "TeX names a command": r"$\csname input\endcsname{/etc/passwd}$",
    "TeX defines without end": r"$\def\x{\x\x}\x$",
    "TeX repeats a column": r"$\begin{array}{*{99999999}{c}} 1 \end{array}$",
    "TeX ends the document": r"\end{document}",
    "a script": "<script>alert(1)</script>",
    "a script in mathematics": "$<script>alert(1)</script>$",
    "an image that runs": "<img src=x onerror=alert(1)>",
    "a script as an address": "[press](javascript:alert(1))",
    "a script as an autolink": "<javascript:alert(1)>",
    "a page as an address": "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "a picture from elsewhere": "![x](https://example.org/x.png)",
    "breaks out of an attribute": '"><svg onload=alert(1)>',
    "Anki has LaTeX made of it": r"[latex]\input{/etc/passwd}[/latex]",
    "Anki has LaTeX made of mathematics": "$[latex]x[/latex]$",
    "Anki has a formula made of it": r"[$]\input{/etc/passwd}[/$]",
    "Anki plays it": "[sound:x.mp3]",
    "Anki reads it out": "[anki:tts lang=en_US]x[/anki:tts]",
    "Anki fills a field in": "{{Front}} {{c1::x}}",
    "a spreadsheet's command": "=cmd|'/C calc'!A0",
    "a shell's": "$(id) `id`",
}  # fmt: skip

#: What tries to take more time or memory than there is.
EXHAUSTING = {
    "a tower of powers": "9**9**9",
    "powers in brackets": "((((9**999)**10)**10)**10)**10",
    "a long product of powers": "*".join(["(9**999)"] * 200),
    "repeats a text": "'a' * 999999999999",
    "repeats a list": "[0] * 999999999999",
    "pads a text": "'%999999999d' % 1",
    "sums without end": "sum(range(999999999999999))",
    "the largest without end": "max(range(999999999999999))",
    "sums in sums": "sum(sum(sum(i*j*k for i in range(1000)) for j in range(1000)) for k in range(1000))",
    "lists in lists": "[[[[0 for i in range(1000)] for j in range(1000)] for k in range(1000)] for l in range(1000)]",
    "softmax of softmax": "softmax(" * 30 + "x" + ")" * 30,
    "brackets": "(" * 5_000 + "1" + ")" * 5_000,
    "lists": "[" * 900 + "1" + "]" * 900,
    "open brackets": "[" * 5_000,
    "braces": "{" * 5_000,
    "signs": "-" * 5_000 + "1",
    "negations": "not " * 2_000 + "x",
    "a chain of attributes": "x" + ".T" * 900,
    "a chain of indices": "x" + "[0]" * 600,
    "a long sum": "+".join("x" * 900),
    "many digits": "9" * 5_000,
    "a large number": "1e999",
    "words without blanks": "a" * 60_000,
    "a template that loops": "<% for a in range(99999) %><% for b in range(99999) %><% for c in range(99999) %>x"
    "<% endfor %><% endfor %><% endfor %>",
    "a template that loops and prints": "<% for a in range(99999) %><% for b in range(999) %>" + "x" * 500
    + "<% endfor %><% endfor %>",
    "a template that pads": "<< 'x'.ljust(999999999) >>",
    "a template that centres": "<< 'x' | center(999999999) >>",
    "a template that formats": "<< '%999999999d' | format(1) >>",
    "a template that formats by a method": "<< '{:>999999999}'.format(1) >>",
    "a template that repeats": "<< 'x' * 999999999 >>",
    "a template that raises to a power": "<< 9 ** 9 ** 9 >>",
    "a template that doubles": "<% set a = 'x' * 9 %>" + "<% set a = a ~ a %>" * 40 + "<< a >>",
    "a template that doubles by adding": "<% set a = 'xxxxxxxx' %>" + "<% set a = a + a %>" * 40 + "<< a >>",
    "a template that doubles lists": "<% set a = [1] %>" + "<% set a = [a, a] %>" * 40 + "<< a ~ '' >>",
    "a template that compares what it doubled": "<% set a = [1] %><% set b = [1] %>"
    + "<% set a = [a, a] %><% set b = [b, b] %>" * 40 + "<< a == b >>",
    "a template that replaces": "<% set a = 'aaaaaaaa' %>" + "<% set a = a.replace('a', 'aaaaaaaa') %>" * 12,
    "a macro that calls itself": "<% macro f() %><< f() >><% endmacro %><< f() >>",
    "a macro that calls itself twice": "<% macro f(n) %><% if n > 0 %><< f(n - 1) >><< f(n - 1) >><% endif %>"
    "<% endmacro %><< f(60) >>",
    "macros that double": "<% macro f(a) %><< a >><< a >><% endmacro %><< " + "f(" * 40 + "'x'" + ")" * 40 + " >>",
    "a loop that calls itself": "<% for a in [1] recursive %><< loop([1]) >><% endfor %>",
    "a template's brackets": "<< " + "(" * 3_000 + "1" + ")" * 3_000 + " >>",
    "a template's lists": "<< " + "[" * 3_000 + "]" * 3_000 + " >>",
    "a template's long sum": "<< " + "+".join("1" * 9_000) + " >>",
    "a template's negations": "<< " + "not " * 9_000 + "1 >>",
    "a template's filters": "<< 1" + " | abs" * 9_000 + " >>",
    "nested conditions in a template": "<% if 1 %>" * 400 + "<% endif %>" * 400,
    "nested loops in a template": "<% for a in [1] %>" * 100 + "<% endfor %>" * 100,
    "begins of blocks": "<% " * 9_000,
    "begins of values": "<< " * 9_000,
    "begins of comments": "<# " * 9_000,
    "quotations in quotations": ">" * 9_000 + " x",
    "lists in lists of Markdown": "".join(" " * (2 * k) + "- x\n" for k in range(200)),
    "stars": "*" * 9_000 + "x",
    "emphasis": "*a **b " * 9_000,
    "square brackets of links": "[" * 9_000 + "x" + "](y)" * 9_000,
    "begins of images": "![" * 9_000,
    "backticks": "`" * 9_001 + "x",
    "backticks of every length": " ".join("`" * k for k in range(1, 300)),
    "dollars": "$" * 9_001,
    "formulas that do not close": "$x" * 9_001,
    "braces of mathematics": "$" + "{" * 4_000 + "x" + "}" * 4_000 + "$",
    "fractions": "$" + r"\frac{1}{" * 900 + "x" + "}" * 900 + "$",
    "scripts": "$x" + "^{x" * 900 + "}" * 900 + "$",
    "roots": "$" + r"\sqrt{" * 300 + "x" + "}" * 300 + "$",
    "left and right": "$" + r"\left(" * 900 + "x" + r"\right)" * 900 + "$",
    "matrices in matrices": "$" + r"\begin{pmatrix} " * 200 + "x" + r" \end{pmatrix}" * 200 + "$",
    "blanks that do not close": "{{" * 9_000,
    "a table of many columns": "|" * 3_000 + "\n" + "|-" * 3_000 + "|\n",
    "references of HTML": "&" * 9_000 + "&amp;" * 9_000,
    "headings": "## Hint\nx\n\n" * 5_000,
    "lines": "x\n\n" * 9_000,
}  # fmt: skip

#: What looks like something else, or like nothing.
DECEIVING = {
    "writes from right to left": "\u202etxt",
    "isolates": "\u2066x\u2069",
    "a mark of direction": "x\u200fy",
    "an Arabic mark of direction": "x\u061cy",
    "a space without width": "x\u200by",
    "a joiner": "x\u200dy",
    "a byte order mark": "x\ufeffy",
    "a soft hyphen": "x\u00ady",
    "invisible tags": "x\U000e0041\U000e0042",
    "a separator of lines": "x\u2028y",
    "the next line of another code": "x\x85y",
    "the end of a text": "x\x00y",
    "clears the terminal": "\x1b[2J\x1b[1;31mx",
    "sets the title of the terminal": "\x1b]0;x\x07",
    "goes back": "x\b\b\by",
    "a control character of eight bits": "\x9b31mx",
    "a form feed": "x\x0cy",
    "half a character": "\ud800",
    "an escape of YAML and of Python": '"\\u202e\\x1b"',
    "an escape in a template": '<< "\\u202e\\U000f0000" >>',
    "a mark of ours for mathematics": "\ue000x\ue002",
    "an end of ours without a beginning": "x\ue002",
    "a break of ours between texts": "x\ue003y",
    "a hole of ours": "x\U000f0000y",
    "a hole of ours that is none": "x\U000f9999y",
    "no character": "x\ufffey",
}  # fmt: skip

#: What is no number that one can compute with.
NOT_FINITE = {
    "no number": "nan",
    "infinity": "inf",
    "infinity of YAML": ".inf",
    "no number of YAML": ".nan",
    "too large for a float": "1.0e+400",
    "nothing": "null",
    "divided by nothing": "1/0",
    "a root of less than nothing": "sqrt(-1)",
    "complex": "1j",
    "a fraction of a power": "(-8) ** 0.5",
    "too large for a size": "1" + "0" * 400,
}  # fmt: skip

FRAGMENTS = {**EXECUTING, **EXHAUSTING, **DECEIVING, **NOT_FINITE}

#: The places of a question file where a stranger's text can stand: the file, with `@` there.
QUESTION_PLACES = {
    "title": "title: @",
    "level": "level: @",
    "points": "points: @",
    "vary": "vary:\n  n: [@, 2]",
    "given": "given: |\n  x = @",
    "a size under given": "given: |\n  x = vector(@, -1, 1)",
    "a bound under given": "given: |\n  x = number(0, @)",
    "work": "given: |\n  x = vector(3, -2, 2)\nwork: |\n  z = @\n  y = x[0] + 1",
    "asked work": "given: |\n  x = vector(3, -2, 2)\nwork: |\n  y = @",
    "an index": "given: |\n  x = vector(3, -2, 2)\nwork: |\n  y = x[@]",
    "the end of a loop": "work: |\n  for k in range(@):\n    h[k] = x + k\n  y = x + 1",
    "reject": "reject: |\n  @",
    "truth": "truth: |\n  y = @",
    "a definition under truth": "truth: |\n  f(a) = @\n  y = f(1)",
    "an argument of the core": "truth: |\n  y = conv2d([[1.0, 2.0], [3.0, 4.0]], [[1.0]], padding=@)[0][0]",
    "ask": "ask:\n  y: @",
    "a name under ask": "ask:\n  '@': integer",
    "accept": "accept: |\n  y == @",
    "carry": "carry: @",
    "a mistake": "mistakes:\n  - wrong: y = @\n    says: No.",
    "what a mistake says": "mistakes:\n  - wrong: y = x - 1\n    says: >-\n      @",
    "when a mistake makes sense": "mistakes:\n  - wrong: y = x - 1\n    says: No.\n    when: '@'",
    "a choice": "ask:\n  c: choice\nchoices:\n  - text: >-\n      @\n    right: true\n  - text: b\n    right: false",
    "whether a choice is right": "ask:\n  c: choice\nchoices:\n  - text: a\n    right: '@'\n  - text: b\n"
    "    right: true",
    "figures": "figures: |\n  plot = @",
    "symbols": "symbols:\n  x: '@'",
    "a name under symbols": "symbols:\n  '@': x",
    "conventions": "conventions: >-\n  @",
    "covers": "covers: >-\n  @",
    "fewer": "fewer: >-\n  @",
    "another key": "'@': 1",
    "the front matter": "@",
    "question": "## Question",
    "hint": "## Hint",
    "solution": "## Solution",
    "a heading": "##",
}  # fmt: skip

_FRONT = {
    "title": "title: A test",
    "given": "given: |\n  x = integer(1, 9)",
    "work": "work: |\n  y = x + 1",
    "truth": "truth: |\n  y = x + 1",
    "ask": "ask:\n  y: integer",
}


def question(place: str, fragment: str) -> str:
    """A question file in which a fragment stands in a place, and which is right but for that."""
    lines = dict(_FRONT)
    sections = "## Question\nGiven << x >>.{question}\n\n## Hint\nAdd.{hint}\n\n## Solution\n<< y.steps >>{solution}\n"
    if place in ("question", "hint", "solution"):
        text = dict.fromkeys(("question", "hint", "solution"), "")
        text[place] = f"\n\n{fragment}"
        return "---\n" + "\n".join(lines.values()) + "\n---\n" + sections.format(**text)
    body = sections.format(question="", hint="", solution="")
    if place == "a heading":
        return "---\n" + "\n".join(lines.values()) + f"\n---\n{body}\n## {fragment}\nx\n"
    template = QUESTION_PLACES[place]
    line = template.split("@")[0].split("\n")[-1]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    written = template.replace("@", fragment.replace("\n", "\n" + indent))
    for part in _parts(written):
        lines[part.split(":")[0]] = part
    return "---\n" + "\n".join(lines.values()) + "\n---\n" + body


def _parts(front: str) -> list[str]:
    """Front matter taken apart into its keys."""
    parts: list[str] = []
    for line in front.split("\n"):
        if parts and (not line or line[0] in " -"):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return parts


def in_questions() -> Iterator[tuple[str, str]]:
    """Each fragment in each place of a question file: what it tries and where, and the file."""
    for place in QUESTION_PLACES:
        for name, fragment in FRAGMENTS.items():
            yield f"{place}: {name}", question(place, fragment)


_CARD_PLACES = {
    "id": "- id: @\n  kind: rule\n  front: a\n  back: b\n",
    "kind": "- id: a\n  kind: @\n  front: a\n  back: b\n",
    "front": "- id: a\n  kind: rule\n  front: >-\n    @\n  back: b\n",
    "back": "- id: a\n  kind: rule\n  front: a\n  back: >-\n    @\n",
    "cloze": "- id: a\n  kind: rule\n  cloze: >-\n    {{a}} @\n",
    "a blank": "- id: a\n  kind: rule\n  cloze: >-\n    {{@}}\n",
    "reverse": "- id: a\n  kind: rule\n  front: a\n  back: b\n  reverse: @\n",
    "covers": "- id: a\n  kind: rule\n  front: a\n  back: b\n  covers: >-\n    @\n",
    "another key": "- id: a\n  kind: rule\n  front: a\n  back: b\n  '@': c\n",
    "the file": "@",
}


def in_cards() -> Iterator[tuple[str, str]]:
    """Each fragment in each place of a file of cards."""
    for place, template in _CARD_PLACES.items():
        for name, fragment in FRAGMENTS.items():
            yield f"{place}: {name}", template.replace("@", fragment.replace("\n", "\n    "))


_BLUEPRINT_PLACES = {
    "title": "title: @\nsections:\n  - count: 2\n",
    "instructions": "instructions: >-\n  @\nsections:\n  - count: 2\n",
    "minutes": "minutes: @\nsections:\n  - count: 2\n",
    "versions": "versions: @\nsections:\n  - count: 2\n",
    "a section's title": "sections:\n  - title: @\n    count: 2\n",
    "a section's instructions": "sections:\n  - count: 2\n    instructions: >-\n      @\n",
    "topics": "sections:\n  - count: 2\n    topics: [@]\n",
    "levels": "sections:\n  - count: 2\n    levels: [@]\n",
    "count": "sections:\n  - count: @\n",
    "questions": "sections:\n  - questions: [@]\n",
    "points": "sections:\n  - count: 2\n    points: @\n",
    "another key": "'@': 1\nsections:\n  - count: 2\n",
    "sections": "sections: @\n",
}  # fmt: skip


def in_blueprints() -> Iterator[tuple[str, str]]:
    """Each fragment in each place of a blueprint."""
    for place, template in _BLUEPRINT_PLACES.items():
        for name, fragment in FRAGMENTS.items():
            yield f"{place}: {name}", template.replace("@", fragment.replace("\n", "\n      "))


def in_formulas() -> Iterator[tuple[str, str]]:
    """Blocks of formulas."""
    for name, fragment in FRAGMENTS.items():
        yield name, fragment
        yield f"assigned: {name}", f"y = {fragment}"
        yield f"in a loop: {name}", f"for k in range(3):\n  y[k] = {fragment}"
        yield f"defined: {name}", f"f(a) = {fragment}\ny = f(1)"


def in_codes() -> Iterator[tuple[str, str]]:
    """Codes of exams."""
    yield from FRAGMENTS.items()
    yield "ten megabytes", "0" * 10_000_000
    yield "no symbols", "- " * 100
    yield "letters that grow as capitals", "ß" * 50
    yield "digits of other scripts", "١٢٣٤-٥٦٧٨-१२३४"


def in_proofs() -> Iterator[tuple[str, str]]:
    """Each fragment as text, and as mathematics within a line and on lines of its own."""
    for name, fragment in FRAGMENTS.items():
        yield name, fragment
        yield f"mathematics: {name}", f"$x = {fragment}$"
        yield f"a display: {name}", f"$$\n{fragment} = 1\n$$"


def in_answers(exercise: str, answer: str) -> Iterator[tuple[str, str]]:
    """Each fragment as a file of answers, as an answer, and as a name.

    Args:
        exercise, answer: names that there are.
    """
    for name, fragment in FRAGMENTS.items():
        yield name, fragment
        yield f"an answer in YAML: {name}", f"{exercise}:\n  {answer}: {fragment}"
        yield f"an answer in JSON: {name}", json.dumps({exercise: {answer: fragment}})
        yield f"an exercise's name: {name}", f"{fragment}:\n  {answer}: 1"
    yield "deep", "[" * 100_000


#: Whole YAML files that no place of a file could hold.
YAML = {
    "nothing": "",
    "blanks": " \n" * 1_000,
    "ten megabytes": "a: " + "x" * 10_000_000,
    "ten megabytes of lists": "- " * 5_000_000,
    "aliases that multiply": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + k)}: &{chr(98 + k)} [{', '.join(['*' + chr(97 + k)] * 9)}]\n" for k in range(9)),
    "an alias within itself": "title: &a [*a]",
    "many aliases": "vary:\n  n: &n [1, 2, 3]\n" + "".join(f"  n{k}: *n\n" for k in range(500)),
    "an anchor": "title: &x A test",
    "a tag": "title: !!str A test",
    "an object": "title: !!python/object/apply:os.system ['id']",
    "an object by a tag of its own": "%TAG ! tag:yaml.org,2002:python/\n---\ntitle: !object/apply:os.system ['id']",
    "binary": "title: !!binary aWQ=",
    "a merge": "<<: {title: A test}",
    "two documents": "title: A test\n---\ntitle: B",
    "a list as a key": "[a, b]: c",
    "a mapping as a key": "? {a: b}\n: c",
    "the same key twice": "title: a\ntitle: b",
    "tabs": "title:\n\t- x",
    "flow lists": "[" * 9_000,
    "closed flow lists": "[" * 900 + "]" * 900,
    "flow mappings": "{a: " * 9_000,
    "block lists": "- " * 900 + "x",
    "block mappings": "".join(" " * k + f"k{k}:\n" for k in range(400)),
    "many keys": "".join(f"k{k}: 1\n" for k in range(9_000)),
    "many items": "- x\n" * 40_000,
    "explicit keys": "? " * 900,
    "a number of sixty": "points: 1:2:3:4:5:6",
    "a date": "title: 2001-01-01",
    "a version": "%YAML 9.9\n---\ntitle: a",
    "a directive": "%FOO bar\n---\ntitle: a",
    "no character": "title: \x00",
    "half a character": "title: \ud800",
}  # fmt: skip


def in_papers(paper: str) -> Iterator[tuple[str, str]]:
    """The text of an `exam.json`, with each fragment in place of each of its texts and numbers, and worse.

    Args:
        paper: the text of a good one.
    """
    good = json.loads(paper)
    places = [place for place in _places(good) if place and place[-1] != "schema"]
    for number, (name, fragment) in enumerate(FRAGMENTS.items()):
        for place in places[number % 5 :: 5]:
            yield f"{'.'.join(map(str, place))}: {name}", json.dumps(_with(good, place, fragment))
    for name, value in {
        "not finite": float("nan"), "infinite": float("inf"), "large": 10**400, "negative": -1, "true": True,
        "nothing": None, "a list": [], "lists": [[[[[[1]]]]]], "an object": {"a": 1}, "deep": _deep(500),
        "a million": 10**6, "a fraction": 0.1,
    }.items():  # fmt: skip
        for place in places:
            yield f"{'.'.join(map(str, place))}: {name}", json.dumps(_with(good, place, value))
    yield "nothing", ""
    yield "deep", "[" * 100_000
    yield "closed and deep", "[" * 100_000 + "]" * 100_000
    yield "deep objects", '{"a":' * 100_000
    yield "ten megabytes", " " * 10_000_000
    yield "a long number", "9" * 1_000_000
    yield "a name twice", '{"schema": "quizgen.exam/1", "schema": 1}'


def _places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _places(entry, (*at, key))


def _with(value: object, place: tuple[str | int, ...], new: object) -> object:
    if not place:
        return new
    first, *rest = place
    if isinstance(value, dict):
        return {key: _with(entry, tuple(rest), new) if key == first else entry for key, entry in value.items()}
    if isinstance(value, list):
        return [_with(entry, tuple(rest), new) if k == first else entry for k, entry in enumerate(value)]
    raise TypeError("a place leads through objects and lists")


def _deep(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value
