import type { EditionTexts } from '../core/edition/edition.ts';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import {
  buildDigestView,
  buildPreheader,
  buildSubject,
  type DigestContent,
  type DigestLimits,
  type DigestLinks,
  LARGEST_HTML,
  WIDEST_LIMITS,
  withoutReader,
} from '../core/letter/digest.ts';
import { isNotice, type NoticeContent } from '../core/letter/notice.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { withoutTokens } from '../core/letter/shown.ts';
import type { KeyRing } from '../core/reader/keys.ts';
import { buildReference } from '../core/reader/references.ts';
import type { Marks } from './headers.ts';
import { linkDigest, linkLeaving, linkNotice } from './links.ts';
import { type Message, type RenderedLetter, renderMessage } from './message.ts';
import { compileTemplates, type Templates } from './templates.ts';

/** A letter with the links that its words hold. */
interface LinkedLetter extends RenderedLetter {
  readonly links: Pick<DigestLinks, 'unsubscribe'>;
}

/** A digest or a notice as it goes out: in words, and ready for the wire. */
export interface Letter extends LinkedLetter {
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
  readonly rendering: Rendering;
}

const ALL_CHOSEN = WIDEST_LIMITS.chosen;
/** Tried in turn until the letter is small enough: first the rest of the day gets shorter. */
const LIMITS: readonly DigestLimits[] = [
  WIDEST_LIMITS,
  { chosen: ALL_CHOSEN, groups: 10, perGroup: 2 },
  { chosen: ALL_CHOSEN, groups: 6, perGroup: 1 },
  { chosen: ALL_CHOSEN, groups: 0, perGroup: 0 },
  { chosen: 12, groups: 0, perGroup: 0 },
];
const SMALLEST: DigestLimits = { chosen: 4, groups: 0, perGroup: 0 };
const KEPT_TEMPLATES = 8;

/** Turns frozen digests into words; compiled templates are kept by the hash of their rendering. */
export function createRenderer(keys: KeyRing) {
  const compiled = new Map<string, Templates>();
  const templatesOf = ({ delivery, rendering }: Renderable) => {
    const known = compiled.get(delivery.rendering);
    if (known) return known;
    const templates = compileTemplates(rendering.templates);
    const [oldest] = compiled.keys();
    if (compiled.size >= KEPT_TEMPLATES && oldest) compiled.delete(oldest);
    compiled.set(delivery.rendering, templates);
    return templates;
  };

  const linksOf = ({ delivery, editions, rendering }: Renderable, content: DigestContent) =>
    linkDigest(keys, { ...delivery, content, editions }, rendering);

  const letterOf = (source: Renderable): LinkedLetter => {
    const { content } = source.delivery;
    const templates = templatesOf(source);
    if (isNotice(content)) return fillNotice(source, content, { templates, keys });
    return fillDigest(source, content, {
      templates,
      links: linksOf(source, content),
      isWeb: false,
    });
  };

  return {
    /** The letter as its reader gets it: the same bytes for the same row, always. HTML at most 80 kB. Throws where the address was erased. */
    async renderLetter(source: Renderable): Promise<Letter> {
      const letter = { ...letterOf(source), marks: markLetter(keys, source) };
      return { ...letter, message: await putIntoForm(source, letter) };
    },
    /** The letter as an operator may see it: the same but for the tokens of its links. */
    async renderShown(source: Renderable): Promise<Letter> {
      const { rendering } = source;
      const letter = letterOf(source);
      const cut = (text: string) => withoutTokens(text, rendering.publicUrl);
      const { unsubscribe } = letter.links;
      const shown = {
        ...letter,
        html: cut(letter.html),
        text: cut(letter.text),
        links: unsubscribe ? { unsubscribe: cut(unsubscribe) } : {},
        marks: hideReferences(markLetter(keys, source)),
      };
      return { ...shown, message: await putIntoForm(source, shown) };
    },
    /** A digest for a page: without address, reasons or any link that acts for the reader; undefined for a notice. */
    renderWebView(source: Renderable): RenderedLetter | undefined {
      const { content } = source.delivery;
      if (isNotice(content)) return undefined;
      const { home, edition } = linksOf(source, content);
      const templates = templatesOf(source);
      return fillDigest(source, content, { templates, links: { home, edition }, isWeb: true });
    },
  };
}

/** What a letter says of itself to mail servers: nothing of its reader. */
function markLetter(keys: KeyRing, { delivery, editions, rendering }: Renderable): Marks {
  const { id, content, subscriptionId, keyId } = delivery;
  const isDigest = !isNotice(content);
  const edition = isDigest && editions.find((each) => each.id === content.editions[0])?.name;
  const isList = isDigest || content.isSubscribed;
  const { inboundDomain } = rendering;
  return {
    reference: buildReference(keys, { purpose: 'bounce', id }, keyId),
    campaign: isDigest ? `${edition || 'trial'}:digest` : 'notice',
    isList,
    ...(isList && inboundDomain && subscriptionId !== null
      ? { unsubscribeMail: linkLeaving(keys, { subscriptionId, keyId }, inboundDomain) }
      : {}),
  };
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

function putIntoForm(
  { delivery, rendering }: Renderable,
  letter: LinkedLetter & { readonly marks: Marks },
): Promise<Message> {
  const marks = { ...letter.marks, unsubscribe: letter.links.unsubscribe };
  return renderMessage(delivery, { ...letter, marks }, rendering);
}

export type Renderer = ReturnType<typeof createRenderer>;

function fillNotice(
  { delivery, rendering }: Renderable,
  content: NoticeContent,
  { templates, keys }: { templates: Templates; keys: KeyRing },
): LinkedLetter {
  const { subject, paragraphs } = content;
  const { links, ...button } = linkNotice(keys, { ...delivery, content }, rendering);
  const mail = { sender: rendering.sender, subject, paragraphs, links, ...button };
  return { subject, links, html: templates.noticeHtml(mail), text: templates.noticeText(mail) };
}

function fillDigest(
  source: Renderable,
  content: DigestContent,
  { templates, links, isWeb }: { templates: Templates; links: DigestLinks; isWeb: boolean },
): LinkedLetter {
  const { sender } = source.rendering;
  const shown = isWeb ? withoutReader(content) : content;
  const write = (limits: DigestLimits): LinkedLetter => {
    const digest = buildDigestView(shown, source.editions, limits);
    const subject = buildSubject(digest);
    const mail = { digest, links, sender, subject, preheader: buildPreheader(digest), isWeb };
    return { subject, links, html: templates.digestHtml(mail), text: templates.digestText(mail) };
  };
  for (const limits of LIMITS) {
    const digest = write(limits);
    if (Buffer.byteLength(digest.html) <= LARGEST_HTML) return digest;
  }
  return write(SMALLEST);
}
