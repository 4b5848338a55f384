// Who may import whom. Adapters speak to one outside thing each and know only core;
// steps, pages, commands and workers name adapters as types, and get them as arguments.
const adapters = '^src/(feeds|store|queue|mail|dial|models|poster|threads)/';
const value = { dependencyTypesNot: ['type-only'] };

const room = (name, allowed, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: extra.from ?? `^src/${name}/` },
  to: { path: '^(src|workers)/', pathNot: allowed, ...extra.to },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    room('core', '^src/core/'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'], pathNot: '^(crypto|url|buffer)$' },
    },
    room('dial', '^src/(core|dial)/'),
    // Both are told by people whom to call, so that both go by the one guard of what is dialled.
    room('feeds', '^src/(core|dial|feeds)/'),
    room('store', '^src/(core|store)/'),
    room('queue', '^src/(core|queue)/'),
    room('mail', '^src/(core|mail)/'),
    room('poster', '^src/(core|dial|poster)/'),
    room('models', '^src/(core|models)/'),
    // What strangers send is read there.
    room('threads', '^src/(core|threads|feeds/alerts|mail/proof)/'),
    room('steps', '^src/(core|steps)/', { to: value }),
    room('process', '^src/(core|steps|process)/|'.concat(adapters)),
    // The API is the second door to what the CLI asks by name.
    room('http', '^src/(core|steps|http|commands)/', { to: value }),
    room('commands', '^src/(core|steps|commands)/', { to: value }),
    {
      name: 'only-context-opens-adapters',
      severity: 'error',
      from: {
        path: '^(src/[^/]+[.]ts|src/(cli|process)/|workers/)',
        pathNot: '^src/(process/context|cli/(run-doctor|template-files))[.]ts$',
      },
      to: { path: adapters, ...value },
    },
    {
      name: 'steps-start-nothing',
      severity: 'error',
      from: {
        path: '^src/(steps|http|commands|feeds|store|queue|mail|dial|models|poster|threads|core)/',
      },
      to: {
        path: '^(src/((main|server|cli)[.]ts|process/(context|process|socket)[.]ts|cli/)|workers/)',
      },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
