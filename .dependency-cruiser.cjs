// The rooms stand in a line: a room uses only rooms to its left, and only through their door (index.ts).
const line = ['platform', 'web', 'api', 'cli', 'audit', 'protocols', 'people', 'matching', 'scanning', 'register', 'sharing', 'transfer', 'portal', 'gateway', 'records', 'planning', 'main']
const tests = '\\.(test|fixture|cases|journey)\\.ts$'

const looksLeft = line.slice(0, -1).map((room, index) => ({
  name: `${room}-looks-left`,
  comment: `${room} uses only rooms to its left: ${line.slice(0, index).join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: tests },
  to: { path: `^src/(${line.slice(index + 1).join('|')}|testing)/` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...looksLeft,
    {
      name: 'through-the-door',
      comment: 'A room is entered by its index.ts. Only main reads room.ts and commands.ts; the invented area and tests may look anywhere in their own reach.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: [tests, '^src/testing/'] },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/[^/]+/(room|commands)\\.ts$'] },
    },
    {
      name: 'main-alone-assembles',
      comment: 'Only main reads room.ts and commands.ts.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: ['^src/(main|testing)/', tests] },
      to: { path: '^src/[^/]+/(room|commands)\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'rules-do-no-io',
      comment: 'Rules are plain functions from facts to an outcome.',
      severity: 'error',
      from: { path: '^src/[^/]+/rules/', pathNot: tests },
      to: { path: '^(node:)?(fs|fs/promises|net|tls|http|https|dns|dns/promises|child_process|worker_threads|os|timers|timers/promises)$|node_modules/(pg|graphile-worker|nodemailer|fastify|smtp-server)/|/store\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-place-for-keys',
      comment: 'Keys, hashes and randomness only in platform/crypto.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/platform/crypto\\.ts$', '^src/testing/'] },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'No module reaches itself at run time.',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'no-tests-in-the-product',
      comment: 'What is shipped needs no development package and no test.',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/testing/'] },
      to: { path: tests },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/testing/', '-from-source\\.mjs$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'], extensions: ['.ts', '.js', '.json'] },
  },
}
