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
    r"|more (?:from|by|on) [^:\n]{2,40}[:：]\s"
    r"|(?:read|see|watch|listen|read more|see also|also read|related|more on this|recommended|more from)\s?[:：]\s"
    r"|(?:lea|lea también|lea más|vea también|ver también|te puede interesar|le puede interesar)\s?[:：]\s"
    r"|(?:lire|lire aussi|à lire aussi|voir aussi)\s?[:：]\s|(?:lesen sie auch|lesen sie mehr|mehr dazu|mehr zum thema|siehe auch|auch interessant)\s?[:：]\s"
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
