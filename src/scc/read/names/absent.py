# SPDX-License-Identifier: Apache-2.0
"""Whether a sentence says that what a name stands for was not there, in other ways than by a "not" in front of it.

"No Mimikatz, no PsExec"; "APT28, which had no hand in it"; "asked about APT28, she said that it had never been seen"; "Emotet: no
case"; a row or a list of what was ruled out; a question. `scope` has the plain denials. Judges form only, no truth.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page
from scc.read.sought import Sought

_BACK: Final = 200
_AHEAD: Final = 260
_NONE: Final = Sought(
    # The name right behind its "no".
    r"\b(?:no|nor|neither|without(?: any)?|zero|kein(?:e|en|er|em|es)?|weder|ohne|aucune?|sans|ni|ningún|ninguna|sin|nessuna?|senza|né|geen) (?:[“\"‘'«„] ?)?$"
    r"|\b(?:weder|keine?|nicht)\b[^.;:!?\n]{1,60}\bnoch (?:[“\"‘'«„] ?)?$",
    re.IGNORECASE,
    near="aucun geen kein neither nessun ni no né ohne sans senza sin weder without zero",
)
_THEIRS: Final = re.compile(
    r"['’]?s? (?:victims?|members?|affiliates?|decryptors?|operators?|suspects?|arrests?|customers?)\b"
)
""""No LockBit victim has …" speaks of those there are."""
_NOBODY: Final = Sought(
    r"\b(?:rien|nichts|nada|niente|niets|personne(?= n(?:e |['’]))|niemand|nadie|nessuno)\b(?!,)[^.;:!?\n]{0,80}$",
    re.IGNORECASE,
    near="nada nadie nessuno nichts niemand niente niets personne rien",
)
_NOBODY_NOT: Final = re.compile(
    r"\b(?:arrêt|stopp|aufh[aä]lt|hielt|hält|detien|detuv|detener|empêch|hinder|verhind|imp[ie]d|protè|schütz|proteg|sav(?:ait|ent)|wusste|weiß|ahnte|sab[eí]|sapeva|remarqu|bemerk|merkt|not[óa]\b|vu venir|que (?:d|l|le|la)\b|als\b|más que|menos que|altro che|conn[au]|kannte|conoc)",
    re.IGNORECASE,
)
"""What nobody could stop, or nobody knew of, was there."""
_SHOWN: Final = r"(?:hand|part|role|share|place|ties?|links?|connections?|involved|responsible|behind|present|guilty|to do|there|here|found|seen|observed|detected|used|deployed|active|at work|to blame|to be (?:found|seen)|in sight|the (?:one|culprit|cause|author|source)|it|among them|on (?:the|any|our|its|their)|in (?:the|any|our|its|their|this))"
_NOT: Final = r"(?:(?:had|has|have|was|were|is|are|did|does|do|took|takes|plays?|played|bears?|bore)(?: not| never| no| nothing| nowhere|n['’]t)|(?:cannot|could not|couldn['’]t) (?:have )?)"
_WHICH_NOT: Final = re.compile(
    rf"[”\"'’»)]{{0,2}},? (?:which|who|that)(?: itself| themselves| in fact| however)? {_NOT}\b(?: \w{{2,12}}){{0,2}}? {_SHOWN}\b(?! (?:by|until|before|for) )",
    re.IGNORECASE,
)
_SOUGHT: Final = Sought(
    # What somebody asks about, fears, guesses or looks for; whether it was there the rest of the sentence says.
    r"\b(?:(?:asked|questioned|pressed|quizzed|speculat\w{1,4}|rumou?rs?|talk|whispers?|theory|theories|reports?|stories|suspicions?) (?:about|on|over|of|that)|(?:look|search|hunt|scann?|check|test|comb)\w{0,4} (?:[\w'’-]{1,16} ){0,4}?for|"
    r"dread\w{0,3}|fear\w{0,3}|expect\w{0,3}|suspect\w{0,3}|point\w{0,3} (?:the finger )?(?:at|to)|blam\w{1,3}|accus\w{1,3}|guess\w{0,3}|(?:first|initially|at first)\b[^.;:!?\n]{1,30}|thought (?:of|it was|that)|believed (?:it was|that))\b[^.;!?\n]{0,50}$",
    re.IGNORECASE,
    near="accus asked believed blam check comb dread expect fear first guess hunt initially look point pressed questioned quizzed report rumo scan search speculat stories suspect suspicion talk test theor thought whisper",
)
_FOUND_NOT: Final = re.compile(
    rf"\b(?:it|they|this|that|he|she|which|none|(?:the|that|this) (?:group|gang|crew|malware|tool|program|family|trojan|worm))\b[^.;:!?\n]{{0,25}}?\b{_NOT}\b(?:[^.;:,!?\n]{{0,30}}?)\b{_SHOWN}\b"
    r"|\bfound (?:no(?:thing|ne)?|neither)\b|\b(?:in vain|without success|to no avail|empty-handed|(?:came|come) (?:up|back|away) empty|(?:return|yield)ed nothing|turned up nothing|no (?:hits?|results?|matches)|drew a blank|there (?:is|are|was|were) none|nothing of the (?:sort|kind))\b|\bbut (?:found |it was |they were )?(?:something|somebody|someone) else\b"
    r"|\b(?:it|this|that|they) (?:was|were|is|are) (?:in fact |actually |really |merely |only |just |simply )?(?:an? |the )(?:worn|faulty|broken|failed|wrong|bad|bug|mistake|error|accident|glitch|misconfig\w+|power|hardware|software|human|loose|burst)\b",
    re.IGNORECASE,
)
_IT_NOT: Final = Sought(
    # The denial takes the name up again, whatever came before.
    r"\b(?:(?:do|does|did|can|could|would|will|have|has)(?: not|n['’]t)|cannot|never|no longer) (?:\w{2,12} ){0,2}?(?:attribut|link|tie|connect|ascrib|pin|blam|assign)\w{0,4}\b[^.;!?\n]{0,60}\b(?:to|with|on) (?:it|them|him|(?:that|the|this) (?:group|gang|actor|crew|family|team))\b"
    r"|\b(?:no|nothing|not an?|not one|not a single)\b[^.;!?\n]{0,60}?\b(?:t(?:ies|ied|ying)|link(?:s|ed|ing)|connect(?:s|ed|ing)|point(?:s|ed|ing)|speaks for|implicat\w{1,3})\b[^.;!?\n]{0,30}\b(?:it|them|him|that way|(?:that|the|this) (?:group|gang|actor|crew))\b"
    r"|\b(?:got|gave|received|answered|replied)\b[^.;!?\n]{0,20}\b(?:flat |firm |clear )(?:no|denial)\b"
    r"|\b(?:there (?:is|are|was|were) (?:none|nothing)|nothing (?:of the sort|of the kind|like it) (?:was|is|has)|(?:as such|itself|proper) (?:was|is|were) (?:nowhere|not))\b",
    re.IGNORECASE,
    near="answered ascrib assign attribut blam connect gave got implicat itself link none nothing pin pointed pointing points proper received replied speaks such tie tying",
)
_IS_NOT: Final = Sought(
    r"[;:–—] (?:but )?(?:it|they|this|that) (?:is|was|are|were|had|has|did)(?: not|n['’]t)(?=[.;,!]|\Z)",
    re.IGNORECASE,
    marks=";:–—",
)
_NOT_FOUND: Final = re.compile(
    r"[”\"'’»]? (?:(?:was|were|has been|had been) (?:looked|searched|scanned|hunted|tested|checked) for\b[^.;!?\n]{0,40}\b(?:not|no|nothing|never|without|vain)\b|(?:has|have|had|was|were)(?: not|n['’]t|n[’']t) (?:been )?(?:seen|detected|observed|encountered|spotted|met|around)\b(?! (?:before|for (?:years|months|weeks)|since \w+ (?:but|until)))|made (?:famous|notorious|popular)|(?:cannot|can['’]t|could not|couldn['’]t|will never|would never|won['’]t) (?:touch|hurt|harm|reach|get (?:us|in|at)|hit|happen|beat|break in)|(?:does|did|do)(?: not|n['’]t) (?:list|name|mention|include|contain|claim (?:the|this|that|to have)))\b",
    re.IGNORECASE,
)
_NO_HITS: Final = Sought(
    r"\b(?:zero|no|0|nil|not one|not a single|kein(?:e|en)?|aucune?|ningun[oa]?|ningún) (?:[\w-]{2,14} ){0,2}?(?:detections?|hits?|sightings?|cases?|infections?|alerts?|samples?|traces?|signs?|mentions?|matches|findings?|indicators?|Treffer|Funde?|Fälle|Fall|détections?|casos?|detecciones) (?:of|for|from|on|von|für|de|d['’])[ ]?(?:the )?$"
    r"|\b(?:no|none|not one|neither)\b[^.;:,!?\n]{0,50}\b(?:was|were|is|are|proved(?: to be)?|belonged to|matched|carried|contained|ran|held|had) (?:an? |the )?$"
    r"|\b(?:no|none|nobody|no one|not one)\b[^.;:!?\n]{0,40}\b(?:ever|once)\b[^.;:!?\n]{0,30}$",
    re.IGNORECASE,
    near="alert case caso detecciones detection détection fall finding fund fälle hit indicator infection matches mention neither no sample sighting sign trace treffer",
)
_BLAME: Final = Sought(
    # A trail laid on purpose.
    r"\b(?:pin(?:s|ned|ning)? (?:it|this|that|them|(?:the|all) (?:[\w-]{2,14} ){0,2}?[\w-]{2,14}|suspicion|blame)? ?on|fram(?:e|ing)|(?:cast|throw|shift|divert|steer)(?:s|ing)? (?:the )?(?:suspicion|blame) (?:on(?:to)?|to(?:wards)?)|incriminat\w{1,3}|(?:make|makes|made|making) (?:[\w-]{1,14} ){1,4}?(?:look|appear|seem|read) (?:like|as (?:if|though))(?: \w{2,8}){0,4}|(?:false|planted|fake|forged|doctored) (?:flags?|clues?|traces?|evidence|trails?|strings?) (?:[\w-]{1,12} ){0,4}?(?:to|at|towards?|for)|in order to implicate|to implicate)(?: the| a| an)? (?:[“\"‘'«„] ?)?$",
    re.IGNORECASE,
    near="blame doctored fake false forged frame framing implicate incriminat made make making pin planted suspicion",
)
_AFTER: Final = re.compile(
    # German, French, Spanish and Italian put what denies behind the name; what was not done by somebody denies nothing.
    r"[”\"'’»“)]{0,2}(?: nichts| rien| nada)? (?:hat|hatte|haben|hatten) (?:\w{2,16} ){1,3}?nichts zu tun\b"
    r"|[”\"'’»“)]{0,2} (?:n['’]|ne )[^.;!?\n]{2,40}?\b(?:pas|rien|jamais|aucun\w{0,2}|nullement|nulle part)\b[^.;,!?\n]{0,25}\b(?:voir|mêlée?s?|impliquée?s?|responsables?|cause|derrière|présente?s?|(?:re)?trouvée?s?|détectée?s?|utilisée?s?|déployée?s?|vue?s?|observée?s?|rôle|lien|l['’]auteur)\b"
    r"|[”\"'’»“)]{0,2} n['’]y (?:est|était|sont|étaient) pour rien\b"
    r"|[”\"'’»“)]{0,2} (?:ist|war|wurde|wurden|sind|waren|hat|haben|steckt|steckte|kam|kamen|taucht|tauchte|spielt|spielte)\b[^.;,!?\n]{0,40}\b(?:nicht|nie|niemals|nirgends|keine[nrs]?|nichts)\b[^.;,!?\n]{0,40}?(?:\b(?:beteiligt|verantwortlich|dahinter|gefunden|entdeckt|festgestellt|nachgewiesen|beobachtet|eingesetzt|verwendet|benutzt|im Spiel|vorhanden|zum Einsatz|auf|damit|Rolle|Spur\w{0,2}|dabei)\b|[.!]|\Z)"
    r"|[”\"'’»“)]{0,2} no (?:fue|era|es|estuvo|estaba|está|ha sido|han sido|se|aparec\w{1,4}|tuvo|tenía|tiene|figur\w{1,3}|particip\w{1,3}|interv\w{1,4})\b[^.;,!?\n]{0,40}?(?:\b(?:implicad[oa]s?|responsables?|detrás|presentes?|encontr\w{2,4}|hall\w{2,4}|detect\w{2,4}|us[óa]\w{0,3}|utiliz\w{2,4}|observ\w{2,4}|vi[so]\w{1,3}|ver|autor\w{0,3}|nada|aquí|en)\b|[.!]|\Z)"
    r"|[”\"'’»“)]{0,2} non (?:è|era|sono|ha|aveva|c['’]entra)\b[^.;,!?\n]{0,40}\b(?:coinvolt\w|responsabil\w|dietro|presente|trovat\w|rilevat\w|usat\w|vist\w|nulla|niente)\b",
    re.IGNORECASE,
)
_WERE: Final = re.compile(
    r"(?:^|[.;!?:,\n—–] ?)(?:Were|If|Should|Even if) (?:the )?(?:[\w'’-]{1,16} ){0,2}$", re.IGNORECASE
)
_WERE_IT: Final = re.compile(
    r"(?:['’]s)?(?: (?:gang|group|crew|operators))? (?:(?:were|was|had been|be|to be|stood) )?(?:really |indeed |in fact |actually )?(?:behind|responsible|involved|at work|to blame|the (?:culprits?|authors?|source|cause|one))\b"
)
_WOULD: Final = re.compile(r"\b(?:would|should have|one might expect|ought to have)\b")
_IF: Final = re.compile(
    r"\b(?:if|falls|what if|et si|y si)(?: ever| the| one day)? (?:[“\"‘'«„] ?)?$|(?:^|[.;!?:\n—–] ?)(?:had (?:it|this|that|they|he|these) (?:really )?been|if (?:it|this|that|they|these) (?:is|are|was|were|had been)|were (?:it|this|they)|wären? (?:es|das|sie)|hätte es sich um|si c['’](?:était|avait été)|s['’]il s['’]agissait d[eu']|si (?:fuera|fuese|hubiera sido))(?: really)? (?:the (?:work|doing) of )?(?:the )?$",
    re.IGNORECASE,
)
_IF_TRUE: Final = re.compile(
    r"['’]s?\b|,? (?:is|are|was|were) (?:right|to be believed|correct|telling)|,? (?:claims?|says?|had not|hadn['’]t)\b"
)
_COULD: Final = re.compile(
    r"(?:['’]s (?:\w+ )?(?:gang|group|crew|operators|people))? (?:would|could|might) (?:well |certainly |easily |also |surely )?(?:be (?:capable|able|in a position|well placed|equipped)|have (?:the (?:means|skills?|tools|motive)|left|used|done|known|looked|taken|gone|been able|chosen))\b"
)
_SCENARIO: Final = Sought(
    r"\b(?:Übung|Planspiel|Szenario|Drehbuch|exercice|scénario|ejercicio|simulacro|escenario)\b[^.;!?\n]{0,90}$|\b(?:an?|another|any|the next|one) (?:\w{3,12} )?(?:attack|strike|hit|breach|visit|blow|raid|intrusion) (?:by|from|of) (?:the )?(?=\Z)|\b(?:scenarios?|drills?|exercises?|rehears\w{1,3}|role-?plays?|simulations?|games?|Szenari\w{1,3}|Übung\w{0,2}|scénarios?|escenarios?|simulacros?) (?:in which|where|that has|with|wherein|in dem|in der|bei dem|où|dans lequel|en el que|donde) [^.;:!?\n]{0,60}$",
    re.IGNORECASE,
    near="attack blow breach drehbuch drill ejercicio escenario exercice exercise game hit intrusion planspiel raid rehears role scenario scénario simulacro simulation strike szenari visit übung",
)
_QUESTION: Final = re.compile(
    r"[”\"'’»)]{0,2}(?: (?!did|was|had|has|is|are|were|do|does)[\w'’-]{1,16}){0,5} ?\?"
)
_NEVER: Final = re.compile(
    # Who never so much as came near.
    r"[”\"'’»]?(?:,[^.;!?\n]{2,50},)? (?:has |have |had )?never (?:(?:so much as|even|actually|once|really) )?(?:came (?:near|close)|come (?:near|close)|set (?:foot|eyes)|touch\w{0,2}|enter\w{0,2}|rent\w{0,2}|ran|run|us(?:ed|e)|held|hold|reach\w{0,2}|wrote|written|logged|visit\w{0,2}|made it|sent|attack\w{0,2}|target\w{0,2}|hit|br(?:oke|oken) in\w{0,2}|got in\w{0,2}|work\w{0,2}|own\w{0,2}|took part|taken part|play\w{0,2}|exist\w{0,2}|was|were|been|had (?:a|any|an)|infect\w{0,2}|show\w{0,2}|appear\w{0,2}|log\w{0,3})\b(?! (?:able|again|alone|content|idle|caught|arrested|charged|identified|far|back|the same|published|seen before|before))"
    r"|[”\"'’»]?(?: as [^.;,!?\n]{2,40},|,[^.;!?\n]{2,50},)? did(?: not|n['’]t) (?:do (?:it|this|that|so)|switch|attack|hack|break|cause|hit\b|knock|sabotage|target|carry out|commit|take part|write (?:it|this|that)|come (?:near|close)|get in|touch|shut|bring down|take down|strike|infect|play)\b(?! (?:only|just|merely))",
)
_ASSUMED: Final = Sought(
    # What somebody plans for, foresees or makes up.
    r"\b(?:assum(?:e[sd]?|ing) (?:that )?(?=[\w'’ -]{2,30}\Z)|forecast(?:s|ed|ing)? |predict(?:s|ed|ing)? (?:that|an?) |foresee\w{0,2}|foresaw|plan(?:s|ned)? for|prepar\w{1,3} for|brac\w{1,3} for|budget\w{0,2} for|insur\w{1,3} against|a (?:day|morning|night|year|world) (?:when|in which|where|on which)|one day|some ?day|next time|sooner or later|in (?:the|our|this|that|an?) (?:\w+ )?(?:exercise|drill|simulation|scenario|war ?game|table-?top|rehearsal|role-?play|training (?:script|session)|workshop|game)(?: (?:script|plan|book|scenario))?|red cell|(?:the|our|this|an?) (?:table-?top|drill|exercise|scenario|simulation|rehearsal|war ?game|role-?play|script|training)\b[^.;!?\n]{0,30}\b(?:start|begin|open|assum|imagin|pit|cast|featur|play|run|end|deal|is (?:built|set))\w{0,3}\b|gesetzt den Fall|Planspiel|angenommen|annehmen|prévoi\w{1,4}|exercice|ejercicio|simulacro|supon\w{1,5})\b[^.;!?\n]{0,90}$"
    r"|\b(?:some(?:one|body)|attackers|criminals|they|thieves|hackers|crooks) (?:will|would|could|may|might) (?:[\w-]{2,14} ){1,4}$"
    r"|(?:^|[.;!?:“\"«„\n] ?)[“\"«„]?(?:Imagine|Suppose|Picture|Let['’]s (?:say|assume|imagine|pretend)|Say|Pretend|Stellen Sie sich vor|Imaginez|Imaginen?)\b[^.;!?\n]{0,90}$",
    re.IGNORECASE,
    near="angenommen annehmen assume assuming attackers brac budget cell criminals crooks day drill ejercicio exercice exercise forecast foresaw foresee game gesetzt hackers imagine insur morning next night picture plan predict prepar pretend prévoi rehearsal role say scenario script simulacro simulation some sooner stellen supon suppose table they thieves training war workshop world year",
)
_STILL_REAL: Final = re.compile(
    r"\b(?:after|since|because|as|now that|once) (?:\w+ )?$|\b(?:like|such as) the (?:one|attack)",
    re.IGNORECASE,
)
_ASKED_ELSEWHERE: Final = Sought(
    r"\bob\b[^.,;:!?\n]{0,60}$|\b(?:pregunt\w{1,5}|sab(?:er|e|en|ía)|dud\w{1,4}|inciert\w|demand\w{1,4}|savoir|sait|ignor\w{1,4}|incertain|chiede\w{0,3}|chiesto|sapere)\b[^.;:!?\n]{0,40}\b(?:si|se)\b[^.,;:!?\n]{0,50}$",
    re.IGNORECASE,
    near="chiede chiesto demand dud ignor incertain inciert ob pregunt sabe sabía sait sapere savoir",
)
_DISCARDED: Final = Sought(
    r"\b(?:possibilit(?:y|ies)|hypothes[ei]s|theor(?:y|ies)|idea|suggestion|suspicion|lead|version|option|guess|notion)\b[^.;:!?\n]{0,50}\b(?:discard|dismiss|reject|drop|abandon|rul|refut|disprov|threw out|thrown out|shel[fv]|exclud|put aside|set aside|laid to rest|discount)\w{0,4}\b[^.;:!?\n]{0,60}$"
    r"|\b(?:discard|dismiss|reject|abandon|refut|disprov|discount|exclud)\w{1,4}\b[^.;:!?\n]{0,40}\b(?:possibility|hypothesis|theory|idea|suggestion|suspicion|notion|involvement|hand|role) (?:of|that|by)\b[^.;:!?\n]{0,40}$",
    re.IGNORECASE,
    near="abandon aside discard discount dismiss disprov drop exclud laid refut reject rul shel threw thrown",
)
_SAID_TILL_NOW: Final = Sought(
    # What a paper or a firm had said and corrects.
    r"\b(?:earlier|previous|first|original|prior) (?:versions?|editions?|drafts?) of (?:this|the|our) (?:[\w-]{2,12} )?(?:article|story|post|report|advisory|page|text|bulletin|blog|paper|item|piece)\b[^.;!?\n]{0,120}$|\b(?:we|our (?:\w+ )?(?:article|report|story|post)) (?:had )?(?:wrongly|mistakenly|erroneously|incorrectly) \w{3,12}\b[^.;!?\n]{0,80}$"
    r"|\b(?:eine? frühere|in einer früheren) (?:Fassung|Version)\b[^.;!?\n]{0,100}$|\bune version (?:antérieure|précédente)\b[^.;!?\n]{0,100}$|\buna versión anterior\b[^.;!?\n]{0,100}$",
    re.IGNORECASE,
    near="draft edition erroneously frühere incorrectly mistakenly version versión wrongly",
)
_REPORTED: Final = Sought(
    # German, French and Spanish tell with "Meldung", "rumeur", "rumor" what may be taken back behind it.
    r"\b(?:Meldung\w{0,2}|Gerücht\w{0,2}|Bericht\w{0,2}|Verdacht|Vermutung\w{0,2}|Annahme|Behauptung|These|Spekulation\w{0,2}|hieß es|rumeurs?|soupçons?|hypothèse|thèse|l['’]idée|l['’]information|piste|rumor(?:es)?|sospechas?|hipótesis|versión|bulo|teoría)\b[^.;!?\n]{0,60}$",
    re.IGNORECASE,
    near="annahme behauptung bericht bulo gerücht hieß hipótesis hypothèse idée information meldung piste rumeur rumor sospecha soupçon spekulation teoría these thèse verdacht vermutung versión",
)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:nicht (?:bestätigt|erhärtet|belegt|haltbar|zutreffend|zu)|(?:als )?(?:falsch|haltlos|unbegründet|Ente|Irrtum|Fehlalarm)|erfunden|widerlegt|dementiert\w{0,2}|verworfen|vom Tisch|(?:démenti|infondé|écarté|abandonné|réfuté|fau[xs]s?)e?s?|(?:n['’]a|ne s['’]est) (?:pas|jamais|jamais été|pas été) (?:été )?(?:confirmé|vérifié|établi)\w{0,2}|inventée?|(?:desmentid|infundad|descartad|fals|inventad|refutad)[oa]s?|no se (?:ha )?(?:confirm|prob|demostr|sostuv|verific)\w{1,3}|desmint\w{1,5})\b",
    re.IGNORECASE,
)
_NO_SUCH: Final = Sought(
    r"\b(?:no such|nothing of the (?:sort|kind)|none of (?:this|that|it) (?:is|was|has|had)|neither (?:is|was) true|nichts dergleichen|rien de tel|nada (?:de eso|parecido|semejante))\b",
    re.IGNORECASE,
    near="nada neither nichts none nothing rien such",
)
_NEXT_NOT: Final = re.compile(
    # The next sentence takes the whole thing back.
    r"\W{0,4}(?:(?:They|It|He|She|This|That|We|Both|Neither|None) (?:had|has|have|did|was|were|is|are|do|does)(?: not|n['’]t)(?: been| come| happened| so| true| right| the case| correct| yet)?(?=[.;,:!]| –| —)|(?:That|This|It|Both|All) (?:is|was|were|are|has been) (?:all )?(?:wrong|false|untrue|incorrect|nonsense|a mistake|an error|not (?:so|true|the case|correct|right)|made up|invented|a hoax)\b|(?:Nonsense|Rubbish|Wrong|False|Not so|Untrue|Not true|Pure fantasy|Unsinn|Falsch|Quatsch|Faux|C['’]est faux|Das (?:war|ist|stimmt) (?:falsch|nicht|unwahr)|Das stimmte nicht|Falso|No es (?:cierto|verdad)|No era (?:cierto|verdad))\b(?! (?:alarm|flag))|[^.;!?\n]{0,60}\b(?:no such|nothing of the (?:sort|kind))\b)",
)
_PRESUMES: Final = re.compile(
    r"(?:^|[“\"«„(¿:;,\n] ?)(?:why|how|when|where|what|which|who|whose|warum|wie|wann|wo|was|wer|wieso|pourquoi|comment|quand|où|qui|que|quoi|por qué|cómo|cuándo|dónde|qué|quién|perché|come|chi)\b",
    re.IGNORECASE,
)
"""A question that takes what it asks about for given: "how did LockBit get in?"."""


def absent(page: Page, start: int, end: int) -> bool:
    """Whether the sentence of a name, or the row or list it stands in, says that nothing of this name was there."""
    first, last = page.sentence(start)
    text = page.text
    back, ahead = max(first, start - _BACK), min(last, end + _AHEAD)
    before, after = text[back:start], text[end:ahead]
    if page.inside(_NO_HITS, back, start) or _NOT_FOUND.match(after):
        return True
    if (
        not text[start].islower()
        and page.inside(_NONE, back, start) is not None
        and _THEIRS.match(after) is None
    ):
        return True
    found = page.inside(_NOBODY, back, start)
    if found is not None and _NOBODY_NOT.search(found[0]) is None:
        return True
    if (
        page.inside(_SCENARIO, back, start)
        or page.inside(_BLAME, back, start)
        or _WHICH_NOT.match(after)
        or _AFTER.match(after)
        or _COULD.match(after)
    ):
        return True
    if page.inside(_SOUGHT, back, start) is not None and _FOUND_NOT.search(after) is not None:
        return True
    if _IF.search(before) and _IF_TRUE.match(after) is None:
        return True
    if _WERE.search(before) and _WERE_IT.match(after) and _WOULD.search(after):
        return True
    if (
        _NEVER.match(after)
        or page.inside(_ASKED_ELSEWHERE, back, start)
        or page.inside(_DISCARDED, back, start)
    ):
        return True
    if page.inside(_SAID_TILL_NOW, back, start) or (
        page.inside(_REPORTED, back, start) and _TAKEN_BACK.search(after)
    ):
        return True
    if page.inside(_ASSUMED, back, start) is not None and _STILL_REAL.search(before) is None:
        return True
    if (
        page.inside(_IT_NOT, end, ahead)
        or page.inside(_IS_NOT, end, ahead)
        or page.inside(_NO_SUCH, end, ahead)
        or _asked(before, after)
    ):
        return True
    return _NEXT_NOT.match(text, last, last + 140) is not None


def _asked(before: str, after: str) -> bool:
    """Whether a name is all that is asked: "APT28?"; or stands in a question that can be denied: "Was it APT28?"."""
    if "?" not in after or _PRESUMES.search(before) is not None:
        return False
    return _QUESTION.match(after) is not None
