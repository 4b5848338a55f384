import type { Options } from './options.ts';
import { runPaperround, type Way } from './paperround.ts';
import { createPeer, createWire } from './peers.ts';
import { findLetter, prepare, type SampleLetter } from './prepare.ts';
import type { Product } from './product.ts';
import type { Contestant, Result } from './result.ts';
import type { Sink, Stage } from './stage.ts';

/** Everybody who is measured, and the wire that all are held to. */
export interface Field {
  readonly letter: SampleLetter;
  readonly contestants: readonly Contestant[];
  wire(): Promise<Result>;
}

const MANY_CONNECTIONS = 60;
const FEW_CONNECTIONS = 20;

const between = (least: number, value: number, most: number) =>
  Math.round(Math.min(most, Math.max(least, value)));

/** Prepares the databases and names who is measured: those of `--only`, where it is given. */
export async function createField(
  stage: Stage,
  { readers, againstLetters, only }: Options,
  products: { readonly own: Product; readonly other: Product | undefined },
): Promise<Field> {
  const own = await prepare(stage, products.own, readers);
  const letter = await findLetter(stage, own);
  const runWire = createWire(stage, letter);
  const wireLetters = between(1_000, readers / 2, 4_000);
  const peerLetters = between(200, readers / 5, 2_000);
  const { sink, smallSink } = stage;
  const ours = (id: string, says: string, way: Partial<Way>): Contestant => ({
    id,
    name: `Paperround, ${says}`,
    run: () =>
      runPaperround(stage, own, {
        signing: 'none',
        connections: MANY_CONNECTIONS,
        sink,
        ...way,
      }),
  });
  const peer = (id: 'pool' | 'queue', name: string, to: Sink): Contestant => {
    const run = createPeer(stage, letter, id);
    return { id, name, run: () => run(to, peerLetters) };
  };
  const all = [
    ours('own', `${MANY_CONNECTIONS} connections`, {}),
    ours('own-20', `${FEW_CONNECTIONS} connections`, { connections: FEW_CONNECTIONS }),
    ours('own-rsa', 'RSA-2048', { signing: 'rsa' }),
    ours('own-both', 'Ed25519 and RSA-2048', { signing: 'both' }),
    ours('own-small', 'to the small sink', { sink: smallSink }),
    {
      id: 'wire-small',
      name: 'smtp-source, to the small sink',
      run: () => runWire(smallSink, wireLetters),
    },
    peer('pool', "nodemailer's pool, ready HTML", sink),
    peer('queue', 'BullMQ job a recipient, Handlebars', sink),
    ...(products.other
      ? [await createOther(stage, products.other, { readers, letters: againstLetters })]
      : []),
  ];
  return {
    letter,
    contestants: all.filter(({ id }) => only.length === 0 || only.includes(id)),
    wire: () => runWire(sink, wireLetters),
  };
}

async function createOther(
  stage: Stage,
  product: Product,
  { readers, letters }: { readers: number; letters: number },
): Promise<Contestant> {
  const prepared = await prepare(stage, product, readers);
  const way = {
    signing: 'none',
    connections: MANY_CONNECTIONS,
    sink: stage.sink,
    letters,
  } as const;
  return {
    id: 'other',
    name: `Paperround at ${product.commit}`,
    run: () => runPaperround(stage, prepared, way),
  };
}
