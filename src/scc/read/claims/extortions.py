# SPDX-License-Identifier: Apache-2.0
"""Forms in which a sentence tells an extortion without the word ransom: "the gang's ultimatum", "was blackmailed", "paid the
intruders", "bought the key", "never paid" beside encrypted servers, a note that tells whom to write to for the files.

Forms only, with what each means ("paid", "not paid", "demanded"); `ransoms` judges whether it is meant. English, German, French
and Spanish.
"""

from __future__ import annotations

import re
from typing import Final

SIGNS: Final = re.compile(
    r"bitcoin|\b(?:want|wants|wanted) [^.]{0,30}(?:million|thousand|money)|extort|blackmail|ultimatum|ransom(?!ware)|\bp(?:aid|ay|ays|aying)\b|give in\b|gave in\b|yielded to|caved in|threat(?:en|ens|ened|ening) to|bought|purchased|\bprice\b|\bdemands? |(?:files?|data|sheets?|servers?|documents?|records?|systems?|everything|them) back\b|\bnotes? (?:[^.]{0,60}\bask|was signed|signed)|\b(?:note|file|message|letter)s? [^.]{0,60}\b(?:told|tells|asked|order|instruct|demand|invit|urge)|"
    r"erpress|droh(?:en|ten)|zahlte|rançonn|chantage|extorsi|chantaj|cédé aux|ont payé|a payé|pagó a|pagaron a|cedió |céder|gezahlt|bezahlt|erpressung|erpresser"
)
"""Of these, in lower case, every sentence that is meant has one."""
SIGNS_BEGIN: Final = (
    "bitcoin", "want", "extort", "blackmail", "ultimatum", "ransom", "paid", "pay", "give in", "gave in", "yielded to", "caved in", "threaten",
    "bought", "purchased", "price", "demand", "data back", "everything back", "them back",
    *(f"{what}{many} back" for what in ("file", "sheet", "server", "document", "record", "system") for many in ("", "s")),
    "note", "file", "message", "letter", "erpress", "drohen", "drohten", "zahlte", "rançonn", "chantage", "extorsi", "chantaj", "cédé aux", "ont payé",
    "a payé", "pagó a", "pagaron a", "cedió ", "céder", "gezahlt", "bezahlt",
)  # fmt: skip
"""With these every match of `SIGNS` begins."""
_WHO: Final = r"(?:gangs?|attackers?|hackers?|criminals?|crooks?|extortionists?|blackmailers?|intruders?|extorters?|crews?|cybercriminals?|thieves|perpetrators?|offenders?)"
_NOTE: Final = r"(?:notes?|text files?|messages?|letters?|screens?|windows?|wallpapers?|pop-?ups?|files? (?:called|named)|printers?|banners?|read-?mes?|e-?mails?)"
_HARM: Final = r"(?:encrypt\w*|scrambl\w+|locked|unlock\w*|decrypt\w*|gang\b|extort\w*|blackmail\w*|ransomware|stolen (?:files|data|records|documents)|hackers?|intruders?|attackers?|criminals?)"
NOT_PAID: Final = re.compile(
    r"\bpaid up\b(?=[^.;!?\n]{0,80}?\b(?:keys?|decryptors?|files|data)\b)|\b(?:hat|haben|habe) (?:[\wäöüß-]{2,16} ){0,3}?(?:ge|be)zahlt\b(?=[^.;!?\n]{0,60}?\b(?:Schlüssel|Entschlüssel\w*|Daten zurück)\b)|"
    rf"\b(?:refus(?:ed|es)|declin(?:ed|es)) to (?:pay|give in|negotiate|buy|yield|meet)\b(?=[^.;!?\n]{{0,120}}?\b{_HARM})"
    rf"|\b{_HARM}[^.;!?\n]{{0,120}}?\b(?:refus(?:ed|es)|declin(?:ed|es)) to (?:pay|give in|negotiate|buy|yield|meet)\b"
    rf"|\b(?:(?:ha(?:s|ve|d) )?never paid|(?:did|has|have|had|would) not (?:pay|paid)|didn[’']t pay|paid nothing|not paid (?:a|one) (?:cent|penny)|(?:did|would|has|have) not give(?:n)? in)\b(?=[^.;!?\n]{{0,120}}?\b{_HARM})"
    rf"|\b{_HARM}[^.;!?\n]{{0,120}}?\b(?:(?:was|were|ha(?:s|ve|d)) never paid|did not pay|didn[’']t pay|paid nothing|was not paid|would not pay|not paid (?:a|one) (?:cent|penny)|did not give in)\b"
    r"|\b(?:refus|rejet)\w{1,4} (?:de |d['’])?(?:céder (?:au chantage|à (?:l['’]extorsion|la menace))|le chantage|payer les (?:pirates|rançonneurs|criminels))\b|\bno (?:cedió|cedieron|cede|ha cedido) (?:al|a la|ante el) (?:chantaje|extorsión|amenaza)(?!\w)|\bgab\w{0,3} (?:der|den|dem) (?:Erpress\w+) nicht nach\b"
    r"|\b(?:ignored|rejected|refused|let)(?: [\w'’-]{2,16}){0,5}? (?:ultimatum|blackmail|(?:gang|extortionists?|blackmailers?|hackers?|attackers?|criminals?)['’]s? (?:demands?|offer)|extortion (?:demand|letter|attempt))\b",
    re.IGNORECASE,
)
PAID: Final = re.compile(
    r"\bpaid up\b(?=[^.;!?\n]{0,80}?\b(?:keys?|decryptors?|files|data)\b)|\b(?:hat|haben|habe) (?:[\wäöüß-]{2,16} ){0,3}?(?:ge|be)zahlt\b(?=[^.;!?\n]{0,60}?\b(?:Schlüssel|Entschlüssel\w*|Daten zurück)\b)|"
    rf"\b(?:paid(?: off)?|bought off|gave in to|yielded to|caved in to|met the (?:demands?|price) of|settled with) (?:the|its|their|his|her) (?:[\w-]{{2,16}} ){{0,2}}?{_WHO}\b"
    rf"|\b(?:paid for|bought|purchased)(?: (?:the|a|an|its|their))? (?:[\w-]{{2,16}} )?(?:key|decryptor|decryption (?:key|tool)|decrypter)\b(?=[^.;!?\n]{{0,80}}?\b{_HARM})"
    r"|\b(?:took|taken|collected|extracted|pocketed|extorted|made|earned|raked in|received|banked)\b(?: [\w'’$€£.,-]{1,16}){0,5}? (?:in |as )?(?<!['’]s )ransoms?\b(?! note| demand| letter)"
    r"|\b(?:zahlte|zahlten|bezahlte|bezahlten) (?:an |die )?(?:die |den )?(?:Erpresser\w*|Täter\w*|Angreifer\w*|Kriminellen)\b|\b(?:a|ont) (?:payé|cédé aux) (?:les |aux )?(?:pirates|maîtres[ -]chanteurs|criminels|malfaiteurs|attaquants)\b|\b(?:pagó|pagaron|cedió) a los (?:delincuentes|extorsionadores|atacantes|ciberdelincuentes|criminales)\b",
    re.IGNORECASE,
)
DEMANDED: Final = re.compile(
    # Somebody was extorted, or an extortion is spoken of as an event.
    r"\b(?:was|were|been|being|got) (?:[\w-]{3,14} )?(?:held to ransom|blackmailed|extorted)\b|\b(?:the|this|that|last (?:year|month|week)['’]s|a|an|[A-Z]\w+['’]s) (?:[\w-]{2,14} )?(?:extortion|blackmail(?:ing)?) of (?:the|a|an|two|three|several|its|[A-Z])"
    rf"|\b(?:a|the) demand for (?:[\w.,$€£-]{{1,12}} ){{0,3}}?(?:bitcoins?|BTC|monero|XMR)\b|\b{_WHO} (?:[\w'’-]{{2,16}} ){{0,2}}?(?:want|wants|wanted|demand|demands|demanded|ask for|asks for|asked for) (?:[\w'’.,$€£-]{{1,12}} ){{0,3}}?(?:million|thousand|bitcoins?|dollars|euros)\b"
    rf"|\b(?:the|a|an) (?:[\w-]{{2,16}} )?{_WHO}['’]s? (?:ultimatum|demands?|price)\b|\b{_WHO} (?:[\w'’-]{{2,16}} ){{0,3}}?(?:gave|set|issued|sent|delivered) (?:[\w'’-]{{2,16}} ){{0,5}}?(?:an ultimatum|(?:hours|days) to pay)\b"
    rf"|\b{_WHO} (?:(?:who|which) )?(?:[\w'’-]{{2,16}} ){{0,3}}?(?:extorted|blackmailed|(?:are|is|were|was) (?:extorting|blackmailing)|tried to (?:extort|blackmail)|threatened to (?:publish|leak|sell|release)) "
    # A note with an address: "a text file told staff to write to … if they wanted their files back".
    rf"|\b(?:encrypted|held|locked(?: up)?|taken|scrambled|crippled) (?:for|to) ransom\b|\bthreat\w+ to (?:publish|leak|release|sell|post|auction)\b[^.;!?\n]{{2,80}}?\b(?:unless|if)\b[^.;!?\n]{{2,40}}?\b(?:paid|pays?|payment|money|sum)\b"
    rf"|\b{_WHO} (?:[\w'’-]{{1,16}} ){{0,4}}?(?:told|ordered|instructed|asked|wanted) (?:[\w'’-]{{1,16}} ){{0,4}}?to pay\b|\b(?:a|the|its|their|another) (?:[\w-]{{2,16}} )?ransom (?:note|demand|letter|message)s? (?:on|in|from|signed|appeared|arrived|turned up|popped|lay|hung|came|asking|demanding|waited|was (?:left|signed|pinned|printed))\b"
    rf"|\b(?:ransom )?{_NOTE} (?:(?:was|were|is) )?signed (?:by|with|[\"“'])[^.;!?\n]{{0,60}}|\b{_NOTE} (?:[\w'’-]{{1,16}} ){{0,6}}?(?:asked|asks|asking|demanded|demands|demanding|wanted|wants)(?: for)? (?:[\w'’-]{{1,12}} ){{0,4}}?(?:[$€£]|\d|(?:hundreds|tens|thousands|millions) of|(?:one|two|three|four|five|six|half a) (?:million|thousand|hundred)|bitcoins?|monero|money)"
    rf"|\b{_NOTE} (?:[\w'’-]{{1,16}} ){{0,6}}?(?:told|tells|asked|asks|ordered|orders|instructed|instructs|invited|invites|urged|demanded|demands|demanding|asking|telling) (?:[^.;!?\n]|[.](?=\S)){{2,140}}?\b(?:(?:files?|data|spreadsheets?|servers?|documents?|records?|systems?|photos?|work|everything|it|them|they \w+) back|decrypt\w*|unlock\w*|recover(?:ed|ing|y)?\b|restor\w+|(?:for|get) the key|leak\w*|be published|made public)\b"
    r"|\b(?:wurde|wurden|wird|werden|worden)\b[^.;!?\n]{0,60}?\berpresst\b|\b(?:Täter|Angreifer|Hacker|Kriminelle|Bande|Gruppe|Unbekannte)\b[^.;!?\n]{0,30}?\b(?:erpresst|erpressten?|erpressen|drohten?|drohen)\b[^.;!?\n]{2,80}?\b(?:Daten|Dateien|Stadt|Klinik|Firma|Unternehmen|Gemeinde|Verwaltung|Krankenhaus)"
    r"|\b(?:a été|ont été|est|sont) (?:[\wéè]{3,14} )?(?:victimes? (?:d['’]une (?:tentative d['’])?extorsion|d['’]un chantage|de chantage)|rançonnée?s?)(?!\w)|\b(?:ha sido|han sido|fue|fueron) (?:[\wá]{3,14} )?(?:extorsionad|chantajead)[ao]s?\b|\bvíctimas? de (?:una extorsión|un chantaje)(?!\w)",
    re.IGNORECASE,
)
FORMS: Final = (("not paid", NOT_PAID), ("paid", PAID), ("demanded", DEMANDED))
CRIMINAL_ASKS: Final = re.compile(
    rf"\b{_WHO},?(?: [\w'’,&-]{{1,16}}){{0,12}}? (?:demanded|demands|demanding|asked|asks|wanted|wants|sought|extorted)\b",
    re.IGNORECASE,
)
"""A demand whose subject is a criminal: that a court or an insurer tells of it makes it no fine."""
PAYEE: Final = re.compile(
    rf"\b(?:paid|pay|sent|send|gave|give|handed|hand|wired|transferred) (?:[\w'’-]{{1,16}} ){{0,2}}?{_WHO}\b",
    re.IGNORECASE,
)
"""Money that goes to criminals, whoever sends it."""
