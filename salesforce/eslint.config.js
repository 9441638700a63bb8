import babelParser from '@babel/eslint-parser';
import lwc from '@lwc/eslint-plugin-lwc';

const parser = {
  parser: babelParser,
  parserOptions: {
    requireConfigFile: false,
    babelOptions: { parserOpts: { plugins: [['decorators', { decoratorsBeforeExport: false }]] } },
  },
};
const tidy = {
  'no-unused-vars': ['error', { varsIgnorePattern: '^_', caughtErrors: 'all' }],
  'no-undef': 'off',
  'no-console': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
  'max-lines': ['error', 400],
};

export default [
  { ignores: ['host/dist/**', 'node_modules/**'] },
  { files: ['**/*.js', '**/*.cjs'], languageOptions: parser, rules: tidy },
  {
    files: ['force-app/**/lwc/**/*.js'],
    ignores: ['**/__tests__/**'],
    plugins: { '@lwc/lwc': lwc },
    rules: {
      '@lwc/lwc/no-api-reassignments': 'error',
      '@lwc/lwc/no-async-operation': 'error',
      '@lwc/lwc/no-document-query': 'error',
      '@lwc/lwc/no-inner-html': 'error',
      '@lwc/lwc/no-leading-uppercase-api-name': 'error',
      '@lwc/lwc/no-leaky-event-listeners': 'error',
      '@lwc/lwc/valid-api': 'error',
      '@lwc/lwc/valid-track': 'error',
      '@lwc/lwc/valid-wire': 'error',
    },
  },
];
