import { renderMarkdown } from '../../../src/core/text/markdown.ts';

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
