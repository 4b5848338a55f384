import * as fc from 'fast-check';
import {
  buildFeedAddress,
  buildFeedUrl,
  FeedError,
  parseFeedAddress,
} from '../../../src/core/feed/feed.ts';

describe('parseFeedAddress', () => {
  const known: [text: string, kind: string, address: string][] = [
    ['arxiv:cs.CL+cs.LG', 'arxiv', 'cs.CL+cs.LG'],
    [' arxiv: CS.cl, cs.lg cs.CL ', 'arxiv', 'cs.CL+cs.LG'],
    ['arxiv:cond-mat.Mes-Hall+HEP-PH', 'arxiv', 'cond-mat.mes-hall+hep-ph'],
    ['arxiv-query:cat:cs.LG AND  abs:diffusion', 'arxiv-query', 'cat:cs.LG AND abs:diffusion'],
    ['arxiv-query:id_list=2402.10149, 2508.13426', 'arxiv-query', 'id_list=2402.10149,2508.13426'],
    ['arxiv-query:search_query=au:x', 'arxiv-query', 'au:x'],
    ['huggingface:Daily', 'huggingface', 'daily'],
    ['biorxiv:neuroscience', 'biorxiv', 'neuroscience'],
    ['biorxiv:Cell Biology', 'biorxiv', 'cell_biology'],
    ['biorxiv:all', 'biorxiv', 'all'],
    ['medrxiv:infectious_diseases', 'medrxiv', 'infectious_diseases'],
    ['https://rss.arxiv.org/rss/cs.lg+math.OC', 'arxiv', 'cs.LG+math.OC'],
    ['http://export.arxiv.org/rss/cs.LG', 'arxiv', 'cs.LG'],
    [
      'https://export.arxiv.org/api/query?search_query=cat:cs.LG+AND+abs:tide&start=0',
      'arxiv-query',
      'cat:cs.LG AND abs:tide',
    ],
    ['https://export.arxiv.org/api/query?id_list=2402.10149', 'arxiv-query', 'id_list=2402.10149'],
    ['https://huggingface.co/api/daily_papers?limit=5', 'huggingface', 'daily'],
    ['https://huggingface.co/papers', 'huggingface', 'daily'],
    ['https://arxiv.org/list/cs.LG/recent', 'arxiv', 'cs.LG'],
    ['https://arxiv.org/archive/hep-ph', 'arxiv', 'hep-ph'],
    ['https://www.biorxiv.org/collection/cell-biology', 'biorxiv', 'cell_biology'],
    ['https://www.medrxiv.org/', 'medrxiv', 'all'],
    [
      'https://openalex.org/sources/s1983995261',
      'openalex',
      'filter=primary_location.source.id:S1983995261',
    ],
    [
      'https://connect.biorxiv.org/biorxiv_xml.php?subject=zoology#top',
      'feed',
      'https://connect.biorxiv.org/biorxiv_xml.php?subject=zoology',
    ],
    ['HTTPS://Example.org/feed', 'feed', 'https://example.org/feed'],
  ];
  it.each(known)('reads %s', (text, kind, address) => {
    expect(parseFeedAddress(text)).toEqual({ kind, address });
  });

  it.each(known)('writes %s so that it reads back', (text) => {
    const feed = parseFeedAddress(text);
    expect(parseFeedAddress(buildFeedAddress(feed))).toEqual(feed);
    expect(parseFeedAddress(buildFeedUrl(feed))).toEqual(feed);
  });

  it.each([
    ['', 'names no kind'],
    ['cs.LG', 'names no kind'],
    ['ftp://example.org/feed', 'names no kind'],
    ['constructor:x', 'names no kind'],
    ['arxiv:', 'No arXiv category'],
    ['arxiv:cs.LG+10', '"10" is not an arXiv category'],
    ['arxiv-query:', 'empty'],
    ['arxiv-query:id_list=,', 'id_list is empty'],
    ['https://export.arxiv.org/api/query?id_list=1&search_query=x', 'not both'],
    ['huggingface:weekly', '"daily" only'],
    ['biorxiv:astrology', 'bioRxiv has no subject "astrology"'],
    ['http://', 'not a URL'],
    ['https://name:secret@example.org/feed', 'must not hold a name or password'],
  ])('refuses "%s" with the reason and the forms', (text, reason) => {
    const parse = () => parseFeedAddress(text);
    expect(parse).toThrow(FeedError);
    expect(parse).toThrow(reason);
    expect(parse).toThrow('arxiv:cs.CL+cs.LG');
  });

  it('gives a feed or a FeedError for any text', () => {
    void fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('', 'arxiv:', 'biorxiv:', 'https://'),
        (text, kind) => {
          try {
            const feed = parseFeedAddress(kind + text);
            expect(parseFeedAddress(buildFeedAddress(feed))).toEqual(feed);
          } catch (error) {
            expect(error).toBeInstanceOf(FeedError);
          }
        },
      ),
    );
  });
});
