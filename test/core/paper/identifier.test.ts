import { readIdentifier, readIds } from '../../../src/core/paper/identifier.ts';

const read = (text: string, isBare = false) => {
  const found = readIdentifier(text, isBare);
  return found && `${found.scheme}:${found.id}${found.version ? ` v${found.version}` : ''}`;
};

describe('an arXiv id', () => {
  it.each([
    ['2505.01234', 'arxiv:2505.01234'],
    ['2505.01234v3', 'arxiv:2505.01234 v3'],
    ['arXiv:2505.01234v1', 'arxiv:2505.01234 v1'],
    ['arXiv:2505.01234v1 [cs]', 'arxiv:2505.01234 v1'],
    ['oai:arXiv.org:2402.10149v3', 'arxiv:2402.10149 v3'],
    ['https://arxiv.org/abs/2402.10149v12', 'arxiv:2402.10149 v12'],
    ['http://arxiv.org/pdf/2402.10149v2.pdf', 'arxiv:2402.10149 v2'],
    ['arxiv.org/abs/2402.10149', 'arxiv:2402.10149'],
    ['https://export.arxiv.org/html/2402.10149?x=1', 'arxiv:2402.10149'],
    ['http://arxiv.org/abs/astro-ph/0601001v1', 'arxiv:astro-ph/0601001 v1'],
    ['math.GT/0309136', 'arxiv:math/0309136'],
    ['10.48550/arXiv.2505.01234', 'arxiv:2505.01234'],
    ['https://doi.org/10.48550/arXiv.2505.01234v2', 'arxiv:2505.01234 v2'],
    ['https://huggingface.co/papers/2505.01234', 'arxiv:2505.01234'],
    ['http://d.repec.org/n?u=RePEc:arx:papers:2505.01234&r=fmk', 'arxiv:2505.01234'],
  ])('is read from %s', (text, id) => expect(read(text, true)).toBe(id));

  it.each(['', '12345', '2505.012', 'https://example.org/2505.01234x'])(
    'is not seen in %j',
    (text) => expect(read(text, true)).toBeUndefined(),
  );
  it('stands without its name only where ids are expected', () =>
    expect(read('2505.01234')).toBeUndefined());
});

describe('an address that holds all of a DOI but its prefix', () => {
  it.each([
    ['https://elifesciences.org/articles/71000', '10.7554/elife.71000'],
    ['https://elifesciences.org/reviewed-preprints/85000v2', '10.7554/elife.85000 v2'],
    ['https://peerj.com/articles/12000/', '10.7717/peerj.12000'],
    ['https://peerj.com/articles/cs-800/', '10.7717/peerj-cs.800'],
    ['https://mental.jmir.org/2026/12/e30000/', '10.2196/30000'],
    ['https://acp.copernicus.org/articles/21/18000/2026/', '10.5194/acp-21-18000-2026'],
    ['https://bg.copernicus.org/preprints/bg-2026-300/', '10.5194/bg-2026-300'],
    [
      'https://egusphere.copernicus.org/preprints/2026/egusphere-2026-100/',
      '10.5194/egusphere-2026-100',
    ],
    ['https://aclanthology.org/2026.acl-long.1/', '10.18653/v1/2026.acl-long.1'],
    ['https://www.nber.org/papers/w29500', '10.3386/w29500'],
    ['https://www.hindawi.com/journals/moss/2026/5555000/', '10.1155/2026/5555000'],
    ['https://www.karger.com/Article/FullText/520000', '10.1159/000520000'],
    ['https://quantum-journal.org/papers/q-2026-12-01-600/', '10.22331/q-2026-12-01-600'],
    ['https://scipost.org/SciPostPhys.11.6.100', '10.21468/scipostphys.11.6.100'],
    ['https://www.bmj.com/content/375/bmj.n2000?rss=1', '10.1136/bmj.n2000'],
    ['https://psyarxiv.com/abcde_v2/', '10.31234/osf.io/abcde v2'],
    ['https://www.biorxiv.org/content/early/2018/06/05/338574', '10.1101/338574'],
  ])('%s is of %s', (address, doi) => expect(read(address)).toBe(`doi:${doi}`));

  it.each([
    'https://aclanthology.org/2026.tacl-1.1/',
    'https://www.jmir.org/2012/1/e1/',
    'https://bmjopen.bmj.com/content/11/12/e050000',
    'https://www.mdpi.com/2311-5521/9/5/120',
    'https://peerj.com/blog/post/1/',
  ])('%s holds less', (address) => expect(read(address)).toBeUndefined());
});

describe('a DOI', () => {
  it.each([
    ['10.1101/2025.05.07.652345', '10.1101/2025.05.07.652345'],
    ['doi:10.1002/TAX.12345', '10.1002/tax.12345'],
    ['DOI 10.1002/TAX.12345', '10.1002/tax.12345'],
    ['doi: https://doi.org/10.1002/TAX.12345', '10.1002/tax.12345'],
    ['info:doi/10.1371/journal.pone.0000001', '10.1371/journal.pone.0000001'],
    ['https://doi.org/10.1103/PhysRevD.111.032004', '10.1103/physrevd.111.032004'],
    ['https://dx.doi.org/10.1000/xyz.', '10.1000/xyz'],
    ['doi.org/10.1000/xyz', '10.1000/xyz'],
    ['J. Sand 2026;3:1-9; doi: 10.1000/xyz).', '10.1000/xyz'],
    ['10.1016/S0140-6736(26)00001-X', '10.1016/s0140-6736(26)00001-x'],
    [
      '10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2',
      '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2',
    ],
  ])('is read from %s', (text, doi) => expect(read(text)).toBe(`doi:${doi}`));
  it.each(['see 10.5', 'This corrects the article DOI: 10.1000/xyz', 'https://a.example/v10.1/x'])(
    'is not seen in %j',
    (text) => expect(read(text)).toBeUndefined(),
  );

  it.each([
    // Silverchair goes on after it.
    [
      'https://a.example/jx/article/doi/10.1021/jx.6c00001/5291658/Boron-from-Milk',
      '10.1021/jx.6c00001',
    ],
    [
      'https://a.example/j/advance-article/doi/10.1093/jx/zlab078/6413462?rss=1',
      '10.1093/jx/zlab078',
    ],
    [
      'https://a.example/neco/article-abstract/doi/10.1162/neco_a_00001/120345/Title-of-it',
      '10.1162/neco_a_00001',
    ],
    [
      'https://a.example/j/article-pdf/doi/10.1093/jx/zlab078/6413462/zlab078.pdf',
      '10.1093/jx/zlab078',
    ],
    ['https://a.example/j/article/doi/10.1093/jx/zlab078', '10.1093/jx/zlab078'],
    // Others put a page's name after it.
    ['https://a.example/doi/10.1002/x.1/full', '10.1002/x.1'],
    ['https://a.example/doi/abs/10.1080/123%2845%29?af=R', '10.1080/123(45)'],
    ['https://a.example/doi/10.1000%2Fxyz', '10.1000/xyz'],
    ['https://a.example/article/10.1088/1367-2630/ab0001/meta', '10.1088/1367-2630/ab0001'],
    ['https://a.example/article/10.1088/1367-2630/17/1/013001', '10.1088/1367-2630/17/1/013001'],
    ['https://a.example/content/pdf/10.1007/s11230-021-00001-1.pdf', '10.1007/s11230-021-00001-1'],
    // Each where its publisher has it.
    [
      'https://a.example/content/journal/ijxx/10.1099/ijxx.0.005019?TRACK=RSS',
      '10.1099/ijxx.0.005019',
    ],
    ['https://a.example/CN/10.15957/j.cnki.jx.2026.05.001', '10.15957/j.cnki.jx.2026.05.001'],
    ['https://a.example/article/10.1007/s11230-021-00001-1', '10.1007/s11230-021-00001-1'],
    ['http://a.example/10.1007/s11230-021-00001-1', '10.1007/s11230-021-00001-1'],
    [
      'https://a.example/plosone/article?id=10.1371/journal.pone.0000001',
      '10.1371/journal.pone.0000001',
    ],
    [
      'https://a.example/article/info%3Adoi%2F10.1371%2Fjournal.pone.0000001',
      '10.1371/journal.pone.0000001',
    ],
    ['https://a.example/articles/10.3389/fxxx.2026.00001', '10.3389/fxxx.2026.00001'],
    [
      'https://a.example/journals/x/articles/10.3389/fxxx.2026.00001/full',
      '10.3389/fxxx.2026.00001',
    ],
    ['https://a.example/prl/abstract/10.1103/PhysRevLett.1.1', '10.1103/physrevlett.1.1'],
    ['https://www.nature.com/articles/s41566-026-00001-z', '10.1038/s41566-026-00001-z'],
    [
      'https://www.nature.com/articles/d41586-026-00001-1?utm_source=x',
      '10.1038/d41586-026-00001-1',
    ],
    ['https://www.nature.com/articles/s41599-026-00001-z.pdf', '10.1057/s41599-026-00001-z'],
    ['https://papers.ssrn.com/sol3/papers.cfm?abstract_id=5123456', '10.2139/ssrn.5123456'],
    ['https://zenodo.org/records/123', '10.5281/zenodo.123'],
    ['https://aclanthology.org/2023.acl-long.235/', '10.18653/v1/2023.acl-long.235'],
    ['https://aclanthology.org/2023.findings-acl.7.pdf', '10.18653/v1/2023.findings-acl.7'],
    ['https://www.aclweb.org/anthology/P19-1001', '10.18653/v1/p19-1001'],
    ['http://www.jstor.org/stable/2332226?seq=1', '10.2307/2332226'],
    ['https://www.jstor.org/stable/10.1086/209450', '10.1086/209450'],
  ])('is what of %s is one', (link, doi) => expect(read(link)).toBe(`doi:${doi}`));

  it.each([
    ['10.26434/chemrxiv.99999999/v2', '10.26434/chemrxiv.99999999 v2'],
    ['10.26434/chemrxiv.99999999.v3', '10.26434/chemrxiv.99999999 v3'],
    ['10.26434/chemrxiv-2026-x2v1b', '10.26434/chemrxiv-2026-x2v1b'],
    ['10.26434/chemrxiv-2026-x2v1b-v4', '10.26434/chemrxiv-2026-x2v1b v4'],
    ['https://a.example/content/10.1101/2026.01.19.000001v3', '10.1101/2026.01.19.000001 v3'],
    ['https://a.example/content/10.64898/2026.01.19.000001v1-0', '10.64898/2026.01.19.000001 v1'],
    [
      'https://a.example/content/10.64898/2026.01.19.000001v2.full.pdf',
      '10.64898/2026.01.19.000001 v2',
    ],
    ['10.1101/gr.123456.125', '10.1101/gr.123456.125'],
    ['10.21203/rs.3.rs-1/v2', '10.21203/rs.3.rs-1 v2'],
    ['https://www.researchsquare.com/article/rs-1/v2', '10.21203/rs.3.rs-1 v2'],
    ['10.20944/preprints202601.0001.v2', '10.20944/preprints202601.0001 v2'],
    ['https://www.preprints.org/manuscript/202601.0001/v2', '10.20944/preprints202601.0001 v2'],
    ['10.31234/osf.io/ac7hw_v2', '10.31234/osf.io/ac7hw v2'],
    ['https://osf.io/preprints/socarxiv/ac7hw_v2', '10.31235/osf.io/ac7hw v2'],
    ['10.36227/techrxiv.12345.v1', '10.36227/techrxiv.12345 v1'],
    ['10.12688/f1000research.12345.2', '10.12688/f1000research.12345 v2'],
  ])('is one for all versions: %s', (text, doi) => expect(read(text)).toBe(`doi:${doi}`));
});

describe('another id', () => {
  it.each([
    ['pubmed:34902460', 'pmid:34902460'],
    ['https://pubmed.ncbi.nlm.nih.gov/34902460/?utm_medium=rss', 'pmid:34902460'],
    ['https://europepmc.org/article/MED/34902460', 'pmid:34902460'],
    ['https://pmc.ncbi.nlm.nih.gov/articles/PMC123/', 'pmcid:PMC123'],
    ['https://www.ncbi.nlm.nih.gov/pmc/articles/pmc123', 'pmcid:PMC123'],
    [
      'https://a.example/science/article/pii/S0092867426000011?dgcid=rss_sd_all',
      'pii:S0092867426000011',
    ],
    ['https://www.cell.com/cell/fulltext/S0092-8674(26)00001-1?rss=yes', 'pii:S0092867426000011'],
    [
      'https://a.example/journals/x/article/PIIS0140-6736(26)00001-X/fulltext',
      'pii:S014067362600001X',
    ],
    ['https://eprint.iacr.org/2026/0488.pdf', 'eprint:2026/488'],
    ['https://hal.science/hal-04584517v2', 'hal:hal-04584517 v2'],
    ['https://openreview.net/forum?noteId=a&id=Ab_cD-1', 'openreview:Ab_cD-1'],
    ['http://d.repec.org/n?u=RePEc:abc:wpaper:26-1&r=fmk', 'repec:repec:abc:wpaper:26-1'],
  ])('is read from %s', (text, id) => expect(read(text)).toBe(id));
});

describe('the ids of an item', () => {
  it('are believed by where they stand: elements, guid, link, text', () => {
    const explicit = ['doi:10.1000/element'];
    const guids = ['http://dx.doi.org/10.1000/guid'];
    const links = ['https://a.example/doi/10.1000/link'];
    const texts = ['<p>DOI: 10.1000/text</p><p>Words follow here.</p>'];
    expect([
      readIds({ texts, links, guids, explicit }).ids,
      readIds({ texts, links, guids }).ids,
      readIds({ texts, links }).ids,
      readIds({ texts }).ids,
    ]).toEqual(['element', 'guid', 'link', 'text'].map((word) => ({ doi: `10.1000/${word}` })));
  });

  it('are of every kind that is there, with the version that any of them tells', () => {
    const links = ['https://a.example/content/10.64898/2026.01.19.000001v3'];
    const explicit = ['pmid:7', 'doi:10.64898/2026.01.19.000001'];
    expect(readIds({ explicit, links })).toEqual({
      ids: { doi: '10.64898/2026.01.19.000001', pmid: '7' },
      version: 3,
    });
    expect(readIds({ explicit: ['10.1016/S0140-6736(26)00001-X'] }).ids).toEqual({
      doi: '10.1016/s0140-6736(26)00001-x',
      pii: 'S014067362600001X',
    });
  });

  it.each([
    '<p>We used the data of Muster (doi: 10.1000/xyz) and counted beetles in forty gardens.</p>',
    '[This corrects the article DOI: 10.1000/xyz.]',
    '<p>Erratum in: J Sand. 2026; doi: 10.1000/xyz</p>',
    '<p>DOI: 10.1000/a</p><p>DOI: 10.1000/b</p>',
  ])('are not what a text says of others: %s', (text) =>
    expect(readIds({ texts: [text] }).ids).toEqual({}),
  );

  it.each([
    '<div>bioRxiv 2026.01.19.000001; doi: https://doi.org/10.64898/2026.01.19.000001</div>',
    '<p>ZooKeys 1: 1-9</p><p>DOI: 10.64898/2026.01.19.000001</p><p>Abstract: We …</p>',
    '<p><a href="https://doi.org/10.64898/2026.01.19.000001">DOI: 10.64898/2026.01.19.000001</a></p>',
    'PMID:<a>7</a> | DOI:<a>10.64898/2026.01.19.000001</a>',
  ])('are what a line of a text names: %s', (text) =>
    expect(readIds({ texts: [text] }).ids.doi).toBe('10.64898/2026.01.19.000001'),
  );
});
