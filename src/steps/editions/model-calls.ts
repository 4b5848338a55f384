import { createHash } from 'node:crypto';
import { ModelError } from '../../core/reading/model-error.ts';
import type { Prompt } from '../../core/reading/model-words.ts';
import type { Outside } from '../steps.ts';

/** What a step may ask models elsewhere, for one cut; their faults reject nothing. */
export interface ModelCalls {
  /** A vector a text; undefined where any is missing. */
  embed(texts: readonly string[]): Promise<Float32Array[] | undefined>;
  /** What a chat model says; undefined where it says nothing. */
  say(prompt: Prompt): Promise<string | undefined>;
  /** Why something is missing; undefined while nothing is. */
  readonly fault: string | undefined;
}

type CallsOutside = Pick<Outside, 'store' | 'models' | 'config' | 'now'>;

/** Texts in one request. */
const AT_ONCE = 64;
const LONGEST_CALL_MS = 30_000;
/** After so many faults in a row it is asked no more. */
const MOST_FAULTS = 3;
/** A token is some characters; fewer where it is said to be dear. */
const CHARACTERS_A_TOKEN = 3;
const TOKENS_OF_A_SAYING = 400;

/**
 * Opens the calls of one cut: what was answered before is not asked again, and what a day may cost in
 * tokens and time is not passed, whichever process spends it.
 */
export async function openModelCalls(outside: CallsOutside): Promise<ModelCalls> {
  const { store, models, config, now } = outside;
  const { embeddings, chat, endpoint } = config.models;
  const purse = await openPurse(outside);
  const keyOf = (...asked: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify([endpoint?.url, ...asked]))
      .digest('hex');
  let fault: string | undefined;
  const standings = { vectors: { row: 0, isOver: false }, words: { row: 0, isOver: false } };
  const call = async <Value>(
    { of, tokens }: { of: keyof typeof standings; tokens: number },
    ask: (withinMs: number) => Promise<{ value: Value; tokens: number | undefined }>,
  ): Promise<Value | undefined> => {
    const standing = standings[of];
    if (standing.isOver) return undefined;
    const withinMs = Math.min(LONGEST_CALL_MS, purse.leftMs());
    const spent = withinMs <= 0 ? 'its time of the day is over' : purse.reserve(tokens);
    if (spent !== undefined) {
      fault ??= spent;
      standing.isOver = true;
      return undefined;
    }
    try {
      const answer = await ask(withinMs);
      await purse.settle(tokens, answer.tokens ?? tokens);
      standing.row = 0;
      return answer.value;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      await purse.settle(tokens, tokens);
      fault ??= error.message;
      standing.row += 1;
      standing.isOver ||= error.kind === 'refused' || standing.row >= MOST_FAULTS;
      return undefined;
    }
  };
  const embedSome = async (model: string, texts: readonly string[]) => {
    const vectors = await call(
      { of: 'vectors', tokens: estimate(texts.join('')) },
      async (withinMs) => {
        if (!models) throw new ModelError('gone', 'no endpoint');
        return models.embed(model, texts, withinMs);
      },
    );
    const answers = (vectors ?? []).map((vector, at) => ({
      key: keyOf('vector', model, texts[at] ?? ''),
      answer: pack(vector),
    }));
    if (answers.length > 0) await store.modelAnswers.record(answers, now());
    return vectors;
  };
  return {
    get fault() {
      return fault;
    },
    async embed(texts) {
      if (embeddings === undefined) return undefined;
      const keys = texts.map((text) => keyOf('vector', embeddings, text));
      const known = await store.modelAnswers.find(keys, now());
      const missing = [...new Set(texts.filter((_, at) => !known.has(keys[at] ?? '')))];
      for (let at = 0; at < missing.length; at += AT_ONCE) {
        const some = missing.slice(at, at + AT_ONCE);
        const vectors = await embedSome(embeddings, some);
        if (!vectors) return undefined;
        for (const [place, text] of some.entries()) {
          known.set(keyOf('vector', embeddings, text), pack(vectors[place] ?? new Float32Array()));
        }
      }
      const all = keys.map((key) => unpack(known.get(key) ?? ''));
      // A model that was changed behind its name places nothing beside what it placed before.
      return all.every(({ length }) => length > 0 && length === all[0]?.length) ? all : undefined;
    },
    async say(prompt) {
      if (chat === undefined) return undefined;
      const key = keyOf('words', chat, prompt.system, prompt.user);
      const known = (await store.modelAnswers.find([key], now())).get(key);
      if (known !== undefined) return known;
      const tokens = estimate(prompt.system + prompt.user) + TOKENS_OF_A_SAYING;
      const answer = await call({ of: 'words', tokens }, async (withinMs) => {
        if (!models) throw new ModelError('gone', 'no endpoint');
        return models.say(chat, prompt, withinMs);
      });
      if (answer !== undefined) await store.modelAnswers.record([{ key, answer }], now());
      return answer;
    },
  };
}

const estimate = (text: string) => Math.ceil(text.length / CHARACTERS_A_TOKEN);

/** What is left of a day's tokens, and of its time, which counts while an answer is waited for. */
async function openPurse({ store, config, now }: CallsOutside) {
  const day = now().toISOString().slice(0, 10);
  const { tokensADay, msADay } = config.models;
  const spent = { ...(await store.modelAnswers.findSpent(day)) };
  let waiting = 0;
  let since = 0;
  const waited = () => (waiting > 0 ? performance.now() - since : 0);
  return {
    leftMs: () => msADay - spent.milliseconds - waited(),
    /** Sets tokens aside and begins to wait; why not, where they are more than is left. */
    reserve(cost: number): string | undefined {
      if (spent.tokens + cost > tokensADay) return 'its tokens of the day are spent';
      if (waiting === 0) since = performance.now();
      waiting += 1;
      spent.tokens += cost;
      return undefined;
    },
    /** What was set aside cost this much. */
    async settle(reserved: number, cost: number): Promise<void> {
      const milliseconds = waited();
      since += milliseconds;
      waiting -= 1;
      spent.tokens += cost - reserved;
      spent.milliseconds += milliseconds;
      await store.modelAnswers.spend(day, { tokens: cost, milliseconds });
    },
  };
}

function pack({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function unpack(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}
