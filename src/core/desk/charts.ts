/** Small drawings for the desk, as SVG without styles: colours are classes of the page. */

/** One part of a whole, drawn in the colour of its tone. */
export interface ChartPart {
  readonly label: string;
  readonly count: number;
  readonly tone: Tone;
}

export type Tone = 'accepted' | 'open' | 'doubt' | 'failed' | 'without';

/** One day of a chart: parts from the bottom up. */
export interface ChartDay {
  readonly date: string;
  readonly parts: readonly ChartPart[];
}

const WIDTH = 1000;
const HEIGHT = 28;

/** One bar of a whole in its parts; empty where there is nothing to draw. */
export function drawWhole(title: string, parts: readonly ChartPart[]): string {
  const shown = parts.filter(({ count }) => count > 0);
  const total = sumOf(shown);
  if (total === 0) return '';
  let from = 0;
  const bars = shown.map((part) => {
    const width = (part.count / total) * WIDTH;
    const bar = drawBar(part, { x: from, y: 0, width, height: HEIGHT });
    from += width;
    return bar;
  });
  return drawFrame({ title, height: HEIGHT, name: 'whole' }, bars);
}

const DAY_HEIGHT = 120;
const GAP = 0.2;

/** A column a day, all on one scale; empty where no day has anything. */
export function drawDays(title: string, days: readonly ChartDay[]): string {
  const most = Math.max(0, ...days.map(({ parts }) => sumOf(parts)));
  if (most === 0) return '';
  const step = WIDTH / days.length;
  const columns = days.map(({ date, parts }, at) => {
    let top = DAY_HEIGHT;
    return parts
      .filter(({ count }) => count > 0)
      .map((part) => {
        const height = (part.count / most) * (DAY_HEIGHT - 2);
        top -= height;
        const place = { x: at * step, y: top, width: step * (1 - GAP), height };
        return drawBar({ ...part, label: `${date}: ${part.label}` }, place);
      })
      .join('');
  });
  return drawFrame({ title, height: DAY_HEIGHT, name: 'days' }, columns);
}

function sumOf(parts: readonly ChartPart[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

function drawFrame(
  { title, height, name }: { title: string; height: number; name: string },
  inner: readonly string[],
): string {
  return `<svg class="chart ${name}" viewBox="0 0 ${WIDTH} ${height}" preserveAspectRatio="none" role="img" aria-label="${escapeText(title)}">${inner.join('')}</svg>`;
}

function drawBar(
  { label, count, tone }: ChartPart,
  place: { x: number; y: number; width: number; height: number },
): string {
  const [x, y, width, height] = [place.x, place.y, place.width, place.height].map(round);
  return `<rect class="tone-${tone}" x="${x}" y="${y}" width="${width}" height="${height}"><title>${escapeText(`${label} ${count}`)}</title></rect>`;
}

function round(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '');
}

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
