// `npm start`.
import './parent.js';

await import('./setup.js');
await import('../dist/src/main.js');
