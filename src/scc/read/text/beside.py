# SPDX-License-Identifier: Apache-2.0
"""Takes out of a page's tree what stands beside its article: told by words of classes and ids that content systems
share, by roles and microdata, by what is hidden from readers, and by headings ("Related articles").

Knows no site. An element that holds much of the page's text, or reads on like an article, stays whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, Literal

PARAGRAPH: Final = 150
"""Characters from which a paragraph outside links is running text."""
_PARAGRAPHS: Final = 3
"""So many such paragraphs are read on, whatever their element is called."""
_BESIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|promo(?:tion|box)?|subscribe|subscription|signup|sign-up|share|sharing|sharedaddy|sharebar|social(?:s|media)?"
    r"|related(?:posts?|articles?|content)?|relatedposts|recommended|recommendations|recirc\w*|readmore|read-(?:more|next|also)|most-?(?:read|popular)"
    r"|trending|outbrain|taboola|author-?(?:bio|box|info|card|profile)|about-?(?:the-)?author|breadcrumbs?|cookies?|cookie-\w+|consent|disqus\w*"
    r"|comments?(?:-?(?:area|list|section|form|wrapper))?|rightbox|leftbox|advert\w*|sponsored|ad-(?:slot|container|wrapper|unit)|taglist|tag-list"
    r"|post-?tags|pagination|pager|paywall|loading|print-?(?:link|button)|skip-?link|jp-relatedposts|likes?-widget\w*"
    r"|donat(?:e|ion|ions))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of a class or id that say that an element stands beside the article. Linear: plain words between marks."""
_META: Final = re.compile(r"(?:^|[\s_-])(?:by-?line|(?:post|entry|article)-?meta)(?:$|[\s_-])", re.IGNORECASE)
_META_MOST: Final = 120
"""Characters of a line with author and date; a longer element of that name may hold the lead."""
_LAID_OVER: Final = re.compile(r"(?:^|[\s_-])(?:pop-?up|modal|lightbox|overlay)(?:$|[\s_-])", re.IGNORECASE)
"""Words of a class or id of what is laid over a page."""
_TEASER: Final = re.compile(r"(?:^|[\s_-])(?:teasers?|carousel|slider|swiper)(?:$|[\s_-])", re.IGNORECASE)
"""Words of a class that a lead or a gallery may have as well: such an element is beside the article if it has a heading
of its own that leads elsewhere."""
_HIDDEN: Final = re.compile(
    r"(?:^|\s)(?:hidden|hide|is-hidden|d-none|visually-?hidden|sr-only|screen-reader-text)(?:$|\s)",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(r":(?:block|flex|grid|inline)|(?:^|\s)d-\w{2,3}-(?:block|flex|grid|inline)")
"""A class that shows from some width of the screen on what another hides."""
_UNSEEN: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_ROLES: Final = frozenset(
    ("navigation", "complementary", "banner", "contentinfo", "search", "menu", "menubar", "toolbar")
)
_AUTHOR: Final = frozenset(("author", "publisher", "logo"))
"""Microdata (schema.org) of an article that is no part of its body."""
_ENDING: Final = re.compile(
    r"(?:about the authors?|authors?|written by|share(?: this)?(?: article| post| story| page)?|(?:\d{1,5} )?comments?(?: \(\d{1,5}\))?|leave a (?:comment|reply)|join the (?:conversation|discussion)"
    r"|newsletter|subscribe(?: to [^.]{2,40})?|sign up(?: for [^.]{2,40})?|follow us"
    r"|(?:über|zum) (?:den autor|die autorin|autor)|autor(?:in|en)?|(?:\d{1,5} )?kommentare?(?: \(\d{1,5}\))?|(?:beitrag|artikel) teilen"
    r"|à propos de l['’]auteur|commentaires?|partager(?: cet article)?|sobre el autor|comentarios?|compartir|commenti|condividi)\W{0,3}",
    re.IGNORECASE,
)
"""Headings under which the article has ended."""
_ELSEWHERE: Final = re.compile(
    r"(?:(?:related|similar|recommended|more|popular|trending|most (?:read|popular|viewed)) (?:articles?|stories|posts?|news|content|reading|blogs?|blog posts?|topics?)"
    r"|latest (?:articles|posts)|related|you (?:may|might) also (?:like|be interested in)|read (?:next|more|also)|up next|what to read next|more (?:from|on) [^.:]{2,40}"
    r"|(?:popular )?tags|categories|(?:ähnliche|weitere|verwandte|empfohlene|mehr) (?:beiträge|artikel|themen|meldungen|nachrichten)|mehr (?:zum thema|zu diesem thema)"
    r"|das könnte (?:sie|dich) auch interessieren|auch interessant|meistgelesen|sur le même sujet|(?:à )?lire aussi|articles? (?:liés|similaires|associés)"
    r"|noticias relacionadas|artículos relacionados|te puede interesar|lo más leído|articoli correlati|leggi anche|lees ook|gerelateerde artikelen)\W{0,3}",
    re.IGNORECASE,
)
"""Headings over links that lead to other articles."""
_HEADED: Final = ("h2", "h3", "h4", "h5", "h6")
_NAMED: Final = ("div", "section", "aside", "ul", "ol", "p", "span", "dl", "h2", "h3", "h4")
_SHARE_MOST: Final = 0.2
"""Part of the page's text above which an element is not taken for something beside the article."""
_SHARE_OVER: Final = 0.4
"""The same for what is laid over the page: it may hold long paragraphs."""
_TEASERS_MOST: Final = 0.4
"""Part of the page's text above which its teasers are what it is about."""
_LEAST: Final = 400
_WORK: Final = 30
"""How often a page's text may be measured while elements are judged."""
_LINKS: Final = 0.4
"""Part of what is under a heading that is in links if it leads elsewhere."""
_TITLE_MOST: Final = 60
_AFTER_MOST: Final = 40
"""Elements looked at behind a heading that ends the article."""


def without_beside(tree: Any) -> None:
    """Take it out of the tree."""
    marked = list(_marked(tree))
    groups = [((node,), kind == "over") for node, kind in marked if kind != "teaser"]
    groups += [(group, False) for group in _headed(tree)]
    teasers = [node for node, kind in marked if kind == "teaser"]
    if not groups and not teasers:
        return
    whole = length(tree)
    if sum(map(length, teasers)) <= _TEASERS_MOST * whole:
        groups += [((node,), False) for node in teasers]
    work = _WORK * max(whole, 10_000)
    for group, over in groups:
        size = sum(length(each) for each in group)
        work -= size
        if work < 0:
            return  # elements so nested are no page of anybody's
        most = max((_SHARE_OVER if over else _SHARE_MOST) * whole, _LEAST)
        if size <= most and not _article(group, over):
            for each in group:
                if each.getparent() is not None:
                    each.drop_tree()


def _marked(tree: Any) -> Iterator[tuple[Any, Literal["beside", "over", "teaser"]]]:
    """Elements that say of themselves that they are beside the article, laid over it, or lead to another."""
    for node in tree.iter("nav", "dialog"):
        if node.tag == "dialog" or linked(node) > 0.8 * length(node):
            yield node, "over" if node.tag == "dialog" else "beside"
    for node in tree.iter(*_NAMED):
        said = dict(node.items())
        if not said:
            continue
        kind = said.get("class") or ""
        over, beside, meta, teaser = _by_words(f"{kind} {said.get('id') or ''}"[:2000])
        if over or said.get("role") in ("dialog", "alertdialog"):
            yield node, "over"
        elif (
            beside
            or (_unseen(said, kind) and _is_small(node))
            or said.get("role") in _ROLES
            or said.get("itemprop") in _AUTHOR
            or (meta and length(node) < _META_MOST)
        ):
            yield node, "beside"
        elif teaser and _leads_elsewhere(node):
            yield node, "teaser"


@lru_cache(maxsize=4096)
def _by_words(words: str) -> tuple[bool, bool, bool, bool]:
    """What an element may be by the words of its class and id: laid over, beside, of the article's data, a teaser."""
    return (
        _LAID_OVER.search(words) is not None,
        _BESIDE.search(words) is not None,
        _META.search(words) is not None,
        _TEASER.search(words) is not None,
    )


def _unseen(said: Any, kind: str) -> bool:
    """Whether an element is hidden."""
    return bool(
        "hidden" in said
        or _UNSEEN.search(said.get("style") or "")
        or (_HIDDEN.search(kind) and not _SHOWN.search(kind))
    )


def _is_small(node: Any) -> bool:
    """Whether a hidden element is no section: those may be hidden until they are unfolded."""
    return (
        length(node) < 3 * _LEAST and next(node.iter("table", "pre", "code", "ul", "ol", "dl"), None) is None
    )


def _leads_elsewhere(node: Any) -> bool:
    """Whether an element has a heading of its own that is a link or stands in one, and little else."""
    if length(node) > 3 * _LEAST:
        return False
    return any(
        each.find(".//a") is not None or any(up.tag == "a" for up in each.iterancestors())
        for each in node.iter(*_HEADED)
    )


def _headed(tree: Any) -> Iterator[tuple[Any, ...]]:
    """Headings that end the article or stand over links to others, with what is under them."""
    for node in tree.iter(*_HEADED):
        if length(node) > 2 * _TITLE_MOST:
            continue
        words = _words(node)
        ending = _ENDING.fullmatch(words) is not None
        if not ending and not _ELSEWHERE.fullmatch(words):
            continue
        under = tuple(_under(node))
        if ending or sum(map(linked, under)) > _LINKS * sum(map(length, under)):
            yield node, *under


def _under(heading: Any) -> Iterator[Any]:
    """What stands under a heading: the elements behind it, or behind the element that holds it alone, to the next heading."""
    node = heading
    for _ in range(3):
        parent = node.getparent()
        if node.getnext() is not None or parent is None or length(parent) > length(heading) + 20:
            break
        node = parent
    level = int(heading.tag[1])
    for number, each in enumerate(node.itersiblings()):
        if number >= _AFTER_MOST:
            return
        if isinstance(each.tag, str) and (_level(each) <= level or each.tag in ("article", "main", "body")):
            return
        if isinstance(each.tag, str):
            yield each


def _level(node: Any) -> int:
    """The level of the heading that an element is or begins with; 9 for none."""
    first = node if node.tag in ("h1", *_HEADED) else next(iter(node.iter("h1", *_HEADED)), None)
    if first is None or not " ".join(node.text_content().split()).startswith(_words(first)):
        return 9
    return int(first.tag[1])


def _article(group: tuple[Any, ...], over: bool) -> bool:
    """Whether elements are of an article or hold one: a headline, or several long paragraphs."""
    if any(node.getparent() is None or node.find(".//h1") is not None for node in group):
        return True
    long = (1 for node in group for each in node.iter("p") if length(each) - linked(each) > PARAGRAPH)
    return not over and sum(long) >= _PARAGRAPHS


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())


def length(node: Any) -> int:
    """Characters of an element's text."""
    return len(node.text_content())


def linked(node: Any) -> int:
    """Characters of an element's text in links."""
    return sum(length(each) for each in node.iter("a"))
