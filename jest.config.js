const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};
const shared = { testEnvironment: 'node', extensionsToTreatAsEsm: ['.ts'], transform };
const files = (folder) => [`<rootDir>/test/${folder}/**/*.test.ts`];

export default {
  maxWorkers: 2,
  // Modules of ended files stay in memory: at three gigabytes a file took ten times as long as alone.
  workerIdleMemoryLimit: '800MB',
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/integration/', '/test/browser/'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: files('integration'),
      globalSetup: '<rootDir>/test/harness/global-setup.ts',
      globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'browser',
      testMatch: files('browser'),
      globalSetup: '<rootDir>/test/harness/global-build.ts',
    },
  ],
};
