// The way into a thread for the source as it is written: what tsx does to a process does not
// reach its threads, and a test runner does nothing to them at all. What was built needs no way.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
