# SPDX-License-Identifier: Apache-2.0
"""Parameters of an action: where their values come from, and how they stand in prose and commands.

`{name}` in a text is replaced by the value, in a command by the value quoted for its dialect. Values come
from sources and are hostile: each must match its type, control characters never pass. A command with a
parameter that has no value is not rendered; `ask` gives a labelled blank, quoted like a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

import msgspec

from scc.model.assessment import Assessment
from scc.model.facts import Actor, Identifier, Indicator, Malware, NamedOrganisation, Product
from scc.model.organisation import Organisation
from scc.model.plan import Command
from scc.model.story import Story
from scc.plan.content import CommandContent, Parameter, ParameterType

T = TypeVar("T")

HOLE: Final = re.compile(r"(?<![$@%{])\{([a-z][a-z0-9_]*)\}(?!\})")
"""A parameter; `${var}`, `@{` and `{}` are the shells' own."""

TYPES: Final[dict[ParameterType, re.Pattern[str]]] = {
    "host": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,252}"),
    "user": re.compile(r"[A-Za-z0-9._@\\+-]{1,128}"),
    "ip": re.compile(r"[0-9A-Fa-f.:/]{2,49}"),
    "domain": re.compile(r"[A-Za-z0-9._-]{1,253}"),
    "email": re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}"),
    "path": re.compile(r"[^\x00-\x1f\x7f]{1,255}"),
    "package": re.compile(r"@?[A-Za-z0-9][A-Za-z0-9._/@+-]{0,213}"),
    "version": re.compile(r"[^\x00-\x1f\x7f]{1,160}"),
    "cve": re.compile(r"CVE-[0-9]{4}-[0-9]{4,10}(?:, CVE-[0-9]{4}-[0-9]{4,10})*(?: and [0-9]+ more)?"),
    "hash": re.compile(r"[0-9A-Fa-f]{32,128}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "url": re.compile(r"https?://[^\s\x00-\x1f\x7f\"'<>]{1,500}"),
    "name": re.compile(r"[^\x00-\x1f\x7f]{1,120}"),
    "number": re.compile(r"[0-9]{1,12}"),
    "text": re.compile(r"[^\x00-\x1f\x7f]{1,600}"),
    "arn": re.compile(r"arn:[a-z-]+:[A-Za-z0-9:/_.*+=,@-]{1,500}"),
}
"""What a value of each type may look like; one pass, no nested repetition."""

_WHAT: Final[dict[ParameterType, str]] = {
    "host": "HOST", "user": "ACCOUNT", "ip": "ADDRESS", "domain": "DOMAIN", "email": "MAIL ADDRESS",
    "path": "PATH", "package": "PACKAGE", "version": "VERSION", "cve": "CVE", "hash": "HASH", "date": "DATE",
    "url": "URL", "name": "NAME", "number": "NUMBER", "text": "TEXT", "arn": "ARN",
}  # fmt: skip


class Context(msgspec.Struct, frozen=True):
    """What parameters are bound against."""

    story: Story
    assessment: Assessment
    organisation: Organisation


def _facts(context: Context, kind: type[T]) -> Iterator[T]:
    return (each.fact for each in context.story.observations if isinstance(each.fact, kind))


def _join(values: Iterable[str], most: int = 3) -> str:
    every = list(dict.fromkeys(value for value in values if value))
    shown = ", ".join(every[:most])
    return f"{shown} and {len(every) - most} more" if len(every) > most else shown


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _affected(context: Context) -> list[Product]:
    """Products that the story says are affected, else all it names."""
    every = [product for product in _facts(context, Product) if product.status != "not-affected"]
    hit = [product for product in every if product.status in ("affected", "fixed", "under-investigation")]
    return hit or every


def _product_names(context: Context) -> list[str]:
    """Affected products with their vendor; where no text names one, those of the KEV rows of the flaws."""
    pairs = [(product.vendor, product.product) for product in _affected(context)] or [
        (each.kev.vendor, each.kev.product)
        for each in context.assessment.vulnerabilities
        if each.kev is not None
    ]
    names = []
    for vendor, product in ((vendor.strip(), product.strip()) for vendor, product in pairs):
        doubled = product.lower().startswith(vendor.lower())
        names.append(product if doubled or not vendor else f"{vendor} {product}")
    return names


def _indicators(*types: str) -> Callable[[Context], list[str]]:
    def values(context: Context) -> list[str]:
        return [
            each.value
            for each in _facts(context, Indicator)
            if each.role == "observed" and (not types or each.type in types)
        ]

    return values


def _packages(context: Context, ecosystem: str = "") -> list[str]:
    """Names of the packages the story is about, without version; of one type of Package URL where it is given.

    A name whose ecosystem no source tells is left out then: a search in the wrong registry finds nothing and
    looks like an answer.
    """
    written = _indicators("package")(context) + [each.purl for each in _affected(context)]
    found = []
    for each in written:
        kind, name = _package(each)
        if name and ecosystem in ("", kind):
            found.append(name)
    return found


def _package(written: str) -> tuple[str, str]:
    """(type, name with namespace) of a Package URL (purl-spec); ("", what is written) of a bare name."""
    if not written.startswith("pkg:"):
        return "", written
    kind, _, path = written[4:].partition("/")
    path = path.partition("?")[0].partition("#")[0]
    name, at, _version = path.rpartition("@")
    return kind, (name if at and name else path).replace("%40", "@")


def _deadlines(context: Context) -> str:
    said = {"yes": "ours", "no": "not ours", "maybe": "open whether ours"}
    dated = sorted(
        (each.date, each.owner or "owner not named", said[each.binds_us])
        for each in context.assessment.deadlines
        if each.date
    )
    return _join((f"{date}: {owner} ({ours})" for date, owner, ours in dated), most=4)


def _acts(context: Context) -> list[str]:
    """Acts the story is about, not those it cites; sections of a code ("44 U.S.C. 3552"), by which acts define their
    words, after acts."""
    legal = ("executive-order", "law", "directive", "regulation")
    acts = [e for e in _facts(context, Identifier) if e.scheme in legal]
    own = [e for e in acts if e.relation == "main"]
    if own and all(" U.S.C. " in each.value for each in own):
        own = [*own, *acts]  # a section on its own defines words: the act that cites it is named beside it
    return [each.value for each in sorted(own, key=lambda each: " U.S.C. " in each.value)]


def _victims(context: Context) -> list[str]:
    return [each.name for each in _facts(context, NamedOrganisation) if each.role == "victim"]


def _publishers(context: Context) -> list[str]:
    return [each.publisher for each in context.story.documents if each.publisher not in ("", "unknown")]


def _vulnerabilities(context: Context) -> list[str]:
    found = [each.id for each in context.assessment.vulnerabilities]
    return found or [each.value for each in _facts(context, Identifier) if each.scheme == "cve"]


PATHS: Final[dict[str, Callable[[Context], str]]] = {
    "story.act": lambda c: _first(_acts(c)),
    "story.actor": lambda c: _first(each.name for each in _facts(c, Actor)),
    "story.cve": lambda c: _first(_vulnerabilities(c)),
    "story.cves": lambda c: _join(_vulnerabilities(c)),
    "story.domain": lambda c: _first(_indicators("domain")(c)),
    "story.fixed": lambda c: _join(product.fixed for product in _affected(c)),
    "story.hash": lambda c: _first(_indicators("sha256", "sha1", "md5")(c)),
    "story.indicator": lambda c: _first(_indicators("domain", "ipv4", "sha256", "url", "filename")(c)),
    "story.indicators": lambda c: _join(_indicators("domain", "ipv4", "sha256", "url", "filename")(c), 2),
    "story.ip": lambda c: _first(_indicators("ipv4", "ipv6")(c)),
    "story.malware": lambda c: _first(each.name for each in _facts(c, Malware)),
    "story.package": lambda c: _first(_packages(c)),
    "story.package.npm": lambda c: _first(_packages(c, "npm")),
    "story.package.pypi": lambda c: _first(_packages(c, "pypi")),
    "story.packages": lambda c: _join(_packages(c)),
    "story.packages.npm": lambda c: _join(_packages(c, "npm")),
    "story.packages.pypi": lambda c: _join(_packages(c, "pypi")),
    "story.product": lambda c: (
        _first(product.product for product in _affected(c)) or _first(_product_names(c))
    ),
    "story.products": lambda c: _join(_product_names(c)),
    "story.publisher": lambda c: _first(_publishers(c)),
    "story.victim": lambda c: _first(_victims(c)),
    "assessment.deadlines": _deadlines,
    "assessment.do_by": lambda c: c.assessment.do_by,
    "assessment.event_date": lambda c: c.assessment.event_date,
    "organisation.name": lambda c: c.organisation.name,
    "organisation.roles.lead": lambda c: c.organisation.roles.lead,
    "organisation.roles.it": lambda c: c.organisation.roles.it,
    "organisation.roles.management": lambda c: c.organisation.roles.management,
    "organisation.roles.legal": lambda c: c.organisation.roles.legal,
    "organisation.roles.communications": lambda c: c.organisation.roles.communications,
    "organisation.roles.privacy": lambda c: c.organisation.roles.privacy,
}
"""What `from` may name; "ask" is the other possibility."""


def value(parameter: Parameter, context: Context) -> str:
    """The value of a parameter that is not "ask", cleaned and valid for its type; "" if there is none."""
    raw = PATHS[parameter.source](context)
    clean = " ".join("".join(c if c.isprintable() else " " for c in raw).split())
    return clean if clean and TYPES[parameter.type].fullmatch(clean) else ""


def blank(parameter: Parameter) -> str:
    """The labelled blank of an "ask" parameter, e.g. `<HOST e.g. web01>`."""
    return f"<{_WHAT[parameter.type]} e.g. {parameter.example}>"


def prose(text: str, parameters: tuple[Parameter, ...], context: Context) -> str:
    """`text` with parameters filled in; without a value the parameter's own wording or a blank."""
    known = {parameter.name: parameter for parameter in parameters}

    def fill(hole: re.Match[str]) -> str:
        parameter = known[hole.group(1)]
        if parameter.source == "ask":
            return blank(parameter)
        return value(parameter, context) or parameter.otherwise or f"<{_WHAT[parameter.type]}>"

    return HOLE.sub(fill, text)


def command(content: CommandContent, parameters: tuple[Parameter, ...], context: Context) -> Command | None:
    """The command ready to run, or None when a parameter has no value."""
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, str] = {}
    for name in HOLE.findall(content.text):
        parameter = known[name]
        if parameter.source == "ask":
            if content.alters:
                return None
            values[name] = blank(parameter)
        else:
            values[name] = value(parameter, context)
            if not values[name]:
                return None
    text = HOLE.sub(lambda hole: quote(values[hole.group(1)], content.dialect), content.text)
    return Command(
        text=text,
        dialect=content.dialect,
        privileges=content.privileges,
        alters=content.alters,
        purpose=content.purpose,
    )


def quote(text: str, dialect: str) -> str:
    """`text` as one literal of the dialect: no character of it is read as syntax.

    PowerShell also ends a quoted string at the typographic apostrophes U+2018 to U+201B, so these are
    doubled like its own; KQL takes backslash escapes; SQL doubles the apostrophe.
    """
    if dialect in ("posix", "aws", "az", "gcloud", "kubectl"):
        return "'" + text.replace("'", "'\"'\"'") + "'"
    if dialect == "powershell":
        return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"
    if dialect == "kql":
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if dialect in ("sql", "osquery"):
        return "'" + text.replace("'", "''") + "'"
    if dialect == "cmd":
        # cmd.exe has no quoting that covers percent signs and carets: such values are dropped from it.
        return '"' + re.sub(r'["%^&|<>!]', "", text) + '"'
    return text
