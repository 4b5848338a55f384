import type { ApiPage } from '../../core/desk/api-page.ts';
import type { Samples } from '../../core/letter/template.ts';

const field = {
  name: 'name',
  type: 'Feed',
  link: '#shape-Feed',
  note: 'required',
  description: 'What it is.',
};
const plain = { name: 'name', type: 'text' };
const call = { id: 'a', method: 'GET', path: '/a', summary: 'All', example: 'curl' };

/** The page of the API to check its template with. */
export const apiSamples: Samples<ApiPage> = {
  full: {
    documentLink: '/api/v1/openapi.json',
    guide: [{ heading: 'Keys', text: 'A sentence.' }],
    groups: [
      {
        name: 'Feeds',
        operations: [
          {
            ...call,
            description: 'More.',
            right: 'look',
            parameters: [field],
            body: { type: 'application/json', fields: [field] },
            answers: [{ status: '200', what: 'Feed', link: '#shape-Feed', fields: [field] }],
          },
        ],
      },
    ],
    shapes: [{ name: 'Feed', fields: [field] }],
  },
  minimal: {
    documentLink: '',
    guide: [],
    groups: [
      {
        name: '',
        operations: [
          {
            ...call,
            parameters: [plain],
            body: { type: 'text/csv', fields: [] },
            answers: [{ status: '200', what: 'text', fields: [] }],
          },
        ],
      },
    ],
    shapes: [],
  },
};
