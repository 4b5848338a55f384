/** What readers say of themselves, and how they come and go. */
export const readersSchema: readonly string[] = [
  `update public.subscription set profile =
    '{"fields": [], "crossLists": true, "surprise": true, "quietNote": false}'::jsonb || profile`,
];
