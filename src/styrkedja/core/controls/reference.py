"""The sentences behind the finer checks, by their codes in the domain reference (6.1–6.3): what was written, word for word, and where.

"…" stands where words are left out. Source 002 is an executive board's answer to a review of god och nära vård, 003 a committee's answer to one of
its economic strategy; 6.3 are reviews of other regions.
"""

from typing import NamedTuple


class Quoted(NamedTuple):
    """`source` as in the documentation: "002", "003", "001", "004"."""

    source: str
    quote: str


_REMEDY = (
    "För att förbättra situationen rekommenderas att tydliggöra strategier, ansvarsfördelning och resurser samt att förbättra samordningen och "
    "uppföljningen av omställningsarbetet."
)
_FIVE = (
    "Målbilden bygger på fem strategier: ökad delaktighet, ökad kontinuitet, ökad tillgänglighet, hälsofrämjande och förebyggande fokus, "
    "ökad samordning och samverkan samt samskapande med medborgarna."
)
_LOCALLY = (
    "Det är emellertid viktigt att de indikatorer som följs nationellt också kan följas lokalt och kan brytas ner till flertalet organisatoriska "
    "nivåer i det egna uppföljningssystemet."
)
_ONE_AGAINST_ANOTHER = "innebär varje ökat krav på återrapportering att en annan återrapportering behöver prioriteras ned"

OF_002 = {
    "A01": "det finns utmaningar i omställningsarbetet mot god och nära vård, särskilt gällande styrning, ansvarsfördelning, resurser och IT-stöd",
    "A02": _REMEDY,
    "A03": "Arbetet kräver långsiktighet, delmål och kontinuerlig uppföljning och utvärdering.",
    "A04": "krävs samordning med kommunerna och samverkan med de privata vårdgivarna",
    "A05": _FIVE,
    "A06": "Breddinförande av nya arbetssätt har fördröjts.",
    "A07": "saknas en tydlig och samlad strategi, samt efterlyser en mer strukturerad plan med tidsatta delmål",
    "A08": "Detta skapar osäkerhet kring förväntningar och resurser samt samarbete mellan olika vårdnivåer.",
    "A09": "Brist på IT-kompetens, otillräcklig infrastruktur och behov av bättre projektledning utgör stora hinder.",
    "A10": "Dessutom finns det utmaningar när det gäller juridisk kompetens och projektledarstöd för att effektivt genomföra utvecklingsprojekt.",
    "A11": "Två nya arenor har inrättats för att underlätta överföring av vårduppgifter och samordna digitaliseringsprojekt",
    "A12": "Återrapporteringen till ansvariga nämnder sker genom månadsrapporter, delårsrapporter och årsbokslut.",
    "A13": "Det finns dock utmaningar med att följa upp vissa mått, som kontinuitet och antalet hembesök.",
    "A14": "Det finns en ambition att förbättra återrapporteringen av nyckeltal för att ge en mer fullständig bild av omställningsarbetet.",
    "A15": "I regionplanen är God och nära vård fastställt som ett målområde för hälso- och sjukvård med långsiktiga nyckeltal.",
    "A16": "Då det varje år har fattas nya beslut kring dessa medel har det varit svårt att bygga långsiktiga lösningar",
    "A17": "Den regionala primärvården omfattas av cirka 20% utförare i annan regi, vilka inte har deltagit i granskningen.",
    "A18": "ser en risk med en beslutad strategi låser fast organisationen i arbetssätt som snabbt blir obsoleta",
    "A19": "Omställningen för god och nära vård styrs idag av regionplanen som sedan omsätts av regionstyrelsen i en verksamhetsplan.",
    "A20": "behöver tydliggöras i arbetet med kommande regionplan",
    "A21": "På politisk nivå åvilar ansvaret för omställningen både regionstyrelsen och hälso- och sjukvårdsnämnden.",
    "A22": "framkommer behov av att tydliggöra gränserna mellan olika funktioner, särskilt mellan vårdutvecklare … och vårdstrateger",
    "A23": "Frågan tas vidare till berörda aktörer inom regionledningen och lyfts in i den pågående översynen av administrationen.",
    "A24": _LOCALLY,
    "A25": "Det har under lång tid funnits starkt begränsade möjligheter att inom … datalager ta fram nya nyckeltal",
    "A26": "Även Fredagsgruppen och Sociala vård och omsorgsgruppen (SVOM) följer upp ett antal parametrar",
    "A27": "på enhetsnivå följer upp ett stort antal parametrar i verktyget Medrave, däribland kontinuitet och hembesök",
    "A28": "Arbetet med Färdplan 2030 kan vara till hjälp i hur vi ska förbättra uppföljningen",
    "A29": "Regionstyrelsen delar således revisorernas slutsats",
    "A30": "Se bild nedan.",
    "A31": "Svaret är fastställt av regionstyrelsen 2025-03-25—26 § 39",
}
OF_003 = {
    "A40": "Det saknas en samlad plan med ekonomiska beräkningar, vilket försvårar uppföljning och kontroll.",
    "A41": "Det lämnas fem rekommendationer för vilka revisionen önskar en redovisning om vidtagna eller planerade åtgärder.",
    "A42": "tydliga indikatorer som visar hur resultatet förbättrande åtgärder bidrar till att uppnå ekonomisk balans",
    "A43": "Åtgärderna är sedan kopplade till de uppdrag som återfinns under respektive målområde.",
    "A44": "separata åtgärdsplaner som återredovisas till regionfullmäktige",
    "A45": "Framtagna åtgärdsplaner består av långsiktiga och strukturella förändringar, utöver kortsiktiga aktiviteter.",
    "A46": "hemtagningseffekt ska mätas inom respektive nämnds plan och uppföljning",
    "A47": "Hälso- och sjukvårdsnämnden är delaktig i arbetet inom tre åtgärdsprogram",
    "A48": "ämnar utöver ovanstående också verka för att utveckla insatser och indikatorer inom nämndens ansvarsområde",
    "A49": "både vertikalt och horisontellt, med tydlig koppling till mål och indikatorer",
    "A50": "har varit alltför svår att följa upp, och åtgärdsplanen har därför formulerats annorlunda i Plan med budget 2026",
    "A51": "I resultatrapporterna syns inte effektiviseringarna, eftersom läkemedelskostnaderna följs på en totalnivå, och läkemedel i allmänhet ökar mer än LPIK.",
    "A52": "För att synliggöra effekten behöver en ganska omfattande, separat, analys genomföras.",
    "A53": "Klargör gränsdragningen mellan politiska beslut och tjänstemannabeslut",
    "A54": "att mandat för korrigerande åtgärder är tydligt och att det finns en ekonomisk beräkning bakom besluten",
    "A55": "respektive ansvarig följer upp och vid behov initierar korrigerande åtgärder",
    "A56": "beslut om resurser till kritisk hälso- och sjukvård måste fattas även när den ekonomiska situationen, som nu, är svår",
    "A57": "återrapporteras till nämnden på ett sätt som möjliggör strategisk styrning och beslut",
    "A58": "Det är dock en balansgång att definiera på vilken detaljeringsgrad sådan återkoppling ska ske.",
    "A59": _ONE_AGAINST_ANOTHER,
    "A60": "Identifiera och hantera organisatoriska hinder såsom förändringsmotstånd och målkonflikter",
    "A61": "Gemensam prioritering av åtgärder med störst ekonomisk effekt",
    "A62": "Förenkling av beslutsvägar och mandat genom ständig utveckling av ledning och styrning.",
}

# What speaks for a rule's own check when it is not the rule's sentence.
OF_OWN_CHECKS = {
    "R13c": Quoted("001", "Utdrag till"),
    "R16d": Quoted("Region Norrbotten 2021", "Beslut utifrån återrapportering? … Har RS utrett kvarstående behov?"),
    "R16e": Quoted("002", OF_002["A31"]),
}

SENTENCES: dict[str, Quoted] = {
    **OF_OWN_CHECKS,
    **{code: Quoted("002", quote) for code, quote in OF_002.items()},
    **{code: Quoted("003", quote) for code, quote in OF_003.items()},
}
