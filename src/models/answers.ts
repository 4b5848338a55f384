import { z } from 'zod';
import { ModelError } from '../core/reading/model-error.ts';
import type { ModelAnswer } from './model-answer.ts';

// What an OpenAI-compatible endpoint answers, as far as we read it; the rest is not looked at.
// Source: OpenAI API reference, "Create embeddings" and "Create chat completion"; Ollama, vLLM and
// llama.cpp answer in the same shapes, the last without `usage`.

const MOST_TOKENS_A_CALL = 1_000_000;
const usage = z
  .object({ total_tokens: z.int().min(1).max(MOST_TOKENS_A_CALL) })
  .optional()
  .catch(undefined);

const embeddings = z.object({
  data: z.array(
    z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(2).max(16_384) }),
  ),
  usage,
});

const said = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().max(100_000) }) })).min(1),
  usage,
});

/** Reads vectors, in the order of the texts. Throws a ModelError where they are none, or some are missing. */
export function readEmbeddings(answer: unknown, texts: number): ModelAnswer<Float32Array[]> {
  const read = embeddings.safeParse(answer);
  if (!read.success) throw new ModelError('wrong', 'no vectors');
  const { data, usage: used } = read.data;
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of data) vectors[index] = Float32Array.from(embedding);
  const [first] = vectors;
  const isWhole = data.length === texts && vectors.length === texts;
  if (!isWhole || !vectors.every((each) => each.length === first?.length && isPlace(each))) {
    throw new ModelError('wrong', 'vectors that are missing, of two lengths, or nothing');
  }
  return { value: vectors, tokens: used?.total_tokens };
}

/** Whether a vector says where something stands: finite, and not all nothing. */
function isPlace(vector: Float32Array): boolean {
  const squares = vector.reduce((sum, x) => sum + x * x, 0);
  return Number.isFinite(squares) && squares > 0;
}

/** Reads what a chat model says. Throws a ModelError where it says nothing. */
export function readSaid(answer: unknown): ModelAnswer<string> {
  const read = said.safeParse(answer);
  const text = read.data?.choices[0]?.message.content.trim() ?? '';
  if (text === '') throw new ModelError('wrong', 'no words');
  return { value: text, tokens: read.data?.usage?.total_tokens };
}
