# SPDX-License-Identifier: Apache-2.0
"""Checks of a command's text without running it: known program, known options, none without its value.

A small grammar over words, pipes and quotes against `vocabularies/commands.csv`, which lists for each
program the options that our content may use. It catches what a stripped placeholder or a lost quote leaves
behind; the full parsers (shellcheck, tree-sitter, botocore) run in the test suite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

SHELLS: Final = frozenset({"posix", "aws", "az", "gcloud", "kubectl", "cmd"})


_POWERSHELL_NAME: Final = re.compile(r"-[A-Za-z]")
"""How a parameter begins; a negative number does not."""


class ProgramRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `vocabularies/commands.csv`."""

    program: str
    dialect: str
    valued: str = ""
    """Options that need a value, separated by blanks."""
    flags: str = ""
    """Options without a value."""
    least: int = 0
    """Smallest number of operands, subcommands included."""


class Word(msgspec.Struct, frozen=True):
    text: str
    quoted: bool = False


def faults(text: str, dialect: str, programs: dict[str, ProgramRow]) -> list[str]:
    """What is wrong with a command whose parameters have been filled in; empty when nothing is."""
    if dialect in SHELLS:
        try:
            return [fault for simple in split(text) for fault in _simple(simple, programs)]
        except ValueError as fault:
            return [str(fault)]
    if dialect == "powershell":
        return _powershell(text, programs)
    if dialect in ("sql", "osquery"):
        return _sql(text)
    if dialect == "kql":
        return _balanced(text)
    return [] if text.strip() else ["empty command"]


def uneven(text: str, dialect: str) -> list[str]:
    """Quotes that stand without their partner inside a quoted word of a template.

    `-Filter "name eq 'x"` parses, yet the service that reads the filter refuses it. For templates only:
    a value bound to a parameter may hold any quote.
    """
    if dialect == "text":
        return []
    found: list[str] = []
    position = 0
    while position < len(text):
        quote = text[position]
        if quote in "'\"":
            try:
                end = _closing(text, position)
            except ValueError as fault:
                return [str(fault)]
            other = "'" if quote == '"' else '"'
            inside = text[position + 1 : end]
            if inside.count(other) % 2:
                found.append(f"{other} stands alone in {quote}{inside}{quote}")
            position = end
        position += 1
    return found


def split(text: str) -> list[list[Word]]:
    """Simple commands of a pipeline or list, each as its words. Raises ValueError at an open quote."""
    every: list[list[Word]] = [[]]
    part = ""
    quoted = begun = False
    position = 0
    while position < len(text):
        char = text[position]
        if char in "'\"":
            end = _closing(text, position)
            part += text[position + 1 : end]
            quoted = begun = True
            position = end
        elif char == "\\" and position + 1 < len(text):
            part += text[position + 1]
            begun = True
            position += 1
        elif char.isspace() or char in "|;&":
            if begun:
                every[-1].append(Word(part, quoted))
            part, quoted, begun = "", False, False
            if char in "|;&":
                every.append([])
        else:
            part += char
            begun = True
        position += 1
    if begun:
        every[-1].append(Word(part, quoted))
    if not all(every):
        raise ValueError("a pipe or separator stands without a command")
    return every


def _closing(text: str, start: int) -> int:
    position = start + 1
    while position < len(text) and text[position] != text[start]:
        position += 2 if text[position] == "\\" and text[start] == '"' else 1
    if position >= len(text):
        raise ValueError(f"the quote at character {start + 1} is not closed")
    return position


def _simple(words: list[Word], programs: dict[str, ProgramRow]) -> Iterator[str]:
    row = programs.get(words[0].text)
    if row is None:
        yield f"unknown program {words[0].text!r}"
        return
    valued, flags = set(row.valued.split()), set(row.flags.split())
    rest = words[1:]
    if rest and rest[-1].text == "--":
        yield f"{words[0].text}: nothing follows --"
    if words[0].text == "find" and (not rest or rest[0].text.startswith(("-", "("))):
        yield "find: no folder to start from"
    operands = 0
    position = 0
    while position < len(rest):
        word = rest[position]
        name, equals, value = word.text.partition("=")
        if word.quoted or (name not in valued | flags and not word.text.startswith(("-", "+"))):
            operands += 1
            if not word.text or word.text.endswith("="):
                yield f"{words[0].text}: empty value {word.text!r}"
        elif word.text == "+" or (name in flags and not equals):
            pass
        elif name in valued and equals:
            if not value:
                yield f"{words[0].text}: {name} has no value"
        elif name in valued or _cluster(name, valued, flags):
            following = rest[position + 1] if position + 1 < len(rest) else None
            needs = name in valued or f"-{name[-1]}" in valued
            if needs and (following is None or not _is_value(following, valued | flags)):
                yield f"{words[0].text}: {name} has no value"
            elif needs:
                position += 1
                if name == "-exec":
                    end = _executed(rest, position)
                    yield from _simple(rest[position:end], programs)
                    position = end
        else:
            yield f"{words[0].text}: unknown option {word.text!r}"
        position += 1
    if operands < row.least:
        yield f"{words[0].text}: {operands} operands, at least {row.least} are needed"


def _is_value(word: Word, options: set[str]) -> bool:
    if word.text in ("(", ")", "{}"):
        return False
    return word.quoted or not (word.text in options or word.text.startswith("-"))


def _cluster(name: str, valued: set[str], flags: set[str]) -> bool:
    """Whether `-rlE` is short options written together (only the last may take a value)."""
    letters = name[1:]
    return (
        len(letters) > 1
        and name[0] == "-"
        and name[1] != "-"
        and all(f"-{letter}" in flags for letter in letters[:-1])
        and f"-{letters[-1]}" in flags | valued
    )


def _executed(rest: list[Word], position: int) -> int:
    """The place of the `+` or `;` that ends find's -exec; its end if there is none."""
    for number in range(position, len(rest)):
        if rest[number].text in ("+", ";"):
            return number
    return len(rest)


def _powershell(text: str, programs: dict[str, ProgramRow]) -> list[str]:
    """Quotes and brackets balanced, no parameter without value, no operator without operand."""
    found = _balanced(text)
    if found:
        return found
    words = [word for word in _powershell_words(text) if word]
    row: ProgramRow | None = None
    outer: list[ProgramRow | None] = []
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in ("(", "{"):
            outer.append(row)
        elif word in (")", "}"):
            row = outer.pop() if outer else None
        elif word in programs and programs[word].dialect == "powershell":
            row = programs[word]
        elif word.startswith("-") and row is not None and word in row.valued.split():
            if not following or following in ("|", ";", ")", "}") or _POWERSHELL_NAME.match(following):
                found.append(f"{row.program}: {word} has no value")
        elif word in ("=", "+", "-eq", "-ne", "-gt", "-lt", "-match", "-like", "-and", "-or", "-band"):
            if following in ("", "|", ";", ")", "}", "+", "="):
                found.append(f"{word} has no right side")
        elif word == "|" and following in ("", "|"):
            found.append("a pipe stands without a command")
        elif (
            "-" in word[1:]
            and word[:1].isupper()
            and position
            and words[position - 1] in ("|", ";", "{", "(")
        ):
            if word not in programs:
                found.append(f"unknown program {word!r}")
    if words and words[0][:1].isupper() and "-" in words[0] and words[0] not in programs:
        found.append(f"unknown program {words[0]!r}")
    return found


def _powershell_words(text: str) -> Iterator[str]:
    part = ""
    quote = ""
    for char in text:
        if quote:
            part += char
            if char == quote:
                quote = ""
        elif char in "'\"":
            quote = char
            part += char
        elif char.isspace() or char in "|;{}()":
            yield part
            part = ""
            if not char.isspace():
                yield char
        else:
            part += char
    yield part


def _balanced(text: str) -> list[str]:
    closing = {"(": ")", "[": "]", "{": "}"}
    open_: list[str] = []
    quote = ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in closing:
            open_.append(closing[char])
        elif char in closing.values() and (not open_ or open_.pop() != char):
            return [f"{char!r} closes nothing"]
    if quote:
        return ["a quote is not closed"]
    if open_:
        return [f"{open_[-1]!r} is missing"]
    stripped = text.strip()
    return ["empty command"] if not stripped else ["ends with an operator"] if stripped[-1] in "|=,+" else []


def _sql(text: str) -> list[str]:
    """Parsed by SQLite without tables: everything but a missing table or column is a fault of syntax."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"EXPLAIN {text}")
    except sqlite3.Error as error:
        said = str(error)
        if not said.startswith(("no such table", "no such column", "unknown database")):
            return [said]
    finally:
        connection.close()
    return []
