import { isOpen, LONGEST_LINE, NOTES_A_DAY, READABLE_MS } from '../../core/circles/circle.ts';
import { weekOf } from '../../core/circles/week.ts';
import type { CirclePage, CirclePaperView, MemberView } from '../../core/letter/circle-pages.ts';
import { sayMeeting } from '../../core/letter/meeting-words.ts';
import { outForms } from '../../core/letter/out-feed.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { zoneForPeople } from '../../core/reader/zones.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Entered } from '../../steps/circles/enter.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { CircleNote, CirclePaper } from '../../store/readers/circle-notes.ts';
import type { Member } from '../../store/readers/circles.ts';
import { formTokenFor } from '../acting/visitor.ts';
import { pathOf } from '../readers/token.ts';
import type { Site } from '../site.ts';

/** So many papers on the page of a circle; each week has one of its own. */
const MOST_PAPERS = 40;
const LONGEST_TITLE = 300;
const LONGEST_AUTHORS = 200;
const EVER = { from: new Date(0), to: new Date('9999-01-01') };

/** What somebody typed on the page, and what was wrong with it. */
export interface TypedInCircle {
  readonly typed?: string;
  readonly line?: string;
  readonly error?: string;
}

/** Who looks at what is said in a circle, and in whose words. */
export interface Looking {
  readonly site: Site;
  /** Their own zone, for dates. */
  readonly zone: string;
  readonly memberId: number;
  readonly isOwner: boolean;
  readonly muted: ReadonlySet<number>;
}

/** The page of a circle as one of its members sees it. */
export async function viewCircle(
  site: Site,
  visitor: Visitor,
  { circle, member }: Entered,
  { typed = '', line = '', error }: TypedInCircle,
): Promise<CirclePage> {
  const { words, prefix, outside } = site;
  const { store } = outside;
  const { zone } = visitor.reader.schedule;
  const members = await store.circles.listMembers(circle.id);
  const muted = new Set(await store.circleNotes.listMuted(member.id));
  const { isOwner } = member;
  const looking = { site, zone, memberId: member.id, isOwner, muted };
  const isAside = member.setAsideAt !== null;
  const papers = isAside
    ? []
    : await store.circleNotes.list(
        { circleId: circle.id, memberId: member.id },
        { ...EVER, most: MOST_PAPERS },
      );
  const until = circle.closedAt && new Date(circle.closedAt.getTime() + READABLE_MS);
  return {
    name: circle.name,
    here: `${prefix}/circles/${circle.id}`,
    formToken: formTokenFor(visitor),
    said: words.say('circle.said', { count: members.length, as: member.name }),
    ...(error ? { error: words.translate(error) } : {}),
    ...(until
      ? { closed: words.say('circle.closed', { date: words.shortDate(dateIn(zone, until)) }) }
      : {}),
    isAside,
    isOwner,
    ...(await viewNext(site, circle, isAside)),
    week: `${prefix}/circles/${circle.id}/weeks/${weekOf(dateIn(zone, outside.now()))}`,
    zone: zoneForPeople(zone),
    ...(await viewPrograms(site, member.id)),
    papers: papers.map((paper) => viewPaper(paper, looking)),
    typed: typed.slice(0, LONGEST_TITLE),
    line: line.slice(0, 2 * LONGEST_LINE),
    members: members.map((each) => viewMember(each, looking)),
    ...(isOwner ? await viewInvitation(site, circle.id, zone) : {}),
    notesADay: NOTES_A_DAY,
    longestLine: LONGEST_LINE,
  };
}

/** A paper of a circle with what was said of it. */
export function viewPaper(paper: CirclePaper, looking: Looking): CirclePaperView {
  const { told, known, paperId } = paper;
  const { words, prefix } = looking.site;
  const { title } = known ?? told;
  const authors = shortenText(nameAuthors((known ?? told).authors, words), LONGEST_AUTHORS);
  const link =
    paperId === null ? (known?.link ?? told.link) : `${prefix}${paperPath(paperId, title)}`;
  return {
    id: paper.id,
    title: shortenText(title, LONGEST_TITLE),
    ...(link ? { link } : {}),
    ...(authors ? { authors } : {}),
    notes: paper.notes.map((note) => viewNote(note, looking)),
    meetings: paper.meetings.map((meeting) =>
      words.say('meeting.on', { when: sayMeeting(meeting, words) }),
    ),
  };
}

function viewNote(
  { id, memberId, by, text, at, reports, isReported, meeting }: CircleNote,
  { site, zone, memberId: own, isOwner, muted }: Looking,
) {
  const isOwn = memberId === own;
  return {
    id,
    by,
    text,
    isOff: meeting?.isCancelled ?? false,
    ...(meeting ? { meets: sayMeeting(meeting, site.words) } : {}),
    date: site.words.shortDate(dateIn(zone, at)),
    isOwn,
    isReported,
    ...(isOwner && reports > 0 ? { reports } : {}),
    ...(isOwn || muted.has(memberId) ? {} : { mute: memberId }),
  };
}

function viewMember(
  { id, name, isOwner, joinedAt }: Member,
  { site: { words }, zone, memberId, muted }: Looking,
): MemberView {
  const date = words.shortDate(dateIn(zone, joinedAt));
  const said = words.say(isOwner ? 'circle.owner' : 'circle.since', { date });
  const isMuted = muted.has(id);
  return {
    id,
    name,
    said: isMuted ? `${said}, ${words.say('circle.muted')}` : said,
    isSelf: id === memberId,
    isMuted,
  };
}

async function viewNext(
  { outside, words, prefix }: Site,
  circle: Entered['circle'],
  isAside: boolean,
): Promise<Pick<CirclePage, 'next'>> {
  const next = isAside
    ? undefined
    : await outside.store.circleMeetings.findNext(circle.id, outside.now());
  if (!next) return {};
  return {
    next: {
      title: shortenText(next.title, LONGEST_TITLE),
      when: sayMeeting(next, words),
      ...(next.by === null ? {} : { said: words.say('meeting.setBy', { by: next.by }) }),
      calendar: `${prefix}/circles/${circle.id}/meetings.ics`,
    },
  };
}

/** The links that need no signing in, once a member asked for them. */
async function viewPrograms(site: Site, memberId: number): Promise<Pick<CirclePage, 'programs'>> {
  const { outside, words } = site;
  const id = await outside.store.circles.findFeedOf(memberId);
  if (id === undefined) return {};
  const begin = `${outside.config.http.publicUrl}${pathOf(site, 'circle', id)}`;
  return {
    programs: [
      ...outForms.map(({ label: form, ending }) => ({
        label: words.say('circle.feed', { form }),
        link: `${begin}/papers.${ending}`,
      })),
      { label: words.say('circle.meetings'), link: `${begin}/meetings.ics` },
      { label: words.say('circle.weekPage'), link: begin },
    ],
  };
}

async function viewInvitation(
  site: Site,
  circleId: number,
  zone: string,
): Promise<Pick<CirclePage, 'invitation'>> {
  const { outside, words } = site;
  const last = await outside.store.circles.findLastInvitation(circleId);
  if (!last || !isOpen(last, outside.now())) return {};
  const date = words.shortDate(dateIn(zone, last.expiresAt));
  const link = `${outside.config.http.publicUrl}${pathOf(site, 'join', last.id)}`;
  const said = words.say('circle.invited', { count: last.uses, most: last.mostUses, date });
  return { invitation: { link, said } };
}
