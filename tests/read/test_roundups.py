# SPDX-License-Identifier: Apache-2.0
"""Round-ups are split into their sections; chapters of one text, releases and advice stay whole."""

from __future__ import annotations

import json

import pytest
from tests.read.given import SOURCES, raw

from scc import content, knowledge
from scc.model.document import Document, Raw
from scc.model.provenance import Skipped, Span
from scc.read import document, observe, split
from scc.read.text.roundup_words import says_so

GATEWAY = (
    "Example Networks has fixed CVE-2026-11111 in its Example Gateway, which attackers already use to run code "
    "without a password. Administrators should install version 4.2 and look for new accounts."
)
HOSPITAL = (
    "The Northfield Clinic had to send ambulances to other houses after ransomware encrypted its records on Monday. "
    "The clinic says that no data of patients was taken; the gang Blackfern claims the opposite."
)
PACKAGE = (
    "Researchers at Samplelab found eleven packages in the registry that steal tokens of build servers. "
    "The packages imitate a library named leftgrid and were downloaded 4,000 times before they were taken down."
)
FINE = (
    "The regulator of Freedonia has fined the retailer Shopmart 2 million euros for a data breach with 300,000 addresses in 2024. "
    "Shopmart had left a copy of its database open on the internet for five months."
)
STORIES = {
    "Example Gateway flaw is attacked": GATEWAY,
    "Ransomware stops Northfield Clinic": HOSPITAL,
    "Malicious packages imitate leftgrid": PACKAGE,
    "Shopmart fined for open database": FINE,
}
HEAD = '---\ntitle: "{}"\nurl: https://press.example/2026/03/week\ndate: 2026-03-06\npublisher: Example Wire\n---\n\n'
TITLE = "Weekly security recap: gateway attacked, clinic hit"


def parts(text: str, path: str = "in/week.md") -> list[Raw | Skipped]:
    return split(raw(text, path))


def documents(found: list[Raw | Skipped]) -> list[Document]:
    read = [document(each, SOURCES) for each in found if isinstance(each, Raw)]
    return [each for each in read if isinstance(each, Document)]


def markdown(style: str, stories: dict[str, str] = STORIES) -> str:
    if style == "headings":
        return "\n\n".join(
            f"## {title}\n\n{text} [More](https://press.example/{len(title)})"
            for title, text in stories.items()
        )
    if style == "bold":
        return "\n\n".join(f"**{title}.** {text}" for title, text in stories.items())
    if style == "bold lines":
        return "\n\n".join(f"**{title}**\n\n{text}" for title, text in stories.items())
    if style == "list":
        return "\n".join(f"- **{title}** — {text}" for title, text in stories.items())
    return "## Top news\n\n" + "\n".join(f"- **{title}** — {text}" for title, text in stories.items()) + (
        "\n\n## Upcoming events\n\nMeet us at the Freedonia conference on 12 May, in hall 4. Register now and save your seat.\n"
    )  # fmt: skip


@pytest.mark.parametrize("style", ["headings", "bold", "bold lines", "list", "groups"])
def test_each_section_is_a_document_of_its_own(style: str) -> None:
    found = parts(HEAD.format(TITLE) + "The week in short.\n\n" + markdown(style))
    read = documents(found)
    assert [each.title for each in read[:4]] == list(STORIES)
    for each, text in zip(read, STORIES.values(), strict=False):
        assert text[:60] in " ".join(each.text.split()) and each.text.startswith(each.title)
        assert (each.publisher, each.published, each.tier, each.tlp) == (
            "Example Wire",
            "2026-03-06",
            "T3",
            "TLP:CLEAR",
        )
        assert each.url.startswith("https://press.example/2026/03/week#") and each.part_of == TITLE
        assert each.parent and each.entry == each.url.partition("#")[2] and not each.excerpt
    assert len({each.id for each in read}) == len(read) and len({each.url for each in read}) == len(read)
    if style == "headings":
        assert read[0].links == (f"https://press.example/{len(read[0].title)}",)
    if style == "groups":
        assert [each.title for each in read[4:]] == ["Upcoming events"]


def test_places_point_into_the_text_of_the_section() -> None:
    own, pack = content.open(), knowledge.open()
    for each in documents(parts(HEAD.format(TITLE) + markdown("bold"))):
        for seen in observe(each, pack, own):
            assert isinstance(seen.locator, Span) and 0 <= seen.locator.start <= seen.locator.end <= len(
                each.text
            )


def test_reading_again_gives_the_same_identities() -> None:
    text = HEAD.format(TITLE) + markdown("headings")
    first, again = documents(parts(text)), documents(parts(text, "elsewhere/week.md"))
    assert [each.id for each in first] == [each.id for each in again]


def page(stories: dict[str, str], title: str = TITLE) -> str:
    inner = "".join(
        f"<h3>{name}</h3><p>{text} <a href='https://press.example/{len(name)}'>Details of it</a></p>"
        for name, text in stories.items()
    )
    return (
        f"<html><head><title>{title}</title><meta property='og:url' content='https://press.example/2026/03/week'>"
        f"<meta property='article:published_time' content='2026-03-06'></head><body><nav><h3>Menu</h3><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1><p>What else happened, as every Friday, in a few words for the reader.</p>{inner}</article></body></html>"
    )  # fmt: skip


def test_a_page() -> None:
    read = documents(parts(page(STORIES), "in/week.html"))
    assert [each.title for each in read] == list(STORIES)
    assert read[1].format == "html" and "https://press.example/34" in read[1].links
    assert all(each.published == "2026-03-06" for each in read)


def feed(inner: str, title: str = TITLE) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Example Wire",
            "items": [
                {"id": "a", "url": "https://press.example/2026/03/week", "title": title, "content_html": inner, "date_published": "2026-03-06T08:00:00Z"},
                {"id": "b", "url": "https://press.example/b", "title": "Gateway attacked", "content_html": f"<p>{GATEWAY}</p>"},
            ],
        }
    )  # fmt: skip


def test_an_entry_of_a_feed_ends_as_container_and_gives_its_sections() -> None:
    inner = "".join(f"<p><strong>{title}</strong><br>{text}</p>" for title, text in STORIES.items())
    found = parts(feed(inner), "in/feed.json")
    assert len(found) == 6
    ends = [document(each, SOURCES) for each in found if isinstance(each, Raw)]
    assert isinstance(ends[0], Skipped) and (ends[0].outcome, ends[0].rule) == ("context", "round-up")
    assert [each.entry for each in found if isinstance(each, Raw)][1] == "a#example-gateway-flaw-is-attacked"
    sections = [each for each in ends[1:5] if isinstance(each, Document)]
    assert [each.title for each in sections] == list(STORIES)
    assert {each.format for each in sections} == {"feed-entry"}
    # The page and the feed give one address for one section, so that the full text takes over.
    assert sections[0].url == documents(parts(page(STORIES)))[0].url


def test_a_teaser_in_a_feed_stays_whole() -> None:
    found = parts(feed("<p>This week: a gateway, a clinic, packages and a fine. Read more on our page…</p>"))
    assert len(found) == 2 and all(
        isinstance(each, Raw) and each.media_type.endswith("feed-entry+json") for each in found
    )


def test_lines_without_text_are_no_news() -> None:
    text = HEAD.format(TITLE) + markdown("headings") + (
        "\n\n## Also\n\n- [Sample Cloud down for an hour](https://press.example/1)\n- [CVE-2026-22222 in Sample Mail fixed](https://press.example/2)\n"
        "- [Fakebook sued over tracking](https://press.example/3)\n\n## Conclusion\n\nPatch early, keep copies, and have a good weekend. We are back on Monday with more of it.\n"
    )  # fmt: skip
    found = parts(text)
    read = documents(found)
    assert [each.title for each in read[:4]] == list(STORIES)
    assert [(each.title, each.excerpt) for each in read[4:]] == [
        ("CVE-2026-22222 in Sample Mail fixed", True)
    ]
    assert [each.rule for each in found if isinstance(each, Skipped)] == [
        "round-up-line",
        "round-up-line",
        "round-up-frame",
    ]
    assert all(each.outcome == "context" for each in found if isinstance(each, Skipped))


def test_a_list_of_identifiers_is_no_news() -> None:
    listed = "This week's list: CVE-2026-30001 (Sample Mail), CVE-2026-30002, CVE-2026-30003 (Sample Box), CVE-2026-30004 and CVE-2026-30005 (Sample Grid), as we collected them from the makers."
    found = parts(HEAD.format(TITLE) + markdown("headings") + f"\n\n## Trending CVEs\n\n{listed}\n")
    assert len(documents(found)) == 4
    assert [each.rule for each in found if isinstance(each, Skipped)] == ["round-up-line"]


def test_a_heading_of_one_word_is_no_title() -> None:
    told = dict(zip(["Gateways", "Clinics", "Packages", "Fines"], STORIES.values(), strict=True))
    read = documents(parts(HEAD.format(TITLE) + markdown("headings", told)))
    assert read[1].title == f"Clinics: {HOSPITAL.split('. ')[0]}"
    assert len(read) == 4 and read[1].text.count("after ransomware encrypted") == 1


def test_a_day_is_no_headline() -> None:
    titles = list(STORIES)
    text = (
        f"## March 2nd 2026\n\n### {titles[0]}\n\n{GATEWAY}\n\n## March 3rd 2026\n\n{HOSPITAL}\n\n### {titles[2]}\n\n{PACKAGE}\n\n"
        f"## March 5th 2026\n\n### {titles[3]}\n\n{FINE}\n"
    )  # fmt: skip
    read = documents(parts(HEAD.format("The Week in Ransomware - March 6th") + text))
    assert [each.title for each in read] == [titles[0], f"{HOSPITAL.split('. ')[0]}", titles[2], titles[3]]


def test_a_label_on_the_page_holds_for_every_section() -> None:
    read = documents(parts(HEAD.format(TITLE) + markdown("headings") + "\n\nTLP:AMBER\n"))
    assert {(each.tlp, each.tlp_basis) for each in read} == {("TLP:AMBER", "text")}


ONE_EVENT = {
    "How it began": "On Monday the Blackfern gang broke into Northfield Clinic through its gateway, says the clinic. Staff noticed the first encrypted records at four in the morning.",
    "The gang's demands": "Blackfern asks Northfield for two million euros and has put samples on its page. The clinic says that it will not pay, whatever Blackfern publishes.",
    "What patients should know": "Northfield Clinic has set up a telephone line for patients whose records Blackfern may have copied. Appointments of this week are moved to other houses.",
    "What the police say": "The police of Freedonia look into the attack of Blackfern on Northfield Clinic and ask others that were hit to come forward. They advise against paying.",
}  # fmt: skip
CHAPTERS = dict(
    zip(["Background", "Impact", "Mitigation", "Indicators of compromise"], STORIES.values(), strict=True)
)
RELEASE = {
    f"Sample Mail flaw CVE-2026-4000{n}": f"CVE-2026-4000{n} lets a user of Sample Mail read letters of others. It is fixed in version 7.{n}, which Sample Soft released on Tuesday with the monthly updates."
    for n in range(5)
}  # fmt: skip
TIPS = {
    "Use a password manager": "A manager makes a long password for every page and remembers it. Choose one that works on all your devices and write down its main password.",
    "Enable a second factor": "A code from an app keeps strangers out even if they know the password. Most services offer it in their settings, and it takes two minutes.",
    "Keep your devices up to date": "Updates close holes that criminals know. Let them install themselves at night, and restart the computer when it asks you to do so.",
    "Make copies of your files": "A copy on a disk in a drawer survives what happens on the computer. Make one every week and try once a year whether it can be read.",
}  # fmt: skip
FAQ = {f"{name} — what does it mean for you?": text for name, text in STORIES.items()}


@pytest.mark.parametrize(
    ("title", "stories"),
    [
        ("Northfield Clinic attacked: what we know", STORIES),  # no word of a round-up
        ("This week in security: the attack on Northfield Clinic", ONE_EVENT),  # one subject runs through it
        ("Weekly security recap: the attack on the gateway", CHAPTERS),
        ("Patch Tuesday, March: weekly security digest", STORIES),  # a release
        ("Sample Soft security bulletin", RELEASE),
        ("Weekly news from Sample Soft", RELEASE),
        ("This week in security: four tips", TIPS),
        ("Weekly security digest", TIPS),
        ("Weekly security recap", FAQ),
        ("Year in review: the biggest security news of the week and the year", STORIES),
        ("Weekly threat report", STORIES),
        (TITLE, dict(list(STORIES.items())[:2])),  # two are no round-up
    ],
)
def test_what_is_not_clearly_a_round_up_stays_whole(title: str, stories: dict[str, str]) -> None:
    for style in ("headings", "bold", "list"):
        assert len(parts(HEAD.format(title) + markdown(style, stories))) == 1
    assert len(parts(page(stories, title), "in/page.html")) == 1
    inner = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, text in stories.items())
    assert len(parts(feed(inner, title))) == 2


def test_a_story_with_a_list_below_its_text_is_one_section() -> None:
    long = f"{GATEWAY}\n\n- **Affected:** Example Gateway 4.0 and 4.1 on all appliances of the series, with the page for administrators reachable. Others are not.\n- **Fixed:** version 4.2, which the maker has put on its page for customers since Tuesday. Nothing else has to be changed."
    read = documents(
        parts(
            HEAD.format(TITLE) + markdown("headings", {**STORIES, "Example Gateway flaw is attacked": long})
        )
    )
    assert [each.title for each in read] == list(STORIES) and "version 4.2, which the maker" in read[0].text


def test_headings_that_repeat_are_parts_of_their_story() -> None:
    told = {
        name: f"### The facts\n\n{text}\n\n### Our view\n\n{text.split('. ')[0]}, and it will not be the last."
        for name, text in STORIES.items()
    }
    read = documents(parts(HEAD.format(TITLE) + markdown("headings", told)))
    assert [each.title for each in read] == list(STORIES) and all("Our view" in each.text for each in read)


@pytest.mark.parametrize(
    "title",
    [
        "In Other News: a flaw in gateways, a clinic, a fine", "⚡ Weekly Recap: Firewalls, Clinics and More", "Security news roundup", "The Week in Ransomware - March 6th",
        "Sicherheits-Wochenrückblick: Gateway angegriffen", "Die News der Woche", "Les actualités de la semaine", "Bulletin hebdomadaire", "Resumen semanal de noticias", "Noticias de la semana",
        "Week in review: a gateway under attack", "ThreatsDay Bulletin: clinics and 10 more stories", "Riepilogo della settimana", "Weekoverzicht: kliniek gehackt",
    ],
)  # fmt: skip
def test_titles_of_round_ups(title: str) -> None:
    assert says_so(title, "")


@pytest.mark.parametrize(
    "title", ["Android Security Bulletin March 2026", "Microsoft Monthly Updates", "Top Exploit Kit Activity Roundup", "Security updates of the week", "Bulletin d'actualité CERTFR-2026-ACT-001", "Newsletter", "One week after the attack", "Sinclair crippled by weekend ransomware attack"]
)  # fmt: skip
def test_titles_of_others(title: str) -> None:
    assert not says_so(title, "The vendor fixes twelve flaws.")
    assert says_so("Stories for your weekend", "Here are the top security stories of the last days.")
