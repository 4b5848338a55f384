/**
 * Offsets of zones that feeds name by letters, in minutes east of Greenwich. The first are RFC 822's
 * own; a zone of several countries has an offset for each, and `else` where one is meant nearly
 * always. Seen in feeds of publishers in these countries.
 */
const ZONES: Readonly<Record<string, number | Readonly<Record<string, number>>>> = {
  ...{ ut: 0, utc: 0, gmt: 0, z: 0, edt: -240, cdt: -300, mdt: -360, pdt: -420 },
  est: { au: 600, else: -300 },
  cst: { cn: 480, tw: 480, hk: 480, mo: 480, cu: -300, else: -360 },
  mst: { my: 480, mm: 390, else: -420 },
  pst: { ph: 480, else: -480 },
  ...{ wet: 0, west: 60, cet: 60, cest: 120, met: 60, mest: 120, mez: 60, mesz: 120 },
  ...{ eet: 120, eest: 180, msk: 180, trt: 180, sast: 120, cat: 120, eat: 180, wat: 60 },
  bst: { bd: 360, else: 60 },
  ist: { in: 330, ie: 60, il: 120 },
  idt: 180,
  ast: { sa: 180, iq: 180, kw: 180, ca: -240, us: -240, pr: -240 },
  gst: { ae: 240, om: 240 },
  sst: { sg: 480, as: -660 },
  ...{ irst: 210, pkt: 300, npt: 345, ict: 420, wib: 420, hkt: 480, sgt: 480, awst: 480 },
  ...{ jst: 540, kst: 540, acst: 570, aest: 600, acdt: 630, aedt: 660, nzst: 720, nzdt: 780 },
  ...{ nst: -210, ndt: -150, brt: -180, art: -180, clt: -240, cot: -300, akst: -540, hst: -600 },
};

/**
 * The offset of a zone named by letters, in the feed's country where it is known; undefined where
 * the letters mean several zones. A name that nobody knows is UTC, as RFC 5322 4.3 has it.
 */
export function zoneOffset(name: string, country: string | undefined): number | undefined {
  const zone = Object.hasOwn(ZONES, name) ? ZONES[name] : 0;
  return typeof zone === 'object' ? (zone[country ?? ''] ?? zone['else']) : zone;
}

/**
 * Months by the letters that tell them from others: English, German, French, Spanish, Portuguese, Italian,
 * Catalan, Dutch, Nordic, Finnish, Polish, Czech, Croatian, Hungarian, Romanian, Baltic, Turkish,
 * Indonesian, Greek, Russian, Ukrainian, Belarusian, Bulgarian, Arabic, Persian, Hebrew, Hindi.
 */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|jän|ene|gen(?:n|er|$)|ian|tammi|sty|led|sij|saus|oca|jaan|янв|січ|студ|ян|ιαν|يناير|ژانویه|ב?ינואר|जन)/,
  /^(?:feb|fév|fev|helmi|lut|úno|velj|vas|şub|veebr|фев|лют|φεβ|فبراير|فوریه|ב?פברואר|फ़?र?वर)/,
  /^(?:mar(?!t?edi|ras)|mär|mae|maa|mrt|bře|ožu|kov|márc|мар|бер|сак|μαρ|μάρ|مارس|ב?מר[ץס]|मार्च)/,
  /^(?:apr|avr|abr|ápr|huhti|kwi|dub|tra(?!k)|bal|nis|апр|квіт|крас|απρ|أبريل|ابريل|آوریل|ב?אפריל|अप्रैल)/,
  /^(?:may|mai|maj|máj|mei|maig|mag|touko|kvě|svi|geg|мая|май|трав|μαΐ|μάι|μαι|مايو|مه$|ב?מאי|मई)/,
  /^(?:jun|jún|juin|giu|iun|kesä|cze|červn|lipn|birž|haz|июн|черв|чэрв|юни|ιουν|ιούν|يونيو|ژوئن|ב?יוני|जून)/,
  /^(?:jul|júl|juil|lug|iul|heinä|lip|červenc|srpnj|srpanj|liep|tem|июл|лип|ліп|юли|ιουλ|ιούλ|يوليو|ژوئیه|ב?יולי|जुल)/,
  /^(?:aug|aoû|aou|ago|agu|ágú|elo|sie|srp|kol|rugp|ağu|авг|серп|жні|αυγ|αύγ|أغسطس|اوت|ב?אוגוסט|अगस्त)/,
  /^(?:sep|set|syys|wrz|září|ruj|rugs|szept|eyl|сен|вер|сеп|σεπ|سبتمبر|سپتامبر|ב?ספטמבר|सित)/,
  /^(?:oct|okt|out|ott|loka|paź|říj|spal|eki|окт|жовт|каст|οκτ|أكتوبر|اكتوبر|اکتبر|ב?אוקטובר|अक्ट)/,
  /^(?:nov|nóv|noi|marras|lis|stu|lapk|kas|ноя|ное|листоп|ліст|νοε|نوفمبر|نوامبر|ב?נובמבר|नव)/,
  /^(?:dec|dez|déc|dic|des|joulu|gru|pro|ara|дек|груд|снеж|δεκ|ديسمبر|دسامبر|ב?דצמבר|दिस)/,
];

/** The number of a month by its name, 1 to 12; undefined where a word is none. */
export function monthOf(word: string, country?: string): number | undefined {
  // What is November to Poles and Czechs is October to Croats.
  if (country === 'hr' && word.startsWith('listopad')) return 10;
  const at = MONTHS.findIndex((month) => month.test(word));
  return at < 0 ? undefined : at + 1;
}

/** Words that stand in dates and say nothing. */
export const SMALL =
  /^(?:at|um|of|de|del|the|den|le|feira|r|roku|г|года|р|року|à|a|on|m|d|gada|ngày|năm|horas|uhr)$/;

/** The country that a language tag names, or that speaks the language nearly alone. */
const COUNTRIES: Readonly<Record<string, string>> = {
  ...{ he: 'il', iw: 'il', hi: 'in', ta: 'in', te: 'in', ga: 'ie', zh: 'cn', ja: 'jp', ko: 'kr' },
  ...{ hr: 'hr', fa: 'ir', bn: 'bd', tl: 'ph', fil: 'ph' },
};

/** The feed's country in two small letters, by its language tag (RFC 5646) or the end of its host's name. */
export function countryOf(language: string, addresses: readonly string[]): string | undefined {
  const [spoken = '', ...parts] = language.toLowerCase().split(/[-_]/);
  const region = parts.find((part) => /^[a-z]{2}$/.test(part)) ?? COUNTRIES[spoken];
  if (region) return region;
  const hosts = addresses
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).hostname);
  return hosts.map((host) => /\.([a-z]{2})$/.exec(host)?.[1]).find(Boolean);
}

/** Whether people who write so put the month first: Americans, and English of no named country. */
export function isMonthFirst(language: string): boolean {
  return /^$|^en(?:$|[-_]us)/i.test(language);
}
