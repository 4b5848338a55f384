import type { EditionTexts } from '../core/edition/edition.ts';
import { type AnnouncementText, isAnnouncement } from '../core/letter/announcement.ts';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import {
  buildDigestView,
  type DigestLimits,
  LARGEST_HTML,
  WIDEST_LIMITS,
} from '../core/letter/digest.ts';
import {
  type DigestContent,
  isDigest,
  withoutItems,
  withoutReader,
} from '../core/letter/digest-content.ts';
import type { DigestLinks } from '../core/letter/digest-view.ts';
import { isNotice, type NoticeContent } from '../core/letter/notice.ts';
import { joinHtml, joinText, makeHtmlPiece, makeTextPiece } from '../core/letter/pieces.ts';
import { remember } from '../core/letter/remember.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { withoutTokens } from '../core/letter/shown.ts';
import { buildPreheader, buildSubject } from '../core/letter/subject.ts';
import type { KeyRing } from '../core/reader/keys.ts';
import { buildReference } from '../core/reader/references.ts';
import { renderBelowHeading, tellMarkdown } from '../core/text/markdown.ts';
import { wordsOf } from '../core/words/words.ts';
import type { Marks } from './headers.ts';
import { linkAnnouncement, linkDigest, linkLeaving, linkNotice } from './links.ts';
import { createMessageWriter, type Message, type RenderedLetter } from './message.ts';
import {
  createPlates,
  type EncodedParts,
  membersOwn,
  readersOwn,
  type Unlinked,
} from './plates.ts';
import { compileTemplates, type Templates } from './templates.ts';

/** A part of a letter: as its reader sees it, and as it is sent. */
interface Part {
  read(): string;
  encode(): readonly string[];
}

/** A letter with the links that its words hold. */
interface FilledLetter {
  readonly subject: string;
  readonly html: Part;
  readonly text: Part;
  readonly links: Pick<DigestLinks, 'unsubscribe'>;
}

/** The same in quoted-printable. */
type EncodedLetter = EncodedParts & Pick<FilledLetter, 'links'>;

/** A digest or a notice as it goes out: in words, and ready for the wire. */
export interface Letter extends RenderedLetter {
  readonly links: Pick<DigestLinks, 'unsubscribe'>;
  readonly message: Message;
}

/** A stored delivery with all that its message is made of. */
export interface Renderable {
  readonly delivery: Pick<
    StoredDelivery,
    | 'id'
    | 'content'
    | 'subscriptionId'
    | 'keyId'
    | 'rendering'
    | 'address'
    | 'date'
    | 'messageId'
    | 'seed'
    | 'refersTo'
  >;
  readonly editions: readonly EditionTexts[];
  /** Present where the delivery brings an announcement. */
  readonly announcement?: AnnouncementText;
  readonly rendering: Rendering;
}

const ALL_CHOSEN = WIDEST_LIMITS.chosen;
/** Tried in turn until the letter is small enough: first the rest of the day gets shorter. */
const NARROWER: readonly DigestLimits[] = [
  { chosen: ALL_CHOSEN, groups: 10, perGroup: 2 },
  { chosen: ALL_CHOSEN, groups: 6, perGroup: 1 },
  { chosen: ALL_CHOSEN, groups: 0, perGroup: 0 },
  { items: 15, chosen: ALL_CHOSEN, groups: 0, perGroup: 0 },
  { items: 12, chosen: 12, groups: 0, perGroup: 0 },
  { items: 4, chosen: 4, groups: 0, perGroup: 0 },
];
const KEPT_TEMPLATES = 8;
const MOST_BODIES = 20;

/** Templates that are compiled, and what writes their letters. */
interface Press {
  readonly templates: Templates;
  readonly write: ReturnType<typeof createMessageWriter>;
  /** The parts of a digest of this rendering as they are sent. */
  readonly encode: ReturnType<typeof createPlates>;
}

/** Turns frozen digests into words; compiled templates are kept by the hash of their rendering. */
export function createRenderer(keys: KeyRing) {
  const compiled = new Map<string, Press>();
  const pressOf = ({ delivery, rendering }: Renderable) => {
    const known = compiled.get(delivery.rendering);
    if (known) return known;
    const press = createPress(rendering);
    const [oldest] = compiled.keys();
    if (compiled.size >= KEPT_TEMPLATES && oldest) compiled.delete(oldest);
    compiled.set(delivery.rendering, press);
    return press;
  };

  const linksOf = ({ delivery, editions, rendering }: Renderable, content: DigestContent) =>
    linkDigest(keys, { ...delivery, content, editions }, rendering);

  const letterOf = (source: Renderable): FilledLetter => {
    const { content } = source.delivery;
    const { templates } = pressOf(source);
    if (isNotice(content)) return fillNotice(source, content, { templates, keys });
    if (isAnnouncement(content)) return fillAnnouncement(source, { templates, keys });
    return fillDigest(source, content, {
      templates,
      links: linksOf(source, content),
      isWeb: false,
    });
  };

  /** The parts of a letter as they are sent. */
  const encodeLetter = (source: Renderable): EncodedLetter => {
    const { content } = source.delivery;
    if (!isDigest(content)) return encodeParts(letterOf(source));
    const links = linksOf(source, content);
    const { editions } = source;
    return { ...pressOf(source).encode({ content, editions }, links), links };
  };

  const writeLetter = (source: Renderable, letter: EncodedLetter, marks: Marks): Message => {
    const { links, ...parts } = letter;
    const withLink = { ...marks, unsubscribe: links.unsubscribe };
    return pressOf(source).write(source.delivery, { ...parts, marks: withLink });
  };

  const renderMessage = (source: Renderable): Message =>
    writeLetter(source, encodeLetter(source), markLetter(keys, source));

  return {
    /** The message as its reader gets it: the same bytes for the same row, always. HTML at most 80 kB. Throws where the address was erased. */
    renderMessage,
    /** The same message with its words. */
    renderLetter: (source: Renderable): Letter => ({
      ...inWords(letterOf(source)),
      message: renderMessage(source),
    }),
    /** The letter as an operator may see it: without the tokens of its links, and without what was named to its reader alone. */
    renderShown(whole: Renderable): Letter {
      const source = withoutPrivate(whole);
      const { rendering } = source;
      const letter = letterOf(source);
      const cut = (text: string) => withoutTokens(text, rendering.publicUrl);
      const { unsubscribe } = letter.links;
      const shown = {
        ...letter,
        html: joinHtml([makeHtmlPiece(cut(letter.html.read()))]),
        text: joinText([makeTextPiece(cut(letter.text.read()))]),
        links: unsubscribe ? { unsubscribe: cut(unsubscribe) } : {},
      };
      const marks = hideReferences(markLetter(keys, source));
      return { ...inWords(shown), message: writeLetter(source, encodeParts(shown), marks) };
    },
    /** A digest for a page: without address, reasons or any link that acts for the reader; undefined for anything else. */
    renderWebView(source: Renderable): RenderedLetter | undefined {
      const { content } = source.delivery;
      // Of what was named to its reader alone nothing is on a page.
      if (!isDigest(content) || content.date !== undefined) return undefined;
      const { delivery } = source;
      const { home, edition } = linksOf(
        { ...source, delivery: { ...delivery, subscriptionId: null } },
        content,
      );
      const { templates } = pressOf(source);
      return inWords(
        fillDigest(source, content, { templates, links: { home, edition }, isWeb: true }),
      );
    },
  };
}

function inWords({ subject, html, text, links }: FilledLetter) {
  return { subject, html: html.read(), text: text.read(), links };
}

function withoutPrivate(source: Renderable): Renderable {
  const { delivery } = source;
  const { content } = delivery;
  if (!isDigest(content)) return source;
  return { ...source, delivery: { ...delivery, content: withoutItems(content) } };
}

/** Digests that may be taken differently by those who get them. */
function cohortOf(
  { correction, isTest }: DigestContent,
  { refersTo }: Renderable['delivery'],
): string {
  if (isTest) return 'test';
  if (correction !== undefined) return 'correction';
  return refersTo ? 'copy' : 'regular';
}

/** What a letter says of itself to mail servers: nothing of its reader. */
function markLetter(keys: KeyRing, source: Renderable): Marks {
  const { delivery, rendering } = source;
  const { id, subscriptionId, keyId } = delivery;
  const list = listOf(delivery.content);
  const { inboundDomain } = rendering;
  const purpose = list === 'announcements' ? 'end_announcements' : 'leave';
  return {
    reference: buildReference(keys, { purpose: 'bounce', id }, keyId),
    campaign: campaignOf(source),
    list,
    ...(list && inboundDomain && subscriptionId !== null
      ? { unsubscribeMail: linkLeaving(keys, { subscriptionId, keyId }, inboundDomain, purpose) }
      : {}),
  };
}

function listOf(content: StoredDelivery['content']): Marks['list'] {
  if (isAnnouncement(content)) return 'announcements';
  return isNotice(content) && !content.isSubscribed ? undefined : 'digest';
}

function campaignOf({ delivery, editions, announcement }: Renderable): string {
  const { content } = delivery;
  if (isAnnouncement(content)) {
    const cohort = announcement?.isService ? 'service' : 'other';
    return `${content.announcement}:${cohort}:announcement`;
  }
  if (isNotice(content)) return `single:${content.isSubscribed ? 'reader' : 'stranger'}:notice`;
  const edition = editions.find((each) => each.id === content.editions[0])?.name;
  if (content.date !== undefined) return `items:${cohortOf(content, delivery)}:digest`;
  return `${edition || 'trial'}:${cohortOf(content, delivery)}:digest`;
}

/** The same without what would act if it were written to. */
function hideReferences(marks: Marks): Marks {
  const { unsubscribeMail } = marks;
  return {
    ...marks,
    reference: 'hidden',
    ...(unsubscribeMail ? { unsubscribeMail: unsubscribeMail.replace(/:[^@]+@/, ':hidden@') } : {}),
  };
}

export type Renderer = ReturnType<typeof createRenderer>;

function fillNotice(
  { delivery, rendering }: Renderable,
  content: NoticeContent,
  { templates, keys }: { templates: Templates; keys: KeyRing },
): FilledLetter {
  const { subject, paragraphs } = content;
  const { links, ...others } = linkNotice(keys, { ...delivery, content }, rendering);
  const mail = { sender: rendering.sender, subject, paragraphs, links, ...others };
  return { subject, links, html: templates.noticeHtml(mail), text: templates.noticeText(mail) };
}

/** Throws where the words of the announcement are not at hand. */
function fillAnnouncement(
  { delivery, rendering, announcement }: Renderable,
  { templates, keys }: { templates: Templates; keys: KeyRing },
): FilledLetter {
  if (!announcement) throw new Error('there is no announcement to render');
  const { subject, body: written, isService } = announcement;
  const links = linkAnnouncement(keys, delivery, rendering);
  const body = bodyOf(written);
  const mail = { sender: rendering.sender, subject, body, isService, links };
  const { announcementHtml: html, announcementText: text } = templates;
  return { subject, links, html: html(mail), text: text(mail) };
}

/** Thousands of readers get the same words. */
const bodyOf = remember(
  (written: string) => ({ html: renderBelowHeading(written), text: tellMarkdown(written) }),
  MOST_BODIES,
);

function createPress(rendering: Rendering): Press {
  const templates = compileTemplates(rendering.templates);
  const fill = ({ content, editions }: Unlinked, links: DigestLinks) => {
    const letter = fillDigest({ editions, rendering }, content, { templates, links, isWeb: false });
    return encodeParts(letter);
  };
  const encode = createPlates(fill, rendering.isForMembers ? membersOwn : readersOwn);
  return { templates, encode, write: createMessageWriter(rendering) };
}

function encodeParts({ subject, html, text, links }: FilledLetter): EncodedLetter {
  return { subject, html: html.encode(), text: text.encode(), links };
}

function fillDigest(
  source: Pick<Renderable, 'editions' | 'rendering'>,
  content: DigestContent,
  { templates, links, isWeb }: { templates: Templates; links: DigestLinks; isWeb: boolean },
): FilledLetter {
  const { sender, language = 'en' } = source.rendering;
  const words = wordsOf(language);
  const shown = isWeb ? withoutReader(content) : content;
  const write = (limits: DigestLimits) => {
    const digest = buildDigestView(shown, source.editions, { limits, words });
    const subject = buildSubject(digest, words);
    const preheader = buildPreheader(digest, words);
    const mail = { digest, links, sender, subject, preheader, isWeb };
    return { mail, subject, links, html: templates.digestHtml(mail) };
  };
  let letter = write(WIDEST_LIMITS);
  for (const limits of NARROWER) {
    if (letter.html.bytes <= LARGEST_HTML) break;
    letter = write(limits);
  }
  return { ...letter, text: templates.digestText(letter.mail) };
}
