import { forceScheme } from '../../../src/core/letter/scheme.ts';

const html = `<meta name="color-scheme" content="light dark">
<style>:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) { a { color: #fff } } @media (prefers-color-scheme:light) { b {} }</style>`;

describe('a mail as a program of one scheme shows it', () => {
  it('has the rules of this one always, and of the other never', () => {
    const dark = forceScheme(html, 'dark');
    expect(dark).toContain('@media all { a');
    expect(dark).toContain('@media not all { b');
    expect(dark).toContain('<meta name="color-scheme" content="dark">');
    expect(dark).toContain('color-scheme: dark; supported-color-schemes: light dark');
    const light = forceScheme(html, 'light');
    expect(light).toContain('@media not all { a');
    expect(light).toContain('@media all { b');
    expect(light).toContain('content="light">');
  });
});
