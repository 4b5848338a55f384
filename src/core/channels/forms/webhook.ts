import type { CutPost } from '../edition-post.ts';

/** An edition for a program, as Standard Webhooks writes an event. */
export function buildWebhook(post: CutPost, { id, at }: { id: string; at: Date }): object {
  const { title, lead, papers, page, paperCount, moreCount, edition } = post;
  return {
    type: 'edition.published',
    timestamp: at.toISOString(),
    data: { id, title, lead, edition: { ...edition, page, paperCount }, papers, more: moreCount },
  };
}
