/** Made mails of the structure that services send; words and people are made up. */
const scholarUrl = (target: string, number: string, folt = '&amp;folt=kw-top') =>
  `https://scholar.google.ca/scholar_url?url=${target}&amp;hl=en&amp;sa=X&amp;d=${number}&amp;ei=abc&amp;scisig=sig&amp;oi=scholaralrt&amp;hist=READER:16557509448252422354:SIGN&amp;html=&amp;pos=0${folt}`;

const FOOT = `<p>This message was sent by Google Scholar.<img src="https://scholar.google.com/scholar_url?url=https://scholar.google.com/scholar/images/cleardot.gif&amp;folt=art"></p>
<a href="https://scholar.google.com/scholar_alerts?view_op=list_alerts&amp;email_for_op=reader%40example.org">List alerts</a>
<a href="https://scholar.google.com/scholar_alerts?view_op=cancel_alert_options&amp;alert_id=x">Cancel alert</a>`;

const SCHOLAR_FROM = 'scholaralerts-noreply@google.com';

export const scholarQuery = {
  from: SCHOLAR_FROM,
  subject: '"moss growth" OR lichen; language: English - new results',
  html: `<div><h3 style="font-weight:lighter"></h3><h3></h3>
<h3><span>[PDF]</span> <a href="${scholarUrl('https://link.example.org/doi/10.5555/moss.2026%252F7%3Fq%3D1', '9350464746563952918')}" class="gse_alrt_title"><b>Moss</b> growth on <b>I</b>ce: a study of 40 plots</a></h3>
<div style="color:#006621">A One, B Two-Three… - … of Moss Science and Ice …, 2026</div>
<div class="gse_alrt_sni">We counted <br>40 plots in <br>two winters and …</div>
<table><tr><td>•</td><td><span>Cites: ‪Lichen under the snow of …‬</span></td></tr></table>
<a href="https://scholar.google.com/citations?update_op=email_library_add&amp;info=AAAA">Save</a><br>
<h3><a href="${scholarUrl('https://arxiv.org/pdf/2611.01234', '18446744073709551615')}" class="gse_alrt_title">Lichen nets</a></h3>
<div style="color:#006621">C Four - 2026</div><div class="gse_alrt_sni">A net of lichen is …</div>
${FOOT}</div>`,
};

export const scholarBefore2022 = {
  from: SCHOLAR_FROM,
  subject: '"On moss" - new citations',
  html: `<h3><a href="${scholarUrl('http://journal.example.org/7', '7', '')}" class="gse_alrt_title">Moss again</a></h3><div>D Five, E Six</div><div class="gse_alrt_sni">Again we look at moss.</div>${FOOT}`,
};

const safe = (url: string) =>
  `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(url.replaceAll('&amp;', '&'))}&amp;data=05%7C02%7Creader%40example.org%7Cabc&amp;reserved=0`;

/** Forwarded by Outlook: no class is left, each link wrapped. */
export const scholarByOutlook = {
  from: 'reader@example.org',
  subject: 'WG: moss growth - new results',
  html: `<p>see below</p><div><p><b>Von:</b> Google Scholar Alerts &lt;scholaralerts-noreply@google.com&gt;<br><b>Gesendet:</b> Montag<br><b>An:</b> reader@example.org<br><b>Betreff:</b> moss growth - new results</p></div>
<h3><a href="${safe(scholarUrl('https://arxiv.org/abs/2611.01234', '9350464746563952918'))}">Lichen nets</a></h3><div>C Four, D Five… - arXiv preprint arXiv:2611.01234, 2026</div><div>A net of lichen is what we build here.</div>`,
};

export const pubmedToday = {
  from: 'efback@ncbi.nlm.nih.gov',
  subject: "What's new for 'moss' in PubMed",
  html: `<p>This message contains My NCBI what's new results</p><div>Items 1 - 2 of 9</div>
<div><a class="docsum-title" href="https://pubmed.ncbi.nlm.nih.gov/40000001/?fc=None&amp;ff=1&amp;v=2" ref="article_id=40000001">Moss and <i>frost</i>.</a><div>One A, Two B, Three C.</div><div><span class="jrnl" title="Journal of moss">J Moss</span>. 2026 Mar 30. doi: 10.5555/s-0037-1601453.</div><div>PMID: 40000001</div><a href="https://pubmed.ncbi.nlm.nih.gov/?linkname=pubmed_pubmed&amp;from_uid=40000001" ref="article_id=40000001">Similar articles</a></div>
<div><a class="docsum-title" href="https://pubmed.ncbi.nlm.nih.gov/40000002/" ref="article_id=40000002">A book of moss.</a><div>Moss Editorial Board.</div><div>PMID: 40000002</div></div>`,
};

export const arxivListing = {
  from: 'no-reply@arXiv.org',
  subject: 'cs daily Subj-class mailing 500001 1',
  text: `------------------------------------------------------------------------------
\\\\
arXiv:2611.00001 (*cross-listing*)
Date: Thu, 12 Feb 2026 16:18:55 GMT   (77kb)

Title: Moss at Large: A Multi-Site
  Graph
Authors: Ann B. One, C\\'eline Two (Moss Lab, Oslo),
  Three Four
Categories: cs.IR cs.LG
\\\\
  We walk over moss
and count.
\\\\ ( https://arxiv.org/abs/2611.00001 ,  77kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
\\\\
arXiv:2503.00002
replaced with revised version Wed, 11 Feb 2026 22:17:21 GMT   (9726kb)

Title: An old one
Authors: Five Six
Categories: cs.AI
\\\\ ( https://arxiv.org/abs/2503.00002 ,  77kb)
`,
};

const item = (title: string, people: string, doi: string) =>
  `${title}\n\n${people}\n\nbioRxiv posted 22 January 2026 doi:${doi}\n\n[Abstract] [PDF]\n\n`;

export const openrxiv = {
  from: 'openRxiv-mailer@alerts.highwire.org',
  subject: 'bioRxiv Subject Collection Alert',
  text: `bioRxiv Online \n\nSubject alerts\n\n---\nEcology \n\n---\n\n${item('Moss of the north', 'Ann One, Bo Two, Jr., and Cy Three', '10.64898/2026.01.20.000001')}${item('Lichen reads', 'Di Four and Ed Five', '10.1101/2025.02.12.000002')}---\nGenomics \n\n---\n\n${item('Moss of the north', 'Ann One, Bo Two, Jr., and Cy Three', '10.64898/2026.01.20.000001')}`,
};

const cl0 = (url: string) =>
  `https://click.notification.elsevier.com/CL0/${encodeURIComponent(url)}/1/0100-0000/SIG=441`;

export const cell = {
  from: 'cellpress@notification.elsevier.com',
  subject: 'Moss Online Now E-mail Alert - January 22, 2026',
  html: `<table><tr><td style="font-size: 18px;">Article</td></tr><tr><td><a style="font-size: 16px" href="${cl0('https://www.cell.com/moss/fulltext/S1934-5909(25)00457-6?dgcid=raven')}">Moss organoids show how mosses grow</a></td></tr><tr><td><i>Ann One, Bo Two</i></td></tr><tr><td>Open Access</td></tr></table><table><tr><td class="footer-hyperlinks-list"><a href="${cl0('https://www.cell.com/action/showPreferences?menuTab=Alerts')}">Update Your Own Profile</a></td></tr></table>`,
};

const natureItem = (title: string, people: string, meta: string) =>
  `<table><tr><td class="article-headline"><div><a href="https://links.springernature.com/f/a/x~~/A~/y">${title}</a></div></td></tr><tr><td class="article-contributors"><div>${people}</div></td></tr><tr><td class="article-date"><div>${meta}</div></td></tr></table>`;

export const natureContents = {
  from: 'ealert@nature.com',
  subject: 'Nature Moss Contents: Volume 32 Number 1',
  html: `<h2>News</h2>${natureItem('Is moss the next frontier?', 'Ed Writer', 'News | 1 January 2026 | doi:10.1038/d41591-025-00001-1')}<h2>Turning Points</h2>${natureItem('How moss found me', 'Cy Three', 'Turning Points | 1 January 2026 | doi:10.1038/s41591-025-04143-9')}<h2>Articles</h2>${natureItem('A trial of moss', 'Ann One, Bo Two et al.', 'Article | 2 January 2026 <i>Nature Moss</i> 32 | doi:10.1038/s41591-025-04143-2')}`,
};

export const wiley = {
  from: 'WileyOnlineLibrary@wiley.com',
  subject: 'Early View Alert: Journal of Moss',
  html: `<div class="issue-item"><p class="toc__heading section__header">ISSUE INFORMATION</p><a class="issue-item__title" href="https://el.wiley.com/ls/click?upn=u001.a"><h5>Issue Information</h5></a></div><div class="issue-item"><p class="toc__heading section__header">REVIEW ARTICLE</p><a class="issue-item__title" href="https://el.wiley.com/ls/click?upn=u001.b"><h5>Connecting mosses: A review of networks</h5></a><span class="loa comma"><div class="comma__list"><span> Ann One, </span><span> Bo K. F. Two</span></div></span><p>Version of Record online: 30 September 2026</p></div><p>You are receiving this content alert because you are subscribed to Journal of Moss <a href="https://el.wiley.com/ls/click?upn=u001.c">unsubscribe here or there</a></p>`,
};

export const unknown = {
  from: 'toc@journals.example.org',
  subject: 'Journal of Frost: new articles',
  html: `<p><a href="https://journals.example.org/frost/art/7">Frost on moss and what it does</a></p><p>Ann One and Bo Two</p><p>https://doi.org/10.5555/frost.7</p><p><a href="https://journals.example.org/offer">Save a fifth on all our books</a></p><p>Until Friday.</p><p><a href="https://journals.example.org/u?token=1">Unsubscribe from all of these mails</a></p>`,
};

export const gmailAsks = {
  from: 'forwarding-noreply@google.com',
  subject: '(Gmail Forwarding Confirmation - Receive Mail from reader@example.org',
  text: 'reader@example.org has requested to automatically forward mail to\nyour email\naddress k7p2@in.example.\n\nhttps://mail-settings.google.com/mail/vf-%5BANGjd%5D-FSq\n\nTo cancel:\nhttps://mail-settings.google.com/mail/uf-%5BANGjd%5D-FSq\n',
};
