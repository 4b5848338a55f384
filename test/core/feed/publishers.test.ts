import { findPublisherFeed, PUBLISHERS } from '../../../src/core/feed/publishers.ts';

describe('findPublisherFeed', () => {
  it.each([
    ['https://www.nature.com/nphys/', 'https://www.nature.com/nphys.rss'],
    [
      'https://ieeexplore.ieee.org/xpl/RecentIssue.jsp?punumber=5',
      'https://ieeexplore.ieee.org/rss/TOC5.XML',
    ],
    [
      'https://www.jstage.jst.go.jp/browse/jroofs/-char/en',
      'https://www.jstage.jst.go.jp/AF05S010NewRssDld?btnaction=JT0041&sryCd=jroofs&rssLang=en',
    ],
    ['https://elifesciences.org/', 'https://elifesciences.org/rss/recent.xml'],
    ['https://peerj.com/articles/', 'https://peerj.com/articles/index.atom'],
    ['https://games.jmir.org/', 'https://games.jmir.org/feed/atom'],
    ['https://www.nature.com/nphys/research-articles', 'https://www.nature.com/nphys.rss'],
    [
      'https://onlinelibrary.wiley.com/journal/15214095',
      'https://onlinelibrary.wiley.com/feed/15214095/most-recent',
    ],
    [
      'https://rmets.onlinelibrary.wiley.com/toc/1477870x/current',
      'https://rmets.onlinelibrary.wiley.com/feed/1477870x/most-recent',
    ],
    ['https://www.tandfonline.com/journals/rbjh20', 'https://www.tandfonline.com/feed/rss/rbjh20'],
    [
      'https://pubs.acs.org/journal/jacsat',
      'https://pubs.acs.org/action/showFeed?type=axatoc&feed=rss&jc=jacsat',
    ],
    [
      'https://www.science.org/journal/sciadv',
      'https://www.science.org/action/showFeed?type=etoc&feed=rss&jc=sciadv',
    ],
    [
      'https://journals.sagepub.com/home/pss',
      'https://journals.sagepub.com/action/showFeed?type=etoc&feed=rss&jc=pss',
    ],
    [
      'https://link.springer.com/journal/10994/volumes-and-issues',
      'https://link.springer.com/search.rss?facet-content-type=Article&facet-journal-id=10994',
    ],
    ['https://www.mdpi.com/journal/fluids', 'https://www.mdpi.com/rss/journal/fluids'],
    [
      'https://www.frontiersin.org/journals/psychology/articles',
      'https://www.frontiersin.org/journals/psychology/rss',
    ],
    ['https://journals.plos.org/plosone/', 'https://journals.plos.org/plosone/feed/atom'],
    [
      'https://iopscience.iop.org/journal/1367-2630',
      'https://iopscience.iop.org/journal/rss/1367-2630',
    ],
    ['https://www.cell.com/cell-reports/home', 'https://www.cell.com/cell-reports/current.rss'],
    [
      'https://www.thelancet.com/journals/lanonc/home',
      'https://www.thelancet.com/rssfeed/lanonc_current.xml',
    ],
    ['https://www.nejm.org/', 'https://www.nejm.org/action/showFeed?jc=nejm&type=etoc&feed=rss'],
    ['https://heart.bmj.com/content/current', 'https://heart.bmj.com/rss/current.xml'],
    ['https://hess.copernicus.org/', 'https://hess.copernicus.org/xml/rss2_0.xml'],
    ['https://zookeys.pensoft.net/issues', 'https://zookeys.pensoft.net/rss.php'],
    [
      'https://dl.acm.org/journal/csur',
      'https://dl.acm.org/action/showFeed?type=etoc&feed=rss&jc=csur',
    ],
    [
      'https://www.worldscientific.com/worldscinet/ijm',
      'https://www.worldscientific.com/action/showFeed?type=etoc&feed=rss&jc=ijm',
    ],
    ['https://journals.aps.org/prl/', 'https://feeds.aps.org/rss/recent/prl.xml'],
    [
      'https://pubs.rsc.org/en/journals/journalissues/ce#!recentarticles',
      'https://feeds.rsc.org/rss/ce',
    ],
    [
      'https://journal.example.org:8080/index.php/gulls/issue/current',
      'https://journal.example.org:8080/index.php/gulls/gateway/plugin/WebFeedGatewayPlugin/atom',
    ],
  ])('finds the feed of %s', (page, feed) => {
    expect(findPublisherFeed(page)?.feed).toBe(feed);
  });

  it.each([
    'https://www.nature.com/articles/s41566-026-00001-z',
    'https://www.nature.com/nphys.rss',
    'https://onlinelibrary.wiley.com/doi/10.1002/gull.1',
    'https://www.cell.com/cell/fulltext/S0092-8674(26)00394-6',
    'https://heart.bmj.com/content/112/1/1',
    'https://notnature.com/nphys',
    'https://example.org/journal/gulls',
    'gulls',
  ])('takes %s for no page of a journal', (page) => {
    expect(findPublisherFeed(page)).toBeUndefined();
  });

  it('says of each publisher where its addresses were seen', () => {
    for (const { seen, feed } of PUBLISHERS) {
      expect(seen).not.toBe('');
      expect(feed).toMatch(/\$1|\$origin|jc=nejm/);
    }
  });
});
