# SPDX-License-Identifier: Apache-2.0
"""What somebody did with a flaw, whatever the words: an evil-doer, a deed that happened, and the flaw as its means.

"Thieves walked in through CVE-…", "via CVE-… the burglars obtained a shell", "CVE-… let them empty three agencies",
"a break-in that began with CVE-…"; the same in German, French and Spanish. Forms only, over one clause in lower case in which
the flaw stands as an id and known groups as "attackers"; whether a clause hedges or denies is `used_flaws`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ID: Final = r"\(?cve-\d{4}-\d{4,7}\)?"
_GAP: Final = r"(?:[ ][\w'’.:/-]{1,24},?){0,%d}?[ ]\(?"
"""Words between two parts of a form, at most so many."""
_CRIMINAL: Final = (
    r"(?:attackers?|hackers?|intruders?|criminals?|cybercriminals?|crooks?|thieves|thief|burglars?|robbers?|raiders?|looters?|extortionists?|blackmailers?|spies|saboteurs?|vandals?|"
    r"fraudsters?|scammers?|gangs?|crews?|actors?|affiliates?|adversar(?:y|ies)|botnets?|worms?|strangers?|outsiders?|trespassers?|perpetrators?|culprits?|offenders?|invaders?|mercenar(?:y|ies)(?: firm)?|(?:surveillance|spyware|spy) (?:vendor|firm|maker|compan(?:y|ies))s?|somebody|someone|"
    r"unknown (?:persons?|people|part(?:y|ies))|persons unknown|(?:ransomware|espionage|threat|hacking|spy|extortion|cyber\w{0,9}|state-backed|unnamed|unknown) (?:groups?|teams?|outfits?)|addresses|"
    r"(?:apt|unc|uac|ta|fin|storm)-?[ ]?\d{1,5}|\w{3,12} (?:typhoon|blizzard|sandstorm|tempest|sleet))"
)
_EN_USE: Final = (
    # The flaw is the object: it is used, whatever the picture.
    r"(?:us(?:ed|ing)|employ(?:ed|ing)|appl(?:ied|ying)|wield(?:ed|ing)|liv(?:ed|ing) off|f(?:ed|easted) on|feeding on|r(?:ode|iding)|rel(?:ied|ying) on|leaned on|turned to|reached for|resorted to|fir(?:ed|ing)|threw|thrown|throwing|hurl(?:ed|ing)|"
    r"spray(?:ed|ing)|lobb(?:ed|ing)|seiz(?:ed|ing)(?: on| upon)?|pounc(?:ed|ing) on|jump(?:ed|ing) on|abus(?:ed|ing)|misus(?:ed|ing)|exploit(?:ed|ing)|weaponi[sz](?:ed|ing)|leverag(?:ed|ing)|chain(?:ed|ing)|combin(?:ed|ing)|"
    r"(?:ma(?:de|king)|enjoy(?:ed|ing)?|had|having|put|putting)(?:[ ][\w'’-]{1,16}){0,5}?[ ](?:use of|good use|hay of|a meal of|work)|avail(?:ed|ing) (?:it|them)sel(?:f|ves) of|profit(?:ed|ing) from|benefit(?:ed|ing) from|tak(?:en|ing) advantage of|took advantage of|help(?:ed|ing) (?:it|them)sel(?:f|ves) (?:through|via)|attack(?:ed|ing) (?:with|via|through|over))"
)
_EN_DEED: Final = (
    r"(?:entered|entering|got|came|broke|broken|breaking|slipped|crept|climbed|crawled|marched|strolled|walked|sneaked|burst|barged|waltzed|forced|smashed|went|let (?:it|them)sel(?:f|ves) in(?:to)?|moved|obtained|obtaining|gained|gaining|acquired|won|took|taken|taking|"
    r"seized|stole|stolen|stealing|read|copied|copying|carried off|made off|siphoned|harvested|dumped|emptied|drained|robbed|raided|burgled|looted|ransacked|ran|executed|planted|planting|dropped|dropping|left|uploaded|installed|installing|put|placed|created|"
    r"added|wiped|erased|deleted|defaced|encrypted|encrypting|locked|scrambled|hijacked|hijacking|infected|infecting|compromised|compromising|breached|reached|spied|listened|crashed|spread|bypassed|escalated|rose|made (?:it|them)sel(?:f|ves)|knocked|owned|penetrated|infiltrated|intruded|smuggled|delivered|deployed)"
)
_EN_BY: Final = r"(?:through|via|with|using|thanks to|by (?:way|means|dint) of|courtesy of|with the (?:help|aid) of|on the back of|by (?:using|exploiting|abusing|misusing|combining|chaining)|armed with|over)"
_MENDED: Final = r"(?![ ,]{1,2}(?:now |being |finally |was |is |had been |has been |been )?(?:fixed|patched|closed|gone|published|public|out|disclosed|known|mitigated|reported|found|announced))"
"""The flaw is not the means: it was mended, or only told of."""
_VICTIMS: Final = (
    r"(?:victims?|hospitals?|clinics?|firms?|compan(?:y|ies)|agenc(?:y|ies)|ministr(?:y|ies)|banks?|schools?|universit(?:y|ies)|councils?|towns?|cit(?:y|ies)|municipalit(?:y|ies)|compounds?|organi[sz]ations?|businesses|retailers?|insurers?|carriers?|"
    r"utilit(?:y|ies)|airlines?|ports?|plants?|factor(?:y|ies)|newspapers?|embass(?:y|ies)|offices?|departments?|providers?|networks?|customers?)"
)
_EVENT: Final = r"(?:break-?ins?|burglar(?:y|ies)|intrusions?|breach(?:es)?|attacks?(?! (?:surface|vector|path|complexity)s?\b)|incidents?|compromises?|thefts?|heists?|hacks?|leaks?|raids?|infections?|outbreaks?|campaigns?|outages?|encryption)"

_ENGLISH: Final = (
    rf"\b{_CRIMINAL}{_GAP % 7}{_EN_USE}{_GAP % 5}{_ID}",
    rf"\b{_CRIMINAL}{_GAP % 6}{_EN_DEED}{_GAP % 9}{_EN_BY}{_GAP % 5}{_ID}",
    rf"\b{_EN_BY}{_GAP % 7}{_ID}{_MENDED}(?:[ ,)][^.;:!?]{{0,40}}?)?,?[ ](?:the |an? |two |three |some |several |unknown |these |those )?(?:[\w-]{{2,16}} )?{_CRIMINAL}{_GAP % 4}{_EN_DEED}\b",
    rf"\b{_VICTIMS}{_GAP % 4}(?:was|were|been|got){_GAP % 3}(?:entered|hit|robbed|broken into|emptied|drained|raided|burgled|looted|ransacked|encrypted|infected|breached|compromised|attacked|hacked|wiped|defaced){_GAP % 5}{_EN_BY}{_GAP % 4}{_ID}",
    rf"(?<!\w){_ID}[^.;:!?]{{0,50}}?[ ](?:has|have|had|was|were|is|are)[ ](?:already |by now |since )?(?:been )?(?:drawn|draw|cost|costing|felled|struck|hit|bitten|brought down|emptied|ruined|claimed|the undoing of|the downfall of|behind|at the (?:root|bottom|heart) of|to blame for|the cause of){_GAP % 6}(?:blood|{_VICTIMS}|{_EVENT})\b",
    rf"(?<!\w){_ID}[^.;:!?]{{0,40}}?[ ](?:felled|emptied|brought down|was the undoing of|opened the door(?:s)? (?:to|for|of)|let|handed|gave|served)[ ](?:(?!in$)[\w'’-]{{1,16}} ){{0,5}}?(?:{_CRIMINAL}|at least \w+ {_VICTIMS}|\d+ {_VICTIMS}|(?:two|three|four|five|six|several|dozens of|hundreds of) (?:\w+ )?{_VICTIMS})\b",
    rf"(?<!\w){_ID},?[ ](?:was|is|had been|proved|turned out to be|became)[ ](?:the|their|an?|his|its)(?:[ ][\w'’-]{{2,16}}){{0,3}}?[ ](?:door|gate|way in|ticket|crowbar|lever|key|springboard|stepping stone|entrance|opening|window|tool|weapon|vehicle)(?:[ ][\w'’-]{{2,16}}){{0,3}}?[ ](?:for|of|to|used by)[ ](?:[\w'’-]{{2,16}}[ ]){{0,3}}?{_CRIMINAL}\b",
    rf"\b{_EVENT}(?:[ ,][\w'’.-]{{1,20}}){{0,10}}?[ ](?:beg(?:an|un|inning)|start(?:ed|ing)|opened|originat(?:ed|ing)|c[ao]me|coming|go(?:es|ne|ing)? back|went back|traced|(?:is |was |were )?(?:owed|down|due)|blamed|pinned|rooted|followed|rest(?:s|ed))(?: back)?[ ](?:with|from|in|through|via|to|on){_GAP % 5}{_ID}",
    rf"\b(?:caught|seen|spotted|observed|watched|recorded|logged|found|noticed|met)(?:[ ][\w'’,-]{{1,16}}){{0,5}}?[ ](?:{_CRIMINAL}|{_EVENT}|\d[\d,.]* \w{{3,14}})(?:[ ][\w'’-]{{1,16}}){{0,4}}?[ ](?:{_EN_USE}|via|with|over|through|tr(?:y|ied)ing){_GAP % 4}{_ID}",
    rf"\b(?:in|by|to) (?:the )?(?:hands of|favou?r with) (?:[\w-]{{2,16}} ){{0,2}}{_CRIMINAL}[^.;:!?]{{0,30}}?{_ID}",
)
_WHO_DE: Final = r"(?:angreifern?|hackern?|kriminellen?|cyberkriminellen?|tätern?|einbrechern?|eindringlingen?|erpressern?|dieben?|spionen?|unbekannten?|banden?|gruppen?|gruppierung|akteuren?|fremden?|attackers|botnetz\w{0,2})"
_DE_DID: Final = (
    r"(?:nutzten?|benutzten?|verwendeten?|missbrauchten?|gebrauchten?|setzten?|machten?|griffen?|drangen?|gelangten?|kamen?|verschafften?|brachen?|stiegen?|schlichen?|erbeuteten?|stahlen|stahl|lasen|las|installierten?|legten?|übernahmen?|schleusten?|"
    r"luden|lud|pflanzten?|verschlüsselten?|infizierten?|kopierten?|haben|hat|sind|ist|waren|war)"
)
_DE_BY: Final = r"(?:über|durch|mit|mittels|mithilfe von|mit hilfe von|dank|via|unter ausnutzung von|unter ausnutzung der)"
_DE_DONE: Final = r"(?:eingedrungen|eingebrochen|gelangt|gekommen|verschafft|genutzt|benutzt|verwendet|missbraucht|ausgenutzt|eingesetzt|gestohlen|erbeutet|entwendet|installiert|angelegt|verschlüsselt|kopiert|übernommen|kompromittiert|infiziert|angegriffen|eingeschleust|zunutze gemacht|gehackt|ausgelesen|abgegriffen)"
_NOW_DE: Final = r"(?:bereits|derzeit|seit|schon|gerade|momentan|aktuell|inzwischen|längst)"
_GERMAN: Final = (
    rf"\b{_WHO_DE}[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,4}}?{_DE_DID}[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?(?:{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?)?{_ID}[^.;:!?]{{0,90}}",
    rf"\b{_WHO_DE}[ ][a-zäöüß]{{3,20}}(?:en|t)[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,3}}?{_ID}[ ][^.;:!?]{{0,40}}?\b{_NOW_DE}\b",
    rf"\b{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?{_ID}[ ](?:{_DE_DID})[ ](?:sich[ ])?(?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?{_WHO_DE}(?!\w)",
    rf"(?<!\w){_ID}[^.;:!?]{{0,30}}?[ ](?:wurde|wurden|wird|worden|ist|war|diente)[ ][^.;:!?]{{0,70}}?(?:von[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?{_WHO_DE}|{_WHO_DE} als|als (?:einfallstor|einstieg|türöffner|zero-day)|(?:für|bei|in)[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?(?:angriffen?|einbrüchen?|einbruch|attacken?))(?!\w)",
    rf"\b{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?{_ID}[^.;:!?]{{0,60}}?\b(?:wurde|wurden|worden|war|waren|hat|haben|ist|sind)\b[^.;:!?]{{0,60}}?\b{_DE_DONE}\b",
    rf"\b(?:wurde|wurden|worden|war|waren|hat|haben|ist|sind)\b[^.;:!?]{{0,60}}?\b{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?{_ID}[^.;:!?]{{0,40}}?\b{_DE_DONE}\b",
)
_WHO_FR: Final = r"(?:attaquants?|pirates?|cybercriminels?|intrus|criminels?|malfaiteurs?|cambrioleurs?|voleurs?|espions?|escrocs?|assaillants?|inconnus?|groupes?|gangs?|bandes?|attackers|individus|botnets?)"
_FR_DID: Final = (
    r"(?:(?:se|s['’])[ ]?(?:sont|est)[ ](?:servi[es]{0,2}|appuyé[es]{0,2}|introduit[es]{0,2}|emparé[es]{0,2}|engouffré[es]{0,2}|glissé[es]{0,2})|(?:ont|a|avaient|avait)[ ](?:[\wéèê]{2,14}[ ]){0,2}?(?:utilisé|employé|exploité|profité|abusé|détourné|eu recours|tiré|pénétré|volé|dérobé|pris|installé|déposé|chiffré|infecté|compromis|piraté|vidé|obtenu|accédé|exfiltré|siphonné|lu|copié|recouru|fait|créé|forcé)|"
    r"(?:sont|est|étaient|était)[ ](?:[\wéèê]{2,14}[ ]){0,2}?(?:entré|passé|parvenu)[es]{0,2}|se servent|s['’]en servent|utilisent|profitent|passent|entrent|exploitent|abusent|s['’]introduisent|tirent parti|détournent|se servaient|utilisaient|profitaient|passaient)"
)
_FRENCH: Final = (
    rf"\b{_WHO_FR}[ ,](?:[\wéèêàç'’-]{{1,20}},?[ ]){{0,5}}?{_FR_DID}[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,7}}?{_ID}",
    rf"\b(?:par|via|grâce à|au moyen de|à travers|à l['’]aide de|avec|en exploitant|en utilisant)[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,5}}?{_ID}[^.;:!?]{{0,40}}?[ ](?:des|les|un|deux|trois|le|ces)[ ](?:[\wéèê-]{{2,16}}[ ])?{_WHO_FR}[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,4}}?{_FR_DID}(?!\w)",
    rf"(?<!\w){_ID}[^.;:!?]{{0,30}}?[ ](?:a|avait|ont)[ ](?:(?:déjà|aussi|bel et bien)[ ])?(?:servi (?:à|de|d['’])|permis (?:à|aux)[ ](?:[\wéèê-]{{2,16}}[ ]){{0,3}}?{_WHO_FR}|ouvert (?:la|les) portes?|fait[ ](?:[\wéèê-]{{2,16}}[ ]){{0,3}}?victimes?|été (?:la|leur) porte)",
    rf"(?<!\w){_ID}[^.;:!?]{{0,30}}?[ ](?:sert|servait|servent)[ ][^.;:!?]{{0,20}}?(?:à voler|à (?:des|les)|aux?|de porte|à pénétrer|à installer|à chiffrer|à espionner|de point d['’]entrée)[^.;:!?]{{0,40}}",
    rf"\b(?:intrusions?|attaques?|piratages?|vols?|fuites?|incidents?|cambriolages?|compromissions?)[ ][^.;:!?]{{0,50}}?(?:commencé|débuté|parti(?:e|s|es)?|démarré|menée?s?|perpétrée?s?|rendue?s? possibles?|due?s?|imputée?s?|passée?s?|liée?s?)[ ](?:par|via|avec|de|à|grâce à|au moyen de)[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,4}}?{_ID}",
)
_WHO_ES: Final = r"(?:atacantes?|ciberdelincuentes?|intrusos?|delincuentes?|criminales|ladron(?:es)?|ladrón|piratas?|espías?|extorsionadores|desconocidos?|grupos?|bandas?|actores|attackers|estafadores|botnets?)"
_ES_DID: Final = (
    r"(?:se (?:valió|valieron|sirvió|sirvieron|aprovechó|aprovecharon|colaron|coló|apoderaron|hicieron|hizo|vale|valen|sirven|aprovechan|han (?:valido|servido|aprovechado|colado))|us(?:ó|aron|aban|an)|utiliz(?:ó|aron|aban|an)|emple(?:ó|aron|aban|an)|aprovech(?:ó|aron|aban|an)|abus(?:ó|aron|an) de|recurr(?:ió|ieron|en) a|"
    r"explot(?:ó|aron|aban|an)|entr(?:ó|aron)|acced(?:ió|ieron)|penetr(?:ó|aron)|rob(?:ó|aron)|instal(?:ó|aron)|cifr(?:ó|aron)|obtuv(?:o|ieron)|logr(?:ó|aron)|consigui(?:ó|eron)|vaci(?:ó|aron)|comprometi(?:ó|eron)|tom(?:ó|aron)|infect(?:ó|aron)|irrumpi(?:ó|eron)|"
    r"ha[n]? (?:usado|utilizado|empleado|aprovechado|explotado|entrado|accedido|robado|instalado|cifrado|comprometido|recurrido))"
)
_ES_BY: Final = r"(?:por|con|mediante|a través de|gracias a|por medio de|usando|utilizando|aprovechando|explotando|valiéndose de)"
_SPANISH: Final = (
    rf"\b{_WHO_ES}[ ,](?:[\wáéíóúñ'’-]{{1,20}},?[ ]){{0,6}}?{_ES_DID}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,8}}?{_ID}",
    rf"\b{_ES_BY}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,5}}?{_ID}[^.;:!?]{{0,40}}?[ ](?:los|las|unos|un|dos|tres|varios|el|la)[ ](?:[\wáéíóúñ-]{{2,16}}[ ])?{_WHO_ES}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,4}}?{_ES_DID}(?!\w)",
    rf"\b{_ES_BY}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,5}}?{_ID},?[ ](?:{_ES_DID})[ ](?:[\wáéíóúñ-]{{2,16}}[ ]){{0,4}}?{_WHO_ES}(?!\w)",
    rf"(?<!\w){_ID}[^.;:!?]{{0,30}}?[ ](?:ha servido|sirvió|ya sirve|permitió a|abrió la puerta|ha abierto la puerta|fue la (?:puerta|vía|llave)|fue el (?:punto|vector)|se ha cobrado)[ ][^.;:!?]{{0,40}}",
    rf"\b(?:intrusi(?:ón|ones)|ataques?|robos?|filtraci(?:ón|ones)|incidentes?|brechas?)[ ][^.;:!?]{{0,50}}?(?:empez(?:ó|aron)|comenz(?:ó|aron)|se produj(?:o|eron)|parti(?:ó|eron)|originad[oa]s?|perpetrad[oa]s?|se inici(?:ó|aron)|se deb(?:e|ió))[ ](?:por|con|mediante|a través de|a|de|gracias a)[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,4}}?{_ID}",
)
_SAYS: Final = (
    r"(?:publish|post|sell|sold|offer|releas|discuss|talk|ask|look|scan|prob|search|tri|try|attempt|fail|want|hop|plan|advertis|claim|boast|brag|said|say|told|show|stud|notic|learn|report|present|demonstrat|found|discover|describ|earn|need|requir|exist|interest|"
    r"consider|threat|announc|shar|warn|believ|thought|knew|wonder|wait|gave up|stop|bypassed the patch|rediscover|develop|wrote|writ|compil|ignor|miss|left alone|spared|avoid|shunn|bought|buy|trad|pa(?:y|id)|block|kept (?:out|from)|stopp|prevent|foil|barr|thwart|repel|arrest|jail|invit|hir|charg|sentenc|convict|train)"
)
"""Beginnings of what evil-doers do to a flaw without using it."""
_PAST: Final = r"(?:was|were|had|has|have|[a-z]{2,14}ed|got|came|broke|went|took|stole|ran|made|left|put|read|drove|rode|threw|slept|crept|struck|hit|found their way|let|won|kept|sent|began|bit|shot|spread|stuck|swept|tore|wore|spun|dug|fed|led|built|cut|set|lit|brought|caught|chose|drew|fell|flew|hid|held|rose|sank|shook|stood|swam|swung)"
_PAST_DE: Final = r"(?:haben|hat|hatten|sind|waren|war|[a-zäöüß]{2,16}t(?:en|e)|drang\w{0,2}|kam\w{0,2}|ging\w{0,2}|las(?:en)?|stahl\w{0,2}|brach\w{0,2}|stieg\w{0,2}|griff\w{0,2}|fand\w{0,2}|nahm\w{0,2}|lud\w{0,2}|schrieb\w{0,2})"
_PAST_FR: Final = r"(?:(?:ont|a|avaient|avait|se sont|s['’]est|sont|est|y ont) (?:[\wéèê]{2,14} ){0,2}?[\wéèê]{2,14}(?:é|i|u|is|it|ert)e?s?|[\wéèê]{3,14}(?:aient|èrent|irent))"
_PAST_ES: Final = (
    r"(?:(?:se )?[\wáéíóú]{2,14}(?:ó|aron|ieron|eron|aban)|(?:se )?ha[n]? [\wáéíóú]{2,14}(?:ado|ido|sto|cho))"
)
_ON: Final = r"(?:[ ](?!(?:when|while|after|before|because|since|until|once|but|whose|about|although|though|whereas|unless)\b)[\w'’.:/-]{1,24}){0,%d}?"
"""Words that go on in the same clause, at most so many."""
_ADVERBS: Final = (
    r"(?:(?:then|also|first|already|soon|later|quickly|promptly|simply|once|now|[a-z]{3,12}ly)[ ]){0,2}"
)
_ANYWAY: Final = (
    # An evil-doer with a verb in the past, and the flaw as its means or its object.
    rf"\b{_CRIMINAL},?[ ](?:who |that |which )?{_ADVERBS}(?!{_SAYS}){_PAST}(?![ ](?:[a-z]+ly )?(?:{_SAYS})){_ON % 9}[ ](?:through|via|with|using|over|by (?:way|means) of|thanks to|courtesy of|on the back of){_ON % 4}[ ]{_ID}{_MENDED}",
    rf"\b{_CRIMINAL},?[ ](?:who |that |which )?{_ADVERBS}(?!{_SAYS}|fix|patch|clos|nam|call|tweet|mention|label|tagg|mark)(?:[a-z]{{2,14}}ed|held|had|kept|took|drove|rode|threw|wielded|won|bent|fed)[ ](?:[\w'’-]{{1,16}}[ ]){{0,2}}?{_ID}{_MENDED}",
    rf"\b{_EN_BY}{_GAP % 7}{_ID}{_MENDED}(?:[ ,)][^.;:!?]{{0,40}}?)?,?[ ](?:the |an? |two |three |some |several |unknown |these |those )?(?:[\w-]{{2,16}} )?{_CRIMINAL}[ ]{_ADVERBS}(?!{_SAYS}){_PAST}(?![ ](?:[a-z]+ly )?(?:{_SAYS}))",
    # It let them in, it was their favourite.
    rf"(?<!\w){_ID}[^.;:!?]{{0,40}}?[ ](?:ha(?:d|s|ve) (?:[a-z]{{3,10}} )?(?:let|allowed|enabled|helped|given|handed|opened|brought|granted)|(?:was|were|has been|had been|became) (?:[a-z]{{3,8}} )?(?:a|the) (?:[a-z]{{3,12}} )?(?:favou?rite|darling|tool|weapon|means|method|choice|door))[ ][^.;:!?]{{0,90}}?\b{_CRIMINAL}",
    rf"(?<!\w){_ID}(?:,? (?:in|of|on|a|an|the)[ ][^.;:!?,]{{2,40}}?)?,?[ ](?:opened|handed)[ ][^.;:!?]{{0,90}}?\b{_CRIMINAL}",
    rf"(?<!\w){_ID}[^.;:!?]{{0,60}}?[ ](?:(?:is|are|has been|have been|was|were)[ ](?:now |already |still )?)?(?:seeing|sees|saw|seen|finding|found|put to|come into|in)[ ](?:[a-z]{{3,12}} )?use (?:by|in|among)[ ](?:[\w-]{{2,16}} ){{0,3}}?(?:{_CRIMINAL}|{_EVENT}|takeovers?)",
    # Under fire, at work; their way; the first victims of it; a trail that leads to it.
    rf"(?<!\w){_ID}(?:,? (?:in|of|on|a|an|the)[ ][^.;:!?,]{{2,40}}?)?,?[ ](?:(?:is|are|was|were|has been|have been|had been)[ ](?:[a-z]{{3,9}}[ ])?(?:under (?:fire|siege|assault)|hammered|turned (?:against|on)|aimed at|thrown at|fired at|at work (?:in|on)|on the march)|ha(?:s|ve|d)[ ](?:[a-z]{{3,9}}[ ])?done (?:its|their) (?:work|damage|worst))\b",
    rf"\b{_CRIMINAL}['’]s?[ ](?:[a-z-]{{3,12}}[ ])?(?:ticket|route|way|entry|path|door|means|tool|weapon|first step|foothold|choice|key|lever|entrance|point of entry)(?:[ ][\w'’-]{{1,16}}){{0,6}}?[ ](?:was|were|is|are|had been|has been)[ ](?:[\w'’-]{{1,16}}[ ]){{0,3}}?{_ID}",
    rf"\b(?:first|known|confirmed|latest|two|three|four|five|six|dozens of|hundreds of|many|the)[ ](?:[a-z]{{3,10}}[ ])?victims of[ ](?:[\w'’-]{{1,16}}[ ]){{0,3}}?{_ID}",
    rf"\b(?:trail|trace|tracks?|{_EVENT})(?:[ ][\w'’.-]{{1,20}}){{0,8}}?[ ](?:leads? back|led back|owes?|owed)(?: it| its \w{{3,12}})? to{_GAP % 4}{_ID}|\b{_CRIMINAL}(?:[ ][\w'’.-]{{1,20}}){{0,8}}?[ ]ow(?:es?|ed)[ ](?:[\w'’-]{{1,16}}[ ]){{1,4}}?to{_GAP % 3}{_ID}",
    rf"(?<!\w){_ID},?[ ](?:being |was |had been |has been )?(?:used|abused|exploited|misused|at work|in play) in (?:[\w'’-]{{1,16}} ){{0,7}}?(?:cases|incidents|attacks|intrusions|engagements|investigations|break-ins|breaches)\b",
    rf"\b(?:was|were|been|got)[ ](?:[a-z]{{3,12}} )?(?:taken over|seized|hijacked|broken into|robbed|raided|looted|entered|emptied|compromised|breached|hacked|infected|wiped|encrypted|backdoored){_GAP % 6}{_EN_BY}{_GAP % 4}{_ID}",
    rf"\b(?:einbruch|angriff|vorfall|diebstahl|datendiebstahl|überfall|abfluss|befall|hack)\w{{0,4}}[ ][^.;:!?]{{0,60}}?\b(?:begann|begannen|startete|fing|geht|ging|führt|führte|gelang|lief|liefen|erfolgte)[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?(?:mit|über|durch|auf|zu|bei)[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?{_ID}",
    rf"\b(?:fell|fallen|falling|falls|succumb(?:ed|s)|lost)(?: (?:prey|victim))? to (?:the )?(?:[\w-]{{2,16}} ){{0,3}}?{_ID}",
    rf"(?<!\w){_ID}[^.;!?]{{0,60}}?[ ](?:was|were|is|are)[ ](?:precisely |exactly |just )?(?:how|where|the way)[ ](?:[\w'’-]{{1,16}}[ ]){{1,4}}?(?:came|got|broke|went|entered|climbed|slipped|began|started|walked)\b",
    rf"\b(?:{_CRIMINAL}|malware|ransomware|worm|variant|virus|trojan|loader|bot)(?: [a-z]{{3,12}}){{0,2}} (?:spreads?|spreading|propagat(?:es|ed|ing)|travel(?:s|led|ling)|arriv(?:es|ed|ing)|enter(?:s|ed|ing)|gets? in|comes? in|infect(?:s|ed|ing)) (?:[\w-]{{2,16}} ){{0,4}}?(?:by|via|through|using|with|over) (?:[\w-]{{2,16}} ){{0,3}}?{_ID}",
    rf"(?<!\w){_ID}[^.;!?]{{0,160}}?\b(?:were|was|have been|has been)[ ](?:robbed|emptied|raided|looted|entered|hacked|breached|compromised|encrypted|broken into|infected|attacked|burgled|drained|hijacked)\b[^.;!?]{{0,60}}?[ ](?:through|via|with|by means of|thanks to|by way of) (?:it|them|this)\b",
    rf"\b(?:exploit|attack|shell|backdoor|implant|miner|web ?shell)s? (?:for|through|via|with|using) {_ID}[^.;!?]{{0,40}}? (?:ran|was (?:run|dropped|planted|left|installed)|were (?:run|dropped|planted|left|installed)) (?:on|at|in) ",
    rf"\b{_WHO_DE}[ ](?:[\wäöüß-]{{2,20}}[ ]){{0,2}}?{_PAST_DE}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,5}}?(?:{_DE_BY}[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?)?{_ID}",
    rf"\b(?:über|durch|mit|mittels|mithilfe von|dank|via)[ ](?:[\wäöüß-]{{2,24}}[ ]){{0,4}}?{_ID}[ ]{_PAST_DE}[ ](?:sich[ ])?(?:[\wäöüß-]{{2,20}}[ ]){{0,3}}?{_WHO_DE}(?!\w)",
    rf"\b{_WHO_FR}[ ,](?:[\wéèêàç'’-]{{1,20}},?[ ]){{0,5}}?{_PAST_FR}[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,8}}?(?:par|via|grâce à|au moyen de|à travers|à l['’]aide de|avec|en exploitant|en utilisant|de|du|d['’]|sur)[ ]?(?:[\wéèêàç'’-]{{1,20}}[ ]){{0,3}}?{_ID}",
    rf"\b(?:par|via|grâce à|au moyen de|à travers|à l['’]aide de|avec|en exploitant|en utilisant)[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,5}}?{_ID}[^.;!?]{{1,50}}?[ ]{_WHO_FR}[ ](?:[\wéèêàç'’-]{{1,20}}[ ]){{0,2}}?{_PAST_FR}(?!\w)",
    rf"\b{_WHO_ES}[ ,](?:[\wáéíóúñ'’-]{{1,20}},?[ ]){{0,5}}?{_PAST_ES}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,8}}?(?:por|con|mediante|a través de|gracias a|por medio de|usando|de|en|valiéndose de|aprovechando)[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,3}}?{_ID}",
    rf"\b{_ES_BY}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,5}}?{_ID}[^.;!?]{{1,50}}?[ ]{_WHO_ES}[ ](?:[\wáéíóúñ'’-]{{1,20}}[ ]){{0,2}}?{_PAST_ES}(?!\w)",
)
_FORMS: Final = tuple(re.compile(each) for each in (*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH, *_ANYWAY))
_CELL: Final = re.compile(
    r"(?:exploited(?: in the wild)?|actively exploited|known exploited|in the wild|exploitation|ausgenutzt|exploitée?|explotad[oa])[ ]?(?:[:=]|\|)[ ]?(?P<said>yes|no|none|detected|active|ja|nein|oui|non|sí|si)\b",
)
_YES: Final = frozenset({"yes", "detected", "active", "ja", "oui", "sí", "si"})


def deeds(sentence: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """Places where a clause of a sentence, in lower case, tells a deed done with the flaw whose id it prints."""
    for form in _FORMS:
        yield from form.finditer(sentence, first, last)


def cell(row: str) -> str:
    """What the cell of a table row, or a "key: value", says of exploitation: "yes", "no", or "" where there is none."""
    found = _CELL.search(row)
    if found is None:
        return ""
    return "yes" if found["said"] in _YES else "no"


ONLY_TOLD: Final = re.compile(
    r"\b(?:gemeldet|melde\w{1,3}|veröffentlich\w+|entdeckt\w*|gefunden|gepatcht|behoben|geschlossen|beschrieben|vorgestellt|untersucht\w*|gescannt|verkauft|angeboten|getestet|kündigt\w*|"
    r"publiée?|publient|corrigée?|signalée?|découvert\w?|trouvé|présentée?|vendu|décrit|rapporté|annoncé|cherché|scanné|tenté|essayé|"
    r"publicad[ao]|publicó|publicaron|corregid[ao]|corrigió|informó|informaron|reportó|descubrió|descubrieron|encontró|presentó|presentada|vendió|describió|anunció|buscó|intentó|intentaron|parche|correctif|patch für)(?!\w)"
)
"""What is done about a flaw without using it, in German, French and Spanish."""
