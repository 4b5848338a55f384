import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../commands/command.ts';
import type { Report } from './run.ts';

/** What the CLI knows of templates. */
export function addTemplateCommands(program: Command, report: Report): void {
  const templates = program
    .command('templates')
    .description('what mails and pages are made of, and your own in their place (TEMPLATES_DIR)');
  templates
    .command('list')
    .description('the templates, and which of them are your own')
    .action(() => report(on(({ showTemplates }, places) => showTemplates(places))));
  templates
    .command('check [folder]')
    .description('say what is wrong in which line; ends with 1 where anything is')
    .action((folder?: string) =>
      report(on(({ checkTemplates }, places) => checkTemplates(places), folder)),
    );
  templates
    .command('copy <file>')
    .description('copy one of ours, such as mail/digest.mjml, into your folder to change it there')
    .option('--folder <folder>', 'instead of TEMPLATES_DIR')
    .action((file: string, { folder }: { folder?: string }) =>
      report(on(({ copyTemplate }, places) => copyTemplate(places, file), folder)),
    );
}

type Templates = typeof import('./template-files.ts');

/** Does something with the templates, which are loaded for that alone. */
function on(
  act: (
    templates: Templates,
    places: { root: string; templatesDir: string | undefined },
  ) => Answer | Promise<Answer>,
  folder?: string,
) {
  return async (): Promise<Answer> => {
    const { readConfig } = await import('../process/config.ts');
    const { root, templatesDir, site } = readConfig();
    const places = {
      root,
      site,
      templatesDir: folder === undefined ? templatesDir : resolve(folder),
    };
    return act(await import('./template-files.ts'), places);
  };
}
