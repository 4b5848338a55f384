import { open } from 'node:fs/promises';
import { CommandError } from './command.ts';

/** Reads a file, no more of it than one byte beyond `most`. Throws a CommandError where it cannot. */
export async function readBounded(path: string, most: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(most + 1) });
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
