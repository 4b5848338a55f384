import type { Text } from './catalogue.ts';
import type { WordKey } from './en.ts';

/** The same in German. A paper is an „Arbeit“, a digest an „Übersicht“, an edition an „Ausgabe“. */
export const de: Readonly<Record<WordKey, Text>> = {
  language: 'de',
  numerals: 'kein ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',

  papers: { one: '{count} Arbeit', other: '{count} Arbeiten' },
  newPapers: { one: '{count} neue Arbeit', other: '{count} neue Arbeiten' },
  minutes: { one: '{count} Minute', other: '{count} Minuten' },
  hours: { one: '{count} Stunde', other: '{count} Stunden' },
  days: { one: '{count} Tag', other: '{count} Tagen' },
  upvotes: { one: '{count} Stimme', other: '{count} Stimmen' },
  andMore: '{names} und {count} weitere',

  'mail.preferences': 'Einstellungen',
  'mail.unsubscribe': 'Abbestellen',
  'mail.imprint': 'Impressum',
  'mail.privacy': 'Datenschutz',

  'digest.view': 'Im Browser lesen',
  'digest.change': 'Einstellungen ändern',
  'digest.sample': 'Muster.',
  'digest.sampleNote':
    'Diese Arbeiten liegen der Software zum Ausprobieren bei. Es sind nicht die von heute.',
  'digest.correction': 'Berichtigung.',
  'digest.picked': 'Von der Redaktion ausgewählt',
  'digest.chosen': 'Ausgewählte Arbeiten',
  'digest.own': 'Für Sie',
  'digest.outside': 'Außer der Reihe',
  'digest.more': 'Mehr davon',
  'digest.less': 'Weniger',
  'digest.amended': 'Berichtigt oder zurückgezogen',
  'digest.amendedNote': 'Arbeiten, die Sie schon bekommen haben.',
  'digest.rising': 'Im Aufwind',
  'digest.risingNote': 'Aus den Tagen davor und bisher nicht in Ihrer Post.',
  'digest.rest': 'Was der Tag sonst brachte',
  'digest.groups': 'Der Tag nach Gruppen',
  'digest.moreOfGroup': '{count} weitere',
  'digest.moreOnWeb': '{count} weitere im Web',
  'digest.whole': 'Die ganze Ausgabe im Web',
  'digest.getByMail': 'Solche Arbeiten per Mail bekommen',
  'digest.forwarded': 'An Sie weitergeleitet?',
  'digest.subscribe': 'Abonnieren',
  'digest.subscribeTo': '{site} abonnieren',
  'digest.because': 'Sie bekommen diese Mail, weil {site} mit dieser Adresse abonniert ist.',
  'digest.questions': 'Fragen',
  'digest.answer':
    'Eine Frage oder ein Wunsch? Antworten Sie auf diese Mail: Sie geht an <a>{contact}</a>.',
  'digest.votes': 'Mehr oder weniger davon',
  'digest.votesNote': 'Jeder Link öffnet eine Seite, auf der Sie das sagen.',

  'day.today': 'Heute: {parts}.',
  'day.chosen': '{count} von {papers} ausgewählt',
  'extent.today': 'Heute {papers}',
  'extent.several': '{papers} in {editions} Ausgaben',
  'extent.own': '{count} für Sie',
  'extent.picked': '{count} von der Redaktion ausgewählt',
  'extent.rising': '{count} im Aufwind',
  'extent.amended': '{count} berichtigt oder zurückgezogen',
  'hidden.first': '{count} ausgeblendet wegen „{word}“',
  'hidden.firstUnnamed': '{count} ausgeblendet wegen Ihrer Wörter',
  'hidden.next': '{count} wegen „{word}“',
  'hidden.nextUnnamed': '{count} wegen Ihrer Wörter',
  'hidden.others': '{count} wegen anderer Wörter',
  'note.test': 'Dies ist eine Probe: Niemand sonst hat sie bekommen.',
  'note.correction': 'Dies berichtigt die Übersicht, die Sie zuvor bekommen haben: {correction}',
  'note.several': 'Diese Übersicht umfasst die {count} Ausgaben seit Ihrer letzten.',
  'note.leftOut': {
    one: 'Eine ältere Ausgabe liegt zu weit zurück und fehlt hier; im Web ist sie zu finden.',
    other:
      '{count} ältere Ausgaben liegen zu weit zurück und fehlen hier; im Web sind sie zu finden.',
  },

  'subject.test': '[Probe] ',
  'subject.sample': '[Muster] ',
  'subject.correction': 'Berichtigung: ',
  'subject.counts': '{count} von {papers} Arbeiten für Sie',

  'reason.topics': {
    one: 'Sie verfolgen das Thema {names}.',
    other: 'Sie verfolgen die Themen {names}.',
  },
  'reason.near': {
    one: 'Nahe an Ihrem Thema {names}.',
    other: 'Nahe an Ihren Themen {names}.',
  },
  'reason.field': 'Sie verfolgen das Fach {field}.',
  'reason.library': {
    one: 'Ähnlich wie eine Arbeit in Ihrer Bibliothek.',
    other: 'Ähnlich wie {count} Arbeiten in Ihrer Bibliothek.',
  },
  'reason.like': 'Ähnlich wie „{title}“, wofür Sie gestimmt haben.',
  'reason.liked': 'Ähnlich wie Arbeiten, für die Sie gestimmt haben.',
  'reason.authors': {
    one: 'Von {names}: Sie folgen diesem Namen.',
    other: 'Von {names}: Sie folgen diesen Namen.',
  },
  'reason.maybeAuthor': 'Von {printed}; Sie folgen {followed}.',
  'reason.popular': 'Heute viel beachtet.',
  'reason.upvotes': '{upvotes} bei Hugging Face.',
  'reason.readers': {
    one: 'Hier hat eine Person dafür gestimmt.',
    other: 'Hier haben {number} Leute dafür gestimmt.',
  },
  'reason.votes': { one: 'Dafür gibt es {count} Stimme.', other: 'Dafür gibt es {count} Stimmen.' },
  'reason.leads': 'Steht heute an der Spitze der Gruppe „{group}“.',
  'reason.group': 'Steht heute weit oben in der Gruppe „{group}“.',
  'reason.outside': 'Außer der Reihe.',
  'reason.rising': '{upvotes} bei Hugging Face, {gained} davon seit {date}.',

  'group.others': 'Außerdem',
  'group.day': 'Neue Arbeiten',
  'overview.papers': '{papers}.',
  'overview.others': '{papers} zu anderen Themen.',
  'overview.all': '{papers} zu {themes}.',
  'overview.most': '{papers}, die meisten zu {themes}.',
  'overview.some': '{papers}, einige zu {themes}.',

  'amended.retracted': 'Zurückgezogen',
  'amended.corrected': 'Berichtigt',
  'amended.withdrawn': 'Zurückgezogen',

  'notice.openAddress': 'Oder öffnen Sie diese Adresse: {url}',
  'notice.answer': 'Eine Frage? Antworten Sie auf diese Mail: Sie geht an <a>{contact}</a>.',
  'notice.ignore':
    'Wenn Sie nicht darum gebeten haben, brauchen Sie nichts zu tun: Es geschieht nichts.',
  'notice.preferences': 'Meine Einstellungen',
  'notice.newest': 'Die neuesten Arbeiten im Web',
  'confirmation.subject': 'Bitte bestätigen: neue Arbeiten von {site}',
  'confirmation.asked':
    'Jemand, höchstwahrscheinlich Sie, hat {site} gebeten, neue wissenschaftliche Arbeiten an diese Adresse zu schicken.',
  'confirmation.open':
    'Öffnen Sie den Link unten und bestätigen Sie auf seiner Seite. Er gilt sieben Tage; ohne ein Ja wird diese Adresse vergessen.',
  'confirmation.button': 'Mein Abonnement bestätigen',
  'reminder.subject': 'Erinnerung: Bestätigen Sie Ihre Post von {site}',
  'reminder.asked':
    'Vor einigen Tagen hat jemand, höchstwahrscheinlich Sie, {site} gebeten, neue wissenschaftliche Arbeiten an diese Adresse zu schicken; bestätigt hat es noch niemand.',
  'reminder.only':
    'Dies ist die einzige Erinnerung. Ohne Bestätigung binnen sieben Tagen nach der ersten Mail wird diese Adresse vergessen.',
  'known.subject': 'Sie haben {site} schon abonniert',
  'known.asked':
    'Jemand, höchstwahrscheinlich Sie, hat das Formular von {site} mit dieser Adresse ausgefüllt. Sie ist schon eingetragen; geändert wurde nichts.',
  'known.behind': 'Ihre Themen, Tage und Ihre Uhrzeit finden Sie hinter dem Link unten.',
  'preferencesLink.subject': 'Ihr Link zu {site}',
  'preferencesLink.here': 'Hier sehen und ändern Sie, was Sie bekommen, wann, und wie viel davon.',
  'privateLink.subject': 'Ihre private Seite bei {site}',
  'privateLink.here':
    'Auf dieser Seite finden Sie die Übersichten, die Sie bekommen haben. Dort können Sie Ihre Daten mitnehmen, löschen oder die Adresse wechseln.',
  'privateLink.works':
    'Der Link gilt 24 Stunden. Leiten Sie diese Mail nicht weiter: Wer sie hat, kann all das an Ihrer Stelle tun.',
  'privateLink.button': 'Meine private Seite',
  'newAddress.subject': 'Bitte bestätigen Sie diese Adresse für {site}',
  'newAddress.asked':
    'Jemand aus der Leserschaft von {site} möchte seine Übersichten künftig an diese Adresse bekommen.',
  'newAddress.open':
    'Öffnen Sie den Link unten und bestätigen Sie auf seiner Seite. Er gilt 24 Stunden.',
  'newAddress.button': 'Diese Adresse verwenden',
  'takenAddress.subject': '{site} ist mit dieser Adresse schon abonniert',
  'takenAddress.asked':
    'Jemand aus der Leserschaft von {site} wollte seine Übersichten an diese Adresse bekommen. Sie hat ein eigenes Abonnement; geändert wurde deshalb nichts.',
  'takenAddress.leave':
    'Wenn Sie das waren: Bestellen Sie zuerst mit einer der beiden Adressen ab, über den Link in jeder Übersicht.',
  'changedAddress.subject': 'Ihre Übersichten von {site} gehen jetzt an eine andere Adresse',
  'changedAddress.confirmed':
    'Die neue Adresse wurde aus ihrem Postfach bestätigt. An diese hier kommt nichts mehr.',
  'changedAddress.write': 'Wenn Sie das nicht waren, schreiben Sie bitte sofort an {contact}.',
  'welcome.subject': 'Willkommen bei {site}',
  'welcome.none':
    'Ihr Abonnement besteht, mehr brauchen Sie nicht zu tun. Noch ist keine Ausgabe erschienen, deshalb kommt Ihre erste Übersicht später: Sie sind als Nächstes am {date} an der Reihe und bekommen an Ihren Tagen Post, wann immer es Arbeiten für Sie gibt.',
  'welcome.unmatched':
    'Ihr Abonnement besteht, mehr brauchen Sie nicht zu tun. In der neuesten Ausgabe passt nichts zu dem, was Sie verfolgen, deshalb kommt Ihre erste Übersicht später: Sie sind als Nächstes am {date} an der Reihe und bekommen an Ihren Tagen Post, wann immer es Arbeiten für Sie gibt.',
  'welcome.had':
    'Ihr Abonnement besteht, mehr brauchen Sie nicht zu tun. Die neueste Ausgabe hatten Sie schon, deshalb kommt Ihre erste Übersicht später: Sie sind als Nächstes am {date} an der Reihe und bekommen an Ihren Tagen Post, wann immer es Arbeiten für Sie gibt.',
  'welcome.learns':
    'Unter jeder Arbeit können Sie um mehr oder weniger davon bitten: Daraus lernt Ihre Übersicht.',
  'welcome.quiet':
    'Wenn es still bleibt, verfolgen Sie ein Fach, oder Themen in mehr und kürzeren Worten.',
  'welcome.button': 'Meine Themen, Tage und Uhrzeit',

  'quiet.subject': 'Keine Arbeiten für Sie am {date}',
  'quiet.asked': 'Sie bekommen diese Notiz, weil Sie für solche Tage darum gebeten haben.',
  'quiet.topics': 'Meine Themen ändern',
  'quiet.none': 'Es gab keine neuen Arbeiten. {feeds}',
  'quiet.unread':
    'Es gab keine neuen Arbeiten, weil nicht alle Quellen gelesen werden konnten. {feeds}',
  'quiet.notLost': 'Verloren geht nichts: Was fehlt, kommt mit Ihrer nächsten Übersicht.',
  'quiet.unmatched': {
    one: '{count} Arbeit kam, und sie passte nicht zu dem, was Sie verfolgen.',
    other: '{count} Arbeiten kamen, und keine passte zu dem, was Sie verfolgen.',
  },
  'quiet.unmatchedHidden': {
    one: '{count} Arbeit kam, und sie passte nicht zu dem, was Sie verfolgen; {hidden}.',
    other: '{count} Arbeiten kamen, und keine passte zu dem, was Sie verfolgen; {hidden}.',
  },
  'quiet.nothingNew': 'Seit Ihrer letzten Übersicht ist keine Ausgabe erschienen.',
  'quiet.held': 'Die Ausgabe ist noch nicht freigegeben.',

  'feed.line': '{names}: {state} ({reason}).',
  'feed.broken': 'gestört',
  'feed.stale': 'veraltet',
  'feed.partial': 'unvollständig',
  'feed.fresh': 'frisch',
  'feed.quiet': 'still',
  'feedReason.papers': { one: 'brachte {count} Arbeit', other: 'brachte {count} Arbeiten' },
  'feedReason.unread': {
    one: '{count} Eintrag ließ sich nicht lesen',
    other: '{count} Einträge ließen sich nicht lesen',
  },
  'feedReason.oldList': 'hatte noch die Liste vom {date}',
  'feedReason.noList': 'hatte noch keine datierte Liste',
  'feedReason.failed': 'ließ sich nicht lesen',
  'feedReason.nothing': 'hatte nichts Neues',
  'feedReason.weekend': 'am Wochenende wird nichts angekündigt',
  'feedReason.holiday': 'an einem Feiertag von arXiv wird nichts angekündigt',
  'feedReason.askedSoon': 'wird bald gefragt',
  'feedReason.notAsked': 'wurde nicht gefragt',
  'feedReason.notWhole': 'wurde nicht zu Ende gelesen',

  'site.tagline': 'Jeden Morgen neue wissenschaftliche Arbeiten',

  'history.found': 'Mit „{query}“',
  'history.voted': 'Arbeiten, über die Sie abgestimmt haben',
};
