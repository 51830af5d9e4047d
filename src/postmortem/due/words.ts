/**
 * The words of due dates, language by language. Data only; {@link ./lexicon.js} makes patterns of it.
 * Everything is written folded (see {@link ./fold.js}): lower case, without accents. A `|` separates alternatives and
 * patterns may be used in all but the name lists.
 */

/** How long a period or a stretch of time is. */
export type Unit = "day" | "workday" | "week" | "month" | "quarter" | "half" | "year" | "sprint";

/** What one language brings. */
export interface Words {
  /** Twelve months; a space separates the spellings of one. */
  readonly months: string;
  /** Seven weekdays, Sunday first. */
  readonly weekdays: string;
  /** The numbers from one on. */
  readonly numbers: string;
  readonly units: Readonly<Record<Unit, string>>;
  /** First to fourth, as in "third quarter". */
  readonly ordinals: string;
  /** In front of a stretch of time: "in", "within". */
  readonly within: string;
  /** Small words that may stand inside a date: "of", "the". */
  readonly filler: string;
  readonly end: string;
  readonly middle: string;
  readonly early: string;
  /** "next" and "this", in front of a unit or behind it. */
  readonly next: string;
  readonly current: string;
  /** One word for the end of the running unit: "EOM", "Monatsende". */
  readonly ends: Readonly<Partial<Record<Unit, string>>>;
  /** Names of a due field: behind them and a colon even what cannot be read is a due statement. */
  readonly field: string;
  /** Words that say a due date follows. */
  readonly strong: string;
  /** Words that say so only in front of what is plainly a day. */
  readonly weak: string;
  /** Statements that name no day. */
  readonly vague: string;
  /** Words that make a date behind them the day of completion. */
  readonly done: string;
}

const EN: Words = {
  months:
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
  weekdays: "sunday sun|monday mon|tuesday tues tue|wednesday weds wed|thursday thurs thur thu|friday fri|saturday sat",
  numbers: "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
  units: {
    day: "days?",
    workday: "(?:working|business|work)[ -]?days?",
    week: "weeks?|wks?",
    month: "months?",
    quarter: "quarters?|qtrs?",
    half: "half(?:[ -]year)?s?",
    year: "years?|yrs?",
    sprint: "sprints?|iterations?",
  },
  ordinals: "first 1st|second 2nd|third 3rd|fourth 4th",
  within: "in|within|over the next|in the next|within the next|the next|next",
  filler: "of the|of|the|in|on|at",
  end: "end|late|close",
  middle: "mid|middle",
  early: "early|beginning|start",
  next: "next|following|coming|upcoming",
  current: "this|current|the current",
  ends: { day: "eod|cob|eob|today", week: "eow", month: "eom", quarter: "eoq", year: "eoy" },
  field:
    "due(?: date| on| by)?|deadline|eta|target date|target completion(?: date)?|completion date|expected (?:date|completion)|expected by",
  strong:
    "target(?:ed|ing)?(?: for)?|(?:scheduled|planned|slated) for|expected(?: by| in)?|no later than|not later than|at the latest",
  weak: "by|until|till|before|no later than",
  vague:
    "asap|as soon as possible|when possible|tbd|tbc|tba|to be (?:determined|decided|confirmed|agreed|scheduled)|ongoing|on-going|continuous(?:ly)?|continual(?:ly)?|recurring|soon|shortly|immediate(?:ly)?|right away|now|unknown|not set|unscheduled|later|some ?day|eventually|never|backlog|(?:a )?(?:few|several|couple(?: of)?|some) (?:days?|weeks?|months?)|(?:short|medium|mid|long|near)[ -]term",
  done: "done|completed?|finished|fixed|resolved|closed|shipped|deployed|merged|released|implemented|delivered|since|from|as of|started|opened|created|updated",
};

const ES: Words = {
  months:
    "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sept sep|octubre oct|noviembre nov|diciembre dic",
  weekdays: "domingo dom|lunes lun|martes mar|miercoles mie|jueves jue|viernes vie|sabado sab",
  numbers: "uno una un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
  units: {
    day: "dias?",
    workday: "dias? (?:habil(?:es)?|laborables?)",
    week: "semanas?",
    month: "mes(?:es)?",
    quarter: "trimestres?",
    half: "semestres?",
    year: "anos?",
    sprint: "sprints?|iteracion(?:es)?",
  },
  ordinals: "primer primero 1er 1.er 1º 1°|segundo 2do 2º 2°|tercer tercero 3er 3º 3°|cuarto 4to 4º 4°",
  within: "en|dentro de|en un plazo de|en menos de|en los proximos|en las proximas",
  filler: "de la|de los|del|de|el|la|los",
  end: "a? ?finales|a? ?fines|fin|final",
  middle: "a? ?mediados|mitad",
  early: "a? ?principios|a? ?comienzos|a? ?inicios|inicio|principio",
  next: "proxim[oa]|siguiente|que viene",
  current: "est[ea]|este mismo|en curso|actual",
  ends: { day: "hoy" },
  field:
    "fecha limite|fecha de entrega|fecha de vencimiento|fecha compromiso|fecha objetivo|vencimiento|vence(?: el)?|plazo|fecha",
  strong: "previsto para|prevista para|programado para|a mas tardar",
  weak: "para|antes de|antes|hasta",
  vague:
    "lo antes posible|cuanto antes|por definir|por determinar|por confirmar|pendiente|en curso|continu[oa]|permanente|pronto|inmediat[oa](?:mente)?|de inmediato|ahora|sin fecha|(?:a )?(?:corto|medio|mediano|largo) plazo",
  done: "hecho|completad[oa]|terminad[oa]|resuelt[oa]|cerrad[oa]|finalizad[oa]|desde",
};

const PT: Words = {
  months:
    "janeiro jan|fevereiro fev|marco mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
  weekdays:
    "domingo dom|segunda-feira segunda seg|terca-feira terca ter|quarta-feira quarta qua|quinta-feira quinta qui|sexta-feira sexta sex|sabado sab",
  numbers: "um uma|dois duas|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
  units: {
    day: "dias?",
    workday: "dias? ute?i?s",
    week: "semanas?",
    month: "mes(?:es)?",
    quarter: "trimestres?",
    half: "semestres?",
    year: "anos?",
    sprint: "sprints?|iterac(?:ao|oes)",
  },
  ordinals: "primeiro 1o 1º 1°|segundo 2o 2º 2°|terceiro 3o 3º 3°|quarto 4o 4º 4°",
  within: "em|dentro de|no prazo de|em ate|nos proximos|nas proximas",
  filler: "de|do|da|dos|das|o|a",
  end: "finais|final|fins|fim",
  middle: "meados|metade|meio",
  early: "inicio|comeco",
  next: "proxim[oa]|que vem|seguinte",
  current: "n?est[ea]|n?esse|corrente|atual",
  ends: { day: "hoje" },
  field: "data limite|data de entrega|data prevista|vencimento|prazo(?: final)?|data",
  strong: "previsto para|prevista para|programado para|no maximo ate|o mais tardar",
  weak: "ate|para|antes de|antes do",
  vague:
    "o mais rapido possivel|assim que possivel|a definir|a confirmar|a determinar|pendente|em andamento|continu[oa]|em breve|imediat[oa](?:mente)?|de imediato|agora|sem data|(?:curto|medio|longo) prazo",
  done: "feito|concluid[oa]|finalizad[oa]|resolvid[oa]|fechad[oa]|desde",
};

const FR: Words = {
  months:
    "janvier janv jan|fevrier fevr fev|mars mar|avril avr|mai|juin|juillet juil|aout|septembre sept sep|octobre oct|novembre nov|decembre dec",
  weekdays: "dimanche dim|lundi lun|mardi mar|mercredi mer|jeudi jeu|vendredi ven|samedi sam",
  numbers: "un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze",
  units: {
    day: "jours?",
    workday: "jours? (?:ouvres?|ouvrables?)",
    week: "semaines?",
    month: "mois",
    quarter: "trimestres?",
    half: "semestres?",
    year: "annees?|ans?",
    sprint: "sprints?|iterations?",
  },
  ordinals: "premier 1er|deuxieme second 2e 2eme 2nd|troisieme 3e 3eme|quatrieme 4e 4eme",
  within: "dans|sous|d'ici|dans les|en|dans un delai de|dans les prochains|dans les prochaines",
  filler: "de la|de l'|du|de|des|d'|l'|le|la",
  end: "(?:a la )?fin|courant",
  middle: "mi|milieu",
  early: "debut",
  next: "prochaine?|suivante?",
  current: "ce|cette|cet|en cours|courante?",
  ends: { day: "aujourd'hui" },
  field: "date d'echeance|date limite|date cible|date prevue|date butoir|echeance|delai|date",
  strong: "prevue? pour(?: le)?|attendue? pour(?: le)?|au plus tard(?: le| fin)?|livraison(?: le)?",
  weak: "d'ici(?: a)?|avant|jusqu'(?:au|a|en)|pour",
  vague:
    "des que possible|au plus vite|a definir|a determiner|a confirmer|a planifier|en cours|continue?|en continu|bientot|prochainement|immediate?(?:ment)?|tout de suite|maintenant|sans date|(?:a )?(?:court|moyen|long) terme",
  done: "fait|faite|terminee?|achevee?|resolue?|close?|corrigee?|depuis",
};

const DE: Words = {
  months:
    "januar jan|februar feb|marz mrz maerz|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez",
  weekdays: "sonntag so|montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sonnabend sa",
  numbers: "ein eine einem einer eines|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf",
  units: {
    day: "tag(?:e|en|s)?",
    workday: "(?:arbeits|werk)tag(?:e|en|s)?",
    week: "wochen?",
    month: "monat(?:e|en|s)?",
    quarter: "quartal(?:e|en|s)?",
    half: "halbjahr(?:e|en|s)?",
    year: "jahr(?:e|en|es|s)?",
    sprint: "sprints?|iteration(?:en)?",
  },
  ordinals: "erste erstes ersten 1.|zweite zweites zweiten 2.|dritte drittes dritten 3.|vierte viertes vierten 4.",
  within: "in|innerhalb von|innerhalb|binnen|in den nachsten|in den kommenden",
  filler: "des|der|den|dem|das|vom|im|am|zum|zur",
  end: "ende",
  middle: "mitte",
  early: "anfang|beginn",
  next: "nachste[nrsm]?|kommende[nrsm]?|folgende[nrsm]?",
  current: "diese[nrsm]?|laufende[nrsm]?|aktuelle[nrsm]?",
  ends: { day: "heute", week: "wochenende", month: "monatsende", quarter: "quartalsende", year: "jahresende" },
  field: "fallig(?:keit)?(?: am| bis| zum)?|falligkeitsdatum|frist|deadline|stichtag|termin|zieltermin|zieldatum",
  strong: "geplant fur|geplant bis|erledigen bis|zu erledigen bis|spatestens(?: bis| am)?|umsetzung bis",
  weak: "bis(?: zum| zur| spatestens)?|vor(?: dem)?",
  vague:
    "schnellstmoglich|so bald wie moglich|so schnell wie moglich|sobald wie moglich|baldmoglichst|offen|noch offen|unbekannt|laufend|fortlaufend|kontinuierlich|bald|demnachst|sofort|umgehend|jetzt|(?:kurz|mittel|lang)fristig",
  done: "erledigt|fertig|abgeschlossen|behoben|geschlossen|umgesetzt|seit",
};

const IT: Words = {
  months:
    "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre sett set|ottobre ott|novembre nov|dicembre dic",
  weekdays: "domenica dom|lunedi lun|martedi mar|mercoledi mer|giovedi gio|venerdi ven|sabato sab",
  numbers: "un uno una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici",
  units: {
    day: "giorn[io]",
    workday: "giorn[io] lavorativ[io]",
    week: "settiman[ae]",
    month: "mes[ei]",
    quarter: "trimestr[ei]",
    half: "semestr[ei]",
    year: "ann[oi]",
    sprint: "sprints?|iterazion[ei]",
  },
  ordinals: "primo 1o 1º 1°|secondo 2o 2º 2°|terzo 3o 3º 3°|quarto 4o 4º 4°",
  within: "in|tra|fra|entro|nei prossimi|nelle prossime",
  filler: "della|dell'|del|di|il|la|l'|lo",
  end: "(?:alla )?fine|tarda?",
  middle: "meta",
  early: "inizio|inizi",
  next: "prossim[oa]",
  current: "quest[oa]|in corso|corrente",
  ends: { day: "oggi" },
  field: "data di scadenza|scadenza|scade(?: il)?|termine|data prevista|data",
  strong: "previsto per|prevista per|pianificato per|al piu tardi",
  weak: "entro(?: il| la| e non oltre il)?|prima del?|per(?: il)?|fino al?",
  vague:
    "appena possibile|il prima possibile|al piu presto|da definire|da determinare|da confermare|in sospeso|continu[oa]|in corso|presto|a breve|subito|immediat[oa](?:mente)?|adesso|senza data|(?:a )?(?:breve|medio|lungo) termine",
  done: "fatto|completat[oa]|terminat[oa]|risolt[oa]|chius[oa]|conclus[oa]|dal",
};

const NL: Words = {
  months:
    "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sept sep|oktober okt|november nov|december dec",
  weekdays: "zondag zo|maandag ma|dinsdag di|woensdag wo|donderdag do|vrijdag vr|zaterdag za",
  numbers: "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
  units: {
    day: "dag(?:en)?",
    workday: "werkdag(?:en)?",
    week: "we(?:ek|ken)",
    month: "maand(?:en)?",
    quarter: "kwarta(?:al|len)",
    half: "halfjaar",
    year: "ja(?:ar|ren)",
    sprint: "sprints?|iteraties?",
  },
  ordinals: "eerste 1e|tweede 2e|derde 3e|vierde 4e",
  within: "in|binnen|over|in de komende|binnen de komende|de komende",
  filler: "van de|van het|van|de|het|op",
  end: "eind|einde",
  middle: "medio|half|midden",
  early: "begin",
  next: "volgende?|komende?",
  current: "deze|dit|huidige?",
  ends: { day: "vandaag", month: "maandeinde", year: "jaareinde" },
  field: "vervaldatum|einddatum|streefdatum|opleverdatum|uiterste datum|deadline|datum",
  strong: "uiterlijk(?: op)?|gepland voor|gepland op|gereed voor|gereed op",
  weak: "voor|tegen|tot|uiterlijk",
  vague:
    "zo snel mogelijk|zo spoedig mogelijk|zsm|nader te bepalen|ntb|nog te bepalen|onbekend|lopend|doorlopend|continu|binnenkort|onmiddellijk|direct|meteen|nu|(?:korte|middellange|lange) termijn",
  done: "gedaan|klaar|afgerond|opgelost|voltooid|gesloten|sinds",
};

/** The languages written in Latin letters. Japanese, Chinese and Korean dates have a shape of their own ({@link ./cjk.js}). */
export const WORDS = { en: EN, es: ES, pt: PT, fr: FR, de: DE, it: IT, nl: NL } as const;
