import type { AlertMail } from './alert.ts';
import { type Line, readHtmlLines, readTextLines } from './lines.ts';

/** What mail programs write before the fields of a mail that they quote, by language. */
const FIELDS = {
  from: /^\*?(?:From|Von|De|Da|От|Van|Från|Fra|Lähettäjä|Od|Kimden|发件人|寄件者|差出人|보낸 사람)\*?\s?[:：]\*?\s*(.*)$/i,
  subject:
    /^\*?(?:Subject|Betreff|Objet|Oggetto|Asunto|Assunto|Тема|Onderwerp|Ämne|Emne|Aihe|Temat|Předmět|Konu|主题|主旨|件名|제목)\*?\s?[:：]\*?\s*(.*)$/i,
} as const;

/** A head stands within so many lines. */
const LONGEST_HEAD = 12;
const MOST_LOOKED = 400;

/**
 * The mail that a forwarded one quotes, by the head that mail programs write above it: both its
 * From with an address and its Subject must stand there. Its words are what follows. Undefined
 * where there is none.
 */
export function findOrigin(mail: AlertMail): AlertMail | undefined {
  const { html = '', text = '' } = mail;
  const lines = (html === '' ? readTextLines(text) : readHtmlLines(html)).slice(0, MOST_LOOKED);
  for (let at = 0; at < lines.length; at += 1) {
    const from = addressIn(fieldOf(lines[at], FIELDS.from));
    if (from === undefined) continue;
    const head = lines.slice(at + 1, at + LONGEST_HEAD);
    const subject = head.map((line) => fieldOf(line, FIELDS.subject)).find(Boolean);
    if (subject) return { ...mail, from, subject };
  }
  return undefined;
}

const fieldOf = (line: Line | undefined, field: RegExp): string | undefined =>
  field.exec(line?.text ?? '')?.[1]?.trim();

/** The first address in a text. */
export const addressIn = (text = ''): string | undefined =>
  /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0];
