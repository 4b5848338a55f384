/** Stands behind a sign that would ping or call something: it is not seen, and breaks the name. */
const BREAK = '\u200b';

/** Slack's control signs. Source: Slack, "Formatting text for app surfaces". */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The signs of HTML. */
export function escapeHtml(text: string): string {
  return escapeSlack(text).replaceAll('"', '&quot;');
}

/**
 * Markdown as Mattermost and Zulip read it: no mention (of one name or of all, as they do and as
 * Slack does), no emoji, no TeX, no tag, no channel, no mark.
 */
export function escapeMarkdown(text: string): string {
  return breakNames(text)
    .replace(/[\\`*_{}[\]()#+\-!~|$]/g, '\\$&')
    .replace(/^(\d+)([.)])/gm, '$1\\$2');
}

/** The same for Zulip, which knows fewer escapes: a backslash before others would be seen. */
export function escapeZulip(text: string): string {
  return breakNames(text)
    .replaceAll('$$', `$${BREAK}$`)
    .replace(/[\\`*_[\]]/g, '\\$&')
    .replace(/#(?=\*|\\\*)/g, `#${BREAK}`);
}

/** Discord's Markdown; mentions are stopped by the message itself. */
export function escapeDiscord(text: string): string {
  return text.replace(/[\\*_~|>#\-[\]()`<]/g, '\\$&').replaceAll('@', `@${BREAK}`);
}

/** The subset of Markdown of Adaptive Cards, and Teams' mark of a mention. */
export function escapeCard(text: string): string {
  return text
    .replace(/<\/?at\b[^>]*>/gi, '')
    .replace(/[\\[\]()*_]/g, '\\$&')
    .replace(/^(\s*)([-+#>]|\d+\.)/gm, '$1\\$2');
}

/** An address within `(…)` of Markdown: what would end it is written in percents. */
export function escapeTarget(url: string): string {
  const inPercents = (sign: string) =>
    `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return url.replace(/[()<>\s\\|*`[\]]/g, inPercents);
}

function breakNames(text: string): string {
  return text
    .replaceAll('@', `@${BREAK}`)
    .replaceAll('<', `<${BREAK}`)
    .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`);
}
