# SPDX-License-Identifier: Apache-2.0
"""Techniques that a row, a label or a sentence in French, German or Spanish tells as done, with the id printed.

"| Exfiltration | T1567.002 | rclone copied 212 GB |"; "Persistence: a Run key (T1547.001)"; "Die Täter legten ein Konto an (T1136.001)".
`done_acts` has the English sentences with a subject. Judges the form of a line or sentence alone.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.listed_out import listed_out
from scc.read.page import Page

_MOST: Final = 240
_TACTIC: Final = (
    r"(?:reconnaissance|resource development|initial access|execution|persistence|privilege escalation|defen[cs]e evasion|stealth|credential access|discovery|lateral movement|collection|command[ -]and[ -]control|C2|exfiltration|impact|impair process control|"
    r"Ausführung|Persistenz|Erstzugriff|Seitwärtsbewegung|Exfiltration|exécution|persistance|accès initial|mouvement latéral|ejecución|persistencia|acceso inicial|movimiento lateral|exfiltración)"
)
_LABEL: Final = re.compile(
    # The tactic as label, or as the subject of a verb of way.
    rf"(?:^|[.;\n] ?)(?:[-*•] )?{_TACTIC}(?: ?:| (?:was|were|is|ran|runs|goes|went|came|comes|passes|passed|happened|happens|took place|relied on|relies on|rests on|rested on|used|uses|proceeds|proceeded|began|begins|starts?|started|lief|läuft|erfolgte|se fait|passe|passait|se hace|pasa|pasó)\b)[^;!?\n]{{0,200}}$",
    re.IGNORECASE,
)
_CELL: Final = re.compile(
    rf"[*_ ]{{0,4}}(?:TA\d{{4}}[ :-]{{0,3}})?{_TACTIC}[*_ ]{{0,4}}(?:\(TA\d{{4}}\))?[ ]{{0,2}}", re.IGNORECASE
)
NOT_DONE: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|neither|nor|without|n/?a|could|may|might|would|should|can|will|if|planned|possible|potential\w*|detect\w*|mitigat\w*|monitor\w*|block\w*|prevent\w*|hunt\w*|audit\w*|alert\w*|coverage|covered|tested|simulat\w*|emulat\w*|exercise|red[- ]team\w*|example|expected|unknown|tbd|rules?|quer(?:y|ies)|training|course|quiz|lab|score\w*|"
    r"nicht|kein\w{0,2}|nie|niemals|weder|ohne|könnte\w{0,2}|kann|würde\w{0,2}|sollte\w{0,2}|wenn|falls|Übung|(?:ne|n['’]\w{1,10})|pas|aucune?|jamais|rien|sans|pourrai(?:t|ent)|peut|peuvent|devrai(?:t|ent)|aurai(?:t|ent)|exercice|si|sin|nunca|jamás|nadie|nada|ningun[oa]?|ningún|podrían?|puede[n]?|habrían?|debería[n]?|ejercicio|simul\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
_THEY: Final = re.compile(
    r"\b(?:[Dd]ie (?:Täter|Angreifer|Eindringlinge|Erpresser|Hacker|Gruppe|Bande|Schadsoftware|Malware|Ransomware|Hintertür|Spione)|[Dd]er (?:Angreifer|Täter|Eindringling|Wurm|Trojaner|Schädling|Loader|Wiper|Dropper)|[Dd]as (?:Schadprogramm|Skript|Implantat)|[Ss]ie|[Ee]s|"
    r"[Ll]es (?:attaquants?|assaillants?|pirates?|intrus|cybercriminels|opérateurs|espions|malfaiteurs)|[Ll]['’](?:attaquant|assaillant|intrus|implant|opérateur|espiogiciel)|[Ll]e (?:groupe|maliciel|logiciel malveillant|pirate|cheval de Troie|ver|rançongiciel|programme|chargeur|script)|[Ll]a (?:porte dérobée|charge utile|bande)|[Ii]ls?|[Ee]lles?|"
    r"[Ll]os (?:atacantes|intrusos|delincuentes|ladrones|piratas|operadores|espías)|[Ee]l (?:atacante|intruso|grupo|malware|troyano|gusano|programa|cargador|script|implante|ransomware)|[Ll]a (?:banda|puerta trasera|carga))\b(?=[^;:!?\n]{3,200}$)"
)
_WORDS_LEAST: Final = 3
"""Words of a cell that tell how it was done."""


def told_in_row(page: Page, offset: int) -> bool:
    """Whether a row names the tactic, the id and how it was done."""
    first, last = page.line(offset)
    cells = re.split(r"[|\t]", page.text[first:last])
    if len(cells) < 3 or not any(_CELL.fullmatch(each.strip()) for each in cells):
        return False
    told = [each for each in cells if len(each.split()) >= _WORDS_LEAST and not _CELL.fullmatch(each.strip())]
    return bool(told) and not any(NOT_DONE.search(each) for each in told)


def told_by_label(page: Page, offset: int) -> bool:
    """Whether an id in brackets stands behind the name of its tactic, or behind an act told in French, German or Spanish."""
    if page.text[max(0, offset - 1) : offset] not in ("(", "["):
        return False
    first, last = page.sentence(offset)
    clause = page.text[max(first, offset - 1 - _MOST) : offset - 1]
    clause = clause[clause.rfind("; ") + 1 :]
    if NOT_DONE.search(clause) or page.text[max(first, last - 2) : last].rstrip().endswith("?"):
        return False
    return _LABEL.search(clause) is not None or _THEY.search(clause) is not None


def ruled_out(page: Page, start: int) -> bool:
    """Whether a list or row says of an id that it was not seen."""
    return listed_out(page, start, start + 5)
