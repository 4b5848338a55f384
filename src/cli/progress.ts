import type { Progress } from '../commands/command.ts';

const WIDTH = 28;
/** A terminal is drawn ten times a second; a file gets a line now and then. */
const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;

/** What long work is shown on. */
export interface ProgressBar {
  readonly progress: Progress;
  /** Takes the bar away. */
  close(): void;
}

/** Shows how far long work is: a bar that redraws itself on a terminal, else a plain line every five seconds. */
export function openProgress(
  out: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>,
  now: () => number = Date.now,
): ProgressBar {
  let drawnAt = out.isTTY ? 0 : now();
  let isDrawn = false;
  return {
    progress(done, total, what) {
      const since = now() - drawnAt;
      const isEnd = total !== null && done >= total;
      if (out.isTTY ? since < REDRAW_MS && !isEnd : since < LINE_EVERY_MS) return;
      drawnAt = now();
      if (!out.isTTY) {
        out.write(`${tellCount(done, total, what)}\n`);
        return;
      }
      isDrawn = true;
      out.write(`\r\x1b[K${drawBar(done, total)}${tellCount(done, total, what)}`);
    },
    close() {
      if (isDrawn) out.write('\r\x1b[K');
    },
  };
}

function tellCount(done: number, total: number | null, what: string): string {
  return total === null ? `${done} ${what}` : `${done} of ${total} ${what}`;
}

/** `[######------]  50 %  `; nothing where nobody knows how much there is. */
function drawBar(done: number, total: number | null): string {
  if (!total) return '';
  const share = Math.min(1, done / total);
  const full = Math.round(share * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${percent} %  `;
}
