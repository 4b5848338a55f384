import type { FastifyInstance, FastifyReply } from 'fastify';
import type { VotePage } from '../../core/letter/reader-pages.ts';
import { compareDigests } from '../../core/ranking/moves.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { previewWishes } from '../../steps/digests/preview.ts';
import { recordVote } from '../../steps/readers/vote.ts';
import type { Way } from '../../store/readers/votes.ts';
import { replyWithMessage } from '../errors.ts';
import { renderDigests } from '../forms/preview.ts';
import { answerInTurn } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { showLeaving } from './leave.ts';
import { findSentPaper, type SentPaper } from './sent-paper.ts';

interface VoteRoute {
  Params: { token: string; paper: string };
  Querystring: { way?: string };
  Body: { way?: string } | undefined;
}

/** `/vote/:token/:paper`: asks on GET, records on POST, since programs open the links of a mail too. */
export function registerVotes(app: FastifyInstance, site: Site): void {
  app.get<VoteRoute>('/vote/:token/:paper', async (request, reply) => {
    const visit = await findSentPaper(site, 'vote', request.params);
    if (typeof visit === 'number') return replyWithMessage(reply, site, visit);
    if (visit.reader.state !== 'active') return showLeft(reply, site, visit);
    return ask(reply, speakTo(site, visit.reader), visit, wayOf(request.query.way));
  });

  app.post<VoteRoute>('/vote/:token/:paper', async (request, reply) => {
    const visit = await findSentPaper(site, 'vote', request.params);
    if (typeof visit === 'number') return replyWithMessage(reply, site, visit);
    if (visit.reader.state !== 'active') return showLeft(reply, site, visit);
    const pressed = request.body?.way;
    const way = wayOf(pressed);
    if (way === undefined && pressed !== 'none') return replyWithMessage(reply, site, 400);
    const { subscriberId } = visit.reader;
    return answerInTurn(site, { request, reply, subscriberId }, async () => {
      const spoken = speakTo(site, visit.reader);
      const before = await previewNewest(spoken, visit.reader);
      const isRecorded = await recordVote(site.outside, visit, way);
      if (!isRecorded) return replyWithMessage(reply, spoken, 410);
      return tell(reply, spoken, visit, { way, before });
    });
  });
}

function wayOf(text: string | undefined): Way | undefined {
  return text === 'more' || text === 'less' ? text : undefined;
}

function showLeft(reply: FastifyReply, site: Site, { reader }: SentPaper): FastifyReply {
  return showLeaving(reply, site, { reader, isDone: true });
}

async function ask(
  reply: FastifyReply,
  site: Site,
  visit: SentPaper,
  asked: Way | undefined,
): Promise<FastifyReply> {
  const votes = await site.outside.store.votes.listExamples(visit.reader.subscriberId);
  const earlier = votes.find(({ paperId }) => paperId === visit.paperId)?.kind;
  const { words } = site;
  const heading = asked
    ? words.say('vote.question', { way: words.say(`vote.${asked}`) })
    : words.say('vote.ask');
  const ways = asked === 'less' ? (['less', 'more'] as const) : (['more', 'less'] as const);
  return show(reply, site, visit, {
    heading,
    ...(earlier
      ? { before: words.say(earlier === 'more' ? 'vote.beforeMore' : 'vote.beforeLess') }
      : {}),
    buttons: [...ways, ...(earlier ? (['none'] as const) : [])].map((way, at) => ({
      way,
      label: words.say(`vote.${way}`),
      isFirst: at === 0,
    })),
    changes: [],
  });
}

/** What is said of a press. */
const recorded = {
  more: { heading: 'vote.recordedMore', said: 'vote.bringMore' },
  less: { heading: 'vote.recordedLess', said: 'vote.bringLess' },
  none: { heading: 'vote.takenBack', said: 'vote.gone' },
} as const;

/** Says what was recorded, and how the digest of the newest edition changes by it. */
async function tell(
  reply: FastifyReply,
  site: Site,
  visit: SentPaper,
  { way, before }: { way: Way | undefined; before: Awaited<ReturnType<typeof previewNewest>> },
): Promise<FastifyReply> {
  const { words } = site;
  const after = await previewNewest(site, visit.reader);
  const { byPaper, sentences } = compareDigests(
    before.flatMap(({ chosen }) => chosen),
    after.flatMap(({ chosen }) => chosen),
    words,
  );
  const again = way === 'more' ? 'less' : 'more';
  const offered = way ? (['none', again] as const) : (['more', 'less'] as const);
  return show(reply, site, visit, {
    heading: words.say(recorded[way ?? 'none'].heading),
    said: words.say(recorded[way ?? 'none'].said),
    buttons: offered.map((each) => ({
      way: each,
      label: words.say(`vote.${each}`),
      isFirst: false,
    })),
    changes: after.length > 0 ? sentences : [],
    ...(after.length > 0 ? { digestsPart: renderDigests(site, after, byPaper) } : {}),
  });
}

async function previewNewest(site: Site, reader: Subscription) {
  const tastes = await site.outside.store.votes.listTastes([reader.subscriberId]);
  return previewWishes(
    site.editions,
    { ...reader, taste: tastes.get(reader.subscriberId) },
    {
      editions: 1,
      words: site.words,
    },
  );
}

function show(
  reply: FastifyReply,
  site: Site,
  { paper, here }: SentPaper,
  said: Omit<VotePage, keyof SentPaper['paper'] | 'action'>,
): FastifyReply {
  const view = { ...paper, ...said, action: here };
  return replyWithPage(reply, site, { page: 'vote', title: said.heading, view });
}
