# SPDX-License-Identifier: Apache-2.0
"""Lines of a page that are not of its article: calls to subscribe, share and read on. Looks at short lines only.

The cues are ours, in the languages that the default sources publish in. A line inside the text that merely
mentions a newsletter has more words than these lines have, and stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LONGEST: Final = 220
"""Characters of the longest line that is looked at."""
_WHOLE: Final = re.compile(
    r"(?:share(?: this)?(?: article| story| post| on .{2,20}| via .{2,20})?|tweet|print|e-?mail|comments?|advertisement|advertising|sponsored"
    r"|continue reading.{0,40}|read more|learn more|loading\W*|related(?: articles?| stories| posts?| reading| content| news)?|more stories"
    r"|tags?|categor(?:y|ies)|filed under|recommended(?: for you| reading)?|you (?:may|might) also like|also of interest|see also|trending"
    r"|follow us(?: on .{2,40})?|back to top|table of contents|cookie settings|privacy policy|all rights reserved|leave a (?:comment|reply)"
    r"|(?:story|article|content) continues(?: below| after)?(?: (?:this )?(?:advertisement|ad|video|promo))?|skip advertisement|(?:hide|toggle) caption|enlarge this image"
    r"|media playback is (?:unsupported|not supported) on (?:this|your) device|view this post on \w{2,20}|getty images|file photo|play video|watch (?:now|live|the video)"
    r"|join the (?:conversation|discussion)|show comments|view comments|(?:\d{1,5} )?(?:comments?|kommentare?|commentaires?|comentarios)(?: \(\d{1,5}\))?"
    r"|teilen(?: mit)?|drucken|weiterlesen|wird geladen\W*|lädt\W*|kommentare?|anzeige|werbung|schlagw(?:ort|örter)|kategorien?"
    r"|auch interessant|(?:ähnliche|weitere|empfohlene) (?:beiträge|artikel|themen|nachrichten)|mehr (?:zum thema|themen|dazu)|das könnte (?:sie|dich) auch interessieren"
    r"|partager|imprimer|commentaires?|publicité|lire aussi|à lire aussi|sur le même sujet|articles? (?:liés|similaires|recommandés)|pour lire la suite"
    r"|compartir|imprimir|comentarios?|publicidad|lea también|te puede interesar|noticias relacionadas|artículos relacionados|más noticias"
    r"|condividi|stampa|commenti|pubblicità|leggi anche|articoli correlati|delen|lees ook|meer nieuws)\W{0,3}",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"(?:subscribe (?:to|now|today|for)\b|sign up (?:for|to|now)\b|get (?:the|our) (?:latest|daily|weekly|best)\b|never miss\b|join our (?:newsletter|community|mailing|telegram|discord|whatsapp)"
    r"|follow (?:us|@|the \S+(?: \S+)? on)\b|found this article (?:interesting|helpful)|like this article|download our app|want (?:more|to read more)\b"
    r"|for the latest (?:stories|news)\b|stay (?:up to date|informed|tuned)\b|click here to (?:subscribe|sign|read)|we want to hear what you think"
    r"|image (?:source|copyright)\b|a post shared by\b|follow \S+(?: \S+)? on (?:twitter|x|facebook|instagram|linkedin|mastodon|bluesky)\b|(?:got|have) a (?:news )?tip\b"
    r"|(?:e-?mail|contact) (?:the (?:author|reporter|writer)|him|her) (?:at|via)\b|support (?:our|independent) (?:work|journalism)\b"
    r"|more (?:from|by|on) [^:\n]{2,40}[:：]\s"
    r"|(?:read|see|watch|listen|read more|see also|also read|related|more on this|recommended|more from)\s?[:：]\s"
    r"|(?:lea|lea también|lea más|vea también|ver también|te puede interesar|le puede interesar)\s?[:：]\s"
    r"|(?:lire|lire aussi|à lire aussi|voir aussi)\s?[:：]\s|(?:lesen sie auch|lesen sie mehr|mehr dazu|mehr zum thema|siehe auch|sehen sie auch|weiterlesen|lesetipp|passend dazu|auch interessant)\s?[:：]\s"
    r"|(?:leggi anche|lees ook|leia também)\s?[:：]\s|(?:jetzt|zum|unseren|hier) (?:den )?newsletter\b|newsletter (?:abonnieren|bestellen)|abonnieren sie\b"
    r"|inscrivez-vous\b|abonnez-vous\b|suscríbete\b|suscríbase\b|iscriviti\b|schrijf je in\b|pour accéder (?:en illimité|à l)"
    r"|(?:photo|image|picture|bild|foto|crédits? photos?|fotocredit|imagen)(?: credit| by| source| via)?\s?[:：©]"
    r"|the post .{1,180} (?:first appeared|appeared first) on\b|(?:l’article|l'article|der beitrag|la entrada) .{1,180} (?:est apparu en premier|erschien zuerst|se publicó primero)"
    r"|©|copyright \W{0,3}\d{4}|copyright\s?[:：©]|all rights reserved"
    r"|(?:category|categories|tags?|filed under|posted in|kategorien?|schlagwörter|categorías?|etiquetas|catégories?|mots-clés)\s?[:：]\s)",
    re.IGNORECASE,
)

_CHANNEL: Final = re.compile(
    r"\b(?:our|nuestr[oa]|tenemos|unser(?:en|em|e)?|notre|nostr[oa]|nosso)\b.{0,40}\b(?:canal|channel|kanal|chaîne|canale|newsletter|podcast|boletín)\b"
    r"|\b(?:canal|channel|kanal|chaîne|canale|grupo|group) (?:de|on|of|auf|sur|su) (?:youtube|telegram|whatsapp|discord)\b",
    re.IGNORECASE,
)
"""A line that speaks of the publisher's own channel and calls to it."""
_CALL: Final = re.compile(
    r"[!?¡¿]|\b(?:join|follow|subscribe|watch|únete|síguenos|mira|folge|abonnier|rejoignez|suivez)",
    re.IGNORECASE,
)


def without_furniture(text: str) -> str:
    """The text without such lines."""
    return "\n".join(line for line in text.split("\n") if not is_furniture(line))


@lru_cache(maxsize=4096)
def is_furniture(line: str) -> bool:
    """Whether a line is of the page and not of its article."""
    line = line.strip().removeprefix("- ").strip("*_ ")
    if not line or len(line) > _LONGEST:
        return False
    if _WHOLE.fullmatch(line) is not None or _OPENING.match(line) is not None:
        return True
    return _CHANNEL.search(line) is not None and _CALL.search(line) is not None


_HEAD_LINES: Final = 8
_HEAD_LINE: Final = 80
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DATE_WORDS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm utc gmt est edt cet cest pst pdt st nd rd th of at on and min mins minute minutes read "
    "published posted updated modified revised released created date time last first update reading publication release "
    "januar februar märz mai juni juli oktober dezember jänner montag dienstag mittwoch donnerstag freitag samstag sonntag veröffentlicht aktualisiert erstellt zuletzt geändert stand datum um uhr vom den der lesezeit minuten "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche publié mis jour mise à le du et lecture temps "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo publicado actualizado el de del fecha lectura hora horas "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre pubblicato aggiornato il alle gepubliceerd bijgewerkt op januari februari maart mei augustus".split()
)
"""Words of a line that tells a date and nothing else."""
_BYLINE: Final = re.compile(
    r"(?i:by|written by|posted by|published by|authors?:?|von|autor(?:in|en)?:?|erstellt von|verfasst von|par|por|publicado por|di|door|text:)\s[A-ZÀ-Þ][\w'’.-]{0,30}(?:(?:,? (?:and |und |et |y |& |\| )?)[A-ZÀ-Þ][\w'’.-]{0,30}){0,7}"
)


def without_head(text: str, title: str, dated: bool) -> str:
    """The text without what stands between it and the top of the page: its title again, what stands over the title,
    lines with the author and, when the page's date is known from elsewhere (`dated`), with the date alone."""
    lines = text.split("\n")
    said = _plain(title)
    head = [place for place, line in enumerate(lines) if line.strip()][:_HEAD_LINES]
    named = next((place for place in head if said and _plain(lines[place]) == said), -1)
    unwanted = {named}
    for place in head:
        line = lines[place].strip().removeprefix("- ")
        if place == named or len(line) > _HEAD_LINE:
            continue
        over = (
            place < named
            and not line.endswith((".", "!", "?", ":"))
            and not any(each.isdigit() for each in line)
        )
        if over or _BYLINE.fullmatch(line) or (dated and _tells_date(line)):
            unwanted.add(place)
        elif place > named:
            break  # a list of labels and values, or the article
    return "\n".join(line for place, line in enumerate(lines) if place not in unwanted)


def _tells_date(line: str) -> bool:
    words = _LETTERS.findall(line.lower())
    return all(each in _DATE_WORDS for each in words) and (
        any(each.isdigit() for each in line) or len(words) > 1
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
