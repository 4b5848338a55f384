/** What holds for every operation: the head of the document and of the page that shows it. */
export const guide: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: 'Keys',
    text: 'Send "Authorization: Bearer KEY". The command "paperround operators key add NAME --operator WHO --role operate" makes one. It acts for its operator and with no more than their role; what it changes stands in the audit under their name.',
  },
  {
    heading: 'Pages',
    text: 'Lists take limit (1 to 1000, by default 100) and cursor, and answer {"items": [...], "next": "..."}. Ask again with that next as the cursor; it is absent on the last page. A cursor is a place in the list: rows that arrive meanwhile move nothing, and none comes twice.',
  },
  {
    heading: 'Errors',
    text: 'They are application/problem+json (RFC 9457): status, title, what to do in detail, and in errors each argument with what is wrong with it. 400: an argument cannot be used. 401: no good key. 403: not with this key. 404: what was named is not there. 409: it is in another state. 413, 415: too large a body, or of another type. 422: understood and refused. 429: wait as many seconds as Retry-After says. 500: our fault.',
  },
  {
    heading: 'Once and no more',
    text: 'Send Idempotency-Key with what changes something: a new one, such as a UUID, for each thing that you want. For 24 hours the same request under the same key is done once and answered alike, then with "Idempotency-Replayed: true". 409 says that it is being done now, 422 that the key was used for another request. Answers that must not lie in a table, such as a new key, are not kept: asking again is answered 409. What failed may be asked for again under its key. A server that dies in the middle lets its keys go after half a minute.',
  },
  {
    heading: 'Long work',
    text: 'It is not waited for: the answer is 202, with a Location to look at.',
  },
];
