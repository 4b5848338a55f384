import {
  renderBelowHeading,
  renderMarkdown,
  tellMarkdown,
} from '../../../src/core/text/markdown.ts';

describe('Markdown', () => {
  it('is read as CommonMark, with tables and bare addresses', () => {
    const html = renderMarkdown(
      '# Who we are\n\n- one\n\n|a|\n|-|\n|b|\n\nhttps://a.example',
      'Imprint',
    );
    expect(html).toContain('<h1>Who we are</h1>');
    expect(html).toContain('<li>one</li>');
    expect(html).toContain('<td>b</td>');
    expect(html).toContain('<a href="https://a.example">');
  });

  it('gets a heading where it has none', () => {
    expect(renderMarkdown('A line.', 'Imprint')).toBe('<h1>Imprint</h1>\n<p>A line.</p>\n');
  });

  it('lets no HTML, no script and nothing from elsewhere through', () => {
    const text = '<b onclick="x()">a</b> [b](javascript:x) ![c](https://a.example/c.png)';
    const html = renderMarkdown(text, 'Imprint');
    expect(html).not.toMatch(/<b|<img|href="javascript/);
    expect(html).toContain('&lt;b onclick');
  });
});

describe('the words of an announcement', () => {
  const text = [
    '# Tomorrow',
    '',
    'We are **down** from nine; see [the page](https://papers.example/down) or https://papers.example.',
    '',
    '- one',
    '- two',
    '  1. inner',
    '',
    '> said',
    '',
    '| a | b |',
    '|---|---|',
    '| 1 | 2 |',
    '',
    '```',
    'code  here',
    '```',
  ].join('\n');

  it('stand below the heading of their mail', () => {
    const html = renderBelowHeading(text);
    expect(html).toContain('<h2>Tomorrow</h2>');
    expect(html).not.toContain('<h1>');
    expect(renderBelowHeading('<img src=x> [x](javascript:y)')).not.toMatch(/<img|<a /);
  });

  it('are plain text, too', () => {
    expect(tellMarkdown(text)).toBe(
      [
        'Tomorrow',
        '--------',
        '',
        'We are down from nine; see the page (https://papers.example/down) or https://papers.example.',
        '',
        '- one',
        '- two',
        '  1. inner',
        '',
        '> said',
        '',
        'a | b',
        '1 | 2',
        '',
        '    code  here',
      ].join('\n'),
    );
  });
});
