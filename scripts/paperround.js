// `npm run paperround`.
import './parent.js';

await import('./setup.js');
await import('../dist/src/cli.js');
