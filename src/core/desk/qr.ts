import encodeQr from 'qr';

const QUIET = 4;
const SIZE = 240;

/** A QR code (ISO/IEC 18004) as SVG without styles: dark on light in every scheme, as readers need it. */
export function drawQr(text: string, label: string): string {
  const rows = encodeQr(text, 'raw', { ecc: 'medium', border: QUIET });
  const dots = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const side = rows.length;
  return `<svg width="${SIZE}" height="${SIZE}" viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${dots.join('')}"/></svg>`;
}
