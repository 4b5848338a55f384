/** Groups of all editions by what they are about: each label is followed as a feed. */
export const labelsSchema: readonly string[] = [
  `create index edition_group_by_label on public.edition_group (label, edition_id desc)`,
];
