import { PASSWORD, sendForm } from './desk.ts';
import type { Live } from './live.ts';

/** Somebody who does on the desk only what its pages offer: links and buttons. */
export interface DeskWalk {
  /** Comes in by the door; a session does not last over night. */
  signIn(): Promise<string>;
  /** Opens a page; its words. */
  open(path: string): Promise<string>;
  /** Presses a button of the page that is open, with what is typed into its form; the words of the page after it. */
  press(button: string, typed?: Record<string, string>): Promise<string>;
  /** Follows a link of the page that is open, by its words. */
  follow(link: string): Promise<string>;
  /** The words of the page that is open. */
  words(): string;
}

/** Opens the desk of an operator who is there, in front of its door. */
export function walkDesk(live: Live, name: string): DeskWalk {
  let page = '';
  let here = '/admin';
  let headers: Record<string, string> = {};
  const show = async (path: string, body?: string) => {
    here = path;
    page = body ?? (await live.get(path, { headers })).body;
    return toWords(page);
  };
  return {
    async signIn() {
      const answer = await sendForm(live.app, '/admin/sign-in', { name, password: PASSWORD });
      const [cookie] = answer.cookies;
      headers = { cookie: `${cookie?.name}=${cookie?.value}` };
      return show(String(answer.headers.location));
    },
    open: (path) => show(path),
    words: () => toWords(page),
    follow(link) {
      const links = [...page.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
      const found = links.find(([, , words = '']) => toWords(words) === link);
      if (!found) throw new Error(`${here} has no link "${link}": ${toWords(page)}`);
      return show(plain(found[1] ?? ''));
    },
    async press(button, typed = {}) {
      const form = findForm(page, button);
      if (!form) throw new Error(`${here} has no button "${button}": ${toWords(page)}`);
      for (const name of Object.keys(typed)) {
        if (!form.names.includes(name)) throw new Error(`the form of "${button}" has no ${name}`);
      }
      const fields = { ...form.fields, ...typed };
      if (!form.isPosted) return show(`${form.action || here.split('?')[0]}?${toQuery(fields)}`);
      const answer = await live.post(form.action, fields, headers);
      const { location } = answer.headers;
      return answer.statusCode === 303 ? show(String(location)) : show(form.action, answer.body);
    },
  };
}

/** The form with a button, its address, what stands in it, and what may be typed. */
function findForm(page: string, button: string) {
  const forms = page.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  for (const form of forms) {
    const buttons = [...form.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)];
    const pressed = buttons.find(([, , words = '']) => toWords(words) === button);
    if (!pressed) continue;
    const inputs = [...form.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)].map(([tag]) => tag);
    const kept = inputs.filter(
      (tag) =>
        tag.startsWith('<input') && (!/type="(checkbox|radio)"/.test(tag) || / checked/.test(tag)),
    );
    const chosen = [...form.matchAll(/<select\b[^>]*name="([^"]*)"[\s\S]*?<\/select>/g)].map(
      ([select, name = '']) => {
        const options = select.match(/<option\b[^>]*>/g) ?? [];
        const option = options.find((tag) => / selected/.test(tag)) ?? options[0] ?? '';
        return [name, attribute(option, 'value')] as const;
      },
    );
    const said = [
      ...kept.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')] as const),
      ...chosen,
      [attribute(pressed[1] ?? '', 'name'), attribute(pressed[1] ?? '', 'value')] as const,
    ];
    const fields: Record<string, string[]> = {};
    for (const [name, value] of said) {
      if (name !== '') fields[name] = [...(fields[name] ?? []), value];
    }
    const names = inputs.map((tag) => attribute(tag, 'name'));
    const [head = ''] = /<form\b[^>]*>/.exec(form) ?? [];
    const isPosted = attribute(head, 'method') === 'post';
    return { action: attribute(head, 'action'), isPosted, fields, names };
  }
  return undefined;
}

function toQuery(fields: Readonly<Record<string, string | readonly string[]>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) query.append(name, String(one));
  }
  return query.toString();
}

function attribute(tag: string, name: string): string {
  return plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

/** What somebody reads of it. */
function toWords(html: string): string {
  const main = /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  const bare = main.replace(/<(svg|style|script)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');
  return plain(bare).replace(/\s+/g, ' ').trim();
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&hellip;', '…')
    .replace(/&#x3D;/g, '=')
    .replaceAll('&amp;', '&');
}
