# SPDX-License-Identifier: Apache-2.0
"""Circumstances that decide between plans: each in other phrasings than those it was found by, and what looks like it."""

from __future__ import annotations

import pytest

import scc.content
from scc.model.document import Document
from scc.plan import told
from scc.plan.vocabulary import library

RULES = library(scc.content.open()).told


def traits(text: str, kind: str, title: str = "A report") -> set[str]:
    document = Document(
        id="doc-1", kind="article", format="text", title=title, text=text, publisher="Example Wire", tier="T3",
        tlp="TLP:CLEAR", published="2026-06-12", publisher_kind="press",
    )  # fmt: skip
    return told.traits((document,), kind, RULES) | set(told.themes((document,), kind, RULES))  # type: ignore[arg-type]


IS = [
    ("breach", "Customers are urged to rotate all API keys stored with the service.", "rotation-asked"),
    ("vulnerability", "After the update, administrators should replace certificates and reset local passwords.", "rotation-asked"),
    ("supply-chain", "Anyone who ran the action must treat secrets as known and revoke tokens.", "rotation-asked"),
    ("threat", "Users approved a rogue app by the name of Mail Helper; an OAuth grant stays valid after a reset.", "app-consent"),
    ("breach", "The thieves used OAuth tokens of an integration to which customers had granted access.", "app-consent"),
    ("vulnerability", "Exploitation requires administrator privileges on the host.", "rights-first"),
    ("vulnerability", "To use it an intruder must already have elevated rights in the domain.", "rights-first"),
    ("threat", "The clerk paid after a call; nobody broke into the systems. Its systems were not breached.", "people-only"),
    ("breach", "The bank says that no customer systems were compromised; the caller persuaded an employee.", "people-only"),
    ("governance", "The Commission published a draft regulation on routers; comments are open until May.", "not-in-force"),
    ("governance", "Lawmakers delayed the privacy bill; the act was put off to next year.", "not-in-force"),
    ("governance", "The ministry bans the use of the maker's cameras in public buildings.", "product-banned"),
    ("governance", "Agencies must stop using modems of two suppliers, and importers may no longer sell the devices.", "product-banned"),
    ("malware", "A software provider for airports was hit by a ransomware attack on Friday.", "provider-hit"),
    ("breach", "Ransomware at the payroll provider: it serves 300 councils and their staff.", "provider-hit"),
    ("malware", "Several clients cut their VPN tunnels to the provider on the same evening.", "linked-party"),
    ("breach", "The contractor had remote access to customers until Monday.", "linked-party"),
    ("malware", "Check-in stands still: flights were delayed and services suspended all day.", "services-stopped"),
    ("breach", "Production at two plants was halted, and deliveries are postponed.", "services-stopped"),
    ("malware", "Ambulances were diverted and two clinics work on paper.", "care-disrupted"),
    ("disruption", "Patients were turned away because appointments could not be seen.", "care-disrupted"),
    ("disruption", "A blackout left the island in the dark since noon.", "utility-lost"),
    ("disruption", "Half a million homes are without power after the storm.", "utility-lost"),
    ("advisory", "Since March criminals have sent invoices in the name of suppliers.", "activity-told"),
    ("advisory", "Threat actors abuse remote tools of help desks to take over computers.", "activity-told"),
    ("advisory", "An intruder bought a password and reached three tools.", "activity-told"),
    ("breach", "A misconfigured storage bucket held passport scans.", "left-open"),
    ("threat", "The group scanned the internet for databases without a password.", "left-open"),
    ("malware", "Magecart code was found on the checkout page.", "card-skimming"),
    ("breach", "A script on the page copied card numbers to a foreign server.", "card-skimming"),
    ("vulnerability", "The provider closed the flaw on its servers; clients need to do nothing.", "supplier-fixed"),
    ("vulnerability", "Fixed on our side last week. There is no update to install.", "supplier-fixed"),
    ("threat", "Employers should watch for several sign-ins from distant places.", "search-asked"),
    ("threat", "Owners are asked to monitor for new administrator accounts.", "search-asked"),
    ("governance", "After June the product receives no security updates in the country.", "unsupported"),
    ("governance", "From May the maker may no longer deliver updates to customers here.", "unsupported"),
    ("disruption", "The association asks shops to disconnect from the processor until the company's systems are checked.", "provider-hit"),
    ("breach", "Banks cut off the connection to the vendor's network on Sunday.", "provider-hit"),
    ("malware", "Airports disconnected from it and wait until they may reconnect to the platform.", "linked-party"),
    ("advisory", "The booking system has been refusing work: the platform is down since six.", "down-told"),
    ("advisory", "Our telephones do not answer since midnight.", "down-told"),
    ("advisory", "Two browsers will no longer trust certificates of the authority.", "trust-ends"),
    ("advisory", "The authority has to revoke 80,000 certificates within a day.", "trust-ends"),
    ("vulnerability", "The record has been rejected by its numbering authority.", "flaw-withdrawn"),
    ("vulnerability", "The maintainers say that it is not a vulnerability.", "flaw-withdrawn"),
    ("breach", "A tablet with patient lists went missing on a train.", "device-lost"),
    ("breach", "The phone was lost on the way home.", "device-lost"),
    ("threat", "The name servers were changed in the night.", "domain-taken"),
    ("threat", "Our domain was transferred to another registrar.", "domain-taken"),
    ("threat", "The transfer of 30,000 euros went to an unknown account.", "payment-fraud"),
    ("breach", "A supplier's bank details were changed after a false mail.", "payment-fraud"),
    ("vulnerability", "Hackers have used this flaw since May.", "exploited"),
    ("vulnerability", "The gap was abused by criminals in three break-ins.", "exploited"),
    ("advisory", "A rival acquires the vendor for two billion.", "market-signal"),
    ("advisory", "The company that makes our router is insolvent.", "market-signal"),
    ("advisory", "Owners should update to 4.2 at once.", "fix-told"),
    ("vulnerability", "The hole was closed with the March release.", "fix-told"),
    ("advisory", "An unauthorised party copied tables of members.", "data-told"),
    ("advisory", "Somebody downloaded backups of the forum.", "data-told"),
    ("breach", "The carrier confirms that numbers were copied.", "party-told"),
    ("breach", "A chain of clinics informed its patients on Monday.", "party-told"),
    ("threat", "A chatbot follows orders that stand in a mail.", "ai-misuse"),
    ("threat", "Hidden text made the assistant send files.", "ai-misuse"),
    ("advisory", "The centre has seen waves of break-ins at dentists.", "activity-told"),
    ("threat", "Somebody guesses passwords of the mail service.", "authentication"),
    ("threat", "Tenants should take a look at new forwarding rules.", "search-asked"),
    ("breach", "On his last working day an engineer copied drawings.", "insider"),
    ("threat", "A look-alike site of the bank asks for codes.", "phishing"),
    ("threat", "The group runs credential-harvesting pages.", "phishing"),
    ("threat", "She clicked a link and typed her password.", "phishing"),
    ("threat", "The message pretended to come from the tax office.", "phishing"),
    ("threat", "Sign-ins from another country appear in the log.", "authentication"),
    ("breach", "Somebody reset the password of the treasurer.", "authentication"),
    ("threat", "An inbox rule deletes every notice.", "session-theft"),
    ("breach", "All mail is forwarded: the account forwarded copies of messages to a stranger.", "session-theft"),
    ("threat", "In the shop a second SIM was given out.", "identity-proofing"),
    ("threat", "The caller persuaded the help desk: the service desk reset her factor.", "identity-proofing"),
    ("threat", "The home page shows a foreign text.", "web-applications"),
    ("breach", "A script was injected into the online shop.", "web-applications"),
    ("breach", "Two hard drives were stolen from the archive.", "physical"),
    ("threat", "Somebody broke into the office on Sunday.", "physical"),
    ("breach", "An employee copied customer data before his last day.", "insider"),
    ("threat", "A contractor misused her access to sell numbers.", "insider"),
    ("malware", "Files have a new ending and cannot be opened.", "ransomware"),
    ("threat", "A note demands payment within three days.", "ransomware"),
    ("breach", "Forty gigabytes were sent out: somebody uploaded 40 GB to a private cloud.", "exfiltration"),
    ("threat", "He downloaded the whole database at night.", "exfiltration"),
    ("breach", "An access key was committed to a public repository.", "secrets-crypto"),
    ("advisory", "Programs will not trust the certificates after May.", "secrets-crypto"),
    ("advisory", "The maker ends support for the model in June.", "end-of-support"),
    ("vulnerability", "Updates for the series stop next year: support ends.", "end-of-support"),
    ("threat", "The pumping station ran at double speed.", "ics-medical"),
    ("advisory", "Bedside monitors of two makers send data to an address abroad.", "ics-medical"),
    ("vulnerability", "The maker has not yet released a patch for the gateway.", "no-fix"),
    ("vulnerability", "So far no fixed version exists; limit access to the portal.", "no-fix"),
    ("advisory", "There is currently no security update for the camera.", "no-fix"),
    ("breach", "No passwords or payment details were taken, the shop says.", "secrets-spared"),
    ("breach", "The file did not contain credentials or access tokens.", "secrets-spared"),
    ("breach", "Passwords were not affected; names and addresses were.", "secrets-spared"),
    ("breach", "Schools must report the breach to the commissioner themselves.", "controllers-report"),
    ("breach", "The payroll firm acted only as a processor for its clients.", "controllers-report"),
    ("malware", "The regulator expects reports from customers of the host.", "controllers-report"),
    ("governance", "Since 17 January the regulation applies to banks and insurers.", "begins-told"),
    ("governance", "The law has entered into force; a guide follows.", "begins-told"),
    ("governance", "The duty applies from 1 August to all makers.", "begins-told"),
    ("vulnerability", "Exploitation requires physical access to the terminal.", "physical-access"),
    ("vulnerability", "A thief with brief physical access can read the key from the chip.", "physical-access"),
    ("breach", "Users cannot sign in since Monday; the platform is down.", "service-lost"),
    ("breach", "Thousands of clients had no access to their files.", "service-lost"),
    ("disruption", "By mistake the host erased subscriptions of a pension fund.", "data-deleted"),
    ("disruption", "Customer mailboxes were permanently deleted by a clean-up job.", "data-deleted"),
    ("threat", "Somebody altered direct deposits of nurses in the personnel portal.", "payee-changed"),
    ("threat", "The supplier's IBAN was replaced in the order system.", "payee-changed"),
    ("malware", "The crew redirects wages of drivers to prepaid cards.", "payee-changed"),
    ("threat", "The thieves divert wages to cards of their own.", "payment-fraud"),
]  # fmt: skip
IS_NOT = [
    ("threat", "The intruders reset passwords of two administrators to stay inside.", "rotation-asked"),
    ("threat", "The message tells readers to change their password on a page that is fake.", "rotation-asked"),
    ("threat", "Employees use long passwords and a second factor.", "rotation-asked"),
    ("malware", "The app asks users to grant access to accessibility services; it came from outside Google Play, as a rogue app.", "app-consent"),
    ("vulnerability", "An unauthenticated attacker gains administrator privileges; no access is needed.", "rights-first"),
    ("vulnerability", "A remote attacker can gain root access.", "rights-first"),
    ("breach", "Its systems were compromised in May.", "people-only"),
    ("governance", "The regulation entered into force in June; a proposed rule had come before it.", "not-in-force"),
    ("governance", "The act applies since January.", "not-in-force"),
    ("governance", "The order forbids agencies to share data with foreign states.", "product-banned"),
    ("malware", "Ransomware groups earned less this year.", "provider-hit"),
    ("malware", "Providers of security software see more ransomware.", "provider-hit"),
    ("malware", "The malware opens a connection every hour.", "linked-party"),
    ("malware", "The malware stops services before it encrypts.", "services-stopped"),
    ("malware", "The loader is sold to groups that attack hospitals.", "care-disrupted"),
    ("disruption", "A power failure in a data centre took the pages away.", "utility-lost"),
    ("disruption", "The app went down for an hour.", "utility-lost"),
    ("advisory", "Attackers could use the function to read mail.", "activity-told"),
    ("advisory", "An attacker sends a request and gains control.", "activity-told"),
    ("advisory", "Check backups each month and keep one copy offline.", "activity-told"),
    ("breach", "Staff work with open windows.", "left-open"),
    ("breach", "Accounts were taken over with stolen passwords.", "left-open"),
    ("breach", "The club sells gift cards and saves numbers of members.", "card-skimming"),
    ("vulnerability", "The update for our servers was released; administrators must install it.", "supplier-fixed"),
    ("threat", "The group likes to watch films.", "search-asked"),
    ("vulnerability", "The device received updates in June.", "unsupported"),
    ("vulnerability", "No attackers have used it so far.", "exploited"),
    ("vulnerability", "Attackers could have used the flaw.", "exploited"),
    ("advisory", "The company asks customers to buy new batteries.", "market-signal"),
    ("advisory", "Install the new cupboards on floor two.", "fix-told"),
    ("advisory", "Attackers could have read data.", "data-told"),
    ("breach", "A list of passwords is sold in a forum.", "party-told"),
    ("threat", "The assistant of the minister resigned.", "ai-misuse"),
    ("advisory", "The guide explains attacks of the last years.", "activity-told"),
    ("disruption", "Users were disconnected from the game for an hour.", "provider-hit"),
    ("advisory", "The service was moved to another floor.", "down-told"),
    ("advisory", "Certificates of training are sent by post.", "trust-ends"),
    ("vulnerability", "The record was published on Monday with a score of 9.8.", "flaw-withdrawn"),
    ("breach", "Data were stolen from the phones' maker.", "device-lost"),
    ("threat", "The domain controller was changed to a new version.", "domain-taken"),
    ("malware", "The ransom was paid to another account.", "payment-fraud"),
    ("threat", "The campaign of a party sends mail every week.", "phishing"),
    ("threat", "Employees signed in after the holiday.", "authentication"),
    ("threat", "The rules of the game are sent out.", "session-theft"),
    ("threat", "The help desk was busy on Monday.", "identity-proofing"),
    ("threat", "The website was updated on Monday.", "web-applications"),
    ("breach", "Records were stolen from a server.", "physical"),
    ("breach", "Employees were told by letter.", "insider"),
    ("malware", "It reads files and sends them out.", "ransomware"),
    ("threat", "He downloaded a picture.", "exfiltration"),
    ("advisory", "Use long passwords.", "secrets-crypto"),
    ("advisory", "Support is reached by telephone.", "end-of-support"),
    ("advisory", "The plant in the office needs water.", "ics-medical"),
    ("vulnerability", "There is no patch for the old branch; version 8 was repaired: fixed in 8.1.", "no-fix"),
    ("vulnerability", "There was a patch on Tuesday. No fix is needed for the service.", "no-fix"),
    ("vulnerability", "There are no updates on the investigation.", "no-fix"),
    ("breach", "No plaintext passwords were taken, only hashes.", "secrets-spared"),
    ("breach", "Passwords and keys were taken.", "secrets-spared"),
    ("breach", "There is no evidence so far that tokens were taken, and no passwords were accessed.", "secrets-spared"),
    ("breach", "The site does not say whether names were taken.", "secrets-spared"),
    ("breach", "Customers must report strange mails to the help desk.", "controllers-report"),
    ("breach", "A domain controller was reached.", "controllers-report"),
    ("breach", "The payment processor was robbed.", "controllers-report"),
    ("governance", "The regulation will apply from 1 August.", "begins-told"),
    ("governance", "The draft act is discussed since January.", "begins-told"),
    ("vulnerability", "The flaw is used remotely; no physical access is needed.", "physical-access"),
    ("vulnerability", "It can be exploited over the network or with physical access to the port.", "physical-access"),
    ("breach", "The intruder had no access to the core systems.", "service-lost"),
    ("disruption", "No customer data was deleted in the outage.", "data-deleted"),
    ("disruption", "The company deleted a post about the outage.", "data-deleted"),
    ("threat", "Customers should change their bank details on the new form.", "payee-changed"),
    ("threat", "The bank changed its name.", "payee-changed"),
    ("breach", "The bank does not recommend changing passwords or replacing keys.", "rotation-asked"),
    ("breach", "Customers do not have to reset passwords; rotation of keys is not necessary.", "rotation-asked"),
    ("breach", "Customers are asked to watch for phishing mails in its name.", "search-asked"),
    ("breach", "Members should look out for suspicious calls.", "search-asked"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "trait"), IS)
def test_what_is_told(kind: str, text: str, trait: str) -> None:
    assert trait in traits(text, kind)


@pytest.mark.parametrize(("kind", "text", "trait"), IS_NOT)
def test_what_looks_like_it(kind: str, text: str, trait: str) -> None:
    assert trait not in traits(text, kind)


def test_each_circumstance_has_two_phrasings_and_a_look_alike() -> None:
    titled = {"package-advisory"}  # told by titles alone, tested below
    new = {rule.trait or rule.theme for rule in RULES if rule.date >= "2026-11-29"}
    for trait in new - titled:
        assert sum(each[2] == trait for each in IS) >= 2, trait
        assert any(each[2] == trait for each in IS_NOT), trait


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_comes_to_an_end_on_hostile_text(rule: told.ToldRule) -> None:
    words = (
        "password to change attackers servers customers with the rights no systems draft rule card data "
        * 700
    )
    document = Document(
        id="doc-1", kind="article", format="text", title="A report", text=words, publisher="Example Wire", tier="T3",
        tlp="TLP:CLEAR", published="2026-06-12", publisher_kind="press",
    )  # fmt: skip
    for kind in rule.types or ("threat",):
        assert told.traits((document,), kind, (rule,)) <= {rule.trait}


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("[@scope/tool] Path check missing in upload", True),
        ("[example-lib] Memory is freed twice", True),
        ("RUSTSEC-2026-0254: a crate is unsound", True),
        ("[Update] Attackers use a flaw in mail servers", False),
        ("Go 1.25 is released", False),
        ("Report on GHSA entries", False),
    ],
)
def test_titles_of_package_databases(title: str, is_one: bool) -> None:
    assert ("package-advisory" in traits("Words.", "advisory", title)) == is_one
