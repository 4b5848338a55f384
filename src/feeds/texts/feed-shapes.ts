/** A feed that must be read in its own way, known by one of its elements or addresses. */
export interface FeedShape {
  readonly name: string;
  readonly guid?: RegExp;
  readonly link?: RegExp;
  /** The elements that hold an abstract, the best first. */
  readonly elements?: readonly string[];
  /** Whether there is an abstract only where its heading is. */
  readonly needsHeading?: boolean;
  /** Whether its people are in the text, and its elements name somebody else. */
  readonly namesInText?: boolean;
  /** Whether its categories are what it is about, and never what a text is. */
  readonly isBlog?: boolean;
  /** Whether bioRxiv's own marks stand in the text. */
  readonly isPreprint?: boolean;
}

export const FEED_SHAPES: readonly FeedShape[] = [
  // Its description is cut, and holds the conclusions only where an abstract has parts.
  { name: 'PubMed', guid: /^pubmed:/, elements: ['content:encoded'], needsHeading: true },
  {
    name: 'bioRxiv and medRxiv',
    link: /^https?:\/\/(?:\w+\.)?(?:bio|med)rxiv\.org\//,
    isPreprint: true,
  },
  { name: 'WordPress', guid: /[?&]p=\d+$/, isBlog: true },
  { name: 'BibSonomy', link: /^https?:\/\/(?:\w+\.)?bibsonomy\.org\//, namesInText: true },
  // The author of an entry is whoever put it into the group.
  { name: 'Zotero', link: /^https?:\/\/(?:\w+\.)?zotero\.\w+\/groups\//, namesInText: true },
];
