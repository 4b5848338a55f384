import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { FeedError } from '../../core/feed/feed.ts';
import { type DateParts, datePaper } from '../../core/feed/source-dates.ts';
import { checkXml } from '../../core/feed/xml-bounds.ts';
import { readIdentifier, readIds } from '../../core/paper/identifier.ts';
import { readKind } from '../../core/paper/kind.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { decodeBytes } from '../../core/text/charset.ts';
import { buildPaper } from '../fields.ts';
import { monthOf } from '../texts/date-words.ts';
import { joinName, tidyIndexTitle } from './texts.ts';

/** An element with text, which the parser gives as a bare text where it has no attribute. */
const element = z
  .union([
    z.string().transform((text) => ({ '#text': text })),
    z.looseObject({ '#text': z.string().default('') }),
  ])
  .catch({ '#text': '' });
const text = element.transform((found) => found['#text']);
const date = z.object({
  '@PubStatus': z.string().optional(),
  Year: text.optional(),
  Month: text.optional(),
  Day: text.optional(),
  Hour: text.optional(),
  Minute: text.optional(),
});
const attributed = (name: string) =>
  element.transform((found) => ({
    of: String(Reflect.get(found, name) ?? ''),
    text: found['#text'],
  }));

const articleShape = z.object({
  MedlineCitation: z.object({
    PMID: text,
    Article: z.object({
      ArticleTitle: text.default(''),
      VernacularTitle: text.default(''),
      Abstract: z
        .object({ AbstractText: z.array(attributed('@Label')).default([]) })
        .optional()
        .catch(undefined),
      AuthorList: z
        .object({
          Author: z.array(
            z.object({
              LastName: text.optional(),
              ForeName: text.optional(),
              Suffix: text.optional(),
              CollectiveName: text.optional(),
            }),
          ),
        })
        .optional()
        .catch(undefined),
      ELocationID: z.array(attributed('@EIdType')).default([]),
      Journal: z
        .object({ JournalIssue: z.object({ PubDate: date.optional() }).optional() })
        .optional(),
      ArticleDate: z.array(date).default([]),
      PublicationTypeList: z.object({ PublicationType: z.array(text) }).optional(),
    }),
    KeywordList: z
      .object({ Keyword: z.array(text).default([]) })
      .optional()
      .catch(undefined),
    CommentsCorrectionsList: z
      .object({
        CommentsCorrections: z.array(
          z.object({ '@RefType': z.string().default(''), RefSource: text.default('') }),
        ),
      })
      .optional(),
  }),
  PubmedData: z
    .object({
      History: z.object({ PubMedPubDate: z.array(date) }).optional(),
      ArticleIdList: z.object({ ArticleId: z.array(attributed('@IdType')) }).optional(),
    })
    .optional(),
});
type Article = z.infer<typeof articleShape>;

const answerShape = z.object({
  PubmedArticleSet: z.union([
    z.object({ PubmedArticle: z.array(articleShape).default([]) }),
    z.string().transform(() => ({ PubmedArticle: [] })),
  ]),
});

const LISTS = new Set([
  ...['PubmedArticle', 'AbstractText', 'Author', 'ELocationID', 'ArticleDate', 'PublicationType'],
  ...['CommentsCorrections', 'PubMedPubDate', 'ArticleId', 'Keyword'],
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => LISTS.has(name),
  // Texts with markup within, as they are written; references hold ids of other papers.
  stopNodes: ['*.ArticleTitle', '*.VernacularTitle', '*.AbstractText', '*.ReferenceList'],
});

/** Reads the articles of an efetch. Throws FeedError `malformed` where it is no such answer. */
export function readArticles(bytes: Uint8Array): Article[] {
  const xml = decodeBytes(bytes, 'application/xml');
  checkXml(xml);
  const parsed = answerShape.safeParse(parser.parse(xml));
  if (parsed.success) return parsed.data.PubmedArticleSet.PubmedArticle;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new FeedError('malformed', `The answer is no list of PubMed's articles (${where}).`);
}

/** What an article is called where it cannot be read. */
export function nameArticle({ MedlineCitation: { PMID, Article } }: Article): string {
  return Article.ArticleTitle.slice(0, 120) || `PMID ${PMID}`;
}

/** Makes the paper of one article. Throws with the reason where it is none. */
export function toPaper(found: Article): Paper {
  const { PMID, Article, CommentsCorrectionsList, KeywordList } = found.MedlineCitation;
  const types = Article.PublicationTypeList?.PublicationType ?? [];
  const title = tidyIndexTitle(Article.ArticleTitle || Article.VernacularTitle);
  const idList = found.PubmedData?.ArticleIdList?.ArticleId ?? [];
  const dois = [
    ...idList.filter(({ of }) => of === 'doi'),
    ...Article.ELocationID.filter(({ of }) => of === 'doi'),
  ];
  const pmc = idList.filter(({ of }) => of === 'pmc').map(({ text: id }) => id);
  const { ids } = readIds({
    explicit: [`pmid:${PMID}`, ...pmc, ...dois.map(({ text: id }) => id)],
  });
  const became = types.includes('Preprint') ? CommentsCorrectionsList?.CommentsCorrections : [];
  return buildPaper({
    title,
    abstract: (Article.Abstract?.AbstractText ?? []).map(tellSection).join(' '),
    authors: (Article.AuthorList?.Author ?? []).flatMap((author) =>
      joinName({
        given: author.ForeName,
        family: author.LastName,
        suffix: author.Suffix,
        group: author.CollectiveName,
      }),
    ),
    categories: [],
    ids: { ...ids, ...readArticleOf(became ?? []) },
    keywords: KeywordList?.Keyword,
    link: `https://pubmed.ncbi.nlm.nih.gov/${PMID}/`,
    ...datePaper(enteredAt(found), printedOn(found)),
    kind: readKind({ title, sections: types, links: [] }).kind,
  });
}

/** `BACKGROUND` before its text; unlabelled texts as they are. */
function tellSection({ of: label, text: part }: { of: string; text: string }): string {
  if (label === '' || /^unlabelled$/i.test(label)) return part;
  return `${label.charAt(0).toUpperCase()}${label.slice(1).toLowerCase()}: ${part}`;
}

/** The DOI of the article that a preprint became, told within a citation. */
function readArticleOf(ties: readonly { '@RefType': string; RefSource: string }[]) {
  const source = ties.find((tie) => tie['@RefType'] === 'UpdateIn')?.RefSource ?? '';
  const doi = readIdentifier(/doi:\s*(10\.\S+)/i.exec(source)?.[1] ?? '');
  return doi?.scheme === 'doi' ? { article: doi.id } : {};
}

/** When PubMed took it in. */
function enteredAt({ PubmedData }: Article): Date | undefined {
  const dates = PubmedData?.History?.PubMedPubDate ?? [];
  const entry = dates.find((one) => one['@PubStatus'] === 'entrez');
  if (!entry?.Year || !entry.Month || !entry.Day) return undefined;
  const { Year, Month, Day, Hour = '0', Minute = '0' } = entry;
  return new Date(Date.UTC(+Year, +Month - 1, +Day, +Hour, +Minute));
}

/** On the web first; a season or a range of an issue is a year. */
function printedOn({ MedlineCitation: { Article } }: Article): DateParts {
  const printed = Article.ArticleDate[0] ?? Article.Journal?.JournalIssue?.PubDate;
  if (!printed?.Year) return [];
  const { Year, Month = '', Day } = printed;
  const month = /^\d+$/.test(Month) ? Number(Month) : monthOf(Month.toLowerCase());
  return [Number(Year), month, Day === undefined ? undefined : Number(Day)];
}
