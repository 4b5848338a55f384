// The same in a process of its own, whose time zone is that of its environment.
import { savePauses } from './pauses.ts';

process.stdout.write(JSON.stringify(await savePauses('sandbox')));
