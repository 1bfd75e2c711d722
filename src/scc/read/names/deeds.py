# SPDX-License-Identifier: Apache-2.0
"""Whether what a sentence tells of a name that is also a word can only be told of a gang or of malware.

"Silence, a crew that empties cash machines"; "Patchwork mails its lures"; "Flame copied itself to"; "the loader fetched Sliver". Gives
evidence for a name, where `context` knows the forms that name its kind right beside it. Names no facts.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.names.bearers import TRADE

_BACK: Final = 170
_KIND: Final = (
    r"(?:ransomware|malware|rootkit|bootkit|backdoor|trojan|spyware|botnet|infostealer|info-stealer|stealer|wiper|keylogger|loader|dropper|downloader|RAT|implant|webshell|cryptominer|post-exploitation (?:framework|tool\w*)|(?:command-and-control|C2) (?:framework|server|tool\w*)|hacking (?:group|crew|team)|cyber-?(?:espionage|crime)\w*|ransomware-as-a-service|hacktivists?|"
    r"Schadsoftware|Schadprogramm|Hintertür|Verschlüsselungstrojaner|Erpressersoftware|Hackergruppe|Erpresserbande|rançongiciel|maliciel|logiciel (?:malveillant|espion)|porte dérobée|cheval de Troie|programa malicioso|troyano|puerta trasera|grupo de ransomware|gusano informático|virus informatique|Computerwurm)"
)
_OUTFIT: Final = r"(?:groups?|gangs?|crews?|outfit|collective|cartel|hackers|actors?|operators?|spies|thieves|criminals|syndicate|operation|brand|program|programme|worm|virus|framework|kit|toolkit|strain|family|tool|Gruppe|Bande|Programm|Wurm|groupe|bande|programme|ver|grupo|banda|programa|gusano|familia)"
_LOOT: Final = re.compile(
    r"\b(?:cash machines?|ATMs?|banks?|cards?|payments?|accounts?|systems?|computers?|phones?|routers?|cameras?|codes?)\b",
    re.IGNORECASE,
)
_APPOSED: Final = re.compile(
    rf"[”\"'’»]?(?:,|:| \(| –| —) ?(?:an?|the|one of the|another|once the|perhaps the|ein|eine|der|die|das|un|une|le|la|el|una|il|gli) (?:[\w'’-]{{1,20}} ){{0,5}}?(?:(?P<kind>{_KIND})|(?P<outfit>{_OUTFIT}))\b",
    re.IGNORECASE,
)
_VERB: Final = (
    r"(?:encrypt(?:s|ed)|exfiltrat(?:es|ed)|beacon(?:s|ed)|phish(?:es|ed)|spear-?phish(?:es|ed)|infect(?:s|ed)|extort(?:s|ed)|keylogs|backdoor(?:s|ed)|brute-?forc(?:es|ed)|"
    r"(?:cop(?:ies|ied)|spread(?:s)?|replicat(?:es|ed)|install(?:s|ed)|hid(?:es)?|delet(?:es|ed)|inject(?:s|ed)|unpack(?:s|ed)|updat(?:es|ed)|disguis(?:es|ed)) itself|"
    r"(?:st(?:eals|ole)|harvest(?:s|ed)|grab(?:s|bed)|log(?:s|ged)|exfiltrat(?:es|ed)|siphon(?:s|ed)) (?:[\w'’-]{2,16} ){0,3}?(?:cookies|passwords?|credentials|keystrokes|tokens|wallets?|data|files|documents|sessions?|mail(?:s|boxes)?|log-?ins?)|"
    r"(?:call(?:s|ed)|phon(?:es|ed)) (?:home|back)|(?:talk(?:s|ed)|connect(?:s|ed)|report(?:s|ed) back) to (?:its|a|the) (?:[\w-]{2,14} )?(?:server|C2|operators?|control\w*|panel)|"
    r"(?:leak(?:s|ed)|list(?:s|ed)|post(?:s|ed)|add(?:s|ed)|publish(?:es|ed)|nam(?:es|ed)) (?:[^.;!?\n]{2,50} )?(?:on|to|at) (?:its|their|a|the) (?:own )?(?:[\w-]{2,12} )?(?:leak|blog|extortion|shaming|dark|Tor|onion)\b|"
    r"(?:mail(?:s|ed)|send(?:s)?|sent|e-?mail(?:s|ed)) (?:[\w'’-]{1,16} ){0,3}?(?:lures?|phishing|attachments?|documents|macros|malware|payloads?|links)|"
    r"(?:wip(?:es|ed)|overwr(?:ites|ote)) (?:[\w'’-]{2,16} ){0,3}?(?:disks?|drives?|sectors?|files|servers?|records?|MBR)|"
    r"(?:demand(?:s|ed)|ask(?:s|ed) for) (?:[\w'’.,$€-]{1,16} ){0,4}?(?:ransom|million|bitcoins?|BTC|dollars|euros)|"
    r"(?:t(?:akes|ook)|stole|cop(?:ies|ied)|exfiltrate[sd]) (?:away )?(?:[\w'’-]{1,12} ){0,2}?\d[\d.,]* ?(?:[GTM]B|gigabytes|terabytes|files|records|million)|left (?:behind )?(?:an? |its |their )(?:ransom )?note|"
    r"(?:rent(?:s|ed)|sell(?:s)?|sold|lease[sd]?) (?:[\w'’-]{2,16} ){0,2}?(?:access|affiliates|builder|stolen)|"
    r"(?:hid(?:es)?|emptie[sd]|robbed|drain(?:s|ed)|record(?:s|ed)|spie[sd]|sabotage[sd]|destroy(?:s|ed)|cripple[sd]|paraly[sz]e[sd]|wreck(?:s|ed)|loot(?:s|ed)|raid(?:s|ed)|hijack(?:s|ed)|tap(?:s|ped)|bugged|lock(?:s|ed)|disable[sd]|took over|br(?:oke|eaks) into|enter(?:s|ed)|slipped|crept|burrow(?:s|ed)|lurk(?:s|ed)|breach(?:es|ed)|compromise[sd]|hack(?:s|ed)|attack(?:s|ed)|target(?:s|ed)|hits?|str(?:uck|ikes)|knock(?:s|ed)) [^.;!?\n]{0,60}?\b(?:cash machines?|ATMs?|infected|kernels?|malware|patients?|health records|servers?|networks?|domain controllers?|mail(?:boxes| servers?)|backups?|hypervisors?|credentials|passwords|firmware|routers?|centrifuges|substations?|computers)|"
    r"verschlüsselt(?:e|en)?|stiehlt|stahl(?:en)?|erpresst(?:e|en)?|verbreitet(?:e)? sich|chiffr(?:e|é|a|ait)|vol(?:e|ait) (?:les|des)|se propag\w{1,4}|cifr(?:a|ó)|rob(?:a|ó) (?:las|los|datos|contraseñas|credenciales)|se propag(?:a|ó)|extorsion(?:a|ó))"
)
_DID: Final = re.compile(
    rf"[”\"'’»]?(?:, (?:which|who|that) [^.;,!?\n]{{2,70}},| (?:which|who|that))? ?(?:(?:has|have|had|also|then|later|now|first|quietly|soon|hat|hatte|a|ha|avait) ){{0,2}}{_VERB}\b",
    re.IGNORECASE,
)
_PAID: Final = re.compile(r"\b(?:paid|pays|pay|wired|transferred|owes) (?:the )?[“\"‘'«„]?$", re.IGNORECASE)
_AMOUNT: Final = re.compile(
    r"[”\"'’»]? (?:an? |some |about |nearly |over |more than ){0,4}[$€£]? ?\d[\d.,]* ?(?:million|thousand|dollars|euros|pounds|bitcoins?|BTC|francs|[$€£])?",
)
_OWNS: Final = re.compile(
    r"[”\"'’»]?,? (?:which|who|that) (?:still |now |also )?(?:keeps?|runs?|has|maintains?|operates?|opened|rents?) (?:an? |its |their |the )?(?:own )?(?:[\w-]{2,12} )?(?:leak|extortion|shaming|Tor|dark[ -]web|onion|affiliate|encryptor|negotiation)\b"
    r"|['’]s? (?:own )?(?:leak site|affiliates?|encryptors?|operators?|victims?|decryptors?|ransom(?:ware)?|loaders?|payloads?|implants?|beacons?|C2|source code|builders?)\b",
    re.IGNORECASE,
)
_HANDED: Final = re.compile(
    # What an attacker or his program brings in.
    r"\b(?:deploy(?:s|ed|ing)?|drop(?:s|ped|ping)?|fetch(?:es|ed|ing)?|load(?:s|ed|ing)?|side-?load(?:s|ed|ing)?|install(?:s|ed|ing)?|deliver(?:s|ed|ing)?|plant(?:s|ed|ing)?|unleash(?:es|ed|ing)?|execut(?:es|ed|ing)|launch(?:es|ed|ing)?|inject(?:s|ed|ing)?|run(?:s|ning)?|ran|push(?:es|ed|ing)?|download(?:s|ed|ing)?|pull(?:s|ed|ing)? (?:down|in)|bring(?:s|ing)? in|brought in|spread(?:s|ing)?|distribut(?:es|ed|ing)|us(?:es|ed|ing)|switch(?:es|ed|ing)? to|mov(?:es|ed|ing)? (?:on )?to|"
    r"carr(?:ies|ied|ying)|contain(?:s|ed|ing)?|hid(?:es|ing)?|infected (?:with|by)|infection (?:with|by)|from [A-Z]\w{2,16}(?: [A-Z]\w{2,16})? (?:on )?to|gang behind|crew behind|people behind|criminals behind|with|(?:sample|copy|copies|build|version|instance|beacon|implant|payload|loader)s? of|nachgeladen|luden?|lädt|setz(?:te|ten) auf|installiert\w{0,3}|verteil\w{1,3}|déploy\w{1,4}|install(?:e|ent|ait|é)|télécharg\w{1,4}|diffus\w{1,4}|desplieg\w{1,2}|despleg\w{1,4}|instal(?:a|an|ó|aron)|descarg\w{1,4}|distribuy\w{1,4}) (?:the |a |an |its |their |our |new |fresh |plain |stock )?(?:copy of |version of |build of )?[“\"‘'«„]?$",
    re.IGNORECASE,
)
_RAN: Final = re.compile(
    r"[”\"'’»]? (?:(?:was|were|is|has been|had been|have been|got) (?:then |also |later |already |still |soon |quietly |first )?(?:deployed|dropped|installed|loaded|running|planted|fetched|executed|injected|found (?:running|on|in)|delivered|pushed|downloaded|launched|side-?loaded|at home|at work|active|sitting|waiting|resident|bundled|hidden)|had (?:run|sat|been|lived|lain)|(?:ran|runs|sat|sits|lived|lives|lay|lurked|ended up|turned up|landed|arrived|appeared|wurde|lief)) (?:unnoticed |undetected |for \w+ \w+ |\w+ \w+ )?(?:on|onto|in|inside|into|to|as|by|from|within|via|through|against|over|since|at|auf|als|dans|sur|en)\b",
    re.IGNORECASE,
)
_BOUNDED: Final = re.compile(
    r"[”\"'’»]?(?: (?:to|in|into|via|over|and|or|on|onto|within|as|from|through|by|after|before|during|for|at|with|against|which|that|who|whose|then|next|later|instead|a few|two|three|zu|und|auf|in|über|nach|et|sur|dans|après|y|en|sobre|tras)\b|[,.;:!?)]| \(| [–—]|\Z)",
    re.IGNORECASE,
)
_ATTACKERS: Final = re.compile(
    r"\b(?:attackers?|intruders?|hackers?|gangs?|affiliates?|operators?|actors?|criminals|adversar\w{1,3}|malware|loaders?|droppers?|downloaders?|stagers?|payloads?|implants?|botnets?|trojans?|backdoors?|phish\w*|lures?|macros?|infect\w+|compromis\w+|beacon\w*|C2|victims?|stolen|intrusions?|breach\w*|ransom\w*|shellcode|exploit\w*|password-protected|campaigns?|burglars|thieves|spies|"
    r"Angreifer\w*|Täter\w*|Schadsoftware|Eindringling\w*|attaquants?|pirates?|maliciels?|atacantes?|intrusos?|víctimas?)\b",
    re.IGNORECASE,
)
_STOLEN: Final = re.compile(
    r"\b(?:stolen|infected|infections?|session|cookies?|log-?ins?|credentials?|logs?|passwords?|wallets?|contractor|malvertising|cracked|pirated|cheats?|ClickFix|captcha)\b",
    re.IGNORECASE,
)


def acts_so(text: str, start: int, end: int, first: int, last: int, actor: bool, among: bool) -> bool:
    """Whether the sentence text[first:last] tells of text[start:end] what is only told of a gang (`actor`) or of malware.

    `among`: whether the sentence names other malware or gangs surely.
    """
    before, after = text[max(first, start - _BACK) : start], text[end : min(last, end + _BACK)]
    apposed = _APPOSED.match(after)
    if apposed is not None and (
        apposed["kind"] or any(each.search(one) for each in (TRADE, _LOOT) for one in (after, before))
    ):
        return True
    if _PAID.search(before) and _AMOUNT.match(after):
        return True
    if _DID.match(after) is not None or _OWNS.match(after) is not None:
        return True
    if actor:
        return False
    hostile = among or _ATTACKERS.search(before) is not None or _ATTACKERS.search(after) is not None
    if not hostile and _STOLEN.search(before) is None:
        return False
    if _RAN.match(after) is not None:
        return True
    return _HANDED.search(before) is not None and _BOUNDED.match(after) is not None
