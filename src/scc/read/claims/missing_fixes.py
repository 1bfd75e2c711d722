# SPDX-License-Identifier: Apache-2.0
"""That there is no fix, as sentences say it by their grammar: "there is no fixed version at this time", "the vendor has not
released a patch", "will receive no update", "Fixed version: none"; the same in German, French and Spanish.

Runs after `claims` and adds only what that did not find. What is conditional ("if no patch is available"), past ("no patch was
available"), needless ("no fix is needed") or only of places and people ("not available in all regions") is left out; so is a
text that speaks of no flaw. Says nothing of which branch is meant: that is `plan`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Claim, Modality
from scc.read.claims.subjects import cves_in
from scc.read.flaws.scores import flaws_of
from scc.read.holders import publisher_holder
from scc.read.page import Notes, Page
from scc.read.scope import denied, ordered, taken_back

_KIND: Final = r"(?:(?:security|software|firmware|official|vendor|known|permanent|complete|public|current|available|further|supported)[ \n-]){0,2}"
_FIX: Final = rf"{_KIND}(?:patch(?:es)?|fix(?:es)?|hotfix(?:es)?|updates?|(?:fixed|patched|corrected|non-vulnerable|unaffected)[ \n](?:versions?|releases?|builds?|firmware))"
_OR: Final = r"(?:[ \n](?:or|and|nor)[ \n](?:a[ \n])?\w{3,14})?"
_ADVERB: Final = r"(?:(?:currently|presently|still|yet|as[ \n]yet|so[ \n]far|now|also|at[ \n]present|at[ \n]this[ \n]time)[ \n])"
_READY: Final = r"(?:available|released|issued|published|planned|provided|scheduled|forthcoming|expected|announced|offered|developed|ready|out)"
_MISSING: Final = re.compile(
    rf"\bthere(?:[ \n](?:is|are)|['’]s|[ \n]remains?)[ \n]{_ADVERB}?no[ \n]{_FIX}\b(?![ \n](?:needed|required|necessary|to[ \n](?:this|the)|tuesday|so[ \n]far[ \n]as))"
    # Without "there is": the verb stands in the present, the perfect or the future behind it.
    rf"|\bno[ \n](?:\w{{4,10}}[ \n]or[ \n])?{_FIX}\b{_OR}(?:[ \n](?:for|to|of|against|that)[ \n][^.;:,\n]{{2,70}}?)?[ \n](?:exists?\b|(?:is|are|will[ \n]be|has[ \n](?:yet[ \n])?been|have[ \n](?:yet[ \n])?been)[ \n]{_ADVERB}?(?:being[ \n])?(?:made[ \n])?{_READY}\b|(?:at[ \n]this[ \n]time|as[ \n]yet|yet)\b)"
    rf"|\b{_FIX}\b(?:[ \n](?:for|to|of|against)[ \n][^.;:,\n]{{2,70}}?)?[ \n](?:(?:is|are)(?:n['’]t|[ \n]not)[ \n]{_ADVERB}?(?:being[ \n])?(?:made[ \n])?{_READY}|(?:has|have)(?:n['’]t|[ \n]not)[ \n](?:yet[ \n])?been[ \n](?:made[ \n])?{_READY})\b(?![ \n](?:in|to|on|through|via|from|everywhere|worldwide)\b)"
    rf"|(?<!was )(?<!were )(?<!had )\bno[ \n]{_FIX}[ \n](?:yet[ \n]|currently[ \n])?(?:available|planned)\b|\bpatched\s{{1,4}}no[ \n]patched[ \n]versions\b"
    # Who has not made one, or will not.
    rf"|\b(?:has|have)(?:(?:n['’]t|[ \n]not)[ \n](?:yet[ \n])?|[ \n]yet[ \n]to[ \n])(?:released?|issued?|published?|provided?|shipped|ship|made|make|developed?|offered|offer|delivered?)[ \n](?:an?[ \n]|any[ \n])?{_FIX}\b"
    rf"|\b(?:(?:do|does)(?:n['’]t|[ \n]not)[ \n](?:plan|intend)[ \n]to|(?:has|have)[ \n]no[ \n](?:plans?|intention)[ \n](?:to|of)|(?:will[ \n]not|won['’]t)(?:[ \n]be)?)[ \n](?:fix(?:ing)?|patch(?:ing)?|(?:releas|issu|publish|provid|shipp?|mak|develop|offer)(?:e|ing)?[ \n](?:an?[ \n]|any[ \n])?{_FIX})\b"
    rf"|\b(?:will|do|does)[ \n](?:not|never|no[ \n]longer)[ \n]be[ \n](?:fixed|patched|corrected|remediated)\b"
    rf"|\b(?:will|do|does)[ \n](?:not|never|no[ \n]longer)[ \n](?:receive|get)[ \n](?:an?[ \n]|any[ \n])?(?:more[ \n])?{_FIX}\b"
    rf"|\b(?:receives?|gets?|will[ \n](?:receive|get))[ \n]no[ \n](?:more[ \n])?{_FIX}\b"
    rf"|\bno[ \n]longer[ \n](?:receives?|gets?)[ \n](?:any[ \n])?{_FIX}\b"
    # A field of an advisory.
    r"|\b(?:fix(?:ed)?|patch(?:ed)?|remediation|solution|first[ \n]fixed)(?:[ \t](?:versions?|releases?|status|availability|available|in))?[ \t]?[:|][ \t|*]{0,4}(?:none(?:[ \t](?:available|planned|yet|at this time))?(?=[ \t]*(?:[.;|*\n]|\Z))|no[ \t]fix\b|no[ \t]patch\b|not[ \t](?:yet[ \t])?(?:available|fixed|patched)\b|unavailable\b|won['’]t[ \t]fix\b|wontfix\b|will[ \t]not[ \t](?:be[ \t])?fix)",
    re.IGNORECASE,
)
_FIX_DE: Final = r"(?:(?:Sicherheits|Firmware|Software|Notfall)?-?(?:Patch(?:es)?|Updates?|Aktualisierung(?:en)?|Korrekturen?)|Hotfix(?:es)?|Fix(?:es)?|(?:fehlerbereinigte|abgesicherte|korrigierte|gepatchte|reparierte|bereinigte)[nrs]?[ \n](?:Version(?:en)?|Ausgaben?|Releases?|Fassung(?:en)?))"
_FIX_FR: Final = r"(?:(?:correctifs?|patchs?|corrections?|mises?[ \n]à[ \n]jour|versions?[ \n]corrigées?)(?:[ \n]de[ \n]sécurité)?)"
_FIX_ES: Final = r"(?:(?:parches?|corrección|correcciones|actualización|actualizaciones|versión[ \n]corregida|versiones[ \n]corregidas)(?:[ \n]de[ \n]seguridad)?)"
_MISSING_ELSEWHERE: Final = re.compile(
    rf"\b(?:gibt[ \n]es|existier(?:t|en)|liegt|liegen|ist|sind|steht|stehen|stellt|bietet|erh[aä]lt|erhalten|bekomm(?:t|en))\b[^.;:\n]{{0,70}}?\bkein(?:e|en|er|em)?[ \n]{_FIX_DE}(?![\wäöü])"
    rf"|\bkein(?:e|en|er|em)?[ \n]{_FIX_DE}(?![\wäöü])[^.;:\n]{{0,60}}?\b(?:verfügbar|bereit|geplant|veröffentlicht|vorhanden|erschienen|angekündigt|vorgesehen|in[ \n]Sicht)\b"
    rf"|\b{_FIX_DE}(?![\wäöü])[^.;:\n]{{0,60}}?\b(?:noch[ \n]nicht|nicht)[ \n](?:verfügbar|bereit|zur[ \n]Verfügung|geplant|veröffentlicht|erschienen|vorgesehen)\b"
    r"|\b(?:wird|werden)[ \n](?:[\wäöüß-]{2,20}[ \n]){0,4}?(?:nicht(?:[ \n]mehr)?)[ \n](?:behoben|gepatcht|geschlossen|beseitigt)\b"
    rf"|\b(?:aucune?|pas[ \n]encore[ \n]de|pas[ \n]de)[ \n]{_FIX_FR}(?!\w)(?![ \n](?:n['’]est|n['’]était)[ \n](?:nécessaire|requis))(?:[^.;:\n]{{0,60}}?\b(?:disponibles?|publiée?s?|prévue?s?|existe(?:nt)?|proposée?s?|annoncée?s?|fournie?s?)\b|(?<=\w)(?=[ \n](?:pour|à[ \n]ce[ \n](?:jour|stade))\b))"
    rf"|\b{_FIX_FR}(?!\w)[^.;:\n]{{0,50}}?\b(?:n['’]est|ne[ \n]sont|n['’]a|n['’]ont|ne[ \n]sera|ne[ \n]seront)[ \n](?:pas|toujours[ \n]pas)(?:[ \n]encore)?[ \n](?:été[ \n])?(?:disponibles?|publiée?s?|prévue?s?|proposée?s?|fournie?s?)\b"
    r"|\bne[ \n](?:sera|seront)[ \n](?:pas|plus|jamais)[ \n]corrigée?s?\b"
    rf"|\b(?:no[ \n](?:hay|existen?|se[ \n]ha[ \n]publicado|se[ \n]han[ \n]publicado|ha[ \n]publicado|recibirán?)|sin)[ \n](?:[\wáéíóúñ]{{3,12}}[ \n]){{0,2}}?{_FIX_ES}(?!\w)"
    rf"|\b{_FIX_ES}(?!\w)[^.;:\n]{{0,50}}?\b(?:no[ \n]est[áa]n?|no[ \n]se[ \n]encuentran?)[ \n](?:aún[ \n]|todavía[ \n])?disponibles?\b"
    r"|\bno[ \n](?:será|serán|va[ \n]a[ \n]ser)[ \n](?:corregid|parchead|solucionad)[oa]s?\b",
    re.IGNORECASE,
)
_CHEAP: Final = (
    "patch", "fix", "update", "remediat", "corrected", "solution", "korrektur", "aktualisierung", "behoben", "geschlossen", "beseitigt",
    "bereinigt", "abgesichert", "correct", "corrig", "mise à jour", "mises à jour", "parche", "correcci", "actualizaci", "corregid", "solucionad",
)  # fmt: skip
"""Of these, in lower case, every sentence that is meant has one, and one of the next; only those are looked at."""
_NEGATED: Final = re.compile(
    r"\b(?:no|not|none|never|yet|unavailable|wontfix|kein\w{0,2}|nicht|aucune?|pas|plus|jamais|ne|sin|ning\w{2,4})\b|n['’]"
)
_FLAWED: Final = (
    "vulnerab", "flaw", "cve-", "bug", "zero-day", "weakness", "security hole", "schwachstelle", "sicherheitslücke", "vulnérab",
    "faille", "fallo", "brecha",
)  # fmt: skip
"""In a text without any of these a missing update is a matter of support, not of a flaw."""
_SUPPOSED: Final = re.compile(
    r"\b(?:if|whether|whenever|in case|unless|until|suppose|assum\w{2,4}|should|once|when(?! asked)|where|wenn|falls|sofern|solange|sobald|bis|ob|si|lorsqu\w{1,2}|tant qu\w{1,2}|quand|cuando|mientras|hasta|"
    r"had|said then|at the time|back then|initially|originally|previously|formerly)\b[^.;:!?\n]{0,70}$",
    re.IGNORECASE,
)
"""Conditions, and what held only then."""
_PAST: Final = re.compile(
    r"[^.;:\n]{0,60}\b(?:when (?:it|they|the \w{3,20}) (?:was|were)|at (?:the|that) time of (?:disclosure|discovery)|until (?:now|today|this|last|yesterday|\w+day)|before (?:today|this))\b",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(
    r"\b(?:reportedly|allegedly|apparently|according to|is said to|are said to|laut|selon|según)\b",
    re.IGNORECASE,
)
MOST: Final = 3
_FIELD: Final = 12


def note_missing_fixes(page: Page, notes: Notes) -> None:
    """Note that there is no fix, once for each flaw that a sentence names, at most three times a text."""
    low = page.low
    if not any(map(low.__contains__, _FLAWED)):
        return
    known = {
        (claim.subject, each.locator)
        for each, claim in notes.claims("patch-available")
        if claim.value == "no"
    }
    subjects = {subject for subject, _ in known}
    told = 0
    for found in _found(page):
        start, end = page.sentence(found.start())
        if end - start > 1000 or told >= MOST or page.section(found.start()) == "reference":
            continue
        if page.text[start:end].rstrip().endswith("?") or _PAST.match(page.text, found.end(), end):
            continue
        before = page.text[max(start, found.start() - 120) : found.start()]
        if _SUPPOSED.search(before) or denied(page, found.start()):
            continue
        if ordered(page, found.start()) or taken_back(page, found.start()):
            continue
        flaws = cves_in(page, start, end)
        every = flaws_of(page)
        subject = flaws[0] if len(flaws) == 1 else next(iter(every)) if not flaws and len(every) == 1 else ""
        if subject in subjects:
            continue
        subjects.add(subject)
        told += 1
        _note(page, notes, subject, start, end)


def _found(page: Page) -> Iterator[re.Match[str]]:
    for number in page.sentences_with(_CHEAP):
        start, end = page.sentences[number]
        if _NEGATED.search(page.low, start, end):
            # A field and its value may stand on two lines.
            yield from _MISSING.finditer(page.text, max(0, start - _FIELD), end)
            yield from _MISSING_ELSEWHERE.finditer(page.text, start, end)


def _note(page: Page, notes: Notes, subject: str, start: int, end: int) -> None:
    holder = publisher_holder(page.document)
    hearsay = holder in ("press", "unknown") or _REPORTED.search(page.text, start, end) is not None
    modality: Modality = "reported" if hearsay else "asserted"
    claim = Claim("patch-available", "no", modality, holder, subject=subject)
    notes(claim, start, end, "stated", 0.8, "grammar:no-fix")
