import type { IncomingMessage, ServerResponse } from 'node:http';

/** A paper of the world outside, under the ids that sources know. */
export interface WorldPaper {
  readonly doi?: string;
  readonly arxiv?: string;
  readonly pmid?: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly date: string;
  /** The DOIs or arXiv ids of what it refers to. */
  readonly cites?: readonly string[];
  readonly isRetracted?: boolean;
  /** ORCID iD and OpenAlex author of the first author. */
  readonly authorIds?: readonly string[];
  /** OpenAlex's number, which may change. */
  readonly number: number;
}

/** What sources know, and how they answer: a test changes both as the world does. */
export interface World {
  papers: WorldPaper[];
  /** What to answer instead, where a test has a source fail. */
  instead?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

/** What is sent. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer in JSON. */
export const answer = (status: number, body: unknown): Answer => ({ status, body });
/** By which of its ids others refer to a paper. */
export const namesOf = ({ doi, arxiv }: WorldPaper) =>
  [doi, arxiv].filter((name) => name !== undefined);

/** What a source has of a paper, and what cites it. */
export const find = (world: World, isIt: (paper: WorldPaper) => boolean) => {
  const paper = world.papers.find(isIt);
  const names = paper ? namesOf(paper) : [];
  const citers = world.papers.filter(({ cites = [] }) =>
    names.some((name) => cites.includes(name)),
  );
  return { paper, citers };
};
