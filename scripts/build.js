// Turns src/ and workers/ into dist/, a file at a time: what it needs is the compiler and no types,
// which `npm run typecheck` asks. Plain JavaScript: it runs before anything is built.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { config, error } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const compilerOptions = {
  ...options,
  // A file alone does not know that package.json says modules.
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: false,
};

const built = new Set();
for (const room of ['src', 'workers']) {
  for (const file of listFiles(join(root, room))) if (file.endsWith('.ts')) build(file);
}
// Last: a process that runs by the build before may still ask for some of it.
for (const file of listFiles(join(root, 'dist'))) {
  if (/\.js(?:\.map)?$/.test(file) && !built.has(file)) rmSync(file);
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Throws where the file cannot be read as TypeScript. */
function build(fileName) {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(
    readFileSync(fileName, 'utf8'),
    { fileName, compilerOptions, reportDiagnostics: true },
  );
  for (const { messageText } of diagnostics ?? []) {
    throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  }
  const target = join(root, 'dist', relative(root, fileName)).replace(/\.ts$/, '.js');
  write(target, outputText);
  write(`${target}.map`, mapTo(sourceMapText ?? '', target, fileName));
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  built.add(file);
}

/** The map says where the source lies, seen from what was built of it. */
function mapTo(text, target, fileName) {
  return JSON.stringify({ ...JSON.parse(text), sources: [relative(dirname(target), fileName)] });
}
